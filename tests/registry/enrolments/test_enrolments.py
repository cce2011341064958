"""在园: one kindergarten at a time, never over the limit, within the school year."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry.enrolments.calendar import follow_calendar
from services.registry.enrolments.schemas import EnrolmentOut, EnrolmentPage, EnrolmentPreview, Transferred
from shared.contracts.registry import EnrolmentFact
from shared.jobs import queue
from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR
BEGINS, ENDS = date(YEAR, 9, 1), date(YEAR + 1, 9, 1)
REGISTRAR = ("registrar", given.DISTRICT)
DAY = timedelta(1)


async def enrol(
    client: httpx.AsyncClient, child: UUID, room: UUID, since: date = BEGINS, **more: Any
) -> httpx.Response:
    params = {"preview": True} if more.pop("preview", False) else {}
    sent = {"child": str(child), "class_id": str(room), "since": str(since)} | more
    return await client.post("/v1/enrolments", json=sent, params=params)


def identity(number: str, **fields: Any) -> dict[str, Any]:
    return {
        "document_type": "1",
        "document_number": number,
        "name": "演示幼儿",
        "birth_date": "2022-03-15",
    } | fields


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


async def test_the_registrar_transfers_between_kindergartens_in_one_step(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    former, new = await given.class_(registry, here), await given.class_(registry, there)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    made = (await enrol(client, child, former)).json()["id"]
    on = min(given.TODAY, ENDS - DAY)
    answer = await client.post(f"/v1/enrolments/{made}/transfer", json={"class_id": str(new), "on": str(on)})
    assert answer.status_code == 201, answer.text
    both = Transferred.model_validate_json(answer.content)
    assert (both.ended.until, both.ended.reason_out) == (on, "transfer")
    assert (both.began.since, both.began.reason_in, both.began.kindergarten) == (on, "transfer", there)
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    assert (await before.get(f"/v1/children/{child}")).status_code == 404
    assert (await after.get(f"/v1/children/{child}")).status_code == 200
    kept = EnrolmentPage.model_validate_json((await before.get("/v1/enrolments")).content)
    assert [str(each.id) for each in kept.items] == [made]
    assert (await before.get(f"/v1/enrolments/{both.began.id}")).status_code == 404


async def test_a_kindergarten_releases_a_child_and_another_enrols_it(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    former, new = await given.class_(registry, here), await given.class_(registry, there)
    number = given.resident_id()
    child = await given.child(registry, document=number)
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    made = (await enrol(registry.client(REGISTRAR), child, former)).json()["id"]
    wish = {"class_id": str(new), "on": str(BEGINS + 5 * DAY)}
    assert (await before.post(f"/v1/enrolments/{made}/transfer", json=wish)).status_code == 404
    assert (await after.post(f"/v1/enrolments/{made}/transfer", json=wish)).status_code == 404
    ending = {"until": str(BEGINS + 5 * DAY), "reason": "transfer"}
    assert (await before.post(f"/v1/enrolments/{made}/end", json=ending)).status_code == 200
    sent = {"identity": identity(number), "class_id": str(new), "since": str(BEGINS + 5 * DAY)}
    answer = await after.post("/v1/enrolments", json=sent)
    assert (answer.status_code, answer.json()["reason_in"]) == (201, "transfer")


async def test_a_principal_regroups_within_its_kindergarten(registry: Service):
    kindergarten = await given.kindergarten(registry)
    one, two = [await given.class_(registry, kindergarten, standard_size=1, hard_limit=1) for _ in range(2)]
    principal = registry.client(("principal", f"k:{kindergarten}"))
    child, other = await given.child(registry), await given.child(registry)
    made = await given.enrolment(registry, child, one)
    full = await given.enrolment(registry, other, two)
    wish = {"class_id": str(two), "on": str(BEGINS + 7 * DAY)}
    refused = await principal.post(f"/v1/enrolments/{made}/transfer", json=wish)
    assert (refused.status_code, refused.json()["code"]) == (409, "class-is-full")
    await principal.post(f"/v1/enrolments/{full}/end", json={"until": str(BEGINS + 7 * DAY), "reason": "left"})
    answer = await principal.post(f"/v1/enrolments/{made}/transfer", json=wish)
    both = Transferred.model_validate_json(answer.content)
    assert (both.ended.reason_out, both.began.reason_in) == ("regrouping", "regrouping")
    same = await principal.post(f"/v1/enrolments/{both.began.id}/transfer", json=wish)
    assert (same.status_code, same.json()["code"]) == (409, "already-in-the-class")


async def test_a_child_stays_with_its_kindergarten_until_the_day_it_leaves(
    registry: Service, monkeypatch: pytest.MonkeyPatch
):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    former = await given.class_(registry, here, until=given.TODAY + 300 * DAY)
    new = await given.class_(registry, there, until=given.TODAY + 300 * DAY)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    made = (await enrol(client, child, former)).json()["id"]
    await client.post(f"/v1/enrolments/{made}/transfer", json={"class_id": str(new), "on": str(given.TODAY + DAY)})
    before, after = registry.client(("principal", f"k:{here}")), registry.client(("principal", f"k:{there}"))
    assert [(await each.get(f"/v1/children/{child}")).status_code for each in (before, after)] == [200, 404]
    # The day comes: what is recorded for tomorrow is moved to today, past every trigger.
    await registry.database.fetch(
        "SET session_replication_role = replica; UPDATE enrolments SET until = until - 1 WHERE until < '9999-01-01';"
        " UPDATE enrolments SET since = since - 1, previous_until = since - 1 WHERE previous_until IS NOT NULL"
    )
    monkeypatch.setattr(queue, "database", registry.app.state.database, raising=False)
    await follow_calendar(0)
    assert [(await each.get(f"/v1/children/{child}")).status_code for each in (before, after)] == [404, 200]
    assert await registry.database.fetch("SELECT follow_calendar()") == [(0,)]


async def test_who_enters_on_a_coming_day_is_seen_by_its_future_kindergarten(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten, until=given.TODAY + 300 * DAY)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    assert (await enrol(client, child, room, given.TODAY + 3 * DAY)).status_code == 201
    principal = registry.client(("principal", f"k:{kindergarten}"))
    seen = (await principal.get("/v1/children")).json()["items"]
    assert [(each["id"], each["class_id"]) for each in seen] == [(str(child), None)]
    then = (await principal.get("/v1/children", params={"as_of": str(given.TODAY + 3 * DAY)})).json()["items"]
    assert then[0]["class_id"] == str(room)


async def test_wrong_dates_are_corrected_between_the_periods_around(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry))
    child, client = await given.child(registry), registry.client(REGISTRAR)
    first = (await enrol(client, child, room, until=str(BEGINS + 10 * DAY), reason_out="left")).json()["id"]
    second = (await enrol(client, child, room, BEGINS + 20 * DAY)).json()["id"]

    async def correct(id: str, **change: Any) -> tuple[int, str]:
        etag = (await client.get(f"/v1/enrolments/{id}")).headers["etag"]
        body = {name: str(value) if isinstance(value, date) else value for name, value in change.items()}
        answer = await client.patch(f"/v1/enrolments/{id}", json=body, headers={"If-Match": etag})
        return answer.status_code, answer.json().get("code", "")

    assert await correct(first, until=BEGINS + 20 * DAY) == (200, "")
    assert await correct(first, until=BEGINS + 21 * DAY) == (409, "enrolment-overlaps-the-one-before")
    assert await correct(first, until=None) == (409, "child-already-enrolled")
    assert await correct(second, since=BEGINS + 19 * DAY) == (409, "enrolment-overlaps-the-one-before")
    assert await correct(second, until=BEGINS + 50 * DAY) == (422, "invalid-input")
    assert await correct(second, until=BEGINS + 50 * DAY, reason_out="left") == (200, "")
    assert await correct(second, until=None) == (200, "")
    assert await correct(second, since=None) == (422, "invalid-input")
    assert await correct(first, since=BEGINS + 20 * DAY) == (409, "enrolment-ends-before-it-begins")
    rows = await registry.database.fetch("SELECT until, previous_until FROM enrolments ORDER BY since")
    assert rows == [(BEGINS + 20 * DAY, None), (date.max, BEGINS + 20 * DAY)]
    change = {"since": str(BEGINS + DAY), "until": str(ENDS), "reason_out": "left"}
    stale = await client.patch(f"/v1/enrolments/{second}", json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["differing"]) == (
        412,
        {"since": str(BEGINS + 20 * DAY), "until": None, "reason_out": None},
    )


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


async def test_events_tell_of_both_halves_of_a_transfer_each_to_its_kindergarten(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry)
    former, new = await given.class_(registry, here), await given.class_(registry, there, kind="middle")
    child, client = await given.child(registry, name="某某某"), registry.client(REGISTRAR)
    made = (await enrol(client, child, former)).json()["id"]
    wish = {"class_id": str(new), "on": str(BEGINS + 3 * DAY)}
    began = (await client.post(f"/v1/enrolments/{made}/transfer", json=wish)).json()["began"]["id"]
    etag = {"If-Match": '"1"'}
    await client.patch(f"/v1/enrolments/{began}", json={"note": "更正"}, headers=etag)
    await registry.numbered()
    told = {}
    for kindergarten in (here, there):
        principal = registry.client(("principal", f"k:{kindergarten}"))
        answer = await principal.get("/v1/events", params={"types": "registry.enrolment."})
        assert "某某某" not in answer.text
        told[kindergarten] = [
            (each["type"].rsplit(".", 1)[1], each["subject"], EnrolmentFact.model_validate(each["data"]).class_kind)
            for each in answer.json()["items"]
        ]
    assert told[here] == [("began", f"enrolments/{made}", "small"), ("ended", f"enrolments/{made}", "small")]
    assert told[there] == [("began", f"enrolments/{began}", "middle"), ("corrected", f"enrolments/{began}", "middle")]
