"""Timers live in the database: a restart loses none, and two workers fire none twice."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.steps.actions import Case, subject
from services.safety.timers.models import Timer
from services.safety.timers.rules import Due
from shared.db import Database
from shared.events import announce_all, row
from shared.ids import new_id

BATCH = 500


async def arm(session: AsyncSession, concept: str, case: Case, ladder: Iterable[Due]) -> None:
    """Set the case's timers to exactly these; one that went off already stays as it is."""
    await session.execute(delete(Timer).where(Timer.subject == case.id, Timer.fired_on.is_(None)))
    rows = [
        {
            "id": new_id(),
            "concept": concept,
            "subject": case.id,
            "step": each.step,
            "due_on": each.on,
            "told": list(each.told),
            "basis": each.basis,
            "division": case.division,
            "kindergarten": case.kindergarten,
        }
        for each in ladder
    ]
    if rows:
        await session.execute(insert(Timer).on_conflict_do_nothing(), rows)


async def fire(database: Database, on: date) -> int:
    """Let everything happen that falls due up to that day; return how much did.

    After a standstill of days each still happens once, with `due_on` saying the day it was for.
    """
    total = 0
    while True:
        async with database.begin(database.system) as session:
            fired = await _fire_batch(session, on)
        total += fired
        if fired < BATCH:
            return total


async def _fire_batch(session: AsyncSession, on: date) -> int:
    ready = (
        select(Timer.id)
        .where(Timer.fired_on.is_(None), Timer.due_on <= on)
        .order_by(Timer.due_on, Timer.subject, Timer.step)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    ids = list(await session.scalars(ready))
    changed = update(Timer).where(Timer.id.in_(ids)).values(fired_on=on).returning(Timer)
    timers = sorted(await session.scalars(changed), key=lambda each: (each.due_on, each.subject, each.step))
    await announce_all(
        session,
        [
            row(
                f"safety.{each.concept}.escalated",
                subject(each.concept, each.subject),
                division=each.division,
                kindergarten=each.kindergarten,
                data={"step": each.step, "due_on": each.due_on, "told": each.told, "basis": each.basis},
            )
            for each in timers
        ],
    )
    return len(ids)
