"""在园: one kindergarten at a time, never over the limit, within the school year."""

from datetime import date
from typing import Any

import pytest

from services.registry.enrolments.schemas import EnrolmentOut, EnrolmentPage, EnrolmentPreview
from tests.registry import given
from tests.registry.enrolments.asking import BEGINS, DAY, ENDS, REGISTRAR, YEAR, enrol, identity
from tests.stack import Service


async def test_a_child_is_enrolled_and_belongs_to_the_kindergarten(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    child = await given.child(registry, residence=given.OTHER_VILLAGE)
    answer = await enrol(registry.client(REGISTRAR), child, room, BEGINS + 9 * DAY)
    assert answer.status_code == 201, answer.text
    made = EnrolmentOut.model_validate_json(answer.content)
    assert (made.since, made.until, made.reason_in, made.kindergarten) == (BEGINS + 9 * DAY, None, "new", kindergarten)
    found = await registry.database.fetch("SELECT kindergarten, division, first_enrolled_on FROM children")
    assert found == [(kindergarten, given.VILLAGE, BEGINS + 9 * DAY)]


async def test_a_principal_registers_and_enrols_in_one_step(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    principal = registry.client(("principal", f"k:{kindergarten}"))
    new = identity(given.resident_id(sex="2"), sex="2", residence_division=given.OTHER_VILLAGE)
    sent = {"registration": new, "class_id": str(room), "since": str(BEGINS)}
    answer = await principal.post("/v1/enrolments", json=sent)
    assert answer.status_code == 201, answer.text
    child = (await principal.get(f"/v1/children/{answer.json()['child']}")).json()
    assert (child["name"], child["class_id"], child["division"]) == ("演示幼儿", str(room), given.VILLAGE)
    again = await principal.post("/v1/enrolments", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "child-already-registered")
    faulty = await principal.post("/v1/enrolments", json=sent | {"registration": new | {"sex": "1"}})
    assert faulty.status_code == 422


async def test_a_principal_enrols_by_identity_a_child_it_cannot_see(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    number = given.resident_id()
    child = await given.child(registry, document=number, residence=given.OTHER_VILLAGE)
    principal = registry.client(("principal", f"k:{kindergarten}"))
    assert (await enrol(principal, child, room)).status_code == 404
    for wrong in ({"name": "别人"}, {"birth_date": "2022-03-16"}, {"document_number": given.resident_id()}):
        sent = {"identity": identity(number) | wrong, "class_id": str(room), "since": str(BEGINS)}
        assert (await principal.post("/v1/enrolments", json=sent)).status_code == 404
    sent = {"identity": identity(number), "class_id": str(room), "since": str(BEGINS)}
    assert (await principal.post("/v1/enrolments", json=sent)).json()["child"] == str(child)
    assert (await principal.get(f"/v1/children/{child}")).status_code == 200


@pytest.mark.parametrize(
    "more",
    [{}, {"child": None, "identity": None}, {"identity": identity("110199202203150011")}, {"until": "2027-01-01"}],
)
async def test_a_child_is_named_once_and_an_end_has_a_reason(registry: Service, more: dict[str, Any]):
    child = {} if not more else {"child": "0190b2a0-0000-7000-8000-000000000001"}
    sent = child | {"class_id": "0190b2a0-0000-7000-8000-000000000002", "since": str(BEGINS)} | more
    answer = await registry.client(REGISTRAR).post("/v1/enrolments", json=sent)
    assert answer.status_code == 422, answer.text


async def test_a_child_in_one_kindergarten_is_refused_by_another(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    number = given.resident_id()
    child = await given.child(registry, document=number)
    await given.enrolment(registry, child, await given.class_(registry, here))
    room = await given.class_(registry, there)
    for client, who in (
        (registry.client(REGISTRAR), {"child": str(child)}),
        (registry.client(("principal", f"k:{there}")), {"identity": identity(number)}),
    ):
        sent = who | {"class_id": str(room), "since": str(BEGINS + 30 * DAY)}
        answer = await client.post("/v1/enrolments", json=sent)
        assert (answer.status_code, answer.json()["code"]) == (409, "child-already-enrolled")
        assert "转园" in answer.json()["hint"]


@pytest.mark.parametrize(
    ("since", "until", "outcome"),
    [
        # there is one from day 10 to day 20, and one from day 30 on
        (0, 10, 201),
        (0, 11, 409),
        (5, 25, 409),
        (10, 20, 409),
        (12, 15, 409),
        (19, 30, 409),
        (20, 30, 201),
        (20, 31, 409),
        (22, 28, 201),
        (20, None, 409),
        (30, 40, 409),
        (31, None, 409),
    ],
)
async def test_periods_of_a_child_touch_and_never_overlap(
    registry: Service, since: int, until: int | None, outcome: int
):
    room = await given.class_(registry, await given.kindergarten(registry))
    other = await given.class_(registry, await given.kindergarten(registry))
    child = await given.child(registry)
    ends = BEGINS + 20 * DAY
    await given.enrolment(registry, child, room, since=BEGINS + 10 * DAY, until=ends)
    await given.enrolment(registry, child, room, since=BEGINS + 30 * DAY, previous_until=ends)
    more = {} if until is None else {"until": str(BEGINS + until * DAY), "reason_out": "left"}
    answer = await enrol(registry.client(REGISTRAR), child, other, BEGINS + since * DAY, **more)
    assert answer.status_code == outcome, answer.text
    rows = await registry.database.fetch("SELECT since, until, previous_until FROM enrolments ORDER BY since")
    assert len(rows) == (3 if outcome == 201 else 2)
    assert [row[2] for row in rows] == [None, *(row[1] for row in rows[:-1])]


@pytest.mark.parametrize(
    ("since", "outcome"),
    [(date(YEAR, 8, 31), 409), (BEGINS, 201), (date(YEAR + 1, 8, 31), 201), (ENDS, 409)],
)
async def test_a_period_begins_within_the_school_year_of_its_class(registry: Service, since: date, outcome: int):
    room = await given.class_(registry, await given.kindergarten(registry))
    answer = await enrol(registry.client(REGISTRAR), await given.child(registry), room, since)
    assert answer.status_code == outcome
    if outcome == 409:
        assert answer.json()["code"] == "enrolment-outside-the-school-year"


async def test_a_class_takes_children_up_to_its_limit_on_every_day(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry), standard_size=1, hard_limit=2)
    client = registry.client(REGISTRAR)
    await given.enrolment(registry, await given.child(registry), room)
    await given.enrolment(registry, await given.child(registry), room, until=BEGINS + 10 * DAY)
    early = await enrol(client, await given.child(registry), room, BEGINS + 9 * DAY)
    assert (early.status_code, early.json()["code"]) == (409, "class-is-full")
    # The last seat is free from the day the other child is gone, and taken by who begins later.
    assert (await enrol(client, await given.child(registry), room, BEGINS + 20 * DAY)).status_code == 201
    full = await enrol(client, await given.child(registry), room, BEGINS + 10 * DAY)
    assert full.json()["code"] == "class-is-full"
    more = {"until": str(BEGINS + 20 * DAY), "reason_out": "left"}
    assert (await enrol(client, await given.child(registry), room, BEGINS + 10 * DAY, **more)).status_code == 201


async def test_a_preview_says_what_would_happen_and_changes_nothing(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry), standard_size=25, hard_limit=27)
    await given.pupils(registry, room, 25, birth=date(YEAR - 4, 10, 1))
    client = registry.client(REGISTRAR)
    child = await given.child(registry, birth=date(YEAR - 6, 10, 1))
    answer = await enrol(client, child, room, preview=True)
    assert answer.status_code == 200, answer.text
    effect = EnrolmentPreview.model_validate_json(answer.content)
    assert (effect.children_before, effect.children_after, effect.seats_before, effect.seats_after) == (25, 26, 2, 1)
    assert [each.code for each in effect.doubts] == ["class-oversize", "age-differs-from-class"]
    counts = (
        "SELECT (SELECT count(*) FROM enrolments), (SELECT count(*) FROM events), (SELECT count(*) FROM row_history)"
    )
    before = await registry.database.fetch(counts)
    new = identity(given.resident_id(), sex="1", residence_division=given.VILLAGE)
    sent = {"registration": new, "class_id": str(room), "since": str(BEGINS)}
    assert (await client.post("/v1/enrolments", json=sent, params={"preview": True})).status_code == 200
    assert await registry.database.fetch(counts) == before
    await given.pupils(registry, room, 2)
    refused = await enrol(client, child, room, preview=True)
    assert (refused.status_code, refused.json()["code"]) == (409, "class-is-full")


async def test_no_child_is_admitted_by_a_kindergarten_that_is_closed_then(registry: Service):
    kindergarten = await given.kindergarten(registry, status="suspended")
    room = await given.class_(registry, kindergarten)
    answer = await enrol(registry.client(REGISTRAR), await given.child(registry), room)
    assert (answer.status_code, answer.json()["code"]) == (409, "kindergarten-not-open")


async def test_a_retried_enrolment_is_answered_again_and_happens_once(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry))
    child, client = await given.child(registry), registry.client(REGISTRAR)
    sent = {"child": str(child), "class_id": str(room), "since": str(BEGINS)}
    first, second = [
        await client.post("/v1/enrolments", json=sent, headers={"Idempotency-Key": "enrol-1"}) for _ in range(2)
    ]
    assert (first.status_code, second.status_code, first.content) == (201, 201, second.content)
    assert (second.headers["idempotency-replayed"], second.headers["etag"]) == ("true", first.headers["etag"])
    other = await client.post("/v1/enrolments", json=sent | {"note": "x"}, headers={"Idempotency-Key": "enrol-1"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert await registry.database.fetch("SELECT count(*) FROM enrolments") == [(1,)]


@pytest.mark.parametrize("reason", ["left", "graduated", "transfer"])
async def test_an_enrolment_ends_once_with_a_reason(registry: Service, reason: str):
    room = await given.class_(registry, await given.kindergarten(registry))
    child, client = await given.child(registry), registry.client(REGISTRAR)
    made = (await enrol(client, child, room)).json()["id"]
    ending = {"until": str(BEGINS + 40 * DAY), "reason": reason}
    answer = await client.post(f"/v1/enrolments/{made}/end", json=ending)
    ended = EnrolmentOut.model_validate_json(answer.content)
    assert (ended.until, ended.reason_out, ended.version) == (BEGINS + 40 * DAY, reason, 2)
    again = await client.post(f"/v1/enrolments/{made}/end", json=ending)
    assert (again.status_code, again.json()["code"]) == (409, "enrolment-has-ended")
    back = await enrol(client, child, room, BEGINS + 40 * DAY)
    assert back.json()["reason_in"] == ("transfer" if reason == "transfer" else "return")


async def test_a_period_lasts_at_least_a_day(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry))
    client = registry.client(REGISTRAR)
    made = (await enrol(client, await given.child(registry), room)).json()["id"]
    answer = await client.post(f"/v1/enrolments/{made}/end", json={"until": str(BEGINS), "reason": "left"})
    assert (answer.status_code, answer.json()["code"]) == (409, "enrolment-ends-before-it-begins")
    promoted = await client.post(f"/v1/enrolments/{made}/end", json={"until": str(ENDS), "reason": "promotion"})
    assert promoted.status_code == 422


async def test_enrolments_are_found_by_day_period_and_every_filter(registry: Service):
    kindergarten, other = (
        await given.kindergarten(registry),
        await given.kindergarten(registry, division=given.OTHER_VILLAGE),
    )
    room, last = (
        await given.class_(registry, kindergarten),
        await given.class_(registry, other, kind="large", year=YEAR - 1),
    )
    child = await given.child(registry)
    wanted = await given.enrolment(registry, child, room, since=BEGINS + 5 * DAY, until=BEGINS + 15 * DAY)
    await given.enrolment(registry, await given.child(registry), last, until=BEGINS, reason_out="graduated")
    queries: list[dict[str, Any]] = [
        {"child": str(child)},
        {"class_id": str(room)},
        {"kindergarten": str(kindergarten)},
        {"division": given.TOWN},
        {"class_kind": "small"},
        {"school_year": YEAR},
        {"reason_out": "left"},
        {"as_of": str(BEGINS + 5 * DAY)},
        {"as_of": str(BEGINS + 14 * DAY)},
        {"during_from": str(BEGINS), "during_until": str(BEGINS + 6 * DAY)},
        {"during_from": str(BEGINS + 14 * DAY)},
        {"reason_in": "new", "division": given.VILLAGE},
    ]
    client = registry.client(REGISTRAR)
    for params in queries:
        page = EnrolmentPage.model_validate_json((await client.get("/v1/enrolments", params=params)).content)
        assert [each.id for each in page.items] == [wanted], params
    for days in (4, 15):
        assert (await client.get("/v1/enrolments", params={"as_of": str(BEGINS + days * DAY)})).json()["items"] == []
    for sort in ("since", "-since", "recorded", "-recorded"):
        pages = [(await client.get("/v1/enrolments", params={"sort": sort, "limit": 1})).json()]
        pages.append(
            (await client.get("/v1/enrolments", params={"sort": sort, "limit": 1, "after": pages[0]["next"]})).json()
        )
        assert pages[1]["next"] is None
        assert {page["items"][0]["id"] for page in pages} >= {str(wanted)}
        assert pages[0]["items"] != pages[1]["items"]
    assert (await registry.client(("principal", f"k:{other}")).get("/v1/enrolments")).json()["items"][0][
        "reason_out"
    ] == ("graduated")
