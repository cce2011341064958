"""Looking after accounts, roles and machines: within one's own scope, never for oneself, always announced."""

import asyncio

from tests.gateway.given import DISTRICT, KINDERGARTEN, OTHER_TOWN, TOWN, bearing, machine, person, sign_in
from tests.stack import Service

ACCOUNTS, GRANTS = "/auth/v1/accounts", "/auth/v1/grants"


async def test_every_change_is_announced_in_order(gateway: Service):
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    admin = gateway.client(("administrator", DISTRICT))
    await admin.post(f"{ACCOUNTS}/{who.id}/locks")
    await machine(gateway, "district-system")
    await gateway.numbered()
    feed = (await gateway.client(("auditor", DISTRICT)).get("/auth/v1/events")).json()["items"]
    assert [each["type"] for each in feed] == [
        "gateway.account.created",
        "gateway.grant.given",
        "gateway.account.password_set",
        "gateway.account.changed",
        "gateway.client.registered",
        "gateway.grant.given",
    ]
    assert {each["actor"] for each in feed} == {f"administrator@{DISTRICT}"}


async def test_only_an_administrator_looks_after_accounts(gateway: Service):
    new = {"sign_in_name": "li", "display_name": "李（演示）", "division": DISTRICT}
    for role in ("registrar", "leader", "auditor", "service"):
        assert (await gateway.client((role, DISTRICT)).post(ACCOUNTS, json=new)).status_code == 403
    assert (await gateway.client(("auditor", DISTRICT)).get(ACCOUNTS)).status_code == 200
    assert (await gateway.client().get(ACCOUNTS)).status_code == 401


async def test_an_administrator_of_a_town_sees_and_serves_that_town_only(gateway: Service):
    here = await person(gateway, "here", division=TOWN)
    there = await person(gateway, "there", division=OTHER_TOWN)
    town = gateway.client(("administrator", TOWN))
    assert [each["id"] for each in (await town.get(ACCOUNTS)).json()["items"]] == [here.id]
    assert (await town.get(f"{ACCOUNTS}/{there.id}")).status_code == 404
    assert (await town.post(f"{ACCOUNTS}/{there.id}/locks")).status_code == 404
    new = {"sign_in_name": "li", "display_name": "李（演示）", "division": OTHER_TOWN}
    assert (await town.post(ACCOUNTS, json=new)).json()["code"] == "beyond-your-scope"
    for scope in (DISTRICT, OTHER_TOWN, KINDERGARTEN):
        role = "principal" if scope == KINDERGARTEN else "leader"
        answer = await town.post(GRANTS, json={"account": here.id, "role": role, "scope": scope})
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond-your-scope")
    given = await town.post(GRANTS, json={"account": here.id, "role": "town_officer", "scope": TOWN})
    assert given.status_code == 201


async def test_nobody_takes_over_an_account_that_may_do_more_than_they_are_in_charge_of(gateway: Service):
    who = await person(gateway, "wang", ("leader", DISTRICT), division=TOWN)
    town = gateway.client(("administrator", TOWN))
    for action in ("locks", "passwords"):
        answer = await town.post(f"{ACCOUNTS}/{who.id}/{action}")
        assert (answer.status_code, answer.json()["code"]) == (403, "beyond-your-scope")
    assert (await sign_in(gateway.client(), who)).status_code == 200


async def test_nobody_grants_a_role_to_themselves(gateway: Service):
    who = await person(gateway, "wang", ("administrator", DISTRICT))
    token = (await sign_in(gateway.client(), who)).json()["access_token"]
    answer = await bearing(gateway, token).post(
        GRANTS, json={"account": who.id, "role": "registrar", "scope": DISTRICT}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody-grants-to-themselves")


async def test_separated_roles_are_never_held_together_even_when_granted_at_once(gateway: Service):
    who = await person(gateway, "wang")
    admin = gateway.client(("administrator", DISTRICT))
    roles = ["finance_preparer", "finance_approver"] * 5
    answers = await asyncio.gather(
        *(admin.post(GRANTS, json={"account": who.id, "role": role, "scope": DISTRICT}) for role in roles)
    )
    assert sorted({each.status_code for each in answers}) == [201, 409]
    held = await gateway.database.fetch("SELECT DISTINCT role FROM grants WHERE revoked_at IS NULL")
    assert len(held) == 1
    codes = {each.json()["code"] for each in answers if each.status_code == 409}
    assert codes == {"roles-are-separated", "account-holds-this-grant"}


async def test_a_revoked_role_makes_room_for_the_other_one(gateway: Service):
    who = await person(gateway, "wang", ("finance_preparer", DISTRICT))
    admin = gateway.client(("administrator", DISTRICT))
    grant = (await admin.get(GRANTS, params={"account": who.id})).json()["items"][0]
    assert grant["ends_on"] is None
    for _ in range(2):
        assert (await admin.delete(f"{GRANTS}/{grant['id']}")).status_code == 204
    other = await admin.post(GRANTS, json={"account": who.id, "role": "finance_approver", "scope": DISTRICT})
    assert other.status_code == 201
    kept = (await admin.get(GRANTS, params={"account": who.id})).json()["items"]
    assert {each["role"]: each["revoked_by"] for each in kept} == {
        "finance_preparer": f"administrator@{DISTRICT}",
        "finance_approver": None,
    }


async def test_a_grant_counts_from_its_first_to_its_last_day(gateway: Service):
    who = await person(gateway, "wang")
    admin = gateway.client(("administrator", DISTRICT))
    days = {
        "leader": ("2020-01-01", "2020-12-31"),
        "planner": ("2099-01-01", None),
        "inspector": ("2020-01-01", "2099-12-31"),
    }
    for role, (starts_on, ends_on) in days.items():
        new = {"account": who.id, "role": role, "scope": DISTRICT, "starts_on": starts_on}
        answer = await admin.post(GRANTS, json=new | ({"ends_on": ends_on} if ends_on else {}))
        assert answer.status_code == 201, answer.text
    token = (await sign_in(gateway.client(), who)).json()["access_token"]
    me = (await bearing(gateway, token).get("/auth/v1/me")).json()
    assert [each["role"] for each in me["grants"]] == ["inspector"]
    backwards = {"account": who.id, "role": "auditor", "scope": DISTRICT, "starts_on": "2030-01-02"}
    answer = await admin.post(GRANTS, json=backwards | {"ends_on": "2030-01-01"})
    assert answer.json()["code"] == "grant-ends-after-it-starts"


async def test_roles_go_where_they_fit(gateway: Service):
    who = await person(gateway, "wang")
    await machine(gateway, "district-system")
    admin = gateway.client(("administrator", DISTRICT))
    wrong = [
        {"account": who.id, "role": "principal", "scope": DISTRICT},
        {"account": who.id, "role": "service", "scope": DISTRICT},
        {"client": "district-system", "role": "registrar", "scope": DISTRICT},
    ]
    for each in wrong:
        assert (await admin.post(GRANTS, json=each)).json()["code"] == "role-does-not-fit"
    both = {"account": who.id, "client": "district-system", "role": "leader", "scope": DISTRICT}
    assert (await admin.post(GRANTS, json=both)).json()["code"] == "holder-is-unclear"
    for scope in ("", "110116,", "k:", "k:x", "x"):
        answer = await admin.post(GRANTS, json={"account": who.id, "role": "leader", "scope": scope})
        assert answer.status_code == 422
    fitting = {"account": who.id, "role": "principal", "scope": KINDERGARTEN}
    assert (await admin.post(GRANTS, json=fitting)).status_code == 201


async def test_names_are_taken_once_and_edits_say_their_version(gateway: Service):
    who = await person(gateway, "wang")
    admin = gateway.client(("administrator", DISTRICT))
    new = {"sign_in_name": "WANG", "display_name": "王（演示）", "division": DISTRICT}
    assert (await admin.post(ACCOUNTS, json=new)).json()["code"] == "sign-in-name-is-taken"
    found = await admin.get(f"{ACCOUNTS}/{who.id}")
    change = {"display_name": "王丽（演示）"}
    assert (await admin.patch(f"{ACCOUNTS}/{who.id}", json=change)).status_code == 428
    right = {"If-Match": found.headers["etag"]}
    changed = await admin.patch(f"{ACCOUNTS}/{who.id}", json=change, headers=right)
    assert changed.json()["display_name"] == "王丽（演示）"
    assert (await admin.patch(f"{ACCOUNTS}/{who.id}", json=change, headers=right)).status_code == 412


async def test_an_account_is_opened_once_under_one_key(gateway: Service):
    admin = gateway.client(("administrator", DISTRICT))
    new = {"sign_in_name": "li", "display_name": "李（演示）", "division": DISTRICT}
    first, second = [await admin.post(ACCOUNTS, json=new, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    assert first.json() == second.json()
    assert second.headers["idempotency-replayed"] == "true"


async def test_a_caller_learns_what_they_may_do_and_why_not(gateway: Service):
    client = gateway.client(("auditor", DISTRICT))
    me = (await client.get("/auth/v1/me")).json()
    own = next(each for each in me["services"] if each["service"] == "gateway")
    assert {"permission": "accounts.read", "label_zh": "查看账号", "scopes": [DISTRICT]} in own["permissions"]
    asked = {"service": "gateway", "permission": "accounts.write"}
    why = (await client.get("/auth/v1/me/access", params=asked)).json()
    assert (why["allowed"], why["roles"]) == (False, ["administrator"])
    assert "账号管理员" in why["explanation_zh"]
    asked["permission"] = "accounts.read"
    assert (await client.get("/auth/v1/me/access", params=asked)).json()["scopes"] == [DISTRICT]
    asked["permission"] = "no.such"
    assert (await client.get("/auth/v1/me/access", params=asked)).status_code == 404


async def test_rows_out_of_scope_are_hidden_by_the_database_itself(gateway: Service):
    await person(gateway, "wang", ("registrar", DISTRICT))
    async with gateway.app.state.database.sessions() as session:
        connection = await session.connection()
        for table in ("accounts", "passwords", "grants", "api_clients", "sessions", "refresh_tokens"):
            assert (await connection.exec_driver_sql(f"SELECT count(*) FROM {table}")).scalar_one() == 0
