"""Keeping premises: grounds, buildings and their appraisals, rooms, and how classes go to the toilet."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.classes.models import Class
from services.registry.kindergartens.models import Campus, Kindergarten
from services.registry.premises.models import Building, BuildingAppraisal, ClassToilets, Premises, PremisesRoom
from services.registry.premises.schemas import (
    AppraisalNew,
    BuildingChange,
    BuildingNew,
    ClassToiletsPut,
    PremisesPut,
    PremisesRoomChange,
    PremisesRoomNew,
)
from services.registry.refusals import refuse
from shared import etags
from shared.auth import Actor
from shared.days import today
from shared.errors import Fault, NotFound
from shared.events import announce
from shared.ids import new_id
from shared.tables import FOREVER

CHANGED = "registry.premises.changed"


async def _entry(session: AsyncSession, id: UUID) -> Kindergarten:
    found = await session.get(Kindergarten, id)
    if found is None:
        raise NotFound(what="kindergarten")
    return found


async def _told(session: AsyncSession, what: str, row: Any) -> None:
    """One fact: what of the premises changed. Readers ask for the rest."""
    await session.flush()
    place = {"division": row.division, "kindergarten": row.kindergarten}
    subject = f"kindergartens/{row.kindergarten}/premises"
    await announce(session, CHANGED, subject, **place, data={"kindergarten": row.kindergarten, "what": what})


async def set_premises(session: AsyncSession, id: UUID, put: PremisesPut) -> None:
    """Say what the grounds are from a day on. Raises NotFound."""
    entry = await _entry(session, id)
    values = put.model_dump()
    place = {"kindergarten": id, "division": entry.division, "synthetic": entry.synthetic}
    stored = insert(Premises).values(**place, **values)
    changes = {name: values[name] for name in ("planned_on", "site_area", "outdoor_area")}
    await session.execute(stored.on_conflict_do_update(index_elements=["kindergarten", "since"], set_=changes))
    await _told(session, "grounds", Premises(kindergarten=id, division=entry.division))


async def register_building(session: AsyncSession, new: BuildingNew) -> UUID:
    """Enter a building. Raises NotFound, InvalidInput."""
    entry = await session.get(Kindergarten, new.kindergarten)
    if entry is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    await _campus(session, entry.id, new.campus)
    values = new.model_dump() | {"since": new.since or today(), "structure": new.structure.value}
    made = Building(id=new_id(), division=entry.division, synthetic=entry.synthetic, version=1, **values)
    session.add(made)
    await _told(session, "building", made)
    return made.id


async def _campus(session: AsyncSession, kindergarten: UUID, id: UUID | None) -> None:
    if id is None:
        return
    found = await session.get(Campus, id)
    if found is None or found.kindergarten != kindergarten:
        said = "本园没有这个园址。", "The kindergarten has no such campus."
        refuse([Fault("/campus", "campus-unknown", *said)])


async def change_building(session: AsyncSession, id: UUID, version: int, change: BuildingChange) -> None:
    """Edit a building, or end its use. Raises NotFound, VersionIsStale, InvalidInput."""
    found = await _held(session, Building, id, "building")
    sent = change.sent()
    await _campus(session, found.kindergarten, sent.get("campus"))
    await _edit(session, found, version, sent, "building")


async def register_room(session: AsyncSession, building: UUID, new: PremisesRoomNew) -> UUID:
    """Enter a room of a building. Raises NotFound; constraint room_and_class_belong_together."""
    owner = await _held(session, Building, building, "building")
    await _class(session, owner.kindergarten, new.class_id)
    values = new.model_dump() | {"since": new.since or today(), "kind": new.kind.value, "building": building}
    place = {"kindergarten": owner.kindergarten, "division": owner.division, "synthetic": owner.synthetic}
    made = PremisesRoom(id=new_id(), version=1, **place, **values)
    session.add(made)
    await _told(session, "room", made)
    return made.id


async def _class(session: AsyncSession, kindergarten: UUID, id: UUID | None) -> None:
    if id is None:
        return
    found = await session.get(Class, id)
    if found is None or found.kindergarten != kindergarten:
        said = "本园没有这个班级。", "The kindergarten has no such class."
        refuse([Fault("/class_id", "class-unknown", *said)])


async def change_room(session: AsyncSession, id: UUID, version: int, change: PremisesRoomChange) -> None:
    """Edit a room, or end its use. Raises NotFound, VersionIsStale, InvalidInput."""
    found = await _held(session, PremisesRoom, id, "room")
    sent = change.sent()
    await _class(session, found.kindergarten, sent.get("class_id"))
    await _edit(session, found, version, sent, "room")


async def _held(session: AsyncSession, what: type[Any], id: UUID, name: str) -> Any:
    found = await session.scalar(select(what).where(what.id == id).with_for_update())
    if found is None:
        raise NotFound(what=name)
    return found


async def _edit(session: AsyncSession, found: Any, version: int, sent: Mapping[str, Any], what: str) -> None:
    wanted = dict(sent)
    if "until" in wanted:
        wanted["until"] = wanted["until"] or FOREVER
    changes = {name: value for name, value in wanted.items() if getattr(found, name) != value}
    etags.check(version, found.version, {name: getattr(found, name) for name in changes})
    if changes:
        for name, value in changes.items():
            setattr(found, name, value)
        await _told(session, what, found)
        await session.refresh(found)


async def appraise_building(session: AsyncSession, actor: Actor, id: UUID, new: AppraisalNew) -> None:
    """Record an appraisal; the latest of its kind counts. Raises NotFound, InvalidInput."""
    building = await _held(session, Building, id, "building")
    faults = not_ahead(new.appraised_on, "/appraised_on")
    if new.valid_until is not None and new.valid_until < new.appraised_on:
        said = "不得早于鉴定日期。", "It is not before the day of the appraisal."
        faults.append(Fault("/valid_until", "valid-until-before-appraisal", *said))
    refuse(faults)
    place = {"building": id, "kindergarten": building.kindergarten, "division": building.division}
    values = new.model_dump() | {"kind": new.kind.value}
    made = BuildingAppraisal(id=new_id(), **place, **values, recorded_by=actor.id, synthetic=building.synthetic)
    session.add(made)
    await _told(session, "appraisal", made)


async def set_class_toilets(session: AsyncSession, id: UUID, put: ClassToiletsPut) -> None:
    """Say how a class goes to the toilet. Raises NotFound, InvalidInput."""
    room = await session.get(Class, id)
    if room is None:
        raise NotFound(what="class")
    refuse(not_ahead(put.seen_on, "/seen_on"))
    values = put.model_dump() | {"arrangement": put.arrangement.value}
    place = {"class_id": id, "kindergarten": room.kindergarten, "division": room.division, "synthetic": room.synthetic}
    stored = insert(ClassToilets).values(**place, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=["class_id"], set_=values))
    await _told(session, "toilets", ClassToilets(kindergarten=room.kindergarten, division=room.division))


def not_ahead(day: date, pointer: str) -> list[Fault]:
    """A fact does not lie ahead."""
    if day <= today():
        return []
    return [Fault(pointer, "day-lies-ahead", "不得晚于今日。", "It is not after today.")]
