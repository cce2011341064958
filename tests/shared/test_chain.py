"""The chain of events: whatever is changed, taken away or slipped in afterwards is found and named."""

from typing import Any

import psycopg
import pytest

from tests.stack import Service

WRITER, AUDITOR = ("registrar", "110116"), ("auditor", "110116")


@pytest.fixture
async def chained(specimen: Service) -> Service:
    """Five events with their places."""
    for name in "abcde":
        await specimen.client(WRITER).post("/v1/specimens", json={"division": "110116102", "name": name})
    await specimen.numbered()
    return specimen


async def faults(service: Service) -> list[dict[str, Any]]:
    answer = await service.client(AUDITOR).get("/v1/events/verification")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def event_at(service: Service, position: int) -> str:
    found = await service.database.fetch("SELECT event FROM event_positions WHERE position = %s", position)
    return str(found[0][0])


async def tamper(service: Service, statement: str) -> None:
    """As an administrator of the database could, past every trigger and key."""
    await service.database.fetch(f"SET session_replication_role = replica; {statement}")


async def test_an_untouched_chain_holds(chained: Service):
    assert await faults(chained) == []


@pytest.mark.parametrize(
    "change",
    [
        "data = replace(data::text, 'c', 'd')::json",
        "data = (data::text || ' ')::json",
        "actor = actor || 'x'",
        "division = '110116103'",
        "subject = subject || '0'",
        "type = 'specimen.storee'",
        "trace = trace || '0'",
        "kindergarten = gen_random_uuid()",
        "occurred_at = occurred_at + interval '1 microsecond'",
    ],
)
async def test_one_byte_changed_in_one_row_is_found_and_named(chained: Service, change: str):
    third = await event_at(chained, 3)
    await tamper(chained, f"UPDATE events SET {change} WHERE id = '{third}'")
    assert await faults(chained) == [{"position": 3, "event": third, "fault": "content differs from its hash"}]


async def test_a_deleted_event_is_found_and_named(chained: Service):
    second = await event_at(chained, 2)
    await tamper(chained, f"DELETE FROM events WHERE id = '{second}'")
    assert await faults(chained) == [{"position": 2, "event": second, "fault": "event missing"}]


async def test_a_missing_position_is_found_and_its_event_named(chained: Service):
    third, fourth = await event_at(chained, 3), await event_at(chained, 4)
    await tamper(chained, "DELETE FROM event_positions WHERE position = 3")
    assert await faults(chained) == [
        {"position": 0, "event": third, "fault": "event without a position"},
        {"position": 4, "event": fourth, "fault": "position missing before"},
    ]


async def test_an_event_taken_out_whole_leaves_a_gap(chained: Service):
    third, fourth = await event_at(chained, 3), await event_at(chained, 4)
    await tamper(chained, f"DELETE FROM event_positions WHERE position = 3; DELETE FROM events WHERE id = '{third}'")
    assert await faults(chained) == [{"position": 4, "event": fourth, "fault": "position missing before"}]


async def test_a_last_position_taken_away_is_found_by_its_event(chained: Service):
    fifth = await event_at(chained, 5)
    await tamper(chained, "DELETE FROM event_positions WHERE position = 5")
    assert await faults(chained) == [{"position": 0, "event": fifth, "fault": "event without a position"}]


async def test_two_events_that_changed_places_are_found(chained: Service):
    second, third = await event_at(chained, 2), await event_at(chained, 3)
    await tamper(
        chained,
        f"UPDATE event_positions SET event = gen_random_uuid() WHERE position = 2;"
        f" UPDATE event_positions SET event = '{second}' WHERE position = 3;"
        f" UPDATE event_positions SET event = '{third}' WHERE position = 2",
    )
    found = await faults(chained)
    assert [each["position"] for each in found] == [2, 3]
    assert {each["fault"] for each in found} == {"content differs from its hash"}


async def test_a_forged_hash_breaks_the_next_link(chained: Service):
    await tamper(chained, "UPDATE event_positions SET hash = sha256('x') WHERE position = 2")
    assert [each["position"] for each in await faults(chained)] == [2, 3]


async def test_only_those_who_audit_may_verify(chained: Service):
    answer = await chained.client(WRITER).get("/v1/events/verification")
    assert answer.status_code == 403


async def test_the_app_role_can_neither_change_nor_number_events_by_hand(chained: Service):
    async with await psycopg.AsyncConnection.connect(chained.database.app_url, autocommit=True) as app:
        for statement in (
            "UPDATE events SET actor = 'x'",
            "DELETE FROM events",
            "INSERT INTO event_positions VALUES (99, gen_random_uuid(), '')",
            "DELETE FROM event_queue",
            "TRUNCATE events CASCADE",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                await app.execute(statement)
