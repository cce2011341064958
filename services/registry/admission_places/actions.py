"""Taking and giving up places. Taking one enrols the child in the same transaction; both let the waiting lists move."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_places.announcements import announce_places
from services.registry.admission_places.moving import KIND
from services.registry.admission_places.rules import MACHINE, Place
from services.registry.admission_places.schemas import AdmissionPlaceAcceptance
from services.registry.admission_rounds.actions import acting, move
from services.registry.admissions.models import AdmissionPlace, AdmissionRound
from services.registry.admissions.refusals import AnotherChild, ClassIsNotOfferedOne, IdentityNeeded
from services.registry.ages.rules import school_year_since
from services.registry.children.actions import find_child
from services.registry.children.models import Child
from services.registry.classes.models import Class
from services.registry.enrolments.actions import enrol
from services.registry.enrolments.schemas import EnrolmentNew
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import NotFound
from shared.jobs import enqueue
from shared.machine import refusal


async def accept_place(
    session: AsyncSession, keys: KeyRing, actor: Actor, id: UUID, sent: AdmissionPlaceAcceptance
) -> None:
    """Enrol the child in a class of what was offered. Raises NotFound, OfferHasLapsed and what enrolling refuses."""
    found = await _acting(session, actor, id, "accept")
    round_ = await session.get_one(AdmissionRound, found.round)
    room = await session.get(Class, sent.class_id)
    if room is None:
        raise NotFound(what="class", pointer="/class_id")
    if (room.kindergarten, room.school_year, room.kind) != (found.kindergarten, round_.school_year, found.kind):
        raise ClassIsNotOfferedOne(pointer="/class_id")
    await _same_child(session, keys, found, sent)
    since = sent.since or max(school_year_since(round_.school_year), room.since)
    which = {"identity": sent.identity} if sent.identity else {"child": found.child}
    made = await enrol(session, keys, EnrolmentNew(class_id=room.id, since=since, **which))
    found.state, found.enrolment = "accepted", made.id
    await _moved(session, actor, round_, found)


async def decline_place(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Give up an offer; turns on waiting lists stay. Raises NotFound, OfferHasLapsed."""
    await _give_up(session, actor, id, "decline")


async def leave_waiting_list(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """Wait no longer for this place; an offer held and other turns stay. Raises NotFound."""
    await _give_up(session, actor, id, "leave")


async def end_round(session: AsyncSession, actor: Actor, id: UUID) -> None:
    """End the round: nobody waits any more. Raises what is against it."""
    found = await acting(session, actor, id, "end")
    waiting = select(AdmissionPlace).where(AdmissionPlace.round == id, AdmissionPlace.state == "waiting")
    for each in await session.scalars(waiting.with_for_update(key_share=True)):
        each.state = "closed"
    await move(session, found, "ended")


async def _give_up(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> None:
    found = await _acting(session, actor, id, verb)
    found.state = "declined"
    await _moved(session, actor, await session.get_one(AdmissionRound, found.round), found)


async def _acting(session: AsyncSession, actor: Actor, id: UUID, verb: str) -> AdmissionPlace:
    query = select(AdmissionPlace).where(AdmissionPlace.id == id).with_for_update(key_share=True)
    if (found := await session.scalar(query)) is None:
        raise NotFound(what="place")
    if against := refusal(MACHINE, verb, Place(found.state, found.answer_by), actor.id, today()):
        raise against
    return found


async def _same_child(
    session: AsyncSession, keys: KeyRing, found: AdmissionPlace, sent: AdmissionPlaceAcceptance
) -> None:
    if sent.identity:
        if await find_child(session, keys, sent.identity) != found.child:
            raise AnotherChild(pointer="/identity")
    elif await session.get(Child, found.child) is None:
        raise IdentityNeeded(pointer="/identity")


async def _moved(session: AsyncSession, actor: Actor, round_: AdmissionRound, found: AdmissionPlace) -> None:
    """Tell so, and let the waiting lists of the round move: in its whole division, whoever set them moving."""
    await session.flush()
    await session.refresh(found)
    await announce_places(session, [found.id])
    everywhere = replace(actor, divisions=(round_.division,), kindergartens=())
    where, whose = _seen_by(actor, found)
    await enqueue(session, everywhere, KIND, {"round": str(round_.id)}, division=where, kindergarten=whose)


def _seen_by(actor: Actor, found: AdmissionPlace) -> tuple[str, UUID | None]:
    """Where the job belongs so that its caller sees it: to the kindergarten, or to where the child lives."""
    if found.division.startswith(actor.divisions) or found.kindergarten in actor.kindergartens:
        return found.division, found.kindergarten
    return found.home_division, None
