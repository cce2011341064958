"""Forming zones and alliances. A kindergarten is in one 片区: whoever takes it in takes it from where it was."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.kindergartens.models import Kindergarten
from services.quality.research_zones.codes import ZoneKind
from services.quality.research_zones.models import ResearchZone, ZoneMember
from services.quality.research_zones.schemas import ResearchZoneNew
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id


async def form_zone(session: AsyncSession, actor: Actor, new: ResearchZoneNew) -> UUID:
    """Raises NotFound, zone_name_taken."""
    if not actor.divisions:
        raise NotFound(what="division")
    if new.leader is not None and await session.get(Kindergarten, new.leader) is None:
        raise NotFound(what="kindergarten", pointer="/leader")
    made = ResearchZone(id=new_id(), division=min(actor.divisions, key=len), **new.model_dump())
    session.add(made)
    await session.flush()
    return made.id


async def set_members(session: AsyncSession, id: UUID, kindergartens: list[UUID]) -> None:
    """Make these its members, all of them. Raises NotFound."""
    zone = await session.scalar(select(ResearchZone).where(ResearchZone.id == id).with_for_update())
    if zone is None:
        raise NotFound(what="research zone")
    found = (await session.scalars(select(Kindergarten).where(Kindergarten.id.in_(kindergartens)))).all()
    if len(found) < len(set(kindergartens)):
        raise NotFound(what="kindergarten", pointer="/kindergartens")
    await session.execute(delete(ZoneMember).where(ZoneMember.zone == id))
    place = "zone" if zone.kind == ZoneKind.ZONE else f"alliance:{id}"
    for each in found:
        values = {"kindergarten": each.id, "place": place, "zone": id, "division": each.division, "since": today()}
        made = insert(ZoneMember).values(values)
        moved = {"zone": id, "since": today()}
        await session.execute(made.on_conflict_do_update(index_elements=["kindergarten", "place"], set_=moved))
    data = {"name": zone.name, "members": len(found)}
    await announce(session, "quality.research_zone.formed", f"research-zones/{id}", division=zone.division, data=data)
