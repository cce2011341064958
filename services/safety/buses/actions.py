"""Keeping the file of a bus, and letting it go or not."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.buses.models import SchoolBus
from services.safety.buses.rules import Bus, obstacles
from services.safety.buses.schemas import BusDeparture, BusDepartureIn, BusObstacle, SchoolBusOut, SchoolBusPut
from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from shared.auth import Actor
from shared.days import today
from shared.documents import many
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id

_bus = SchoolBus.__table__
_computed = ("may_run", "obstacles")
_columns = [_bus.c[name] for name in SchoolBusOut.model_fields if name not in _computed]
_of = bindparam("kindergarten", type_=_bus.c.kindergarten.type)
BUSES = many(
    select(*_columns)
    .where(_bus.c.division.bool_op("^@")(bindparam("division")), or_(_of.is_(None), _bus.c.kindergarten == _of))
    .order_by(_bus.c.kindergarten, _bus.c.plate)
)
DAYS = ("licence_until", "inspected_on", "responsibility_filed_on", "driver_born_on", "driver_licensed_on",
        "driver_checked_on")  # fmt: skip


class BusMustNotRun(DomainError):
    zh = "该车不得载运幼儿:{why}(SAF-13)。"
    en = "The bus must not carry children: {why} (SAF-13)."


def assessed(row: Mapping[str, Any], on: date) -> SchoolBusOut:
    """The bus as the list tells it, with what keeps it from running on that day."""
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    found = obstacles(PARAMETERS, Bus(dedicated=row["dedicated"], seats=row["seats"], **days), on)
    why = [BusObstacle(zh=each.zh, article=each.article) for each in found]
    return SchoolBusOut.model_validate_json(
        json.dumps(dict(row) | {"may_run": not why, "obstacles": [each.model_dump() for each in why]})
    )


async def put_bus(session: AsyncSession, actor: Actor, kindergarten: UUID, plate: str, sent: SchoolBusPut) -> None:
    """File a bus. Raises NotFound."""
    place = await session.get(Kindergarten, kindergarten)
    if place is None:
        raise NotFound(what="kindergarten")
    values = sent.model_dump() | {"division": place.division, "recorded_by": actor.id}
    change = insert(SchoolBus).values(id=new_id(), kindergarten=kindergarten, plate=plate, **values)
    await session.execute(change.on_conflict_do_update(index_elements=["kindergarten", "plate"], set_=values))
    await announce(
        session,
        "safety.school_bus.filed",
        f"school-buses/{kindergarten}/{plate}",
        division=place.division,
        kindergarten=kindergarten,
        data={"dedicated": sent.dedicated, "licence_until": sent.licence_until},
    )


async def let_go(session: AsyncSession, kindergarten: UUID, plate: str, sent: BusDepartureIn) -> BusDeparture:
    """Let a bus go with children. Raises NotFound, BusMustNotRun."""
    query = select(SchoolBus).where(SchoolBus.kindergarten == kindergarten, SchoolBus.plate == plate)
    found = await session.scalar(query)
    if found is None:
        raise NotFound(what="bus")
    days = {name: getattr(found, name) for name in DAYS}
    why = [
        each.zh for each in obstacles(PARAMETERS, Bus(dedicated=found.dedicated, seats=found.seats, **days), today())
    ]
    if not sent.attendant:
        why.append("无照管人员随车")
    if sent.boarded > found.seats:
        why.append(f"超员:核载 {found.seats} 人,上车 {sent.boarded} 人")
    if why:
        raise BusMustNotRun(why="、".join(why))
    made = BusDeparture(kindergarten=kindergarten, plate=plate, run=sent.run, day=today(), boarded=sent.boarded)
    await announce(
        session,
        "safety.school_bus.departed",
        f"school-buses/{kindergarten}/{plate}",
        division=found.division,
        kindergarten=kindergarten,
        data={"run": sent.run, "day": made.day, "boarded": sent.boarded},
    )
    return made
