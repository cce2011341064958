"""Recording what families and community take part in, and the guidance families confirm."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.family_activities.models import FamilyActivity, GuidanceConfirmation, GuidanceNotice
from services.quality.family_activities.schemas import FamilyActivityNew, GuidanceNoticeNew
from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.steps.actions import happened
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id


class PartnerIsNamed(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "社区协同活动须写明协同单位。"
    en = "What is done with the community names its partner."


class SomebodyCame(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "参加家庭数与其他人数不能都为零。"
    en = "Somebody took part."


async def record_activity(session: AsyncSession, actor: Actor, new: FamilyActivityNew) -> UUID:
    """Raises NotFound, PartnerIsNamed, SomebodyCame, ChildrenAreNotScored."""
    happened(new.on, "/on")
    refuse_scores({"/topic": new.topic, "/summary": new.summary})
    if new.kind == "community" and not new.partner:
        raise PartnerIsNamed(pointer="/partner")
    if not new.families + new.others:
        raise SomebodyCame(pointer="/families")
    place = await kindergarten_of(session, new.kindergarten)
    made = FamilyActivity(id=new_id(), division=place.division, recorded_by=actor.id, **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.family_activity.recorded",
        f"family-activities/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"kind": made.kind, "on": made.on},
    )
    return made.id


async def send_guidance(session: AsyncSession, actor: Actor, new: GuidanceNoticeNew) -> UUID:
    """Raises NotFound, ChildrenAreNotScored."""
    refuse_scores({"/title": new.title, "/content": new.content})
    place = await kindergarten_of(session, new.kindergarten)
    made = GuidanceNotice(id=new_id(), division=place.division, sent_on=today(), sent_by=actor.id, **new.model_dump())
    made.children = sorted(set(new.children))
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.guidance.sent",
        f"guidance-notices/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"kind": made.kind, "families": len(made.children)},
    )
    return made.id


async def confirm_guidance(session: AsyncSession, id: UUID, child: UUID) -> None:
    """The family confirmed; once is enough. Raises NotFound for a notice, or a child it was not sent to."""
    found = await session.scalar(select(GuidanceNotice).where(GuidanceNotice.id == id))
    if found is None or child not in found.children:
        raise NotFound(what="guidance")
    row = {"notice": id, "child": child, "kindergarten": found.kindergarten, "division": found.division}
    await session.execute(insert(GuidanceConfirmation).values(**row, confirmed_on=today()).on_conflict_do_nothing())
