from typing import Any
from uuid import UUID

from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.campuses.schemas import CampusNew, CampusPatch
from services.registry.kindergartens.actions import locked, standing_of
from services.registry.kindergartens.announcements import CAMPUS_ADDED, CAMPUS_CHANGED, announce_fact
from services.registry.kindergartens.models import Campus, Kindergarten
from services.registry.kindergartens.transitions import IS_CLOSED, is_closed
from services.registry.refusals import RuleRefuses, refuse
from shared import etags
from shared.days import today
from shared.errors import Fault, NotFound
from shared.ids import new_id
from shared.tables import FOREVER

TOLD = ("id", "name", "address", "latitude", "longitude", "since", "until", "synthetic", "version")


async def add_campus(session: AsyncSession, id: UUID, new: CampusNew) -> UUID:
    """Add a site to a kindergarten that is not closed."""
    entry = await locked(session, id)
    since = new.since or today()
    if is_closed(await standing_of(session, entry), since):
        raise RuleRefuses(IS_CLOSED)
    values = new.model_dump() | {"since": since, "until": FOREVER, "synthetic": entry.synthetic, "version": 1}
    made = Campus(id=new_id(), kindergarten=id, division=entry.division, **values)
    session.add(made)
    await session.flush()
    await _told(session, CAMPUS_ADDED, entry, made)
    return made.id


async def change_campus(session: AsyncSession, id: UUID, campus: UUID, patch: CampusPatch, asked: int) -> None:
    """Change or end a site, if the caller has seen its present version."""
    entry = await locked(session, id)
    found = await session.get(Campus, campus)
    if found is None or found.kindergarten != id:
        raise NotFound(what="campus")
    sent: dict[str, Any] = patch.model_dump(exclude_unset=True)
    if "until" in sent:
        sent["until"] = sent["until"] or FOREVER
    changes = {name: value for name, value in sent.items() if getattr(found, name) != value}
    etags.check(asked, found.version, to_jsonable_python({name: getattr(found, name) for name in changes}))
    if changes.get("until", FOREVER) <= found.since:
        said = "停用日期须晚于启用日期。", "A site is in use for a day at least."
        refuse([Fault("/until", "until-before-since", *said)])
    if changes:
        for name, value in changes.items():
            setattr(found, name, value)
        await session.flush()
        await session.refresh(found)
        await _told(session, CAMPUS_CHANGED, entry, found)


async def _told(session: AsyncSession, kind: str, entry: Kindergarten, campus: Campus) -> None:
    await announce_fact(session, kind, entry, "campuses", {name: getattr(campus, name) for name in TOLD})
