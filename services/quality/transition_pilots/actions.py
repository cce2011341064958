"""The register of pilots and what came of them."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.primary_schools.actions import school_of
from services.quality.transition_pilots.models import TransitionPilot
from services.quality.transition_pilots.schemas import TransitionPilotConclusion, TransitionPilotNew
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.ids import new_id


class PilotNamesOne(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "须且只须指明试点园或试点校。"
    en = "Name the kindergarten or the school, one of them."


class PilotIsConcluded(DomainError):
    zh = "该试点已总结。"
    en = "The pilot has been concluded."


async def enter_pilot(session: AsyncSession, actor: Actor, new: TransitionPilotNew) -> UUID:
    """Raises NotFound, PilotNamesOne, pilot_ends_after_it_begins."""
    if (new.kindergarten is None) == (new.school is None):
        raise PilotNamesOne(pointer="/kindergarten")
    if new.kindergarten is not None:
        division = (await kindergarten_of(session, new.kindergarten)).division
    else:
        division = (await school_of(session, str(new.school), new.since)).division
        if not any(division.startswith(scope) for scope in actor.divisions):
            raise NotFound(what="primary school", pointer="/school")
    made = TransitionPilot(id=new_id(), division=division, **new.model_dump())
    session.add(made)
    await session.flush()
    return made.id


async def conclude_pilot(session: AsyncSession, id: UUID, asked: TransitionPilotConclusion) -> None:
    """Raises NotFound, PilotIsConcluded, ChildrenAreNotScored."""
    refuse_scores({"/results": asked.results, "/spread": asked.spread})
    found = await session.scalar(select(TransitionPilot).where(TransitionPilot.id == id).with_for_update())
    if found is None:
        raise NotFound(what="pilot")
    if found.concluded_on is not None:
        raise PilotIsConcluded
    found.results, found.spread, found.concluded_on = asked.results, asked.spread, today()
    await session.flush()
