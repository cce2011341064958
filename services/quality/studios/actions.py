"""Setting a studio up, recording what it achieves, reviewing it at the end of its term."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.steps.actions import holding, record
from services.quality.studios.models import Studio, StudioMember, StudioResult
from services.quality.studios.rules import MACHINE
from services.quality.studios.schemas import (
    StudioMembersIn,
    StudioNew,
    StudioRenewal,
    StudioResultIn,
    StudioReview,
)
from shared.auth import Actor
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id

_held = holding(Studio, MACHINE, "studio")


async def _step(session: AsyncSession, actor: Actor, studio: Studio, verb: str, note: str = "") -> None:
    await record(session, actor, "studio", studio, verb, MACHINE[verb], note=note)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


async def set_up_studio(session: AsyncSession, new: StudioNew) -> UUID:
    """Raises NotFound, studio_name_taken."""
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    until = new.until or _years_later(new.since, number(PARAMETERS, "studio_term_years", new.since))
    if until <= new.since:
        raise InvalidInput(reason_zh="止期须晚于起期。", reason_en="it ends after it begins.", pointer="/until")
    values = new.model_dump(mode="json", include={"tasks"}) | new.model_dump(exclude={"tasks", "until"})
    made = Studio(id=new_id(), division=place.division, state="running", until=until, **values)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.studio.set_up",
        f"studios/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"kind": made.kind, "since": made.since, "until": made.until},
    )
    return made.id


async def set_members(session: AsyncSession, actor: Actor, id: UUID, asked: StudioMembersIn) -> None:
    """Make these its members, all of them; who was one already keeps the day. Raises NotFound."""
    studio = await _held(session, actor, id, "set_members")
    wanted = {each.staff: each for each in asked.members}
    ids = {each.kindergarten for each in asked.members}
    places = {each.id: each for each in await session.scalars(select(Kindergarten).where(Kindergarten.id.in_(ids)))}
    if len(places) < len(ids):
        raise NotFound(what="kindergarten", pointer="/members")
    known = {row.staff: row for row in await session.scalars(select(StudioMember).where(StudioMember.studio == id))}
    for staff in known.keys() - wanted.keys():
        await session.delete(known[staff])
    for staff, each in wanted.items():
        member = known.get(staff)
        if member is None:
            member = StudioMember(studio=id, staff=staff, since=today())
            session.add(member)
        member.name, member.kindergarten = each.name, each.kindergarten
        member.division = places[each.kindergarten].division
    await session.flush()
    await _step(session, actor, studio, "set_members")


async def record_result(session: AsyncSession, actor: Actor, id: UUID, asked: StudioResultIn) -> None:
    """Enter what was achieved."""
    studio = await _held(session, actor, id, "record_result")
    if not studio.since <= asked.on <= today():
        raise InvalidInput(
            reason_zh="应在工作室成立之后、今天之前。", reason_en="it lies between its begin and today.", pointer="/on"
        )
    if asked.task is not None and asked.task >= len(studio.tasks):
        raise InvalidInput(reason_zh="没有这项任务。", reason_en="there is no such task.", pointer="/task")
    place = {"kindergarten": studio.kindergarten, "division": studio.division}
    session.add(StudioResult(id=new_id(), studio=id, **place, **asked.model_dump()))
    studio.result_count += 1
    await _step(session, actor, studio, "record_result", asked.title)


async def review_studio(session: AsyncSession, actor: Actor, id: UUID, asked: StudioReview) -> None:
    """Grade it 考核 by somebody else than its host."""
    studio = await _held(session, actor, id, "review")
    studio.state, studio.grade, studio.reviewed_by, studio.reviewed_on = "reviewed", asked.grade, actor.id, today()
    await _step(session, actor, studio, "review", asked.note)


async def renew_studio(session: AsyncSession, actor: Actor, id: UUID, asked: StudioRenewal) -> None:
    """Another term; the grade of the former stays in the steps."""
    studio = await _held(session, actor, id, "renew")
    if asked.until <= max(studio.until, today()):
        raise InvalidInput(reason_zh="须晚于原周期和今天。", reason_en="it lies after today.", pointer="/until")
    studio.state, studio.until, studio.grade, studio.reviewed_on = "running", asked.until, None, None
    await _step(session, actor, studio, "renew", asked.note)


async def close_studio(session: AsyncSession, actor: Actor, id: UUID, note: str) -> None:
    studio = await _held(session, actor, id, "close")
    studio.state = "closed"
    await _step(session, actor, studio, "close", note)
