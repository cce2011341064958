"""A planned change takes effect on its day, and the other services hear of it then."""

from datetime import timedelta
from uuid import UUID

from services.registry.kindergartens.announcements import announce_due_changes
from services.registry.kindergartens.daily import announce_due
from shared.jobs import queue
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR
from tests.stack import Service

AHEAD = given.TODAY + timedelta(days=40)


async def announced(registry: Service) -> int:
    database = registry.app.state.database
    async with database.begin(database.system) as session:
        return await announce_due_changes(session)


async def told(registry: Service, key: UUID) -> list[tuple[str, str, int]]:
    rows = await registry.database.fetch(
        "SELECT data->>'type', data->>'status', (data->>'version')::int FROM events"
        " WHERE kindergarten = %s AND type IN ('registry.kindergarten.registered', 'registry.kindergarten.changed')"
        " ORDER BY seq",
        key,
    )
    return [(str(kind), str(status), version) for kind, status, version in rows]


async def days_pass(registry: Service, table: str) -> None:
    """Move the planned change to today, as if its day had come."""
    await registry.database.fetch(f"UPDATE {table} SET until = %s WHERE until = %s", given.TODAY, AHEAD)
    await registry.database.fetch(f"UPDATE {table} SET since = %s WHERE since = %s", given.TODAY, AHEAD)


async def test_nothing_is_announced_before_its_day_and_once_on_it(registry: Service):
    client = registry.client(REGISTRAR)
    first = {"status": "operating", "type": "private", "since": "2020-09-01"}
    made = (await client.post("/v1/kindergartens", json=given.new_kindergarten(founder_code="999", first=first))).json()
    key, url = UUID(made["id"]), f"/v1/kindergartens/{made['id']}"
    change = {"type": "inclusive_private", "since": AHEAD.isoformat(), "document": "演示"}
    await client.post(f"{url}/types", json=change)
    assert await announced(registry) == 0
    await days_pass(registry, "kindergarten_types")
    assert await announced(registry) == 1
    assert await announced(registry) == 0
    assert await told(registry, key) == [
        ("private", "operating", 1),
        ("private", "operating", 2),
        ("inclusive_private", "operating", 3),
    ]
    assert (await client.get(url)).headers["etag"] == '"3"'


async def test_a_planned_closure_is_announced_on_its_day(registry: Service):
    key = await given.kindergarten(registry)
    await announced(registry)
    change = {"status": "closed", "since": AHEAD.isoformat(), "reason": "演示"}
    await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/statuses", json=change)
    await days_pass(registry, "kindergarten_statuses")
    assert await announced(registry) == 1
    assert [status for _, status, _ in await told(registry, key)] == ["operating", "operating", "closed"]


async def test_what_was_never_told_is_told(registry: Service):
    keys = {await given.kindergarten(registry) for _ in range(3)}
    assert await announced(registry) == len(keys)
    assert await announced(registry) == 0


async def test_the_worker_does_it(registry: Service):
    await given.kindergarten(registry)
    queue.database = registry.app.state.database  # type: ignore[attr-defined]  # as a worker does when it starts
    await announce_due(0)
    assert await announced(registry) == 0


def test_the_worker_looks_every_hour():
    assert announce_due.name == "registry.announce_due_changes"
    assert announce_due.name in queue.tasks
    assert (announce_due.name, "") in queue.periodic_registry.periodic_tasks
