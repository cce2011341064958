"""Pairing kindergartens with schools, and recording what they do together."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.primary_schools.actions import school_of
from services.quality.steps.actions import happened
from services.quality.transition_pairs.models import TransitionActivity, TransitionPair
from services.quality.transition_pairs.schemas import TransitionActivityNew, TransitionPairEnd, TransitionPairNew
from shared.auth import Actor
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id


class PairHasEnded(DomainError):
    zh = "该结对已于 {until} 结束。"
    en = "The pair ended on {until}."


class PairDidNotStand(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "活动日期不在结对期间。"
    en = "The two were not paired on that day."


class BothSidesTakePart(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "联合活动须有园方(教师、幼儿或家庭)参加;联合教研和教师互访须双方教师参加。"
    en = "Somebody of the kindergarten takes part; in joint research and teachers' visits teachers of both sides do."


async def pair(session: AsyncSession, actor: Actor, new: TransitionPairNew) -> UUID:
    """Raises NotFound, pair_stands_already."""
    place = await kindergarten_of(session, new.kindergarten)
    await school_of(session, new.school, new.since)
    made = TransitionPair(id=new_id(), division=place.division, paired_by=actor.id, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.transition_pair.began",
        f"transition-pairs/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"school": made.school, "since": made.since},
    )
    return made.id


async def end_pair(session: AsyncSession, id: UUID, asked: TransitionPairEnd) -> None:
    """Raises NotFound, PairHasEnded, pair_ends_after_it_begins."""
    found = await session.scalar(select(TransitionPair).where(TransitionPair.id == id).with_for_update())
    if found is None:
        raise NotFound(what="pair")
    if found.until is not None:
        raise PairHasEnded(until=found.until)
    found.until, found.ended_because = asked.on, asked.note
    await session.flush()
    await announce(
        session,
        "quality.transition_pair.ended",
        f"transition-pairs/{id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"school": found.school, "until": asked.on},
    )


async def record_activity(session: AsyncSession, actor: Actor, new: TransitionActivityNew) -> UUID:
    """Raises NotFound, PairDidNotStand, BothSidesTakePart, ChildrenAreNotScored."""
    happened(new.on, "/on")
    refuse_scores({"/topic": new.topic, "/summary": new.summary})
    found = await session.scalar(select(TransitionPair).where(TransitionPair.id == new.pair))
    if found is None:
        raise NotFound(what="pair", pointer="/pair")
    if new.on < found.since or (found.until is not None and new.on >= found.until):
        raise PairDidNotStand(pointer="/on")
    if not new.kindergarten_teachers + new.children + new.families or (
        new.kind in ("research", "teachers") and not (new.kindergarten_teachers and new.school_teachers)
    ):
        raise BothSidesTakePart(pointer="/kindergarten_teachers")
    where = {"kindergarten": found.kindergarten, "division": found.division, "school": found.school}
    made = TransitionActivity(id=new_id(), **where, recorded_by=actor.id, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.transition_activity.recorded",
        f"transition-activities/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"on": made.on, "kind": made.kind, "school": made.school},
    )
    return made.id
