"""Rows on their way into the register: tables of one connection, seen by nobody else and gone with it.

Every kindergarten's rows are in one step, every step in one lane (a connection), so that lanes neither wait for one
another's classes nor share a check. Nothing of a person rests here: when the connection ends, all of it is gone.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from psycopg import AsyncConnection, Error
from sqlalchemy import make_url

from services.registry.rolls.preparing import Prepared
from services.registry.rolls.sealing import STAGED
from shared.auth import Actor
from shared.db import OPTIONS, SCOPE, scope_of

Result = TypeVar("Result")
STEP_ROWS = 20_000
WAITING = 4  # blocks a lane may have before the file is read on
# A step's commit need not wait for the disk: the commit that says the import is stored does, and with it all before.
_session = "-c statement_timeout=0 -c work_mem=64MB -c temp_buffers=64MB -c jit=off -c synchronous_commit=off"
_copy = f"COPY {{table}} ({', '.join(STAGED)}) FROM STDIN"


@dataclass(slots=True)
class Step:
    """All rows of some kindergartens; `table` holds them in its lane."""

    number: int
    lane: int
    kindergartens: list[str] = field(default_factory=list)
    rows: int = 0
    updated: int = 0
    stored: bool = False

    @property
    def table(self) -> str:
        return f"staged_{self.number}"

    @property
    def known(self) -> str:
        """The table of those children of the step that are registered already."""
        return f"known_{self.number}"


class Plan:
    """Which kindergarten's rows go into which step. Steps are filled evenly and no further than they should."""

    def __init__(self, lanes: int, kept: Iterable[Step] = ()) -> None:
        self.steps: list[Step] = list(kept)
        self.of = {owner: step for step in self.steps for owner in step.kindergartens}
        self.open: list[Step] = [] if self.steps else [self._new(lane) for lane in range(lanes)]

    def _new(self, lane: int) -> Step:
        step = Step(len(self.steps), lane)
        self.steps.append(step)
        return step

    def take(self, kindergarten: str, rows: int) -> Step | None:
        """The step for some rows of a kindergarten; None when they are stored, or the plan is fixed without them."""
        found = self.of.get(kindergarten) or self._choose(kindergarten)
        if found is None or found.stored:
            return None
        found.rows += rows
        return found

    def _choose(self, kindergarten: str) -> Step | None:
        if not self.open:
            return None
        found = min(self.open, key=lambda step: step.rows)
        if found.rows >= STEP_ROWS:
            place = self.open.index(found)
            found = self.open[place] = self._new(found.lane)
        found.kindergartens.append(kindergarten)
        self.of[kindergarten] = found
        return found


class Lane:
    """One connection with the steps it holds."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.made: set[int] = set()
        self.queue: asyncio.Queue[tuple[Step, bytes] | None] = asyncio.Queue(WAITING)

    async def fill(self) -> None:
        """Copy what comes until the file ends."""
        while (item := await self.queue.get()) is not None:
            step, lines = item
            if step.number not in self.made:
                self.made.add(step.number)
                await self.connection.execute("SELECT stage_roll(%s)", [step.number])
            async with self.connection.cursor() as cursor, cursor.copy(_copy.format(table=step.table)) as copy:
                await copy.write(lines)

    async def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        cursor = await self.connection.execute(query, values or None)
        return await cursor.fetchall() if cursor.description else []


class Lanes:
    """Connections of the app role in the actor's scope, opened as they are needed."""

    def __init__(self, url: str, actor: Actor) -> None:
        self.url = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        self.actor = actor
        self.opened: list[Lane] = []
        self.opening: asyncio.Task[list[Lane]] | None = None

    def begin(self, count: int) -> "asyncio.Task[list[Lane]]":
        """Open lanes while something else is done."""
        self.opening = asyncio.create_task(self.open(count))
        return self.opening

    async def open(self, count: int) -> list[Lane]:
        """All lanes, of which there are at least `count` now."""
        made = await asyncio.gather(*(self._connection() for _ in range(count - len(self.opened))))
        self.opened += [Lane(each) for each in made]
        return self.opened

    async def _connection(self) -> AsyncConnection:
        options = f"{OPTIONS} {_session}"
        made = await AsyncConnection.connect(
            self.url, autocommit=True, options=options, application_name="huaiyou-import"
        )
        await made.execute(SCOPE.replace(", true)", ", false)"), scope_of(self.actor))
        return made

    async def alone(self, import_id: UUID) -> None:
        """Wait until no other worker is at this import: one that was given up may still be alive."""
        (lane,) = await self.open(1)
        await lane.rows("SELECT pg_advisory_lock(hashtextextended(%s, 0))", f"import {import_id}")


@asynccontextmanager
async def lanes(url: str, actor: Actor) -> AsyncIterator[Lanes]:
    """Close at the end what was opened: with the connections all staged rows are gone."""
    made = Lanes(url, actor)
    try:
        yield made
    finally:
        if made.opening is not None:
            with suppress(Error):
                await made.opening
        for each in made.opened:
            await each.connection.close()


async def stage(
    opened: Sequence[Lane], plan: Plan, prepared: AsyncIterator[Prepared], note: Callable[[Prepared], None]
) -> None:
    """Hand the lines of each block to the lanes of their steps, and everything else to `note`."""

    async def share() -> None:
        async for block in prepared:
            for step, lines in _by_step(plan, block):
                await opened[step.lane].queue.put((step, lines))
            note(block)
        for lane in opened:
            await lane.queue.put(None)

    await side_by_side(share(), *(lane.fill() for lane in opened))


async def side_by_side(*work: Coroutine[Any, Any, Result]) -> list[Result]:
    """Run all at once; the first that fails stops the others and is what is raised."""
    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(each) for each in work]
    except ExceptionGroup as failed:
        raise failed.exceptions[0] from None
    return [task.result() for task in tasks]


def _by_step(plan: Plan, block: Prepared) -> Iterable[tuple[Step, bytes]]:
    found: dict[int, tuple[Step, list[bytes]]] = {}
    for kindergarten, (lines, rows) in block.lines.items():
        if (step := plan.take(kindergarten, rows)) is not None:
            found.setdefault(step.number, (step, []))[1].append(lines)
    block.lines = {}
    return [(step, b"".join(lines)) for step, lines in found.values()]
