"""Recognitions decided before the system was: entered by their document, confirmed by another person."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.recognitions.rules import next_review
from services.registry.recognitions.schemas import RecognitionOut, RecognitionOutcome
from shared.contracts.registry import RecognitionFact
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, principal
from tests.stack import Service

DAY = timedelta(1)
SINCE = given.TODAY - timedelta(400)
UNTIL = given.TODAY + timedelta(500)


def entry(key: Any, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "decided_on": (SINCE - 10 * DAY).isoformat(),
        "since": SINCE.isoformat(),
        "until": UNTIL.isoformat(),
        "agreed_fee": "680.00",
        "agreement": "演示协议(2025)1号",
        "document": "演示认定〔2025〕1号",
    } | fields


async def test_a_recognition_of_before_counts_once_another_person_has_confirmed_it(registry: Service):
    key = await given.kindergarten(registry, type="private", opened_on=SINCE)  # no licence on record, operating briefly
    one, two = registry.client(REGISTRAR, sub="one"), registry.client(REGISTRAR, sub="two")
    answer = await one.post("/v1/existing-recognitions", json=entry(key))
    assert answer.status_code == 201, answer.text
    case = RecognitionOut.model_validate_json(answer.content)
    assert (case.state, case.existing, case.in_force, case.decided_by) == ("recorded", True, False, None)
    url = f"/v1/recognitions/{case.id}"
    assert (await one.get(f"/v1/kindergartens/{key}")).json()["type"] == "private"
    same = await one.post(f"{url}/confirmations")
    assert (same.status_code, same.json()["code"]) == (403, "another-person-needed")
    seen = await two.post(f"{url}/confirmations", params={"preview": True})
    preview = RecognitionOutcome.model_validate_json(seen.content)
    assert (seen.status_code, preview.committed, preview.targets is not None) == (200, False, True)
    assert [(each.type.value, each.since) for each in preview.after] == [
        ("private", given.OPENED),
        ("inclusive_private", SINCE),
        ("private", UNTIL),
    ]
    done = await two.post(f"{url}/confirmations", params={"token": preview.token})
    assert done.status_code == 201, done.text
    case = RecognitionOut.model_validate_json((await two.get(url)).content)
    assert (case.state, case.in_force, case.decided_by, str(case.agreed_fee)) == ("granted", True, "two", "680.00")
    assert case.decided_on == SINCE - 10 * DAY
    assert case.review_due_on is not None
    assert given.TODAY <= case.review_due_on < UNTIL
    for day, kind in ((SINCE - DAY, "private"), (SINCE, "inclusive_private"), (UNTIL - DAY, "inclusive_private")):
        entered = await two.get(f"/v1/kindergartens/{key}", params={"as_of": day.isoformat()})
        assert entered.json()["type"] == kind
    found = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.recognition.decided'")
    [fact] = [RecognitionFact.model_validate(data) for (data,) in found]
    assert (fact.decision, fact.since, fact.until) == ("granted", SINCE, UNTIL)
    listed = await two.get("/v1/recognitions", params={"in_force": True})
    assert [each["existing"] for each in listed.json()["items"]] == [True]


async def test_a_type_on_record_already_stays_as_it_is(registry: Service):
    key = await given.kindergarten(registry, type="inclusive_private")
    case = await registry.client(REGISTRAR, sub="one").post("/v1/existing-recognitions", json=entry(key))
    done = await registry.client(REGISTRAR, sub="two").post(f"/v1/recognitions/{case.json()['id']}/confirmations")
    assert [each["type"] for each in done.json()["after"]] == ["inclusive_private", "private"]


async def test_terms_that_overlap_are_refused(registry: Service):
    key = await given.kindergarten(registry, type="private")
    one, two = registry.client(REGISTRAR, sub="one"), registry.client(REGISTRAR, sub="two")
    answers = []
    for _ in range(2):
        case = await one.post("/v1/existing-recognitions", json=entry(key))
        answers.append(await two.post(f"/v1/recognitions/{case.json()['id']}/confirmations"))
    assert [each.status_code for each in answers] == [201, 409]
    assert answers[1].json()["code"] == "recognised-once-a-day"
    gone = await one.post(f"/v1/recognitions/{case.json()['id']}/discards", json={"note": "重复"})
    assert gone.json()["state"] == "retracted"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"since": (given.TODAY + DAY).isoformat()}, "/since"),
        ({"decided_on": (given.TODAY + DAY).isoformat()}, "/decided_on"),
        ({"until": SINCE.isoformat()}, "/until"),
        ({"until": (SINCE + timedelta(3 * 366)).isoformat()}, "/until"),
        ({"document": ""}, "/document"),
        ({"agreed_fee": "-1.00"}, "/agreed_fee"),
    ],
)
async def test_what_is_entered_has_begun_and_has_its_document(registry: Service, fields: dict[str, Any], pointer: str):
    key = await given.kindergarten(registry, type="private")
    answer = await registry.client(REGISTRAR).post("/v1/existing-recognitions", json=entry(key, **fields))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_a_for_profit_kindergarten_has_no_recognition_to_enter(registry: Service):
    key = await given.kindergarten(registry, type="private", for_profit=True)
    answer = await registry.client(REGISTRAR).post("/v1/existing-recognitions", json=entry(key))
    assert (answer.status_code, answer.json()["code"]) == (409, "recognition-blocked")
    assert answer.json()["rule"] == "REG-16"
    public = await given.kindergarten(registry, type="public")
    case = await registry.client(REGISTRAR, sub="one").post("/v1/existing-recognitions", json=entry(public))
    done = await registry.client(REGISTRAR, sub="two").post(f"/v1/recognitions/{case.json()['id']}/confirmations")
    assert (done.status_code, done.json()["code"], done.json()["rule"]) == (409, "public-stays-public", "REG-15")


async def test_a_kindergarten_does_not_enter_its_own(registry: Service):
    key = await given.kindergarten(registry, type="private")
    assert (await registry.client(principal(key)).post("/v1/existing-recognitions", json=entry(key))).status_code == 403


@pytest.mark.parametrize(
    ("on", "due"),
    [
        (date(2025, 2, 1), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 1, 2), date(2027, 1, 1)),
        (date(2027, 1, 2), None),
    ],
)
def test_reviews_of_before_were_made_on_paper(on: date, due: date | None):
    assert next_review(date(2025, 1, 1), date(2028, 1, 1), 12, on) == due
