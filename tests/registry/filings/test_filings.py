"""信息备案: a kindergarten files what changed, an officer sees difference and consequences and answers."""

import asyncio
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from services.registry.filings.schemas import FilingEffects, FilingOut, FilingPage, FilingStandingPage
from shared.contracts.registry import FilingFact
from shared.workdays import add_working_days
from tests.registry import given
from tests.registry.filings import asking
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.licences.asking import application, licensed
from tests.registry.recognitions.asking import recognition
from tests.stack import Service

DAY = timedelta(1)
TODAY = given.TODAY.isoformat()


def people(registry: Service, key: UUID) -> tuple[AsyncClient, AsyncClient]:
    """Clerk and answering registrar."""
    return registry.client(asking.clerk(key), sub="clerk"), registry.client(REGISTRAR, sub="answerer")


async def done(client: AsyncClient, url: str, body: dict[str, Any]) -> FilingOut:
    answer = await client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    return FilingOut.model_validate_json(answer.content)


async def test_a_change_is_filed_seen_field_by_field_and_accepted(registry: Service):
    key = await given.kindergarten(registry, phone="010-1", address="演示路1号")
    owner, officer = people(registry, key)
    changes = {
        "phone": asking.PHONE,
        "address": "演示路2号",
        "email": "yuan@example.org",
        "fee_document": "演示价〔2026〕1号",
    }
    body = asking.filing(key, changes, statement="搬迁", documents=["租赁合同"])
    case = await done(owner, "/v1/filings", body)
    assert (case.state, case.fields, case.late) == ("proposed", sorted(changes), False)
    assert case.answer_due_on == add_working_days(given.TODAY, 10)
    seen = FilingOut.model_validate_json((await officer.get(f"/v1/filings/{case.id}")).content).effects
    assert [(each.field, each.label_zh, each.before, each.now, each.after) for each in seen.differences] == [
        ("address", "地址", "演示路1号", "演示路1号", "演示路2号"),
        ("phone", "电话", "010-1", "010-1", asking.PHONE),
        ("email", "电子邮箱", "", "", "yuan@example.org"),
        ("fee_document", "收费文件", "", "", "演示价〔2026〕1号"),
    ]
    assert (seen.consequences, seen.targets) == ([], None)
    entry = (await owner.get(f"/v1/kindergartens/{key}")).json()
    assert entry["phone"] == "010-1"  # nothing is written before it is accepted
    accepted = await done(officer, f"/v1/filings/{case.id}/acceptances", {"note": "属实", "token": seen.token})
    assert (accepted.state, accepted.answered_by, accepted.answered_on) == ("accepted", "answerer", given.TODAY)
    assert accepted.effects.differences == seen.differences
    entry = (await owner.get(f"/v1/kindergartens/{key}")).json()
    assert {name: entry[name] for name in changes} == changes
    assert [each.verb for each in accepted.steps] == ["accept"]
    found = await registry.database.fetch(
        "SELECT type, data FROM events WHERE starts_with(type, 'registry.filing') ORDER BY id"
    )
    facts = [(kind, FilingFact.model_validate(data)) for kind, data in found]
    assert [(kind, fact.state, fact.fields) for kind, fact in facts] == [
        ("registry.filing.proposed", "proposed", sorted(changes)),
        ("registry.filing.accepted", "accepted", sorted(changes)),
    ]
    assert "010" not in str(found)


async def test_who_filed_does_not_answer(registry: Service):
    key = await given.kindergarten(registry)
    registrar = registry.client(REGISTRAR, sub="one")
    case = await done(registrar, "/v1/filings", asking.filing(key))
    for verb in ("acceptances", "returns"):
        answer = await registrar.post(f"/v1/filings/{case.id}/{verb}", json={"note": "演示"})
        assert (answer.status_code, answer.json()["code"]) == (403, "another-person-needed")
    await done(registry.client(REGISTRAR, sub="two"), f"/v1/filings/{case.id}/acceptances", {})


async def test_a_filing_sent_back_is_handed_in_again_or_taken_back(registry: Service):
    key = await given.kindergarten(registry)
    owner, officer = people(registry, key)
    case = await done(owner, "/v1/filings", asking.filing(key))
    url = f"/v1/filings/{case.id}"
    silent = await officer.post(f"{url}/returns", json={"note": ""})
    assert (silent.status_code, silent.json()["errors"][0]["pointer"]) == (422, "/note")
    await done(officer, f"{url}/returns", {"note": "缺少证明"})
    other = await owner.post("/v1/filings", json=asking.filing(key))
    assert (other.status_code, other.json()["code"]) == (409, "one-open-filing")
    again = await done(owner, f"{url}/amendments", {"changes": {"phone": "010-2"}, "documents": ["电信回执"]})
    assert (again.state, again.documents, again.effects.differences[0].after) == ("proposed", ["电信回执"], "010-2")
    gone = await done(owner, f"{url}/withdrawals", {})
    assert (gone.state, [each.verb for each in gone.steps]) == ("withdrawn", ["return", "amend", "withdraw"])
    assert (await owner.post("/v1/filings", json=asking.filing(key))).status_code == 201


async def test_a_filing_the_record_has_overtaken_is_not_accepted_before_it_is_compared(registry: Service):
    key = await given.kindergarten(registry, phone="010-1")
    owner, officer = people(registry, key)
    case = await done(owner, "/v1/filings", asking.filing(key))
    url = f"/v1/filings/{case.id}"
    edit = {"short_name": "一园", "phone": "010-3"}
    await officer.patch(f"/v1/kindergartens/{key}", json=edit, headers={"If-Match": '"1"'})
    seen = FilingOut.model_validate_json((await officer.get(url)).content)
    assert [(each.before, each.now, each.after, each.moved) for each in seen.effects.differences] == [
        ("010-1", "010-3", asking.PHONE, True)
    ]
    offers = {each.action: each for each in seen.actions}
    assert (offers["accept"].allowed, offers["accept"].code) == (False, "filing-is-stale")
    answer = await officer.post(f"{url}/acceptances", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "filing-is-stale")
    again = await done(owner, f"{url}/amendments", {"changes": {"phone": asking.PHONE}})
    assert (again.effects.differences[0].before, again.effects.differences[0].moved) == ("010-3", False)
    await done(officer, f"{url}/acceptances", {})


async def test_another_change_of_the_record_does_not_touch_a_filing(registry: Service):
    key = await given.kindergarten(registry)
    owner, officer = people(registry, key)
    case = await done(owner, "/v1/filings", asking.filing(key))
    await officer.patch(f"/v1/kindergartens/{key}", json={"short_name": "一园"}, headers={"If-Match": '"1"'})
    await done(officer, f"/v1/filings/{case.id}/acceptances", {})
    entry = (await owner.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["short_name"], entry["phone"]) == ("一园", asking.PHONE)


async def test_what_was_seen_is_what_is_accepted(registry: Service):
    key = await given.kindergarten(registry, licensed_seats=90)
    owner, officer = people(registry, key)
    case = await done(owner, "/v1/filings", asking.filing(key))
    seen = case.effects.token
    await done(owner, f"/v1/filings/{case.id}/amendments", {"changes": {"phone": "010-9"}})
    answer = await officer.post(f"/v1/filings/{case.id}/acceptances", json={"token": seen})
    assert (answer.status_code, answer.json()["code"]) == (409, "preview-is-stale")
    assert answer.json()["now"]["differences"][0]["after"] == "010-9"


async def test_two_officers_at_once_accept_once(registry: Service):
    key = await given.kindergarten(registry)
    owner, _ = people(registry, key)
    case = await done(owner, "/v1/filings", asking.filing(key))
    answers = await asyncio.gather(
        *(
            registry.client(REGISTRAR, sub=f"officer {n}").post(f"/v1/filings/{case.id}/acceptances", json={})
            for n in range(6)
        )
    )
    assert sorted(each.status_code for each in answers) == [201] + [409] * 5
    assert await registry.database.fetch("SELECT version FROM kindergartens") == [(2,)]


async def test_a_repeated_filing_is_one(registry: Service):
    key = await given.kindergarten(registry)
    client = registry.client(asking.clerk(key), **{"Idempotency-Key": "f-1"})
    first, second = [await client.post("/v1/filings", json=asking.filing(key)) for _ in range(2)]
    assert (first.status_code, first.content) == (201, second.content)
    assert await registry.database.fetch("SELECT count(*) FROM filings") == [(1,)]


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "怀柔区改名幼儿园(演示)", "phone": "010-5"},
        {"address": "演示路5号"},
        {"division": given.OTHER_VILLAGE},
        {"founder": "另一个人(演示)"},
        {"for_profit": True},
        {"licensed_seats": 360},
        {"founder_code": "831", "type": "public"},
    ],
)
async def test_what_the_licence_says_is_applied_for_and_not_filed(registry: Service, changes: dict[str, Any]):
    key = await licensed(registry)
    owner, _ = people(registry, key)
    body = asking.filing(key, changes)
    answer = await owner.post("/v1/filings", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "licence-act-needed"), answer.text
    assert "/v1/licence-applications" in answer.json()["hint"]
    assert {each["pointer"] for each in answer.json()["errors"]} <= {f"/changes/{name}" for name in changes}
    seen = await owner.post("/v1/filing-previews", json={"kindergarten": str(key), "changes": changes})
    effects = FilingEffects.model_validate_json(seen.content)
    routes = {each.field: each.route.value for each in effects.differences}
    assert {name for name, way in routes.items() if way == "licence"} == changes.keys() - {"phone", "type"}
    assert effects.consequences[0].code == "licence-act-needed"
    assert effects.consequences[0].severity == "block"
    assert await registry.database.fetch("SELECT count(*) FROM filings") == [(0,)]


@pytest.mark.parametrize(
    ("fields", "changes", "code", "rule"),
    [
        ({"type": "public"}, {"type": "private", "founder_code": "999"}, "public-stays-public", "REG-15"),
        ({"type": "public"}, {"founder_code": "999"}, "public-stays-public", "REG-15"),
        ({"type": "public"}, {"for_profit": True}, "public-for-profit", "REG-15"),
        ({"type": "private", "for_profit": True}, {"type": "inclusive_private"}, "for-profit-not-inclusive", "REG-16"),
        ({"type": "private"}, {"type": "inclusive_private"}, "recognition-decides-type", None),
        ({"type": "inclusive_private"}, {"type": "private"}, "recognition-decides-type", None),
        ({"type": "inclusive_private"}, {"for_profit": True}, "for-profit-not-inclusive", "REG-16"),
        ({"type": "private"}, {"founder_code": "831"}, "founder-forbids-type", None),
    ],
)
async def test_what_the_law_forbids_is_not_filed(
    registry: Service, fields: dict[str, Any], changes: dict[str, Any], code: str, rule: str | None
):
    key = await given.kindergarten(registry, **fields)
    owner, _ = people(registry, key)
    answer = await owner.post("/v1/filings", json=asking.filing(key, changes))
    assert (answer.status_code, answer.json()["code"], answer.json().get("rule")) == (409, code, rule), answer.text
    seen = await owner.post("/v1/filing-previews", json={"kindergarten": str(key), "changes": changes})
    blocks = [(each["code"], each["rule"]) for each in seen.json()["consequences"] if each["severity"] == "block"]
    assert blocks == [(code, rule or "")]


async def test_passing_into_public_hands_shows_targets_fees_and_subsidy_before_and_after(registry: Service):
    """A preschool class that holds no licence of its own: what it is changes by filing."""
    key = await given.kindergarten(registry, type="private")
    await given.pupils(registry, await given.class_(registry, key), 3)
    other = await given.kindergarten(registry, type="public")
    await given.pupils(registry, await given.class_(registry, other), 3)
    owner, officer = people(registry, key)
    changes = {"type": "public", "founder": "怀柔区教育委员会(演示)", "founder_code": "831"}
    case = await done(owner, "/v1/filings", asking.filing(key, changes))
    assert case.effects.targets is None  # one kindergarten has no figure of the plan
    seen = FilingOut.model_validate_json((await officer.get(f"/v1/filings/{case.id}")).content).effects
    assert seen.targets is not None
    shares = {each.indicator: (each.before.value, each.after.value) for each in seen.targets}
    assert shares["public_share"] == ("50.00", "100.00")
    assert (seen.children, seen.before.fee_regime, seen.after.fee_regime) == (3, "market", "government")
    assert [each.code for each in seen.consequences] == ["fee-regime-changes"]
    assert "licence-not-in-force" in seen.after.against_subsidy
    await done(officer, f"/v1/filings/{case.id}/acceptances", {"token": seen.token})
    entry = (await officer.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["type"], entry["type_since"], entry["founder_code"]) == ("public", TODAY, "831")
    again = FilingOut.model_validate_json((await officer.get(f"/v1/filings/{case.id}")).content).effects
    assert again == seen  # the decision keeps what it was made on


@pytest.mark.parametrize(
    ("fields", "recognised", "changes", "codes", "eligible"),
    [
        ({"type": "private"}, False, {"for_profit": True}, {"licence-act-needed", "no-public-assets"}, (False, False)),
        (
            {"type": "inclusive_private"},
            True,
            {"for_profit": True, "type": "private"},
            {"licence-act-needed", "recognition-decides-type", "subsidy-lost", "fee-regime-changes"}
            | {"agreement-affected", "no-public-assets"},
            (True, False),
        ),
        (
            {"type": "private"},
            False,
            {"type": "public", "founder_code": "831"},
            {"licence-act-needed", "subsidy-won", "fee-regime-changes"},
            (False, True),
        ),
        ({"type": "inclusive_private"}, False, {"phone": "010-8"}, set(), (False, False)),
        (
            {"type": "public"},
            False,
            {"licensed_seats": 361},
            {"licence-act-needed", "kindergarten-too-large"},
            (True, True),
        ),
        ({"type": "public"}, False, {"licensed_seats": 360}, {"licence-act-needed"}, (True, True)),
        (
            {"type": "public"},
            False,
            {"licensed_seats": 2},
            {"licence-act-needed", "seats-below-children"},
            (True, True),
        ),
        ({"type": "public"}, False, {"licensed_seats": 3}, {"licence-act-needed"}, (True, True)),
        ({"type": "public", "licence_expires_on": given.TODAY - DAY}, False, {"phone": "1"}, set(), (False, False)),
    ],
)
async def test_the_consequences_of_a_change_are_told_before_anybody_applies(
    registry: Service,
    fields: dict[str, Any],
    recognised: bool,
    changes: dict[str, Any],
    codes: set[str],
    eligible: tuple[bool, bool],
):
    key = await licensed(registry, **({"licensed_seats": 90} | fields))
    await given.pupils(registry, await given.class_(registry, key), 3)
    if recognised:
        await recognition(registry, key, "granted")
    body = {"kindergarten": str(key), "changes": changes}
    answer = await registry.client(REGISTRAR).post("/v1/filing-previews", json=body)
    assert answer.status_code == 200, answer.text
    seen = FilingEffects.model_validate_json(answer.content)
    assert {each.code for each in seen.consequences} == codes
    assert (seen.before.subsidy_eligible, seen.after.subsidy_eligible) == eligible
    assert (seen.targets is not None) == ("type" in changes)


async def test_an_applied_change_of_the_licence_shows_what_it_would_do(registry: Service):
    key = await licensed(registry)
    await given.pupils(registry, await given.class_(registry, key), 2)
    changes = {"founder": "怀柔区教育委员会(演示)", "founder_code": "831", "type": "public"}
    case = await registry.client(principal(key)).post(
        "/v1/licence-applications", json=application(key, "change", changes=changes)
    )
    answer = await registry.client(REGISTRAR).get(f"/v1/licence-applications/{case.json()['id']}/effects")
    seen = FilingEffects.model_validate_json(answer.content)
    assert {each.field: each.after for each in seen.differences} == changes
    assert {each.code for each in seen.consequences} == {"fee-regime-changes", "subsidy-won"}
    assert seen.targets is not None
    assert {each.indicator: each.after.value for each in seen.targets}["public_share"] == "100.00"
    assert (await registry.client(REGISTRAR).get(f"/v1/licence-applications/{uuid4()}/effects")).status_code == 404


async def test_a_principal_is_filed_by_the_post_that_is_held(registry: Service):
    key = await given.kindergarten(registry)
    owner, officer = people(registry, key)
    post = await asking.principal_post(registry, key, "演示园长")
    elsewhere = await asking.principal_post(registry, await given.kindergarten(registry), "别处园长")
    for unknown in (uuid4(), elsewhere):
        answer = await owner.post("/v1/filings", json=asking.filing(key, {"principal": str(unknown)}))
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "principal-unknown")
    case = await done(owner, "/v1/filings", asking.filing(key, {"principal": str(post)}))
    await done(officer, f"/v1/filings/{case.id}/acceptances", {})
    assert (await owner.get(f"/v1/kindergartens/{key}")).json()["principal"] == str(post)


@pytest.mark.parametrize(
    ("body", "pointer", "code"),
    [
        ({"changes": {}}, "/changes", "changes-of-a-change"),
        ({"kind": "confirmation"}, "/changes", "changes-of-a-change"),
        ({"happened_on": (given.TODAY + DAY).isoformat()}, "/happened_on", "not-happened-yet"),
        ({"changes": {"founder_code": "700"}}, "/changes/founder_code", "unknown-code"),
        ({"changes": {"division": "110116999"}}, "/changes/division", "division-unknown"),
        ({"changes": {"credit_code": "1"}}, "/changes/credit_code", "credit-code-shape"),
        ({"changes": {"phone": "<b>"}}, "/changes/phone", "string_pattern_mismatch"),
        ({"changes": {"email": "none"}}, "/changes/email", "string_pattern_mismatch"),
        ({"changes": {"status": "closed"}}, "/changes/status", "extra_forbidden"),
        ({"changes": {"phone": None}}, "/changes/phone", "string_type"),
        ({"documents": [""]}, "/documents/0", "string_too_short"),
    ],
)
async def test_what_cannot_be_filed_is_refused_at_its_place(
    registry: Service, body: dict[str, Any], pointer: str, code: str
):
    key = await given.kindergarten(registry)
    answer = await registry.client(principal(key)).post("/v1/filings", json=asking.filing(key) | body)
    assert answer.status_code == 422, answer.text
    assert {"pointer": pointer, "code": code}.items() <= answer.json()["errors"][0].items()


async def test_a_change_that_changes_nothing_is_pointed_to_a_confirmation(registry: Service):
    key = await given.kindergarten(registry, phone=asking.PHONE)
    owner, officer = people(registry, key)
    answer = await owner.post("/v1/filings", json=asking.filing(key))
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-file")
    case = await done(owner, "/v1/filings", asking.filing(key, {}, kind="confirmation"))
    assert (case.kind, case.fields, case.effects.differences) == ("confirmation", [], [])
    await done(officer, f"/v1/filings/{case.id}/acceptances", {})
    assert await registry.database.fetch("SELECT version FROM kindergartens") == [(1,)]


@pytest.mark.parametrize(("days", "late"), [(20, False), (21, True)])
async def test_a_change_is_filed_within_twenty_working_days(registry: Service, days: int, late: bool):
    key = await given.kindergarten(registry)
    happened = asking.working_days_ago(days)
    if add_working_days(happened, 20) < given.TODAY and not late:
        pytest.skip("today is no working day")
    case = await done(
        registry.client(principal(key)), "/v1/filings", asking.filing(key, happened_on=happened.isoformat())
    )
    assert case.late is late


async def test_filings_without_answer_are_overdue_the_day_after_the_last_one(registry: Service):
    due = {}
    for name, day in (("today", given.TODAY), ("late", given.TODAY - DAY)):
        key = await given.kindergarten(registry)
        due[name] = await asking.placed(registry, key, answer_due_on=day)
    answered = await asking.placed(
        registry, await given.kindergarten(registry), "accepted", answer_due_on=given.TODAY - DAY
    )
    elsewhere = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    await asking.placed(registry, elsewhere, answer_due_on=given.TODAY - DAY)
    client = registry.client(REGISTRAR)
    found = FilingPage.model_validate_json((await client.get("/v1/filings", params={"overdue": True})).content)
    assert len(found.items) == 2
    found = FilingPage.model_validate_json(
        (await client.get("/v1/filings", params={"overdue": True, "division": given.TOWN})).content
    )
    assert [each.id for each in found.items] == [due["late"]]
    later = await client.get("/v1/filings", params={"overdue": True, "as_of": (given.TODAY + DAY).isoformat()})
    assert len(later.json()["items"]) == 3
    one = await client.get("/v1/filings", params={"state": "accepted", "field": "phone", "late": False})
    assert [each["id"] for each in one.json()["items"]] == [str(answered)]
    assert (await client.get("/v1/filings", params={"field": "name", "count": True})).json()["total"] == 0
    assert len((await registry.client(TOWN).get("/v1/filings")).json()["items"]) == 3
    assert (await registry.client(principal(elsewhere)).get(f"/v1/filings/{answered}")).status_code == 404
    sheet = await client.get("/v1/filings", headers={"Accept": "text/csv"})
    assert (sheet.status_code, len(sheet.text.splitlines())) == (200, 5)


def months_ago(months: int) -> date:
    """The day of which that day is so many months later, where there is one."""
    years, month = divmod(given.TODAY.year * 12 + given.TODAY.month - 1 - months, 12)
    return date(years, month + 1, min(given.TODAY.day, 28))


async def test_a_record_is_to_be_confirmed_once_a_year(registry: Service):
    rows = {}
    for name, confirmed in (
        ("fresh", given.TODAY - timedelta(200)),
        ("due", given.TODAY - timedelta(350)),
        ("stale", given.TODAY - timedelta(367)),
    ):
        key = await given.kindergarten(registry, created_at=given.TODAY - timedelta(900))
        await asking.placed(registry, key, "accepted", proposed_on=confirmed, answered_on=confirmed)
        rows[name] = key
    never = await given.kindergarten(registry, created_at=given.TODAY - timedelta(400))
    await given.kindergarten(registry, status="closed", created_at=given.TODAY - timedelta(400))
    client = registry.client(REGISTRAR)
    listed = FilingStandingPage.model_validate_json((await client.get("/v1/filing-standings")).content).items
    assert {each.kindergarten: each.standing.value for each in listed} == {key: name for name, key in rows.items()} | {
        never: "stale"
    }
    stale = await client.get("/v1/filing-standings", params={"standing": "stale"})
    assert [each["kindergarten"] for each in stale.json()["items"]] == [str(never), str(rows["stale"])]
    owner, officer = people(registry, never)
    case = await done(owner, "/v1/filings", asking.filing(never, {}, kind="confirmation"))
    waiting = await client.get("/v1/filing-standings", params={"kindergarten": str(never)})
    assert waiting.json()["items"][0]["open_filing"] == str(case.id)
    assert waiting.json()["items"][0]["standing"] == "stale"
    await done(officer, f"/v1/filings/{case.id}/acceptances", {})
    after = await client.get("/v1/filing-standings", params={"kindergarten": str(never)})
    assert (after.json()["items"][0]["standing"], after.json()["items"][0]["confirmed_on"]) == ("fresh", TODAY)


async def test_who_has_not_read_may_not_write(registry: Service):
    key = await given.kindergarten(registry)
    for caller, code in ((("teacher", f"k:{key}"), 403), (("leader", given.DISTRICT), 403), (TOWN, 403)):
        answer = await registry.client(caller).post("/v1/filings", json=asking.filing(key))
        assert answer.status_code == code
    other = await given.kindergarten(registry)
    assert (await registry.client(principal(other)).post("/v1/filings", json=asking.filing(key))).status_code == 404
    assert (
        await registry.client(principal(key)).post(f"/v1/filings/{uuid4()}/acceptances", json={})
    ).status_code == 403
    assert (await registry.client(REGISTRAR).get(f"/v1/filings/{uuid4()}")).status_code == 404


NOTE = {"note": "演示"}
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "amend": ("amendments", {"changes": {"phone": "010-7"}}),
    "withdraw": ("withdrawals", NOTE),
    "return": ("returns", NOTE),
    "accept": ("acceptances", NOTE),
}


@pytest.mark.parametrize("state", asking.STATES)
@pytest.mark.parametrize("who", ["answerer", "someone", "principal", "clerk", "town", "stale"])
async def test_what_is_offered_on_a_filing_is_accepted(registry: Service, state: str, who: str):
    async def fresh() -> tuple[UUID, AsyncClient]:
        registry.database.clean()
        key = await given.kindergarten(registry, phone="010-9" if who == "stale" else "")
        case = await asking.placed(registry, key, state)
        grant = {"principal": principal(key), "clerk": asking.clerk(key), "town": TOWN}.get(who, REGISTRAR)
        return case, registry.client(grant, sub=who)

    case, client = await fresh()
    offers = {each["action"]: each for each in (await client.get(f"/v1/filings/{case}")).json()["actions"]}
    assert offers.keys() == REQUESTS.keys()
    for verb, (path, body) in REQUESTS.items():
        case, client = await fresh()
        answer = await client.post(f"/v1/filings/{case}/{path}", json=body)
        assert (answer.status_code == 201) == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"], (verb, answer.text)
