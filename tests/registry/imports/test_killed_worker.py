"""A worker killed in the middle of an import: another one finishes it, nothing is there twice, nothing is missing."""

import asyncio
import os
import signal
import sys

from tests.registry.imports.planting import plant, seize
from tests.registry.imports.running import REGISTRAR, counted, expected_of, send
from tests.registry.rolls import made as rolls
from tests.stack import FIELD_KEYS, Service

ROWS, FAULTS = 10_000, 300
ROOMS = rolls.rooms(ROWS // rolls.SIZE + 2)


async def start(registry: Service) -> asyncio.subprocess.Process:
    """A real worker, in a process of its own."""
    settings = {"HUAIYOU_APP_DATABASE_URL": registry.database.app_url, "HUAIYOU_FIELD_KEYS": FIELD_KEYS}
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "shared.worker", "registry"),
        env=os.environ | settings | {"HUAIYOU_LOG_LEVEL": "ERROR"},
        stdout=asyncio.subprocess.DEVNULL,
    )


async def until(condition: str, registry: Service, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not (await registry.database.fetch(f"SELECT {condition}"))[0][0]:  # noqa: ASYNC110  # another process
            await asyncio.sleep(0.003)


READS = "EXISTS (SELECT FROM jobs WHERE status = 'running' AND message = '读取文件')"
STORES = "EXISTS (SELECT FROM import_steps WHERE stored_at IS NOT NULL)"
HAS_ENDED = "EXISTS (SELECT FROM jobs WHERE status IN ('succeeded', 'failed'))"


async def test_workers_killed_while_checking_and_while_storing_are_taken_over_and_nothing_is_twice_or_missing(
    worker: Service,
):
    rolls.open_rooms(worker.database.admin_url, ROOMS)
    rows = rolls.rows(ROOMS, ROWS)
    expected = sorted([*await seize(worker, ROOMS, rows), *plant(rows, FAULTS)])
    there = await counted(worker)
    client = worker.client(REGISTRAR)
    accepted = await send(client, "roll.csv", rolls.as_csv(rows), mode="commit")
    for moment in (READS, STORES):
        doomed = await start(worker)
        await until(moment, worker)
        doomed.send_signal(signal.SIGKILL)
        await doomed.wait()
    last = await start(worker)
    try:
        await until(HAS_ENDED, worker)
    finally:
        last.terminate()
        await last.wait()
    found = (await client.get(f"/v1/imports/{accepted['id']}")).json()
    assert (found["job_status"], found["state"], found["born"]) == ("succeeded", "stored", ROWS - FAULTS)
    attempts = await worker.database.fetch("SELECT attempts FROM jobs")
    assert attempts == [(3,)]
    children, _, enrolments = await counted(worker)
    assert (children - there[0], enrolments - there[2]) == (ROWS - FAULTS, ROWS - FAULTS)
    assert await expected_of(client, accepted["id"]) == expected
    events = await worker.database.fetch(
        "SELECT sum((data->>'born')::int), count(*), count(DISTINCT kindergarten) FROM events"
        " WHERE type = 'registry.roll.imported'"
    )
    assert events[0][0] == ROWS - FAULTS
    assert events[0][1] == events[0][2]
