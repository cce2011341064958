"""Telling everyone how a kindergarten stands: after every change, and on the day a planned one takes effect."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Date, bindparam, func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType
from services.registry.publications.duties import owe_publication
from shared.contracts.registry import KINDERGARTEN_CHANGED, KINDERGARTEN_REGISTERED, KindergartenFact
from shared.days import today
from shared.events import announce
from shared.platform.tables import Event
from shared.tables import FOREVER

MOVED_AWAY = "registry.kindergarten.moved_away"
TYPE_RECORDED = "registry.kindergarten.type_recorded"
STATUS_RECORDED = "registry.kindergarten.status_recorded"
CAMPUS_ADDED = "registry.kindergarten.campus_added"
CAMPUS_CHANGED = "registry.kindergarten.campus_changed"

_day = bindparam("on", type_=Date)
_types = (
    (KindergartenType.kindergarten == Kindergarten.id)
    & (KindergartenType.since <= _day)
    & (KindergartenType.until > _day)
)
_statuses = (
    (KindergartenStatus.kindergarten == Kindergarten.id)
    & (KindergartenStatus.since <= _day)
    & (KindergartenStatus.until > _day)
)
_plain = [name for name in KindergartenFact.model_fields if name not in ("type", "status")]
FACT = (
    select(*(getattr(Kindergarten, name) for name in _plain), KindergartenType.type, KindergartenStatus.status)
    .outerjoin(KindergartenType, _types)
    .outerjoin(KindergartenStatus, _statuses)
    .where(Kindergarten.id == bindparam("id"))
)
# The last that was told of each kindergarten, and whether it is still so.
_told = (
    select(Event.data)
    .where(
        Event.subject == func.concat("kindergartens/", Kindergarten.id),
        Event.type.in_((KINDERGARTEN_REGISTERED, KINDERGARTEN_CHANGED)),
    )
    .order_by(Event.seq.desc())
    .limit(1)
    .lateral("told")
)
DUE = (
    select(Kindergarten.id)
    .outerjoin(KindergartenType, _types)
    .outerjoin(KindergartenStatus, _statuses)
    .outerjoin(_told, text("true"))
    .where(
        or_(
            _told.c.data.is_(None),
            _told.c.data.op("->>")("type").is_distinct_from(KindergartenType.type),
            _told.c.data.op("->>")("status").is_distinct_from(KindergartenStatus.status),
        )
    )
    .order_by(Kindergarten.id)
)


async def announce_state(session: AsyncSession, id: UUID, kind: str = KINDERGARTEN_CHANGED) -> None:
    """Announce how the kindergarten stands today; the public page is to follow."""
    row = (await session.execute(FACT, {"id": id, "on": today()})).one()
    fact = KindergartenFact.model_validate(row)
    await announce(
        session, kind, f"kindergartens/{id}", division=fact.division, kindergarten=id, data=fact.model_dump(mode="json")
    )
    await owe_publication(session, id, fact.division)


async def announce_departure(session: AsyncSession, id: UUID, left: str, division: str) -> None:
    """Tell those who saw the kindergarten in its old division that it is theirs no longer."""
    data = {"id": id, "division": division}
    await announce(session, MOVED_AWAY, f"kindergartens/{id}", division=left, data=data)


async def announce_fact(
    session: AsyncSession, kind: str, entry: Kindergarten, folder: str, fact: Mapping[str, Any]
) -> None:
    """Announce something that belongs to the kindergarten: a period, a campus."""
    said = {name: None if value == FOREVER else value for name, value in fact.items()}
    subject = f"kindergartens/{entry.id}/{folder}/{fact['id']}"
    await announce(session, kind, subject, division=entry.division, kindergarten=entry.id, data=said)


async def announce_type(session: AsyncSession, entry: Kindergarten, period: KindergartenType) -> None:
    """Tell of a type and the days it holds."""
    names = ("id", "type", "since", "until", "document", "synthetic")
    await announce_fact(session, TYPE_RECORDED, entry, "types", {name: getattr(period, name) for name in names})


async def announce_status(session: AsyncSession, entry: Kindergarten, period: KindergartenStatus) -> None:
    """Tell of a status and the days it holds."""
    names = ("id", "status", "since", "until", "reason", "synthetic")
    await announce_fact(session, STATUS_RECORDED, entry, "statuses", {name: getattr(period, name) for name in names})


async def touch(session: AsyncSession, id: UUID, seen: int) -> None:
    """Count a version of the kindergarten whose dated facts have changed, unless this transaction has counted one."""
    unchanged = (Kindergarten.id == id) & (Kindergarten.version == seen)
    await session.execute(update(Kindergarten).where(unchanged).values(version=seen + 1))


async def announce_due_changes(session: AsyncSession) -> int:
    """Announce each kindergarten that no longer stands as was last told, because a planned change took effect.

    Whatever was missed is found the next time: nothing is remembered but the events themselves.
    """
    count = 0
    for each in (await session.scalars(DUE, {"on": today()})).all():
        held = select(Kindergarten.version).where(Kindergarten.id == each).with_for_update()
        seen = (await session.execute(held)).scalar_one()
        if await session.scalar(DUE.where(Kindergarten.id == each), {"on": today()}):
            await touch(session, each, seen)
            await announce_state(session, each)
            count += 1
    return count
