"""Recording who is away, who was examined, and who is back: away too long, nobody is back unexamined (SAF-14)."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.absences.models import Absence, HealthExam
from services.safety.absences.rules import FOLLOWING, MACHINE, HealthExamNeeded, last_return_without_exam
from services.safety.absences.schemas import AbsenceNew, AbsenceReturn, AbsenceStep, HealthExamNew
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.steps.actions import Place, known_files, one_at_a_time, record
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.machine import refusal


async def _place(session: AsyncSession, kindergarten: UUID) -> Kindergarten:
    found = await session.get(Kindergarten, kindergarten)
    if found is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return found


def _past(day: date, pointer: str) -> date:
    if day > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer=pointer)
    return day


def absence_of(
    kindergarten: Kindergarten, child: UUID, last_present_on: date, recorded_by: str, **more: Any
) -> Absence:
    """A child away since that day."""
    known: dict[str, Any] = {"group": "", "cause": "other", "synthetic": kindergarten.synthetic} | more
    return Absence(
        **known,
        id=new_id(),
        kindergarten=kindergarten.id,
        division=kindergarten.division,
        child=child,
        state="away",
        last_present_on=last_present_on,
        free_until=last_return_without_exam(PARAMETERS, last_present_on, today()),
        recorded_by=recorded_by,
    )


async def record_absence(session: AsyncSession, actor: Actor, new: AbsenceNew) -> UUID:
    """Put a child's absence on record. Raises NotFound, child_is_away_already."""
    place = await _place(session, new.kindergarten)
    _past(new.last_present_on, "/last_present_on")
    more = new.model_dump(include={"group", "cause", "synthetic"})
    made = absence_of(place, new.child, new.last_present_on, actor.id, **more)
    session.add(made)
    await session.flush()
    await _follow(session, actor, made, "record", basis=FOLLOWING)
    return UUID(str(made.id))


async def record_exam(session: AsyncSession, actor: Actor, new: HealthExamNew) -> UUID:
    """Put an examination on record. Raises NotFound, FileUnknown."""
    place = await _place(session, new.kindergarten)
    _past(new.examined_on, "/examined_on")
    made = HealthExam(**new.model_dump(), id=new_id(), division=place.division, recorded_by=actor.id)
    await known_files(session, Place.of(place), new.files)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "safety.health_exam.recorded",
        f"health-exams/{made.id}",
        division=place.division,
        kindergarten=place.id,
        data={"child": new.child, "kind": new.kind, "examined_on": new.examined_on, "fit": new.fit},
    )
    return UUID(str(made.id))


async def _held(session: AsyncSession, actor: Actor, id: UUID, verb: str, on: date) -> tuple[Absence, UUID | None]:
    """The absence, and the examination it may end with on that day. Raises NotFound and what the rules refuse."""
    found = await session.scalar(select(Absence).where(Absence.id == id).with_for_update())
    if found is None:
        raise NotFound(what="absence")
    exam = await _exam_before(session, found.child, found.last_present_on, on)
    if refused := refusal(MACHINE, verb, _Seen(found, exam, on), actor.id, on):
        raise refused
    return found, exam


class _Seen:
    """An absence with what a day adds to it, as the list shows it."""

    def __init__(self, absence: Absence, exam: UUID | None, on: date) -> None:
        self.state, self.last_present_on = absence.state, absence.last_present_on
        self.free_until = absence.free_until
        self.blocked = absence.state == "away" and absence.free_until < on and exam is None


async def _exam_before(session: AsyncSession, child: UUID, last_present_on: date, on: date) -> UUID | None:
    """The latest examination that lets the child return on that day."""
    query = (
        select(HealthExam.id)
        .where(HealthExam.child == child, HealthExam.fit)
        .where(HealthExam.examined_on > last_present_on, HealthExam.examined_on <= on)
        .order_by(HealthExam.examined_on.desc(), HealthExam.id.desc())
    )
    return await session.scalar(query.limit(1))


async def _follow(
    session: AsyncSession,
    actor: Actor,
    found: Absence,
    verb: str,
    *,
    basis: str | None = None,
    note: str = "",
    files: Sequence[UUID] = (),
    **data: Any,
) -> None:
    why = basis or MACHINE[verb].basis
    await record(session, actor, "absence", found, verb, why, note=note, files=files, data=data)


async def follow_absence(session: AsyncSession, actor: Actor, id: UUID, asked: AbsenceStep) -> None:
    """Somebody asked the family after the child."""
    found, _ = await _held(session, actor, id, "follow_up", today())
    await _follow(session, actor, found, "follow_up", note=asked.note, files=asked.files)


async def withdraw_absence(session: AsyncSession, actor: Actor, id: UUID, asked: AbsenceStep) -> None:
    """It was a mistake: the child never left."""
    found, _ = await _held(session, actor, id, "withdraw", today())
    found.state = "withdrawn"
    await _follow(session, actor, found, "withdraw", note=asked.note, files=asked.files)


async def return_child(session: AsyncSession, actor: Actor, id: UUID, asked: AbsenceReturn) -> None:
    """The child is back. Raises HealthExamNeeded (SAF-14)."""
    day = _past(asked.returned_on or today(), "/returned_on")
    found, exam = await _held(session, actor, id, "return", day)
    if day <= found.last_present_on:
        raise InvalidInput(
            reason_zh=f"应晚于最后在园日期 {found.last_present_on}。",
            reason_en=f"it must be after {found.last_present_on}, when the child was last there.",
            pointer="/returned_on",
        )
    await close_absence(session, actor, found, day, exam, note=asked.note)


async def close_absence(
    session: AsyncSession, actor: Actor, found: Absence, day: date, exam: UUID | None, *, note: str = ""
) -> None:
    """The absence ends on that day."""
    found.state, found.returned_on, found.exam = "returned", day, exam if day > found.free_until else None
    await _follow(session, actor, found, "return", note=note, returned_on=day)


async def admit_returning(
    session: AsyncSession, actor: Actor, kindergarten: Kindergarten, child: UUID, last_present_on: date | None, on: date
) -> None:
    """A child whom the morning check finds back; said again nothing changes. Raises HealthExamNeeded, InvalidInput."""
    await one_at_a_time(session, f"absence {child}")
    known = select(Absence).where(Absence.child == child)
    found = await session.scalar(known.where(Absence.state == "away").with_for_update())
    if found is None:
        if await session.scalar(known.where(Absence.returned_on == on).limit(1)):
            return
        if last_present_on is None:
            raise InvalidInput(
                reason_zh="没有该幼儿的离园记录,须注明最后在园日期。",
                reason_en="no absence of the child is on record: say when it was last there.",
                pointer="/returning",
            )
        found = absence_of(kindergarten, child, last_present_on, actor.id)
    if not found.last_present_on < on:
        raise InvalidInput(
            reason_zh="最后在园日期应早于返园日期。",
            reason_en="it was last there before it returns.",
            pointer="/returning",
        )
    exam = await _exam_before(session, child, found.last_present_on, on)
    if found.free_until < on and exam is None:
        raise HealthExamNeeded(since=found.last_present_on, until=found.free_until, pointer="/returning")
    session.add(found)
    await close_absence(session, actor, found, on, exam)
