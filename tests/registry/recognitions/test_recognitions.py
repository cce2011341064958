"""普惠性民办园认定, from application to term, renewal and withdrawal."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient

from services.registry.recognitions.schemas import RecognitionOut, RecognitionOutcome
from shared.contracts.registry import RECOGNITION_DECIDED, RecognitionFact
from shared.workdays import add_working_days
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.recognitions import asking
from tests.stack import Service

DAY = timedelta(1)


def people(registry: Service, key: UUID) -> tuple[AsyncClient, AsyncClient, AsyncClient]:
    """Principal, reviewing registrar, deciding registrar."""
    return (
        registry.client(principal(key)),
        registry.client(REGISTRAR, sub="reviewer"),
        registry.client(REGISTRAR, sub="decider"),
    )


async def done(client: AsyncClient, url: str, body: dict[str, Any]) -> RecognitionOut:
    answer = await client.post(url, json=body)
    assert answer.status_code == 201, answer.text
    return RecognitionOut.model_validate_json(answer.content)


async def types(registry: Service, key: UUID) -> list[tuple[str, date, date | None]]:
    items = (await registry.client(REGISTRAR).get(f"/v1/kindergartens/{key}/types")).json()["items"]
    return [
        (each["type"], date.fromisoformat(each["since"]), each["until"] and date.fromisoformat(each["until"]))
        for each in items
    ]


async def told(registry: Service) -> list[RecognitionFact]:
    found = await registry.database.fetch("SELECT data FROM events WHERE type = %s ORDER BY seq", RECOGNITION_DECIDED)
    return [RecognitionFact.model_validate(data) for (data,) in found]


async def test_a_kindergarten_is_recognised_after_review_notice_and_decision_by_another(registry: Service):
    key = await asking.kindergarten(registry)
    await given.pupils(registry, await given.class_(registry, key), 3)
    owner, reviewer, decider = people(registry, key)
    case = await done(owner, "/v1/recognitions", asking.application(key))
    assert (case.state, case.renewal, case.proposed_fee) == ("applied", False, Decimal("700.00"))
    url = f"/v1/recognitions/{case.id}"
    await done(reviewer, f"{url}/reviews", {"findings": asking.findings()})
    case = await done(reviewer, f"{url}/notices", {"note": "公示于门户网站"})
    assert case.notice_until == add_working_days(given.TODAY, 7)
    early = await decider.post(f"{url}/grants", json=asking.grant())
    assert (early.status_code, early.json()["code"]) == (409, "notice-not-over")
    await registry.database.fetch("UPDATE recognitions SET notice_until = %s", given.TODAY - DAY)
    same = await reviewer.post(f"{url}/grants", json=asking.grant())
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")

    preview = await decider.post(f"{url}/grants", params={"preview": True}, json=asking.grant())
    assert preview.status_code == 200, preview.text
    seen = RecognitionOutcome.model_validate_json(preview.content)
    until = date.fromisoformat(asking.grant()["until"])
    assert [(each.type, each.since) for each in seen.after] == [
        ("private", given.OPENED),
        ("inclusive_private", given.TODAY),
        ("private", until),
    ]
    shares = {
        each.indicator: (each.before.numerator, each.after.numerator)
        for each in seen.targets or ()
        if each.target_set == "district"
    }
    assert (shares["inclusive_coverage"], len(shares), seen.children) == ((0, 3), 3, 3)
    assert len(await types(registry, key)) == 1

    other = await decider.post(f"{url}/grants", params={"token": seen.token}, json=asking.grant(agreed_fee="650.00"))
    assert (other.status_code, other.json()["code"]) == (409, "preview-is-stale")
    answer = await decider.post(f"{url}/grants", params={"token": seen.token}, json=asking.grant())
    assert answer.status_code == 201, answer.text
    assert await types(registry, key) == [
        ("private", until, None),
        ("inclusive_private", given.TODAY, until),
        ("private", given.OPENED, given.TODAY),
    ]
    case = RecognitionOut.model_validate_json((await owner.get(url)).content)
    assert (case.state, case.in_force, case.agreed_fee) == ("granted", True, Decimal("680.00"))
    assert [each.verb for each in case.steps] == ["review", "publish_notice", "grant"]
    assert [each.actor for each in case.steps] == ["reviewer", "reviewer", "decider"]
    (fact,) = await told(registry)
    assert (fact.decision, fact.since, fact.until) == ("granted", given.TODAY, until)
    assert (fact.agreed_fee, fact.document) == (Decimal("680.00"), asking.DOCUMENT)
    assert (await owner.get(f"/v1/kindergartens/{key}")).json()["type"] == "inclusive_private"


@pytest.mark.parametrize(
    ("fields", "rule", "code"),
    [
        ({"for_profit": True}, "REG-16", "for-profit-not-inclusive"),
        ({"type": "public"}, "type-not-private", "type-not-private"),
        ({"licence_expires_on": given.TODAY - DAY}, "REG-14", "licence-not-valid"),
        ({"status": "suspended"}, "kindergarten-not-operating", "kindergarten-not-operating"),
    ],
)
async def test_who_cannot_be_recognised_cannot_apply(registry: Service, fields: dict[str, Any], rule: str, code: str):
    key = await asking.kindergarten(registry, **fields)
    client = registry.client(principal(key))
    answer = await client.post("/v1/recognitions", json=asking.application(key))
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "recognition-blocked")
    assert rule in problem["detail"]
    assert [each["code"] for each in problem["errors"]] == [code]
    said = (await client.get(f"/v1/kindergartens/{key}/recognition-checks", params={"fee": "700"})).json()
    assert said["eligible"] is False
    assert [each["code"] for each in said["items"] if each["severity"] == "block" and not each["met"]] == [code]


async def test_a_fee_above_the_ceiling_is_neither_applied_for_nor_agreed(registry: Service):
    key = await asking.kindergarten(registry)
    owner, _, decider = people(registry, key)
    answer = await owner.post("/v1/recognitions", json=asking.application(key, proposed_fee="750.01"))
    assert answer.json()["errors"][0]["code"] == "fee-above-ceiling"
    case = await asking.recognition(registry, key, "noticed")
    answer = await decider.post(f"/v1/recognitions/{case}/grants", json=asking.grant(agreed_fee="750.01"))
    assert (answer.status_code, answer.json()["code"]) == (409, "recognition-blocked")
    answer = await decider.post(f"/v1/recognitions/{case}/grants", json=asking.grant(agreed_fee="750.00"))
    assert answer.status_code == 201, answer.text


async def test_an_application_names_every_condition_once_and_only_one_is_open(registry: Service):
    key = await asking.kindergarten(registry)
    owner = registry.client(principal(key))
    short = asking.application(key, evidence=[*asking.evidence()[1:], asking.evidence()[1]])
    answer = await owner.post("/v1/recognitions", json=short)
    assert {each["code"] for each in answer.json()["errors"]} == {"condition-left-out", "condition-twice"}
    await done(owner, "/v1/recognitions", asking.application(key))
    second = await owner.post("/v1/recognitions", json=asking.application(key))
    assert (second.status_code, second.json()["code"]) == (409, "one-open-application")


async def test_an_unmet_condition_keeps_the_case_from_notice_and_is_refused_in_writing(registry: Service):
    key = await asking.kindergarten(registry)
    owner, reviewer, decider = people(registry, key)
    case = await done(owner, "/v1/recognitions", asking.application(key))
    url = f"/v1/recognitions/{case.id}"
    case = await done(reviewer, f"{url}/reviews", {"findings": asking.findings("clean_record")})
    assert case.unmet == ["clean_record"]
    answer = await reviewer.post(f"{url}/notices", json={"note": "公示"})
    assert (answer.status_code, answer.json()["code"]) == (409, "conditions-unmet")
    case = await done(decider, f"{url}/refusals", {"document": asking.DOCUMENT, "note": "近三年有处罚"})
    assert (case.state, case.decided_by) == ("refused", "decider")
    assert await told(registry) == []
    again = await owner.post("/v1/recognitions", json=asking.application(key))
    assert again.status_code == 201


async def test_what_was_sent_back_is_amended_and_what_was_objected_is_answered(registry: Service):
    key = await asking.kindergarten(registry)
    owner, reviewer, _ = people(registry, key)
    case = await done(owner, "/v1/recognitions", asking.application(key))
    url = f"/v1/recognitions/{case.id}"
    await done(reviewer, f"{url}/returns", {"note": "缺审计报告"})
    amended = {name: value for name, value in asking.application(key).items() if name != "kindergarten"}
    case = await done(owner, f"{url}/amendments", amended | {"proposed_fee": "690.00"})
    assert (case.state, case.proposed_fee) == ("applied", Decimal("690.00"))
    await done(reviewer, f"{url}/reviews", {"findings": asking.findings()})
    await done(reviewer, f"{url}/notices", {"note": "公示"})
    assert (await done(reviewer, f"{url}/objections", {"note": "反映收费"})).state == "disputed"
    case = await done(reviewer, f"{url}/objection-answers", {"upheld": False, "note": "查无实据"})
    assert case.state == "noticed"
    await done(reviewer, f"{url}/objections", {"note": "再次反映"})
    case = await done(reviewer, f"{url}/objection-answers", {"upheld": True, "note": "属实"})
    assert case.state == "applied"
    assert (await done(owner, f"{url}/retractions", {"note": "不再申请"})).state == "retracted"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"since": (given.TODAY - DAY).isoformat()}, "/since"),
        ({"until": given.TODAY.isoformat()}, "/until"),
        ({"until": (given.TODAY + timedelta(3 * 366)).isoformat()}, "/until"),
    ],
)
async def test_a_term_begins_today_at_the_earliest_and_lasts_three_years_at_most(
    registry: Service, fields: dict[str, Any], pointer: str
):
    key = await asking.kindergarten(registry)
    case = await asking.recognition(registry, key, "noticed")
    client = registry.client(REGISTRAR)
    answer = await client.post(f"/v1/recognitions/{case}/grants", json=asking.grant(**fields))
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_renewal_follows_on_and_the_type_stays(registry: Service):
    key = await asking.kindergarten(registry)
    owner, reviewer, decider = people(registry, key)
    first = await asking.recognition(registry, key, "noticed")
    end = given.TODAY + timedelta(100)
    answer = await decider.post(f"/v1/recognitions/{first}/grants", json=asking.grant(until=end.isoformat()))
    assert answer.status_code == 201, answer.text
    case = await done(owner, "/v1/recognitions", asking.application(key))
    assert (case.renewal, case.former) == (True, first)
    url = f"/v1/recognitions/{case.id}"
    await done(reviewer, f"{url}/reviews", {"findings": asking.findings()})
    await done(reviewer, f"{url}/notices", {"note": "公示"})
    await registry.database.fetch("UPDATE recognitions SET notice_until = %s WHERE id = %s", given.TODAY - DAY, case.id)
    later = (end + timedelta(700)).isoformat()
    overlapping = await decider.post(f"{url}/grants", json=asking.grant(until=later))
    assert (overlapping.status_code, overlapping.json()["code"]) == (409, "recognised-once-a-day")
    answer = await decider.post(f"{url}/grants", json=asking.grant(since=end.isoformat(), until=later))
    assert (answer.status_code, answer.json()["decision"]) == (201, "renewed"), answer.text
    assert await types(registry, key) == [
        ("private", end + timedelta(700), None),
        ("inclusive_private", end, end + timedelta(700)),
        ("inclusive_private", given.TODAY, end),
        ("private", given.OPENED, given.TODAY),
    ]
    assert [each.decision for each in await told(registry)] == ["granted", "renewed"]

    await registry.database.fetch(
        "UPDATE recognitions SET state = 'leaving', leaving_by = 'x', leaving_ground = 'own_request',"
        " leaving_until = %s WHERE id = %s",
        given.TODAY - DAY,
        first,
    )
    ended = given.TODAY + timedelta(10)
    body = {"ended_on": ended.isoformat(), "document": "演示退出〔2026〕1号"}
    answer = await decider.post(f"/v1/recognitions/{first}/withdrawals", json=body)
    assert answer.status_code == 201, answer.text
    assert {kind for kind, since, _ in await types(registry, key) if since >= ended} == {"private"}
    assert [(each.decision, each.since) for each in await told(registry)][2:] == [
        ("withdrawn", ended),
        ("withdrawn", end),
    ]
    listed = await decider.get("/v1/recognitions", params={"kindergarten": str(key)})
    assert {each["state"] for each in listed.json()["items"]} == {"withdrawn"}


async def test_a_recognition_is_withdrawn_after_notice_and_by_another_person(registry: Service):
    key = await asking.kindergarten(registry, type="inclusive_private")
    owner, reviewer, decider = people(registry, key)
    case = await asking.recognition(registry, key, "granted")
    url = f"/v1/recognitions/{case}"
    notice = {"ground": "agreement_broken", "note": "超协议收费"}
    found = await done(reviewer, f"{url}/withdrawal-notices", notice)
    assert found.leaving_until == add_working_days(given.TODAY, 10)
    await done(owner, f"{url}/withdrawal-statements", {"note": "已退还"})
    body = {"ended_on": given.TODAY.isoformat(), "document": "演示退出〔2026〕1号"}
    assert (await decider.post(f"{url}/withdrawals", json=body)).json()["code"] == "notice-not-over"
    await registry.database.fetch("UPDATE recognitions SET leaving_until = %s", given.TODAY - DAY)
    assert (await reviewer.post(f"{url}/withdrawals", json=body)).json()["code"] == "another-person-needed"
    seen = await decider.post(f"{url}/withdrawals", params={"preview": True}, json=body)
    assert seen.status_code == 200, seen.text
    assert len([each for each in seen.json()["targets"] if each["target_set"] == "district"]) == 3
    answer = await decider.post(f"{url}/withdrawals", params={"token": seen.json()["token"]}, json=body)
    assert answer.status_code == 201, answer.text
    assert await types(registry, key) == [
        ("private", given.TODAY, None),
        ("inclusive_private", given.OPENED, given.TODAY),
    ]
    (fact,) = await told(registry)
    assert (fact.decision, fact.since, fact.until, fact.agreed_fee) == ("withdrawn", given.TODAY, None, None)
    found = RecognitionOut.model_validate_json((await owner.get(url)).content)
    assert (found.state, found.in_force, found.ended_on) == ("withdrawn", False, given.TODAY)


async def test_a_recognition_can_be_kept_and_left_at_own_request(registry: Service):
    key = await asking.kindergarten(registry, type="inclusive_private")
    owner, _, decider = people(registry, key)
    case = await asking.recognition(registry, key, "granted")
    url = f"/v1/recognitions/{case}"
    found = await done(owner, f"{url}/withdrawal-requests", {"note": "拟停办"})
    assert (found.state, found.leaving_ground) == ("leaving", "own_request")
    found = await done(decider, f"{url}/keepings", {"note": "协商后保留"})
    assert (found.state, found.leaving_on) == ("granted", None)


async def test_a_yearly_review_is_passed_only_within_the_agreed_fee(registry: Service):
    key = await asking.kindergarten(registry, type="inclusive_private")
    _, reviewer, _ = people(registry, key)
    case = await asking.recognition(registry, key, "granted")
    url = f"/v1/recognitions/{case}"
    listed = await reviewer.get("/v1/recognitions", params={"warning": "review_overdue"})
    assert [each["id"] for each in listed.json()["items"]] == [str(case)]
    found = await done(reviewer, f"{url}/yearly-reviews", {"findings": asking.findings(), "fee_charged": "680.01"})
    (review,) = found.reviews
    assert (review.passed, review.due_on) == (False, given.TODAY - timedelta(35))
    assert found.review_due_on == date(review.due_on.year + 1, review.due_on.month, review.due_on.day)
    again = await reviewer.post(f"{url}/yearly-reviews", json={"findings": asking.findings(), "fee_charged": "680.00"})
    assert (again.status_code, again.json()["code"]) == (409, "review-not-due")


@pytest.mark.parametrize(
    ("left", "warning", "in_force"),
    [(0, "lapsed", False), (1, "expiring", True), (90, "expiring", True), (91, None, True)],
)
async def test_a_term_about_to_lapse_is_listed(registry: Service, left: int, warning: str | None, in_force: bool):
    key = await asking.kindergarten(registry, type="inclusive_private")
    until = given.TODAY + timedelta(left)
    await asking.recognition(registry, key, "granted", until=until, review_due_on=None)
    client = registry.client(REGISTRAR)
    (row,) = (await client.get("/v1/recognitions")).json()["items"]
    assert (row["warning"], row["in_force"]) == (warning, in_force)
    if warning:
        listed = await client.get("/v1/recognitions", params={"warning": warning, "in_force": in_force})
        assert len(listed.json()["items"]) == 1
    before = await client.get("/v1/recognitions", params={"expires_before": (until + DAY).isoformat()})
    assert len(before.json()["items"]) == 1


async def test_recognitions_are_seen_in_scope_and_exported(registry: Service):
    key = await asking.kindergarten(registry)
    other = await asking.kindergarten(registry, division=given.OTHER_VILLAGE)
    mine = await asking.recognition(registry, key, "applied")
    theirs = await asking.recognition(registry, other, "applied")
    for caller in (TOWN, principal(key)):
        client = registry.client(caller)
        listed = (await client.get("/v1/recognitions")).json()["items"]
        assert [each["id"] for each in listed] == [str(mine)]
        assert (await client.get(f"/v1/recognitions/{theirs}")).status_code == 404
    owner = registry.client(principal(key))
    assert (await owner.post("/v1/recognitions", json=asking.application(other))).status_code == 404
    assert (await owner.get(f"/v1/recognitions/{uuid4()}")).status_code == 404
    lines = await registry.client(REGISTRAR).get("/v1/recognitions", headers={"Accept": "text/csv"})
    assert len(lines.text.splitlines()) == 3
    assert (await registry.client().get("/v1/recognitions")).status_code == 401


async def test_a_recognition_moves_with_its_kindergarten(registry: Service):
    key = await asking.kindergarten(registry)
    owner, reviewer, _ = people(registry, key)
    case = await done(owner, "/v1/recognitions", asking.application(key))
    await done(reviewer, f"/v1/recognitions/{case.id}/returns", {"note": "补正"})
    moved = await reviewer.post(
        f"/v1/licences/{key}/corrections",
        json={"division": given.OTHER_VILLAGE, "document": "演示", "reason": "区划登记差错"},
    )
    assert moved.status_code == 201, moved.text
    found = (await registry.client(("registrar", given.OTHER_TOWN)).get(f"/v1/recognitions/{case.id}")).json()
    assert (found["division"], len(found["steps"])) == (given.OTHER_VILLAGE, 1)
