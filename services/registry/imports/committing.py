"""Steps stored one after the other, lanes side by side; what others changed in between becomes findings."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from psycopg import errors

from services.registry.imports.checking import check_step
from services.registry.imports.staging import Lane, Step
from services.registry.imports.storing import RowsVanished, store_step
from services.registry.rolls.faults import RowFault
from shared.jobs import Work

TRIES = 3
PAUSE = 0.5  # seconds between two reports of progress
# The register changed between check and storing: look again.
OVERTAKEN = (
    errors.UniqueViolation,
    errors.CheckViolation,
    errors.ForeignKeyViolation,
    errors.DeadlockDetected,
    errors.LockNotAvailable,
    RowsVanished,
)
_stored = """
UPDATE imports SET state = 'stored', stored_at = now(), (born, updated) = (
  SELECT coalesce(sum(rows - updated), 0), coalesce(sum(updated), 0) FROM import_steps WHERE import_id = imports.id)
WHERE id = %s
"""
Report = Callable[[int], Awaitable[None]]


class Progress:
    """Tells the job how many rows are stored, not more often than anyone looks."""

    def __init__(self, work: Work, total: int) -> None:
        self.work, self.total, self.done = work, total, 0
        self.told = time.monotonic()
        self.lock = asyncio.Lock()

    async def __call__(self, rows: int) -> None:
        """Count rows; raise `Cancelled` when the job was asked to stop."""
        self.done += rows
        if time.monotonic() - self.told < PAUSE or self.lock.locked():
            return
        async with self.lock:
            self.told = time.monotonic()
            async with self.work.step(done=self.done, total=self.total, message="写入登记库"):
                pass


async def store_lane(
    lane: Lane, steps: Sequence[Step], import_id: UUID, on_existing: str, report: Report
) -> list[RowFault]:
    """Store steps, each in a transaction of its own; return what had to be left out after all."""
    found: list[RowFault] = []
    for step in steps:
        for attempt in range(1, TRIES + 1):
            try:
                async with lane.connection.transaction():
                    await store_step(lane, step, import_id)
                break
            except OVERTAKEN:
                if attempt == TRIES:
                    raise
                found += await check_step(lane, step, on_existing, {})
        await report(step.rows)
    return found


async def store_all(
    lane: Lane, steps: Sequence[Step], import_id: UUID, on_existing: str, report: Report
) -> list[RowFault]:
    """Store every step and the import's new state in one transaction, or return why not."""
    for attempt in range(1, TRIES + 1):
        try:
            async with lane.connection.transaction():
                for step in steps:
                    await store_step(lane, step, import_id)
                    await report(step.rows)
                await lane.connection.execute(_stored, [import_id])
        except OVERTAKEN:
            found = [each for step in steps for each in await check_step(lane, step, on_existing, {})]
            if found:
                return found
            if attempt == TRIES:
                raise
        else:
            return []
    return []
