"""Posts, rosters, check-ins and the contact plan."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.duties.models import ContactPlan, Duty, DutyPost
from services.safety.duties.schemas import ContactPlanPut, DutyCheckIn, DutyPostNew, RosterIn
from services.safety.kindergartens.models import Kindergarten
from shared.auth import Actor
from shared.days import now, today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id


class NotOnDutyToday(DomainError):
    zh = "该班次是 {day},只能在当日签到。"
    en = "The duty is on {day}: check in on that day only."


class CheckedInAlready(DomainError):
    zh = "已签到。"
    en = "Checked in already."


async def _place(session: AsyncSession, kindergarten: UUID) -> Kindergarten:
    found = await session.get(Kindergarten, kindergarten)
    if found is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    return found


async def make_post(session: AsyncSession, actor: Actor, new: DutyPostNew) -> UUID:
    """Set up a post. Raises NotFound."""
    place = await _place(session, new.kindergarten)
    made = DutyPost(**new.model_dump(), id=new_id(), division=place.division, made_by=actor.id)
    session.add(made)
    await session.flush()
    return UUID(str(made.id))


async def roster_post(session: AsyncSession, actor: Actor, id: UUID, sent: RosterIn) -> None:
    """Put people on a post. Raises NotFound."""
    post = await session.get(DutyPost, id)
    if post is None:
        raise NotFound(what="post")
    session.add_all(
        Duty(
            **each.model_dump(),
            id=new_id(),
            post=id,
            kindergarten=post.kindergarten,
            division=post.division,
            note="",
            made_by=actor.id,
        )
        for each in sent.entries
    )
    await session.flush()


async def check_in(session: AsyncSession, actor: Actor, id: UUID, sent: DutyCheckIn) -> Duty:
    """Somebody is there. Raises NotFound, NotOnDutyToday, CheckedInAlready."""
    found = await session.scalar(select(Duty).where(Duty.id == id).with_for_update())
    if found is None:
        raise NotFound(what="duty")
    if found.day != today():
        raise NotOnDutyToday(day=found.day)
    if found.checked_in_at is not None:
        raise CheckedInAlready
    found.checked_in_at, found.checked_in_by, found.note = now(), actor.id, sent.note
    await announce(
        session,
        "safety.duty.checked_in",
        f"duties/{id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"day": found.day, "force": found.force},
    )
    return found


async def put_contact_plan(session: AsyncSession, kindergarten: UUID, sent: ContactPlanPut) -> None:
    """Agree on whom to call. Raises NotFound."""
    place = await _place(session, kindergarten)
    contacts = [each.model_dump(mode="json") for each in sent.contacts]
    values = {"contacts": contacts, "agreed_on": sent.agreed_on, "division": place.division, "updated_at": now()}
    change = insert(ContactPlan).values(kindergarten=kindergarten, **values)
    await session.execute(change.on_conflict_do_update(index_elements=["kindergarten"], set_=values))
