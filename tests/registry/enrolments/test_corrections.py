"""更正: wrong dates are put right between the periods around them."""

from datetime import date
from typing import Any

from tests.registry import given
from tests.registry.enrolments.asking import BEGINS, DAY, ENDS, REGISTRAR, enrol
from tests.stack import Service


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


async def test_what_has_not_begun_can_be_taken_back(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry), until=given.TODAY + 300 * DAY)
    child, client = await given.child(registry), registry.client(REGISTRAR)
    turn = given.TODAY + 10 * DAY
    first = (await enrol(client, child, room, until=str(turn), reason_out="promotion")).json()["id"]
    planned = (await enrol(client, child, room, turn, until=str(turn + 5 * DAY), reason_out="left")).json()["id"]
    last = (await enrol(client, child, room, turn + 9 * DAY)).json()["id"]
    begun = await client.delete(f"/v1/enrolments/{first}")
    assert (begun.status_code, begun.json()["code"]) == (409, "enrolment-has-begun")
    assert (await client.delete(f"/v1/enrolments/{planned}")).status_code == 204
    rows = await registry.database.fetch("SELECT id, previous_until FROM enrolments ORDER BY since")
    assert [(str(id_), end) for id_, end in rows] == [(first, None), (last, turn)]
    assert (await client.delete(f"/v1/enrolments/{last}")).status_code == 204
    assert (await client.delete(f"/v1/enrolments/{last}")).status_code == 404
    # Moved up in July, gone in August: the promotion is taken back, the end of the old class put right.
    change = {"until": str(given.TODAY + DAY), "reason_out": "left"}
    answer = await client.patch(f"/v1/enrolments/{first}", json=change, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["reason_out"]) == (200, "left")
    told = await registry.database.fetch("SELECT count(*) FROM events WHERE type = 'registry.enrolment.withdrawn'")
    assert told == [(2,)]
