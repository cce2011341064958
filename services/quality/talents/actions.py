"""Dated titles and steps of the ladder; nothing recorded is rewritten."""

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.talents.models import LadderStep, Talent
from services.quality.talents.schemas import LadderStepPut, TalentEnding, TalentNew
from shared.auth import Actor
from shared.errors import DomainError, InvalidInput, NotFound
from shared.ids import new_id
from shared.tables import FOREVER


class TalentEnded(DomainError):
    zh = "该称号已终止。"
    en = "The title has ended already."


class LaterStepIsRecorded(DomainError):
    zh = "已有更晚的阶梯记录(自 {since} 起)。"
    en = "A later step is recorded, from {since}."


async def _division(session: AsyncSession, kindergarten: UUID) -> str:
    found = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == kindergarten))
    if found is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return found


async def record_talent(session: AsyncSession, actor: Actor, new: TalentNew) -> UUID:
    """Raises NotFound, title_is_held."""
    until = new.until or FOREVER
    if until <= new.since:
        raise InvalidInput(reason_zh="止期须晚于起期。", reason_en="it ends after it begins.", pointer="/until")
    values = new.model_dump(exclude={"until"})
    made = Talent(id=new_id(), division=await _division(session, new.kindergarten), until=until, **values)
    made.recorded_by = actor.id
    session.add(made)
    await session.flush()
    return made.id


async def end_talent(session: AsyncSession, id: UUID, asked: TalentEnding) -> None:
    """It ended or was withdrawn, with the reason. Raises NotFound, TalentEnded."""
    found = await session.scalar(select(Talent).where(Talent.id == id).with_for_update())
    if found is None:
        raise NotFound(what="talent")
    if found.reason_out is not None:
        raise TalentEnded
    if not found.since < asked.on <= found.until:
        raise InvalidInput(reason_zh="应在有效期内。", reason_en="it lies within the period held.", pointer="/on")
    found.until, found.reason_out = asked.on, asked.reason


async def set_step(session: AsyncSession, actor: Actor, staff: UUID, since: date, put: LadderStepPut) -> None:
    """From that day on the step is this one; the one before ends there. Raises NotFound, LaterStepIsRecorded."""
    division = await _division(session, put.kindergarten)
    later = select(LadderStep.since).where(LadderStep.staff == staff, LadderStep.since > since)
    if (found := await session.scalar(later.order_by(LadderStep.since).limit(1))) is not None:
        raise LaterStepIsRecorded(since=found)
    before = update(LadderStep).where(LadderStep.staff == staff, LadderStep.since < since, LadderStep.until > since)
    await session.execute(before.values(until=since))
    values = put.model_dump() | {"division": division, "recorded_by": actor.id}
    made = insert(LadderStep).values(staff=staff, since=since, until=FOREVER, **values)
    await session.execute(made.on_conflict_do_update(index_elements=["staff", "since"], set_=values))


async def stage_on(session: AsyncSession, staff: UUID, on: date) -> str | None:
    """The step somebody stands on that day, None when none was recorded."""
    query = select(LadderStep.stage).where(LadderStep.staff == staff, LadderStep.since <= on, LadderStep.until > on)
    return await session.scalar(query)
