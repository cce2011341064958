"""Recording 教研, and answering teachers."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.research_activities.models import (
    ResearchActivity,
    ResearchAttendance,
    ResearchKnowledge,
    TeacherQuestion,
)
from services.quality.research_activities.schemas import ResearchActivityNew, TeacherAnswer, TeacherQuestionNew
from services.quality.research_plans.models import ResearchPlan
from services.quality.research_zones.codes import ResearchLevel
from services.quality.research_zones.models import ResearchZone
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.workdays import add_working_days


class LevelNamesItsPlace(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "片级活动须写明片区,园级活动须写明本园且只有本园参加,区级活动两者都不写。"
    en = "A zone's activity names the zone, a kindergarten's itself alone, a district's neither."


class PlanOfAnotherPlace(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "该计划属于其他层级或单位。"
    en = "The plan is of another level or place."


class AlreadyAnswered(DomainError):
    zh = "该问题已答复。"
    en = "The question was answered already."


async def record_activity(session: AsyncSession, actor: Actor, new: ResearchActivityNew) -> UUID:
    """Record it with who was there. Raises LevelNamesItsPlace, PlanOfAnotherPlace, NotFound."""
    if new.on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/on")
    there = {each.kindergarten: each.teachers for each in new.attendances}
    in_place(new.level, new.zone, new.kindergarten)
    if new.kindergarten is not None and set(there) != {new.kindergarten}:
        raise LevelNamesItsPlace(pointer="/level")
    await _planned(session, new)
    places = {each.id: each for each in await session.scalars(select(Kindergarten).where(Kindergarten.id.in_(there)))}
    if len(places) < len(there):
        raise NotFound(what="kindergarten", pointer="/attendances")
    division = await _division(session, actor, new, places)
    made = ResearchActivity(
        id=new_id(), division=division, recorded_by=actor.id, **new.model_dump(exclude={"attendances"})
    )
    session.add(made)
    await session.flush()
    session.add_all(
        ResearchAttendance(activity=made.id, kindergarten=id, division=places[id].division, on=new.on, teachers=count)
        for id, count in there.items()  # noqa: A001  # what the API calls it
    )
    await session.flush()
    await announce(
        session,
        "quality.research_activity.recorded",
        f"research-activities/{made.id}",
        division=division,
        kindergarten=new.kindergarten,
        data={"level": new.level, "on": new.on, "kindergartens": len(there)},
    )
    return made.id


def in_place(level: ResearchLevel, zone: UUID | None, kindergarten: UUID | None) -> None:
    """Whatever is of a level names the place of that level. Raises LevelNamesItsPlace."""
    wanted = {
        ResearchLevel.DISTRICT: zone is None and kindergarten is None,
        ResearchLevel.ZONE: zone is not None and kindergarten is None,
        ResearchLevel.KINDERGARTEN: zone is None and kindergarten is not None,
    }
    if not wanted[level]:
        raise LevelNamesItsPlace(pointer="/level")


async def _planned(session: AsyncSession, new: ResearchActivityNew) -> None:
    """The plan it belongs to is one of the same place. Raises NotFound, PlanOfAnotherPlace."""
    if new.plan is None:
        return
    plan = await session.get(ResearchPlan, new.plan)
    if plan is None:
        raise NotFound(what="research plan", pointer="/plan")
    if (plan.level, plan.zone, plan.kindergarten) != (new.level, new.zone, new.kindergarten):
        raise PlanOfAnotherPlace(pointer="/plan")


async def _division(
    session: AsyncSession, actor: Actor, new: ResearchActivityNew, places: dict[UUID, Kindergarten]
) -> str:
    if new.kindergarten is not None:
        return places[new.kindergarten].division
    if new.zone is not None and await session.get(ResearchZone, new.zone) is None:
        raise NotFound(what="research zone", pointer="/zone")
    if not actor.divisions:
        raise NotFound(what="division")
    return min(actor.divisions, key=len)


async def ask_question(session: AsyncSession, actor: Actor, new: TeacherQuestionNew) -> UUID:
    """A teacher asks; the answer is due within the district's working days. Raises NotFound."""
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    day = today()
    due = add_working_days(day, number(PARAMETERS, "research_answer_days", day))
    made = TeacherQuestion(id=new_id(), division=place.division, asked_by=actor.id, asked_on=day, due_on=due)
    made.kindergarten, made.question = place.id, new.question
    session.add(made)
    await session.flush()
    return made.id


async def answer_question(session: AsyncSession, actor: Actor, id: UUID, asked: TeacherAnswer) -> None:
    """Answer once; shared, it becomes knowledge for all. Raises NotFound, AlreadyAnswered."""
    found = await session.scalar(select(TeacherQuestion).where(TeacherQuestion.id == id).with_for_update())
    if found is None:
        raise NotFound(what="question")
    if found.answered_on is not None:
        raise AlreadyAnswered
    found.answer, found.shared, found.keywords = asked.answer, asked.shared, list(asked.keywords)
    found.answered_by, found.answered_on = actor.id, today()
    if asked.shared:
        words = {"question": found.question, "answer": asked.answer, "keywords": list(asked.keywords)}
        made = insert(ResearchKnowledge).values(id=new_id(), division=found.division[:6], answered_on=today(), **words)
        await session.execute(made)
