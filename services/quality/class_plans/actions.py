"""Filing the plans of a class."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.class_plans.codes import ClassPlanKind
from services.quality.class_plans.models import ClassPlan
from services.quality.class_plans.rules import begins_right, suspect
from services.quality.class_plans.schemas import ClassPlanPut
from services.quality.frameworks.actions import refuse_scores
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError
from shared.events import announce

KEPT = ("aims", "content", "play_minutes", "outdoor_minutes")


class PlanBeginsOnItsDay(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "周计划从星期一起,学期计划从2月1日或9月1日起。"
    en = "A week's plan begins on a Monday, a term's on 1 February or 1 September."


class ChangeHasItsReason(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "调整已备案的计划须写明原因。"
    en = "A change of a plan that is filed says why."


async def file_plan(
    session: AsyncSession, actor: Actor, class_id: UUID, kind: ClassPlanKind, begin: date, put: ClassPlanPut
) -> None:
    """Sent again as it is, nothing changes. Raises NotFound, PlanBeginsOnItsDay, ChangeHasItsReason."""
    refuse_scores({"/aims": put.aims, "/content": put.content})
    if not begins_right(kind.value, begin):
        raise PlanBeginsOnItsDay(pointer="begin")
    group = await class_of(session, class_id, pointer=None)
    key = {"class_id": class_id, "kind": kind.value, "begin": begin}
    found = await session.get(ClassPlan, key, with_for_update=True)
    if found is None:
        found = ClassPlan(**key, kindergarten=group.kindergarten, division=group.division, change="")
        session.add(found)
    elif all(getattr(found, name) == getattr(put, name) for name in KEPT):
        return
    elif not put.change:
        raise ChangeHasItsReason(pointer="/change")
    for name, value in put.model_dump().items():
        setattr(found, name, value)
    found.class_name, found.suspect = group.name, suspect(put.aims + put.content)
    found.filed_on, found.filed_by = today(), actor.id
    await session.flush()
    await announce(
        session,
        "quality.class_plan.filed",
        f"class-plans/{class_id}/{kind.value}/{begin}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"kind": kind, "begin": begin, "suspect": found.suspect},
    )
