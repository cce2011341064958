"""The catalogue of courses for parents, and the sessions that carry it out."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.parent_courses.models import ParentCourse, ParentSession
from services.quality.parent_courses.rules import MACHINE, is_ahead
from services.quality.parent_courses.schemas import ParentCourseEnd, ParentCourseNew, ParentSessionNew
from services.quality.school_years import first_day
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT = "parent_session"


class CourseHasEnded(DomainError):
    zh = "该课程已于 {until} 停用。"
    en = "The course left the catalogue on {until}."


async def offer_course(session: AsyncSession, actor: Actor, new: ParentCourseNew) -> UUID:
    """Add a course of the district, or of a kindergarten. Raises NotFound, ChildrenAreNotScored."""
    refuse_scores({"/title": new.title, "/outline": new.outline})
    if new.kindergarten is not None:
        division = (await kindergarten_of(session, new.kindergarten)).division
    elif not (division := min(actor.divisions, key=len, default="")):
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    made = ParentCourse(id=new_id(), division=division, **new.model_dump())
    session.add(made)
    await session.flush()
    return made.id


async def end_course(session: AsyncSession, actor: Actor, id: UUID, asked: ParentCourseEnd) -> None:
    """Raises NotFound (the district's courses are the district's), CourseHasEnded, course_ends_after_it_begins."""
    found = await session.scalar(select(ParentCourse).where(ParentCourse.id == id))
    if found is None or not (
        found.kindergarten in actor.kindergartens or any(found.division.startswith(each) for each in actor.divisions)
    ):
        raise NotFound(what="course")
    await session.refresh(found, with_for_update=True)
    if found.until is not None:
        raise CourseHasEnded(until=found.until)
    found.until = asked.on
    await session.flush()


async def schedule(session: AsyncSession, new: ParentSessionNew) -> UUID:
    """Raises NotFound: a course that is not in the catalogue that day or is another kindergarten's, a class."""
    place = await kindergarten_of(session, new.kindergarten)
    query = select(ParentCourse).where(
        ParentCourse.id == new.course,
        or_(ParentCourse.kindergarten.is_(None), ParentCourse.kindergarten == place.id),
        ParentCourse.since <= new.on,
        or_(ParentCourse.until.is_(None), ParentCourse.until > new.on),
    )
    if (course := await session.scalar(query)) is None:
        raise NotFound(what="course", pointer="/course")
    if new.class_id is not None:
        await class_of(session, new.class_id, place.id)
    if not first_day(new.school_year - 1) <= new.on < first_day(new.school_year + 1):
        raise InvalidInput(
            reason_zh="应在该学年结束前、且不早于上一学年。",
            reason_en="it lies in that school year or the one before.",
            pointer="/on",
        )
    made = ParentSession(id=new_id(), division=place.division, state="scheduled", stage=course.stage)
    for name, value in new.model_dump().items():
        setattr(made, name, value)
    made.ahead = is_ahead(new.on, new.school_year, course.needed_month)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.parent_session.scheduled",
        f"parent-sessions/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"stage": made.stage, "on": made.on, "ahead": made.ahead},
    )
    return made.id


_held = holding(ParentSession, MACHINE, "session")
STATES = {"hold": "held", "cancel": "cancelled"}


async def move(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str = "", **values: int | str) -> None:
    """Count who enrolled or came, hear what they say, or cancel. Raises NotFound, NotInThisState and the counts'."""
    found = await _held(session, actor, id, verb)
    refuse_scores({"/comments": str(values.get("comments", ""))})
    for name, value in values.items():
        setattr(found, name, value)
    found.state = STATES.get(verb, found.state)
    await record(session, actor, CONCEPT, found, verb, MACHINE[verb], note=note)
