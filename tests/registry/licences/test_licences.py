"""办学许可证, from establishment over renewal and change to the end, and what the authority does by itself."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from httpx import AsyncClient

from services.registry.licences.schemas import LicenceApplicationOut, LicenceOut
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.licences import asking
from tests.registry.recognitions.asking import recognition
from tests.stack import Service

DAY = timedelta(1)
TODAY = given.TODAY.isoformat()
ENDS = (given.TODAY + timedelta(1000)).isoformat()


def people(registry: Service, key: UUID) -> tuple[AsyncClient, AsyncClient, AsyncClient]:
    """Principal, examining registrar, deciding registrar."""
    return (
        registry.client(principal(key)),
        registry.client(REGISTRAR, sub="examiner"),
        registry.client(REGISTRAR, sub="decider"),
    )


async def done(client: AsyncClient, url: str, body: dict[str, Any]) -> LicenceApplicationOut:
    answer = await client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    return LicenceApplicationOut.model_validate_json(answer.content)


async def licence(registry: Service, key: UUID) -> LicenceOut:
    answer = await registry.client(REGISTRAR).get(f"/v1/licences/{key}")
    assert answer.status_code == 200, answer.text
    return LicenceOut.model_validate_json(answer.content)


async def examined(registry: Service, key: UUID, kind: str, **fields: Any) -> str:
    """An application brought as far as the decision; its address."""
    owner, examiner, _ = people(registry, key)
    case = await done(owner, "/v1/licence-applications", asking.application(key, kind, **fields))
    url = f"/v1/licence-applications/{case.id}"
    await done(examiner, f"{url}/acceptances", {"note": "受理"})
    await done(examiner, f"{url}/examinations", {"findings": asking.findings()})
    return url


async def test_a_kindergarten_is_licensed_on_the_eight_conditions(registry: Service):
    key = await given.kindergarten(registry, type="private", status="preparing", opened_on=None)
    owner, examiner, decider = people(registry, key)
    case = await done(owner, "/v1/licence-applications", asking.application(key, "establish"))
    assert len(case.evidence) == 8
    url = f"/v1/licence-applications/{case.id}"
    case = await done(examiner, f"{url}/acceptances", {"note": "受理"})
    assert case.due_on is not None
    assert (case.due_on - given.TODAY).days in range(89, 93)
    assert case.due_basis == "民办教育促进法 第十七条"
    await done(examiner, f"{url}/examinations", {"findings": asking.findings()})
    body = {"since": TODAY, "number": "演示教民9号", "expires_on": ENDS, "document": asking.DOCUMENT}
    same = await examiner.post(f"{url}/approvals", json=body)
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")
    case = await done(decider, f"{url}/approvals", body)
    assert (case.state, case.decided_by) == ("completed", "decider")
    assert [each.verb for each in case.steps] == ["accept", "examine", "approve"]
    entry = (await owner.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["licence_number"], entry["licence_issued_on"], entry["licence_expires_on"]) == (
        "演示教民9号",
        TODAY,
        ENDS,
    )
    found = await licence(registry, key)
    assert (found.standing, [each.kind for each in found.acts]) == ("valid", ["granted"])
    facts = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.licence.recorded'")
    assert [(data["kind"], data["number"]) for (data,) in facts] == [("granted", "演示教民9号")]
    again = await owner.post("/v1/licence-applications", json=asking.application(key, "establish"))
    assert (again.status_code, again.json()["code"]) == (409, "licence-held-already")


async def test_a_condition_that_is_not_met_stands_against_the_licence(registry: Service):
    key = await given.kindergarten(registry, type="public", status="preparing")
    owner, examiner, decider = people(registry, key)
    short = asking.application(key, "establish", evidence=asking.evidence()[1:])
    missing = await owner.post("/v1/licence-applications", json=short)
    assert missing.json()["errors"][0]["code"] == "condition-left-out"
    case = await done(owner, "/v1/licence-applications", asking.application(key, "establish"))
    url = f"/v1/licence-applications/{case.id}"
    await done(examiner, f"{url}/acceptances", {"note": "受理"})
    case = await done(examiner, f"{url}/examinations", {"findings": asking.findings("health", "premises")})
    assert case.unmet == ["premises", "health"]
    body = {"since": TODAY, "number": "1", "expires_on": ENDS, "document": asking.DOCUMENT}
    answer = await decider.post(f"{url}/approvals", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "licence-conditions-unmet")
    case = await done(decider, f"{url}/refusals", {"document": asking.DOCUMENT, "note": "卫生评价不合格"})
    assert case.state == "refused"
    assert (await licence(registry, key)).standing == "missing"


async def test_a_renewal_that_comes_late_is_marked_and_runs_from_its_issue(registry: Service):
    key = await asking.licensed(registry, licence_expires_on=given.TODAY + timedelta(20))
    assert (await licence(registry, key)).standing == "expiring"
    url = await examined(registry, key, "renew")
    _, _, decider = people(registry, key)
    assert (await decider.get(url)).json()["late"] is True
    numbered = await decider.post(
        f"{url}/approvals",
        json={"since": TODAY, "number": "2", "expires_on": ENDS, "document": asking.DOCUMENT},
    )
    assert numbered.json()["errors"][0]["pointer"] == "/number"
    case = await done(decider, f"{url}/approvals", {"since": TODAY, "expires_on": ENDS, "document": asking.DOCUMENT})
    assert case.state == "completed"
    found = await licence(registry, key)
    assert (found.standing, found.number, found.expires_on) == ("valid", "演示教民1号", date.fromisoformat(ENDS))


async def test_a_change_waits_for_its_day_and_then_changes_the_entry(registry: Service):
    key = await asking.licensed(registry)
    owner, _, decider = people(registry, key)
    empty = await owner.post("/v1/licence-applications", json=asking.application(key, "change"))
    assert empty.json()["errors"][0]["code"] == "changes-of-a-change"
    url = await examined(registry, key, "change", changes={"address": "演示路9号", "licensed_seats": 180})
    body = {"since": TODAY, "document": asking.DOCUMENT}
    early = await decider.post(f"{url}/approvals", json=body)
    assert (early.status_code, early.json()["errors"][0]["code"]) == (422, "too-early")
    earliest = (await decider.get(url)).json()["earliest_on"]
    case = await done(decider, f"{url}/approvals", body | {"since": earliest})
    assert case.state == "approved"
    waiting = await decider.post(f"{url}/completions", json={"note": "办结"})
    assert (waiting.status_code, waiting.json()["code"]) == (409, "not-in-effect-yet")
    await registry.database.fetch("UPDATE licence_applications SET effective_on = %s", given.TODAY)
    assert (await done(decider, f"{url}/completions", {"note": "办结"})).state == "completed"
    entry = (await decider.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["address"], entry["licensed_seats"]) == ("演示路9号", 180)
    assert [each.kind for each in (await licence(registry, key)).acts] == ["changed"]


async def test_a_kindergarten_ends_only_when_its_children_are_settled(registry: Service):
    key = await asking.licensed(registry)
    await given.pupils(registry, await given.class_(registry, key), 1)
    case = await asking.placed(registry, key, "end", "approved")
    decider = registry.client(REGISTRAR)
    url = f"/v1/licence-applications/{case}/completions"
    refused = await decider.post(url, json={"note": "终止"})
    assert (refused.status_code, refused.json()["code"]) == (409, "kindergarten-has-children")
    await registry.database.fetch("DELETE FROM enrolments")
    await done(decider, url, {"note": "终止"})
    found = await licence(registry, key)
    assert (found.standing, found.expires_on) == ("ended", given.TODAY - DAY)
    assert (await decider.get(f"/v1/kindergartens/{key}")).json()["status"] == "closed"


async def test_a_licence_is_suspended_resumed_and_revoked_and_the_status_follows(registry: Service):
    key = await asking.licensed(registry)
    client = registry.client(REGISTRAR)
    body = {"since": TODAY, "document": "演示处罚〔2026〕1号", "reason": "限期整改"}
    url = f"/v1/licences/{key}"
    suspended = await client.post(f"{url}/suspensions", json=body | {"since": (given.TODAY - 2 * DAY).isoformat()})
    assert (suspended.status_code, suspended.json()["standing"]) == (201, "suspended"), suspended.text
    assert (await client.get(f"/v1/kindergartens/{key}")).json()["status"] == "suspended"
    twice = await client.post(f"{url}/suspensions", json=body)
    assert (twice.status_code, twice.json()["code"]) == (409, "licence-not-standing")
    resumed = await client.post(f"{url}/resumptions", json=body | {"since": (given.TODAY - DAY).isoformat()})
    assert resumed.json()["standing"] == "valid"
    assert (await client.get(f"/v1/kindergartens/{key}")).json()["status"] == "operating"
    before = await client.post(f"{url}/revocations", json=body | {"since": (given.TODAY - DAY).isoformat()})
    assert (before.status_code, before.json()["code"]) == (409, "licence-acted-on-already")
    ahead = await client.post(f"{url}/revocations", json=body | {"since": (given.TODAY + DAY).isoformat()})
    assert ahead.json()["errors"][0]["code"] == "since-out-of-order"
    revoked = await client.post(f"{url}/revocations", json=body)
    assert (revoked.json()["standing"], revoked.json()["expires_on"]) == ("revoked", (given.TODAY - DAY).isoformat())
    assert (await client.get(f"/v1/kindergartens/{key}")).json()["status"] == "suspended"
    assert [each["kind"] for each in revoked.json()["acts"]] == ["revoked", "resumed", "suspended"]
    for verb in ("suspensions", "resumptions", "revocations"):
        assert (await client.post(f"{url}/{verb}", json=body)).json()["code"] == "licence-not-standing"


@pytest.mark.parametrize("state", ["valid", "expired", "missing", "suspended", "suspended today"])
@pytest.mark.parametrize("who", ["registrar", "town", "principal"])
async def test_what_is_offered_on_a_licence_is_accepted(registry: Service, state: str, who: str):
    async def fresh() -> tuple[UUID, AsyncClient]:
        registry.database.clean()
        ends = given.TODAY - DAY if state == "expired" else asking.ENDS
        key = await asking.licensed(
            registry, licence_expires_on=ends, licence_number=None if state == "missing" else "演示1号"
        )
        if state.startswith("suspended"):
            since = given.TODAY if state == "suspended today" else given.TODAY - DAY
            body = {"since": since.isoformat(), "document": "演示", "reason": "演示"}
            await registry.client(REGISTRAR).post(f"/v1/licences/{key}/suspensions", json=body)
        return key, registry.client({"registrar": REGISTRAR, "town": TOWN, "principal": principal(key)}[who])

    key, client = await fresh()
    offers = {each["action"]: each for each in (await client.get(f"/v1/licences/{key}")).json()["actions"]}
    slip: dict[str, Any] = {"number": "演示3号", "issued_on": "2023-03-01", "expires_on": ENDS}
    acts: dict[str, dict[str, Any]] = {
        "suspensions": {"since": TODAY},
        "resumptions": {"since": TODAY},
        "revocations": {"since": TODAY},
        "corrections": slip,
    }
    for verb, path in zip(("suspend", "resume", "revoke", "correct"), acts, strict=True):
        key, client = await fresh()
        body = acts[path] | {"document": "演示", "reason": "演示"}
        answer = await client.post(f"/v1/licences/{key}/{path}", json=body)
        assert (answer.status_code == 201) == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"]


ON_THE_LICENCE = {
    "name": "怀柔区另名幼儿园(演示)",
    "address": "演示路8号",
    "division": given.OTHER_VILLAGE,
    "founder": "另一个人(演示)",
    "founder_code": "999",
    "for_profit": True,
    "licensed_seats": 360,
}


@pytest.mark.parametrize("field", sorted(ON_THE_LICENCE))
async def test_what_a_licence_says_is_edited_by_an_act_on_it_only(registry: Service, field: str):
    free = await given.kindergarten(registry, type="private", status="preparing", founder_code="999")
    code = given.school_code()
    key = await asking.licensed(registry, founder_code="892" if field == "founder_code" else "999", school_code=code)
    client, change = registry.client(REGISTRAR), {field: ON_THE_LICENCE[field]}
    answer = await client.patch(f"/v1/kindergartens/{key}", json=change, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (409, "licence-act-needed"), answer.text
    assert (answer.json()["fields"], answer.json()["errors"][0]["pointer"]) == ([field], f"/{field}")
    assert "/licence-applications" in answer.json()["hint"]
    assert (await registry.database.fetch("SELECT version FROM kindergartens WHERE id = %s", key))[0][0] == 1
    entry = (await client.get(f"/v1/kindergartens/{key}")).json()
    names = ("division", "name", "founder", "founder_code", "licence_number", "licence_issued_on", "licence_expires_on")
    put = {name: entry[name] for name in names} | {"opened_on": entry["opened_on"], "synthetic": True} | change
    answer = await client.put(f"/v1/kindergartens/by-school-code/{code}", json=put)
    assert (answer.status_code, answer.json()["code"]) == (409, "licence-act-needed"), answer.text
    answer = await client.patch(f"/v1/kindergartens/{free}", json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text  # without a licence there is none to keep to


async def test_the_founder_of_a_licensed_kindergarten_does_not_change_with_its_type(registry: Service):
    key = await asking.licensed(registry)
    body = {"type": "public", "since": TODAY, "document": "演示", "founder": "区教委(演示)", "founder_code": "831"}
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/types", json=body)
    assert (answer.status_code, answer.json()["fields"]) == (409, ["founder", "founder_code"]), answer.text


async def test_a_private_kindergarten_passes_into_public_hands_by_its_licence(registry: Service):
    key = await asking.licensed(registry)
    changes = {"founder": "怀柔区教育委员会(演示)", "founder_code": "831", "type": "public"}
    owner, _, decider = people(registry, key)
    url = await examined(registry, key, "change", changes=changes)
    assert (await owner.get(url)).json()["changes"]["type"] == "public"
    earliest = (await decider.get(url)).json()["earliest_on"]
    await done(decider, f"{url}/approvals", {"since": earliest, "document": asking.DOCUMENT})
    await registry.database.fetch("UPDATE licence_applications SET effective_on = %s", given.TODAY)
    await done(decider, f"{url}/completions", {"note": "办结"})
    entry = (await decider.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["type"], entry["founder_code"], entry["type_since"]) == ("public", "831", TODAY)
    assert [each.kind for each in (await licence(registry, key)).acts] == ["changed"]


async def test_who_becomes_for_profit_leaves_the_recognition_first(registry: Service):
    key = await asking.licensed(registry, type="inclusive_private")
    held = await recognition(registry, key, "granted")
    changes = {"for_profit": True, "type": "private"}
    case = await asking.placed(registry, key, "change", "approved", changes=changes)
    url, decider = f"/v1/licence-applications/{case}/completions", registry.client(REGISTRAR)
    answer = await decider.post(url, json={"note": "办结"})
    assert (answer.status_code, answer.json()["code"]) == (409, "recognition-still-in-force")
    await registry.database.fetch("UPDATE recognitions SET until = %s WHERE id = %s", given.TODAY, held)
    await done(decider, url, {"note": "办结"})
    entry = (await decider.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["type"], entry["for_profit"]) == ("private", True)


@pytest.mark.parametrize(
    ("type", "founder", "for_profit", "changes", "refused"),
    [
        ("public", "831", False, {"founder_code": "999"}, ("public-stays-public", "REG-15")),
        ("public", "831", False, {"founder_code": "999", "type": "private"}, ("public-stays-public", "REG-15")),
        ("public", "831", False, {"for_profit": True}, ("public-for-profit", "REG-15")),
        ("public", "831", False, {"founder_code": "832"}, None),
        ("private", "999", False, {"for_profit": True}, None),
        ("private", "999", True, {"for_profit": False}, None),
        ("inclusive_private", "999", False, {"for_profit": True}, ("for-profit-not-inclusive", "REG-16")),
        ("inclusive_private", "999", False, {"for_profit": True, "type": "private"}, None),
        ("private", "999", True, {"type": "inclusive_private"}, ("for-profit-not-inclusive", "REG-16")),
        ("private", "999", False, {"founder_code": "831"}, ("founder-forbids-type", None)),
        ("private", "999", False, {"founder_code": "831", "type": "public"}, None),
    ],
)
async def test_hands_the_law_forbids_are_refused_when_they_are_applied_for(
    registry: Service, type: str, founder: str, for_profit: bool, changes: dict[str, Any], refused: Any
):
    key = await asking.licensed(registry, type=type, founder_code=founder, for_profit=for_profit)
    body = asking.application(key, "change", changes=changes)
    answer = await registry.client(principal(key)).post("/v1/licence-applications", json=body)
    if refused is None:
        assert answer.status_code == 201, answer.text
    else:
        assert (answer.status_code, answer.json()["code"], answer.json().get("rule")) == (409, *refused), answer.text


async def test_an_application_names_codes_and_places_that_are_known(registry: Service):
    key = await asking.licensed(registry)
    changes = {"founder_code": "700", "division": "110116999"}
    answer = await registry.client(principal(key)).post(
        "/v1/licence-applications", json=asking.application(key, "change", changes=changes)
    )
    assert {each["pointer"] for each in answer.json()["errors"]} == {"/changes/founder_code", "/changes/division"}


async def test_a_licence_held_before_the_system_is_entered_and_a_slip_set_right(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/licences/{key}/corrections"
    paper = {"document": "演示教民7号许可证", "reason": "系统启用前已持证"}
    half = await client.post(url, json=paper | {"number": "演示教民7号"})
    assert (half.status_code, half.json()["errors"][0]["code"]) == (422, "licence-in-full")
    whole = paper | {"number": "演示教民7号", "issued_on": "2023-03-01", "expires_on": ENDS}
    entered = await client.post(url, json=whole)
    assert (entered.status_code, entered.json()["standing"]) == (201, "valid"), entered.text
    assert [(each["kind"], each["document"]) for each in entered.json()["acts"]] == [("corrected", paper["document"])]
    again = await client.post(url, json=whole)
    assert again.json()["errors"][0]["code"] == "nothing-to-correct"
    backward = await client.post(url, json=paper | {"expires_on": "2022-01-01"})
    assert (backward.status_code, backward.json()["code"]) == (409, "licence-expires-before-issue")
    slip = await client.post(url, json=paper | {"name": "怀柔区正名幼儿园(演示)", "licensed_seats": 90})
    assert slip.status_code == 201, slip.text
    entry = (await client.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["name"], entry["licensed_seats"]) == ("怀柔区正名幼儿园(演示)", 90)


async def test_a_correction_does_not_lift_a_suspension(registry: Service):
    key = await asking.licensed(registry)
    client, body = registry.client(REGISTRAR), {"since": TODAY, "document": "演示", "reason": "演示"}
    await client.post(f"/v1/licences/{key}/suspensions", json=body)
    fixed = {"document": "演示", "reason": "错字", "address": "演示路7号"}
    answer = await client.post(f"/v1/licences/{key}/corrections", json=fixed)
    assert (answer.status_code, answer.json()["standing"]) == (201, "suspended"), answer.text
    assert (await client.get("/v1/licences", params={"standing": "suspended", "count": True})).json()["total"] == 1


NOTE = {"note": "演示"}
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "amend": ("amendments", {"evidence": asking.evidence()}),
    "retract": ("retractions", NOTE),
    "send_back": ("returns", NOTE),
    "accept": ("acceptances", NOTE),
    "extend": ("extensions", NOTE),
    "examine": ("examinations", {"findings": asking.findings()}),
    "approve": ("approvals", {"since": TODAY, "expires_on": ENDS, "document": "演示"}),
    "refuse": ("refusals", NOTE | {"document": "演示"}),
    "complete": ("completions", NOTE),
}


@pytest.mark.parametrize("state", list(asking.PLACED))
@pytest.mark.parametrize("who", ["examiner", "decider", "someone", "principal", "town"])
async def test_what_is_offered_on_an_application_is_accepted(registry: Service, state: str, who: str):
    async def fresh() -> tuple[UUID, AsyncClient]:
        registry.database.clean()
        key = await asking.licensed(registry)
        case = await asking.placed(registry, key, "renew", state)
        grant = {"principal": principal(key), "town": TOWN}.get(who, REGISTRAR)
        return case, registry.client(grant, sub=who)

    case, client = await fresh()
    shown = (await client.get(f"/v1/licence-applications/{case}")).json()
    offers = {each["action"]: each for each in shown["actions"]}
    assert offers.keys() == REQUESTS.keys()
    for verb, (path, body) in REQUESTS.items():
        case, client = await fresh()
        answer = await client.post(f"/v1/licence-applications/{case}/{path}", json=body)
        assert (answer.status_code == 201) == offers[verb]["allowed"], (verb, offers[verb], answer.text)
        if not offers[verb]["allowed"]:
            assert answer.json()["code"] == offers[verb]["code"], (verb, answer.text)


async def test_licences_that_expire_and_decisions_past_their_time_are_listed(registry: Service):
    for left in (-1, 0, 90, 91):
        await asking.licensed(registry, licence_expires_on=given.TODAY + timedelta(left), licence_number=f"演示{left}")
    await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    client = registry.client(REGISTRAR)
    listed = (await client.get("/v1/licences", params={"count": True})).json()
    assert [each["standing"] for each in listed["items"]] == ["missing", "expired", "expiring", "expiring", "valid"]
    assert [each["days_left"] for each in listed["items"]] == [None, -1, 0, 90, 91]
    rules = [(each["rule"], each["severity"]) for each in listed["items"]]
    assert rules == [(None, None), ("REG-14", "red"), ("REG-14", "warn"), ("REG-14", "warn"), (None, None)]
    soon = (await client.get("/v1/licences", params={"standing": "expiring"})).json()["items"]
    assert [each["days_left"] for each in soon] == [0, 90]
    assert len((await registry.client(TOWN).get("/v1/licences")).json()["items"]) == 4
    key = await asking.licensed(registry)
    case = await asking.placed(registry, key, "renew", "accepted", due_on=given.TODAY - DAY)
    late = (await client.get("/v1/licence-applications", params={"overdue": True})).json()["items"]
    assert [each["id"] for each in late] == [str(case)]
    extended = await done(client, f"/v1/licence-applications/{case}/extensions", NOTE)
    assert (extended.extended, extended.overdue) == (True, False)
