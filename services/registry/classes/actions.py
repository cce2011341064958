"""Forming, changing, ending and removing classes. Each holds the class's row while it counts its children."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.ages.rules import school_year_since, school_year_until
from services.registry.classes.codes import ClassKind
from services.registry.classes.models import Class
from services.registry.classes.refusals import (
    ClassHasChildren,
    ClassIsContinued,
    HardLimitIsTheDistricts,
    KindergartenNotOpen,
    LimitBelowChildren,
)
from services.registry.classes.rules import Size, class_size
from services.registry.classes.schemas import ClassChange, ClassEnding, ClassNew
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus
from services.registry.parameters.published import PARAMETERS
from shared.auth import Actor
from shared.contracts.registry import CLASS_CHANGED, CLASS_FORMED, CLASS_REMOVED, ClassFact
from shared.errors import InvalidInput, NotFound
from shared.etags import check
from shared.events import announce
from shared.ids import new_id
from shared.parameters import NoParameterInForce
from shared.pinyin import pinyin_key

WORDS = {each.value: each.zh for each in Status}
SHUT = frozenset({Status.SUSPENDED, Status.CLOSED})
# The most children the class holds on any one day; of a day's leavers and comers the leavers go first.
_most = text(
    "SELECT coalesce(max(n), 0) FROM (SELECT sum(change) OVER (ORDER BY day, change) AS n FROM ("
    " SELECT since AS day, 1 AS change FROM enrolments WHERE class_id = :id"
    " UNION ALL SELECT until, -1 FROM enrolments WHERE class_id = :id AND until < '9999-12-31') moves) counts"
)


async def form_class(session: AsyncSession, new: ClassNew) -> UUID:
    """Form a class with the sizes in force on its first day. Raises KindergartenNotOpen, InvalidInput, NotFound."""
    since = new.since or school_year_since(new.school_year)
    until = new.until or school_year_until(new.school_year)
    _within_year(new.school_year, since, until)
    kindergarten = await open_kindergarten(session, new.kindergarten, since)
    if new.continues:
        await _continued(session, new)
    size = _size(new.kind, since)
    made = Class(
        id=new_id(),
        **new.model_dump(exclude={"since", "until"}),
        division=kindergarten.division,
        pinyin=pinyin_key(new.name),
        standard_size=size.standard,
        hard_limit=size.hard_limit,
        since=since,
        until=until,
        synthetic=kindergarten.synthetic,
        version=1,
    )
    session.add(made)
    await session.flush()
    await announce_class(session, CLASS_FORMED, made)
    return made.id


async def change_class(session: AsyncSession, actor: Actor, id: UUID, version: int, change: ClassChange) -> None:
    """Edit a class. Raises VersionIsStale, LimitBelowChildren, HardLimitIsTheDistricts."""
    found = await locked_class(session, id)
    sent = change.sent()
    check(version, found.version, differing(found, sent))
    if change.kind and change.kind != found.kind:
        size = _size(change.kind, found.since)
        sent = {"standard_size": size.standard, "hard_limit": size.hard_limit} | sent
    if "hard_limit" in sent:
        await _may_limit(session, actor, found, sent)
    if change.name:
        sent["pinyin"] = pinyin_key(change.name)
    for name, value in sent.items():
        setattr(found, name, value)
    await session.flush()
    await session.refresh(found)
    if found.version != version:
        await announce_class(session, CLASS_CHANGED, found)


async def end_class(session: AsyncSession, id: UUID, ending: ClassEnding) -> None:
    """End a class before its school year does, once nobody is in it any more. Raises ClassHasChildren."""
    found = await locked_class(session, id)
    if not found.since < ending.until <= found.until:
        raise InvalidInput(
            reason_zh=f"应晚于 {found.since} 且不晚于 {found.until}。",
            reason_en=f"it must be after {found.since} and not after {found.until}.",
            pointer="/until",
        )
    later = select(func.count()).where(Enrolment.class_id == id, Enrolment.until > ending.until)
    if left := await session.scalar(later):
        raise ClassHasChildren(children=left, day=ending.until)
    found.until = ending.until
    await session.flush()
    await session.refresh(found)
    await announce_class(session, CLASS_CHANGED, found)


async def remove_class(session: AsyncSession, id: UUID) -> None:
    """Remove a class that never had a child: it was formed by mistake. Raises ClassHasChildren, ClassIsContinued."""
    found = await locked_class(session, id, alone=True)
    if had := await session.scalar(select(func.count()).where(Enrolment.class_id == id)):
        raise ClassHasChildren(children=had, day=found.since)
    if await session.scalar(select(Class.id).where(Class.continues == id).limit(1)):
        raise ClassIsContinued
    await session.delete(found)
    await session.flush()
    await announce_class(session, CLASS_REMOVED, found)


async def open_kindergarten(session: AsyncSession, id: UUID, on: date) -> Kindergarten:
    """The kindergarten, which on that day is neither suspended nor closed."""
    status = KindergartenStatus
    held = (status.kindergarten == Kindergarten.id) & (status.since <= on) & (status.until > on)
    query = select(Kindergarten, status.status).outerjoin(status, held).where(Kindergarten.id == id)
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    found, state = row
    if state in SHUT:
        raise KindergartenNotOpen(day=on, status_zh=WORDS[state], status=state)
    return found


async def locked_class(session: AsyncSession, id: UUID, *, alone: bool = False) -> Class:
    """The class, held until the end: nobody is enrolled or counted meanwhile; `alone`: nobody even refers to it."""
    query = select(Class).where(Class.id == id).with_for_update(key_share=not alone)
    if (found := await session.scalar(query)) is None:
        raise NotFound(what="class")
    return found


def differing(row: object, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The present values of those fields that differ from what was sent."""
    return {name: getattr(row, name) for name, value in sent.items() if getattr(row, name, None) != value}


def _within_year(year: int, since: date, until: date) -> None:
    first, end = school_year_since(year), school_year_until(year)
    for pointer, fits in (("/since", first <= since < end), ("/until", since < until <= end)):
        if not fits:
            raise InvalidInput(
                reason_zh=f"应在学年 {first} 至 {end} 之内。",
                reason_en=f"it must lie within the school year from {first} to {end}.",
                pointer=pointer,
            )


def _size(kind: ClassKind, since: date) -> Size:
    try:
        return class_size(PARAMETERS, kind, since)
    except NoParameterInForce as error:
        raise InvalidInput(
            reason_zh="该日没有生效的班额标准。", reason_en="no class size was in force on that day.", pointer="/since"
        ) from error


async def _continued(session: AsyncSession, new: ClassNew) -> None:
    before = await session.get(Class, new.continues)
    if before is None or before.kindergarten != new.kindergarten or before.school_year != new.school_year - 1:
        raise InvalidInput(
            reason_zh="承接班级应为本园上一学年的班级。",
            reason_en="it must be a class of the same kindergarten in the school year before.",
            pointer="/continues",
        )


async def _may_limit(session: AsyncSession, actor: Actor, found: Class, sent: Mapping[str, Any]) -> None:
    limit, standard = sent["hard_limit"], sent.get("standard_size", found.standard_size)
    if limit < standard:
        raise InvalidInput(
            reason_zh=f"不应低于班额标准 {standard} 人。",
            reason_en=f"it must not be below the standard of {standard}.",
            pointer="/hard_limit",
        )
    rule = _size(sent.get("kind", found.kind), found.since).hard_limit
    if limit > max(rule, found.hard_limit) and not actor.divisions:
        raise HardLimitIsTheDistricts(limit=rule, pointer="/hard_limit")
    if limit < (most := await session.scalar(_most, {"id": found.id})):
        raise LimitBelowChildren(children=most, pointer="/hard_limit")


async def announce_class(session: AsyncSession, kind: str, found: Class) -> None:
    """Tell the state of a class."""
    fact = ClassFact(**{name: getattr(found, name) for name in ClassFact.model_fields})
    await announce(
        session,
        kind,
        f"classes/{found.id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data=fact.model_dump(),
    )
