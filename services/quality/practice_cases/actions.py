"""The library of cases and the calendar of seminars."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.frameworks.actions import refuse_scores
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.practice_cases.models import PracticeCase, Seminar
from services.quality.practice_cases.rules import CASES, SEMINARS
from services.quality.practice_cases.schemas import PracticeCaseNew, SeminarAttendance, SeminarNew
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

_case = holding(PracticeCase, CASES, "case")
_seminar = holding(Seminar, SEMINARS, "seminar")


async def submit_case(session: AsyncSession, actor: Actor, new: PracticeCaseNew) -> UUID:
    """Raises NotFound, ChildrenAreNotScored."""
    refuse_scores({"/title": new.title, "/content": new.content})
    place = await kindergarten_of(session, new.kindergarten)
    made = PracticeCase(id=new_id(), division=place.division, state="submitted", **new.model_dump())
    made.submitted_by, made.submitted_on = actor.id, today()
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.practice_case.submitted",
        f"practice-cases/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"topic": made.topic, "state": made.state},
    )
    return made.id


async def move_case(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str) -> None:
    """Accept, decline or withdraw. Raises NotFound, NotPermitted, NotInThisState and more."""
    found = await _case(session, actor, id, verb)
    found.state = CASES[verb].happened
    await record(session, actor, "practice_case", found, verb, CASES[verb], note=note)


async def plan_seminar(session: AsyncSession, actor: Actor, new: SeminarNew) -> UUID:
    """Raises NotFound for a case that is not in the library."""
    if not (division := min(actor.divisions, key=len, default="")):
        raise NotFound(what="division")
    query = select(PracticeCase.id).where(PracticeCase.id.in_(new.cases), PracticeCase.state == "accepted")
    known = set(await session.scalars(query))
    for n, each in enumerate(new.cases):
        if each not in known:
            raise NotFound(what="case", pointer=f"/cases/{n}")
    made = Seminar(id=new_id(), division=division, state="planned", **new.model_dump())
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.seminar.planned",
        f"seminars/{made.id}",
        division=division,
        data={"topic": made.topic, "on": made.on},
    )
    return made.id


async def hold_seminar(session: AsyncSession, actor: Actor, id: UUID, asked: SeminarAttendance) -> None:
    """Who came and what was said. Raises SeminarIsYetToCome, NotInThisState."""
    found = await _seminar(session, actor, id, "hold")
    refuse_scores({"/summary": asked.summary})
    found.state = "held"
    for name, value in asked.model_dump().items():
        setattr(found, name, value)
    await record(session, actor, "seminar", found, "hold", SEMINARS["hold"])


async def cancel_seminar(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    found = await _seminar(session, actor, id, "cancel")
    found.state = "cancelled"
    await record(session, actor, "seminar", found, "cancel", SEMINARS["cancel"], note=note)
