"""Entering where divisions lie and what carries a tag."""

from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.code_lists import unknown_codes
from services.registry.divisions.models import Division
from services.registry.indicators.asking import covers
from services.registry.kindergartens.models import Kindergarten
from services.registry.network.codes import GeometryType
from services.registry.network.models import DivisionPlace, PlaceTag
from services.registry.network.rules import is_outline
from services.registry.network.schemas import DivisionPlacePut, PlaceTagPut
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER

PLACED = "registry.division.placed"
TAGGED = "registry.place.tagged"


async def _own_division(session: AsyncSession, actor: Actor, code: str) -> None:
    if not covers(actor, code) or await session.get(Division, code) is None:
        raise NotFound(what="division")


async def put_place(session: AsyncSession, actor: Actor, code: str, put: DivisionPlacePut) -> None:
    """Enter the seat and the outline of a division. Raises NotFound."""
    await _own_division(session, actor, code)
    faults = []
    if (put.latitude is None) != (put.longitude is None):
        said = "纬度和经度须同时填写。", "Latitude and longitude go together."
        faults.append(Fault("/longitude", "point-incomplete", *said))
    outline = put.outline
    if outline and (outline.type is GeometryType.POINT or not is_outline(outline.type, outline.coordinates)):
        said = "边界须为闭合的 Polygon 或 MultiPolygon。", "The outline is a Polygon or MultiPolygon of closed rings."
        faults.append(Fault("/outline/coordinates", "outline-malformed", *said))
    refuse(faults)
    values: dict[str, Any] = put.model_dump(mode="json") | {"area_km2": put.area_km2}
    stored = insert(DivisionPlace).values(division=code, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["division"], set_=values))
    told = {name: values[name] for name in ("latitude", "longitude", "source")} | {"outline": outline is not None}
    await announce(session, PLACED, f"divisions/{code}", division=code, data=told)


async def tag_division(session: AsyncSession, actor: Actor, tag: str, code: str, put: PlaceTagPut) -> None:
    """Mark a whole division. Raises NotFound."""
    await _own_division(session, actor, code)
    await _tag(session, tag, {"division": code, "kindergarten": None}, put)


async def tag_kindergarten(session: AsyncSession, tag: str, id: UUID, put: PlaceTagPut) -> None:
    """Mark a kindergarten. Raises NotFound."""
    division = await session.scalar(select(Kindergarten.division).where(Kindergarten.id == id))
    if division is None:
        raise NotFound(what="kindergarten")
    await _tag(session, tag, {"division": division, "kindergarten": id}, put)


async def _tag(session: AsyncSession, tag: str, place: dict[str, Any], put: PlaceTagPut) -> None:
    faults = unknown_codes({"tag": "site_tag"}, {"tag": tag}, today())
    until = put.until or FOREVER
    if until <= put.since:
        faults.append(Fault("/until", "until-before-since", "结束日期须晚于起始日期。", "It ends after it begins."))
    refuse(faults)
    values = {"since": put.since, "until": until, "document": put.document}
    stored = insert(PlaceTag).values(id=new_id(), tag=tag, **place, **values)
    key = ["tag", "division", "kindergarten"]
    await session.execute(stored.on_conflict_do_update(index_elements=key, set_=values))
    subject = f"kindergartens/{place['kindergarten']}" if place["kindergarten"] else f"divisions/{place['division']}"
    await announce(session, TAGGED, subject, **place, data={"tag": tag} | values)
