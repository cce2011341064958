"""Enrolling, ending, transferring and correcting. Each holds the child first and its classes after.

Transfer between kindergartens takes both sides' word: whoever sees both does it in one step; otherwise the former
kindergarten releases the child (ends with the reason `transfer`) and the new one enrols it by identity. So nothing is
ever written in a kindergarten's register by another one.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.children.actions import Place, find_child, register_child
from services.registry.children.models import Child
from services.registry.classes.actions import differing, open_kindergarten
from services.registry.classes.models import Class
from services.registry.enrolments.codes import Entry, Exit
from services.registry.enrolments.models import Enrolment
from services.registry.enrolments.queries import HOLD, MAKE_ROOM
from services.registry.enrolments.refusals import AlreadyInTheClass, EnrolmentHasBegun, EnrolmentHasEnded
from services.registry.enrolments.schemas import (
    EnrolmentCorrection,
    EnrolmentEnding,
    EnrolmentNew,
    EnrolmentTransfer,
)
from shared.contracts.registry import (
    ENROLMENT_BEGAN,
    ENROLMENT_CORRECTED,
    ENROLMENT_ENDED,
    ENROLMENT_WITHDRAWN,
    EnrolmentFact,
)
from shared.crypto import KeyRing
from shared.days import today
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.events import announce_all, row
from shared.ids import new_id
from shared.tables import FOREVER

# Why a child comes, by why it left the last time.
ENTRIES = {None: Entry.NEW, Exit.TRANSFER.value: Entry.TRANSFER}
# Until the end of the transaction the chain of a child's periods may have a gap.
UNCHAINED = text("SET CONSTRAINTS enrolment_follows_nothing, child_already_enrolled_then DEFERRED")
OPEN_END = {"until": FOREVER, "reason_out": None}


async def enrol(session: AsyncSession, keys: KeyRing, new: EnrolmentNew) -> Enrolment:
    """Enrol a child. Raises NotFound, KindergartenNotOpen, InvalidInput; constraints refuse overlap and excess."""
    room = await _room(session, new)
    child = await _child(session, keys, new, room)
    until = new.until or FOREVER
    asked = {"child": child, "since": new.since, "until": until}
    ended, reason = (await session.execute(MAKE_ROOM, asked)).one()
    made = _period(room, child, note=new.note, reason_in=ENTRIES.get(reason, Entry.RETURN).value)
    made.since, made.until, made.previous_until = new.since, until, ended
    made.reason_out = new.reason_out.value if new.reason_out else None
    session.add(made)
    await session.flush()
    await _announce(session, (ENROLMENT_BEGAN, made, room), *([(ENROLMENT_ENDED, made, room)] if new.until else []))
    return made


async def end_enrolment(session: AsyncSession, id: UUID, ending: EnrolmentEnding) -> None:
    """The child leaves on a day. Raises NotFound, EnrolmentHasEnded."""
    found, room = await _open(session, id)
    found.until, found.reason_out = ending.until, ending.reason.value
    found.note = ending.note or found.note
    await session.flush()
    await session.refresh(found)
    await _announce(session, (ENROLMENT_ENDED, found, room))


async def transfer(session: AsyncSession, id: UUID, wish: EnrolmentTransfer) -> Enrolment:
    """Move a child to another class in one step. Raises NotFound, EnrolmentHasEnded, KindergartenNotOpen."""
    found, former = await _open(session, id)
    if wish.class_id == found.class_id:
        raise AlreadyInTheClass(pointer="/class_id")
    both = select(Class).where(Class.id.in_([found.class_id, wish.class_id])).order_by(Class.id)
    held = {each.id: each for each in await session.scalars(both.with_for_update(key_share=True))}
    if (room := held.get(wish.class_id)) is None:
        raise NotFound(what="class", pointer="/class_id")
    within = room.kindergarten == found.kindergarten
    if not within:
        await open_kindergarten(session, room.kindergarten, wish.on)
    found.until = wish.on
    found.reason_out = (Exit.REGROUPING if within else Exit.TRANSFER).value
    await session.flush()  # the old period ends before the new one begins: the keys look at once
    made = _period(room, found.child, note=wish.note, reason_in=(Entry.REGROUPING if within else Entry.TRANSFER).value)
    made.since, made.until, made.previous_until = wish.on, FOREVER, wish.on
    session.add(made)
    await session.flush()
    await session.refresh(found)
    await _announce(session, (ENROLMENT_ENDED, found, former), (ENROLMENT_BEGAN, made, room))
    return made


async def correct_enrolment(session: AsyncSession, id: UUID, version: int, correction: EnrolmentCorrection) -> None:
    """Correct what was recorded wrongly; the periods around it stay where they are.

    Raises NotFound, VersionIsStale, InvalidInput; constraints refuse an overlap with the period before or after.
    """
    found, room = await _held(session, id)
    sent = correction.sent()
    if "until" in sent and sent["until"] is None:
        sent |= OPEN_END
    now = differing(found, sent)
    check(version, found.version, {name: None if value == FOREVER else value for name, value in now.items()})
    for name, value in sent.items():
        setattr(found, name, value)
    if (found.until == FOREVER) != (found.reason_out is None):
        raise InvalidInput(
            reason_zh="截止日期与离班原因须同时填写或同时清空。",
            reason_en="an end has a reason, and a reason an end.",
            pointer="/reason_out",
        )
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await _announce(session, (ENROLMENT_CORRECTED, found, room))


async def withdraw_enrolment(session: AsyncSession, id: UUID) -> None:
    """Take back a period that has not begun; the one before it stays ended, the one after it follows that one.

    Raises NotFound, EnrolmentHasBegun.
    """
    found, room = await _held(session, id)
    if found.since <= today():
        raise EnrolmentHasBegun(since=found.since)
    await session.execute(UNCHAINED)
    after = (Enrolment.child == found.child) & (Enrolment.previous_until == found.until)
    await session.execute(update(Enrolment).where(after).values(previous_until=found.previous_until))
    await session.delete(found)
    await session.flush()
    await _announce(session, (ENROLMENT_WITHDRAWN, found, room))


async def _held(session: AsyncSession, id: UUID) -> tuple[Enrolment, Class]:
    """The enrolment and its class, read after its child is held."""
    await session.execute(HOLD, {"id": id})
    query = select(Enrolment, Class).join(Class, Class.id == Enrolment.class_id).where(Enrolment.id == id)
    if (pair := (await session.execute(query)).one_or_none()) is None:
        raise NotFound(what="enrolment")
    return pair[0], pair[1]


async def _open(session: AsyncSession, id: UUID) -> tuple[Enrolment, Class]:
    found, room = await _held(session, id)
    if found.until != FOREVER:
        raise EnrolmentHasEnded(until=found.until)
    return found, room


async def _room(session: AsyncSession, new: EnrolmentNew) -> Class:
    room = await session.get(Class, new.class_id)
    if room is None:
        raise NotFound(what="class", pointer="/class_id")
    await open_kindergarten(session, room.kindergarten, new.since)
    return room


async def _child(session: AsyncSession, keys: KeyRing, new: EnrolmentNew, room: Class) -> UUID:
    if new.registration:
        made = await register_child(session, keys, new.registration, Place(room.division, room.kindergarten))
        return made.id
    if new.identity:
        return await find_child(session, keys, new.identity)
    found: UUID | None = await session.scalar(select(Child.id).where(Child.id == new.child))
    if found is None:
        raise NotFound(what="child", pointer="/child")
    return found


def _period(room: Class, child: UUID, *, note: str, reason_in: str) -> Enrolment:
    return Enrolment(
        id=new_id(),
        child=child,
        class_id=room.id,
        kindergarten=room.kindergarten,
        division=room.division,
        reason_in=reason_in,
        note=note,
        synthetic=room.synthetic,
        version=1,
    )


async def _announce(session: AsyncSession, *facts: tuple[str, Enrolment, Class]) -> None:
    await announce_all(session, [_fact(kind, found, room) for kind, found, room in facts])


def _fact(kind: str, found: Enrolment, room: Class) -> dict[str, Any]:
    plain = {name: getattr(found, name) for name in EnrolmentFact.model_fields if name != "class_kind"}
    plain |= {"class_kind": room.kind, "until": None if found.until == FOREVER else found.until}
    return row(
        kind,
        f"enrolments/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=EnrolmentFact(**plain).model_dump(),
    )
