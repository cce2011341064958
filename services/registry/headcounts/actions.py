"""Certifying a month takes two: one prepares it, another certifies exactly that. What is certified never changes.

Whoever counts holds the classes of the kindergarten, and so does whoever enrols or takes attendance.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.rules import month_after, month_of
from services.registry.headcounts.announcements import announce_certified, announce_step
from services.registry.headcounts.codes import HeadcountState
from services.registry.headcounts.counting import Counted, count_month
from services.registry.headcounts.models import Headcount, HeadcountClass
from services.registry.headcounts.queries import CLASSES, LATEST, UNFINISHED
from services.registry.headcounts.refusals import (
    ONE_AT_A_TIME,
    AttendanceIncomplete,
    HeadcountHasChanged,
    HeadcountNotInThatState,
    LaterRevisionCounts,
    MonthNotOver,
)
from services.registry.headcounts.rules import ClassCount, Month, difference, digest
from services.registry.headcounts.schemas import (
    ClassDay,
    HeadcountClassOut,
    HeadcountCorrection,
    HeadcountNew,
    HeadcountPreview,
    HeadcountStaff,
)
from services.registry.kindergartens.models import Kindergarten
from shared.auth import Actor
from shared.contracts.registry import (
    HEADCOUNT_PREPARED,
    HEADCOUNT_REOPENED,
    HEADCOUNT_WITHDRAWN,
    ClassHeadcount,
)
from shared.days import today
from shared.errors import ConstraintRefused, NotFound
from shared.ids import new_id

SHOWN = 200  # classes and days of a refusal


async def preview_headcount(session: AsyncSession, new: HeadcountNew) -> HeadcountPreview:
    """What would be certified as things stand, and what is missing. Raises NotFound, MonthNotOver."""
    month = _over(new.month)
    counted = await count_month(session, new.kindergarten, month)
    before = await _latest(session, new.kindergarten, month)
    revision = before.revision + 1 if before else 1
    rows = _rows(counted.month)
    return HeadcountPreview(
        kindergarten=new.kindergarten,
        month=month,
        revision=revision,
        count_day=counted.month.count_day,
        count_day_source=f"{counted.parameter.document}({counted.parameter.tag})",
        open_days=counted.month.open_days,
        **_totals(counted.month.classes),
        classes=[HeadcountClassOut(**{name: row[name] for name in HeadcountClassOut.model_fields}) for row in rows],
        staff=HeadcountStaff(**_staff(counted.month, roll=False)) if counted.month.staff else None,
        missing=[ClassDay(class_id=room, day=day) for room, day in counted.missing],
        difference=await _difference(session, before, rows) if before else None,
        hash=digest(counted.month, revision, before.hash if before else None),
    )


async def prepare_headcount(session: AsyncSession, actor: Actor, new: HeadcountNew) -> UUID:
    """Store what is to be certified. Raises NotFound, MonthNotOver, AttendanceIncomplete.

    The first time of a month, or once a correction of it was opened; else the constraints
    headcount_already_certified and headcount_is_being_prepared refuse.
    """
    month = _over(new.month)
    counted = await count_month(session, new.kindergarten, month)
    _complete(counted)
    asked = {"kindergarten": new.kindergarten, "month": month}
    found = await session.scalar(UNFINISHED.with_for_update(), asked)
    if found is None:
        owner = await session.get_one(Kindergarten, new.kindergarten)
        found = Headcount(id=new_id(), revision=1, division=owner.division, synthetic=owner.synthetic, **asked)
        session.add(found)
    elif found.state == HeadcountState.PREPARED:
        raise ConstraintRefused(ONE_AT_A_TIME)
    before = await _latest(session, new.kindergarten, month) if found.revision > 1 else None
    rows = _rows(counted.month)
    found.state = HeadcountState.PREPARED.value
    found.count_day, found.open_days = counted.month.count_day, counted.month.open_days
    found.prepared_by, found.prepared_at = actor.id, datetime.now(UTC)
    found.hash = digest(counted.month, found.revision, found.previous_hash)
    found.staff = _staff(counted.month) or None
    found.difference = (
        [each.model_dump(mode="json") for each in await _difference(session, before, rows)] if before else None
    )
    await session.flush()
    place = {"headcount": found.id, "kindergarten": found.kindergarten, "division": found.division}
    if rows:
        await session.execute(insert(HeadcountClass), [place | row for row in rows])
    await announce_step(session, HEADCOUNT_PREPARED, found)
    return found.id


async def certify_headcount(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """The second person: exactly what was prepared, if the register still says so.

    Raises NotFound, HeadcountNotInThatState, HeadcountHasChanged; constraint another_person_certifies.
    """
    found, counted = await _held(session, id)
    _in_state(found, HeadcountState.PREPARED)
    found.state, found.certified_by, found.certified_at = HeadcountState.CERTIFIED.value, actor.id, datetime.now(UTC)
    await session.flush()
    if digest(counted.month, found.revision, found.previous_hash) != found.hash:
        kept = [_kept(each) for each in await session.scalars(CLASSES, {"id": id})]
        told: dict[str, Any] = {"differences": difference(kept, _rows(counted.month))}
        if (staff := _staff(counted.month)) != (found.staff or {}):
            told["staff"] = [
                {name: each[name] for name in HeadcountStaff.model_fields if name in each}
                for each in (found.staff or {}, staff)
            ]
        raise HeadcountHasChanged(extra=told)
    await announce_certified(session, found, list(await session.scalars(CLASSES, {"id": id})))


async def withdraw_headcount(session: AsyncSession, id: UUID) -> None:
    """Take back what was prepared, or a correction that is not needed. Raises NotFound, HeadcountNotInThatState."""
    found, _ = await _held(session, id)
    _in_state(found, HeadcountState.PREPARED, HeadcountState.CORRECTING)
    found.state = HeadcountState.WITHDRAWN.value
    await session.flush()
    await announce_step(session, HEADCOUNT_WITHDRAWN, found)


async def correct_headcount(session: AsyncSession, id: UUID, why: HeadcountCorrection) -> UUID:
    """Open the next revision of a certified month: its attendance may be changed until that is prepared anew.

    Raises NotFound, HeadcountNotInThatState, LaterRevisionCounts; constraint headcount_is_being_prepared.
    """
    found, _ = await _held(session, id)
    _in_state(found, HeadcountState.CERTIFIED)
    latest = await _latest(session, found.kindergarten, found.month)
    if latest and latest.revision > found.revision:
        raise LaterRevisionCounts(revision=latest.revision)
    made = Headcount(
        id=new_id(),
        kindergarten=found.kindergarten,
        division=found.division,
        month=found.month,
        revision=found.revision + 1,
        state=HeadcountState.CORRECTING.value,
        previous_hash=found.hash,
        synthetic=found.synthetic,
        **why.model_dump(),
    )
    session.add(made)
    await session.flush()
    await announce_step(session, HEADCOUNT_REOPENED, made)
    return made.id


async def _held(session: AsyncSession, id: UUID) -> tuple[Headcount, Counted]:
    """The headcount, and the register's numbers now, both held: the classes before the headcount, as everywhere."""
    seen = await session.get(Headcount, id)
    if seen is None:
        raise NotFound(what="headcount")
    counted = await count_month(session, seen.kindergarten, seen.month)
    await session.refresh(seen, with_for_update=True)
    return seen, counted


async def _latest(session: AsyncSession, kindergarten: UUID, month: date) -> Headcount | None:
    found: Headcount | None = await session.scalar(LATEST, {"kindergarten": kindergarten, "month": month})
    return found


async def _difference(session: AsyncSession, before: Headcount, rows: Sequence[dict[str, Any]]) -> list[ClassHeadcount]:
    kept = [_kept(each) for each in await session.scalars(CLASSES, {"id": before.id})]
    return [ClassHeadcount(**each) for each in difference(kept, rows)]


def _in_state(found: Headcount, *expected: HeadcountState) -> None:
    state = next(each for each in HeadcountState if each.value == found.state)
    if state not in expected:
        raise HeadcountNotInThatState(state=state.en, state_zh=state.zh)


def _over(day: date) -> date:
    month = month_of(day)
    if month_after(month) > today():
        raise MonthNotOver(month=f"{month:%Y-%m}", pointer="/month")
    return month


def _complete(counted: Counted) -> None:
    if gaps := counted.missing:
        shown = [{"class_id": str(room), "day": day.isoformat()} for room, day in gaps[:SHOWN]]
        raise AttendanceIncomplete(missing=len(gaps), extra={"missing": shown})


def _rows(month: Month) -> list[dict[str, Any]]:
    return [
        {
            "class_id": each.room.id,
            "name": each.room.name,
            "kind": each.room.kind,
            "children": each.children,
            "last_year_children": each.last_year_children,
            "half_days": each.half_days,
            "child_days": each.child_days,
            "roll": [[str(child), counted, last, halves] for child, counted, last, halves in each.roll],
            "roll_hash": each.roll_hash,
        }
        for each in month.classes
    ]


def _staff(month: Month, *, roll: bool = True) -> dict[str, Any]:
    """The evidence of the staff as it is kept, or without the people behind it."""
    if (found := month.staff) is None:
        return {}
    kept = {name: getattr(found, name) for name in HeadcountStaff.model_fields}
    return kept | {"roll": [[str(person), *rest] for person, *rest in found.roll]} if roll else kept


def _kept(row: HeadcountClass) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ClassHeadcount.model_fields}


def _totals(classes: Sequence[ClassCount]) -> dict[str, int]:
    nursery = [each for each in classes if each.room.kind == "nursery"]
    older = [each for each in classes if each.room.kind != "nursery"]
    return {
        "children": sum(each.children for each in older),
        "last_year_children": sum(each.last_year_children for each in older),
        "child_days": sum(each.child_days for each in older),
        "nursery_children": sum(each.children for each in nursery),
        "nursery_child_days": sum(each.child_days for each in nursery),
    }
