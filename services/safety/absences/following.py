"""What registry tells of enrolments, as absences: who left, who comes again, whose leaving was a mistake."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.absences.actions import absence_of
from services.safety.absences.models import Absence
from services.safety.absences.rules import SCHOOL_MOVES
from services.safety.kindergartens.models import Kindergarten
from shared.contracts.registry import ENROLMENT_BEGAN, ENROLMENT_CORRECTED, ENROLMENT_ENDED, EnrolmentFact

SYSTEM = "system"


async def hear_end(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """A child left other than by moving up or graduating: it is away until it is back, here or elsewhere."""
    fact = EnrolmentFact.model_validate(event["data"])
    if fact.until is None or fact.reason_out in SCHOOL_MOVES or await _away(session, fact) is not None:
        return
    place = await session.get_one(Kindergarten, fact.kindergarten)
    session.add(
        absence_of(
            place,
            fact.child,
            fact.until - timedelta(1),
            SYSTEM,
            cause="left",
            enrolment=fact.id,
            synthetic=fact.synthetic,
        )
    )
    await session.flush()


async def hear_begin(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """It is enrolled again: soon enough it is back; after too long the kindergarten that takes it must see an exam."""
    fact = EnrolmentFact.model_validate(event["data"])
    found = await _away(session, fact)
    if found is None or fact.since <= found.last_present_on or found.enrolment == fact.id:
        return
    place = await session.get_one(Kindergarten, fact.kindergarten)
    found.kindergarten, found.division = place.id, place.division
    if found.enrolment is not None and fact.since <= found.free_until:
        found.state, found.returned_on = "returned", fact.since
    await session.flush()


async def hear_correction(session: AsyncSession, event: Mapping[str, Any]) -> None:
    """An end that was taken back: the child never left. An end that moved: it was last there on another day."""
    fact = EnrolmentFact.model_validate(event["data"])
    query = select(Absence).where(Absence.enrolment == fact.id, Absence.state == "away").with_for_update()
    found = await session.scalar(query)
    if found is None:
        await hear_end(session, event)
    elif fact.until is None:
        found.state = "withdrawn"
    else:
        place = await session.get_one(Kindergarten, fact.kindergarten)
        moved = absence_of(place, fact.child, fact.until - timedelta(1), SYSTEM)
        found.last_present_on, found.free_until = moved.last_present_on, moved.free_until
    await session.flush()


async def _away(session: AsyncSession, fact: EnrolmentFact) -> Absence | None:
    query = select(Absence).where(Absence.child == fact.child, Absence.state == "away")
    return await session.scalar(query.with_for_update())


HANDLERS = {ENROLMENT_ENDED: hear_end, ENROLMENT_BEGAN: hear_begin, ENROLMENT_CORRECTED: hear_correction}
