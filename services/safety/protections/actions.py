"""Filing what a kindergarten has, testing its alarm, and taking the state of its devices."""

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.kindergartens.models import Kindergarten
from services.safety.protections.models import AlarmTest, CameraPoint, Protection
from services.safety.protections.schemas import AlarmTestIn, DeviceStates, DeviceStatesTaken, ProtectionPut
from services.safety.steps.actions import Place, known_files
from shared.auth import Actor
from shared.days import now, today
from shared.errors import InvalidInput, NotFound
from shared.events import announce
from shared.ids import new_id


async def _place(session: AsyncSession, kindergarten: UUID) -> Kindergarten:
    found = await session.get(Kindergarten, kindergarten)
    if found is None:
        raise NotFound(what="kindergarten")
    return found


async def put_protection(session: AsyncSession, kindergarten: UUID, sent: ProtectionPut) -> None:
    """Replace what is known of a kindergarten; the state of a camera that stays is kept."""
    place = await _place(session, kindergarten)
    for name in ("guards", "cameras"):
        codes = [each.code for each in getattr(sent, name)]
        if len(set(codes)) < len(codes):
            raise InvalidInput(reason_zh="编号重复。", reason_en="codes are repeated.", pointer=f"/{name}")
    await known_files(session, Place.of(place), sent.papers.files(), "/papers")
    values = sent.model_dump(exclude={"guards", "cameras", "papers"}) | {"papers": sent.papers.model_dump(mode="json")}
    values |= {"guards": [each.model_dump(mode="json") for each in sent.guards], "division": place.division}
    values |= {"updated_at": now()}
    change = insert(Protection).values(kindergarten=kindergarten, **values)
    await session.execute(change.on_conflict_do_update(index_elements=["kindergarten"], set_=values))
    codes = [each.code for each in sent.cameras]
    await session.execute(
        delete(CameraPoint).where(CameraPoint.kindergarten == kindergarten, CameraPoint.code.not_in(codes))
    )
    for each in sent.cameras:
        told = each.model_dump(mode="json")
        fresh = {"kindergarten": kindergarten, "division": place.division, "online": True, "told_at": now()}
        added = insert(CameraPoint).values(told | fresh)
        await session.execute(added.on_conflict_do_update(index_elements=["kindergarten", "code"], set_=told))
    await announce(
        session,
        "safety.protection.filed",
        f"protections/{kindergarten}",
        division=place.division,
        kindergarten=kindergarten,
        data={"guards": len(sent.guards), "cameras": len(sent.cameras)},
    )


async def record_alarm_test(session: AsyncSession, actor: Actor, kindergarten: UUID, sent: AlarmTestIn) -> None:
    """Record a test of the one-key alarm."""
    place = await _place(session, kindergarten)
    if sent.tested_on > today():
        raise InvalidInput(reason_zh="不能晚于今天。", reason_en="it cannot be after today.", pointer="/tested_on")
    session.add(
        AlarmTest(
            **sent.model_dump(), id=new_id(), kindergarten=kindergarten, division=place.division, recorded_by=actor.id
        )
    )
    await session.flush()
    await announce(
        session,
        "safety.alarm.tested",
        f"protections/{kindergarten}",
        division=place.division,
        kindergarten=kindergarten,
        data={"tested_on": sent.tested_on, "passed": sent.passed},
    )


async def take_device_states(session: AsyncSession, sent: DeviceStates) -> DeviceStatesTaken:
    """Take the states of many devices; a later one is never overwritten by an earlier one."""
    places = {each.kindergarten for each in sent.states}
    query = select(CameraPoint).where(CameraPoint.kindergarten.in_(places)).with_for_update()
    known = {(each.kindergarten, each.code): each for each in await session.scalars(query)}
    taken, older, unknown = 0, 0, []
    for each in sent.states:
        camera = known.get((each.kindergarten, each.code))
        if camera is None:
            unknown.append(f"{each.kindergarten} {each.code}")
        elif each.at < camera.told_at:
            older += 1
        else:
            taken += 1
            if not each.online:
                camera.offline_since = camera.offline_since or each.at
            else:
                camera.offline_since = None
            camera.online, camera.told_at = each.online, each.at
            camera.retention_days = camera.retention_days if each.retention_days is None else each.retention_days
    return DeviceStatesTaken(taken=taken, older=older, unknown=unknown)
