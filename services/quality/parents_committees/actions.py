"""Parents' committees: their term, their members, their end."""

from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.parents_committees.models import ParentsCommittee
from services.quality.parents_committees.schemas import CommitteeMemberIn, ParentsCommitteeEnd, ParentsCommitteeNew
from shared.errors import DomainError, InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


class CommitteeHasOneChair(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "家委会须有一名主任,每名监护人只列一次。"
    en = "A committee has one chair and names each guardian once."


def _members(asked: Sequence[CommitteeMemberIn]) -> list[dict[str, str]]:
    chairs = [each for each in asked if each.seat == "chair"]
    if len(chairs) != 1 or len({each.guardian for each in asked}) != len(asked):
        raise CommitteeHasOneChair(pointer="/members")
    return [each.model_dump(mode="json") for each in asked]


async def form_committee(session: AsyncSession, new: ParentsCommitteeNew) -> UUID:
    """Raises NotFound, CommitteeHasOneChair, committee_is_in_office, term_ends_after_it_begins."""
    members = _members(new.members)
    place = await kindergarten_of(session, new.kindergarten)
    if new.class_id is not None:
        await class_of(session, new.class_id, place.id)
    values = new.model_dump(exclude={"members"})
    made = ParentsCommittee(id=new_id(), division=place.division, members=members, **values)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.parents_committee.formed",
        f"parents-committees/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"since": made.since, "until": made.until, "seats": len(members)},
    )
    return made.id


async def held(session: AsyncSession, id: UUID) -> ParentsCommittee:
    found = await session.scalar(select(ParentsCommittee).where(ParentsCommittee.id == id).with_for_update())
    if found is None:
        raise NotFound(what="parents' committee")
    return found


async def name_members(session: AsyncSession, id: UUID, asked: Sequence[CommitteeMemberIn]) -> None:
    """Raises NotFound, CommitteeHasOneChair."""
    members = _members(asked)
    (await held(session, id)).members = members


async def end_committee(session: AsyncSession, id: UUID, asked: ParentsCommitteeEnd) -> None:
    """End the term early. Raises NotFound, InvalidInput for a day outside the term."""
    found = await held(session, id)
    if not found.since < asked.on <= found.until:
        raise InvalidInput(reason_zh="应在任期之内。", reason_en="it lies within the term.", pointer="/on")
    found.until, found.ended_because = asked.on, asked.note
