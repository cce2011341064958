"""Filing the last term's plan of a big class, and reviewing it."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.frameworks.actions import refuse_scores
from services.quality.school_years import first_day
from services.quality.steps.actions import holding, record
from services.quality.transition_plans.models import TransitionPlan
from services.quality.transition_plans.rules import LAST_YEAR, MACHINE
from services.quality.transition_plans.schemas import TransitionPlanContent, TransitionPlanNew
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id

AREAS = tuple(TransitionPlanContent.model_fields)


class ClassIsNotTheLastYear(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "只有该学年的大班(或混龄班)提交衔接计划。"
    en = "Only a big or mixed class of that school year files such a plan."


async def file_plan(session: AsyncSession, actor: Actor, new: TransitionPlanNew) -> UUID:
    """Raises NotFound, ClassIsNotTheLastYear, ChildrenAreNotScored, class_has_its_plan."""
    refuse_scores({f"/{name}": getattr(new, name) for name in AREAS})
    group = await class_of(session, new.class_id)
    runs = group.since < first_day(new.school_year + 1) and group.until > first_day(new.school_year)
    if group.kind not in LAST_YEAR or not runs:
        raise ClassIsNotTheLastYear(pointer="/class_id")
    made = TransitionPlan(id=new_id(), state="filed", filed_by=actor.id, filed_on=today(), **new.model_dump())
    made.kindergarten, made.division, made.class_name = group.kindergarten, group.division, group.name
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.transition_plan.filed",
        f"transition-plans/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"school_year": made.school_year, "state": made.state},
    )
    return made.id


_held = holding(TransitionPlan, MACHINE, "transition plan")


async def file_again(session: AsyncSession, actor: Actor, id: UUID, asked: TransitionPlanContent) -> None:
    """Raises NotFound, NotInThisState, ChildrenAreNotScored."""
    refuse_scores({f"/{name}": getattr(asked, name) for name in AREAS})
    plan = await _held(session, actor, id, "file")
    for name, value in asked.model_dump().items():
        setattr(plan, name, value)
    plan.state, plan.filed_by, plan.filed_on = "filed", actor.id, today()
    await record(session, actor, "transition_plan", plan, "file", MACHINE["file"])


async def review_plan(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """Accept it or send it back. Raises NotFound, NotInThisState, AnotherPersonNeeded."""
    plan = await _held(session, actor, id, verb)
    plan.state = MACHINE[verb].happened
    await record(session, actor, "transition_plan", plan, verb, MACHINE[verb], note=note)
