"""The book of places added: entered with a document, withdrawn with a reason, never rewritten."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.added_places.codes import PlaceChannel
from services.registry.added_places.models import AddedPlaces
from services.registry.added_places.schemas import AddedPlacesNew
from services.registry.construction.models import ConstructionProject
from services.registry.kindergartens.models import Kindergarten, KindergartenType
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, Fault, NotFound
from shared.events import announce
from shared.ids import new_id

ADDED, WITHDRAWN = "registry.added_places.entered", "registry.added_places.withdrawn"
INCLUSIVE = ("public", "inclusive_private")


class AlreadyWithdrawn(DomainError):
    zh = "该记录已撤销。"
    en = "The entry is withdrawn already."


async def enter(session: AsyncSession, actor: Actor, new: AddedPlacesNew) -> UUID:
    """Enter places added at a kindergarten. Raises NotFound for one out of scope."""
    garden = await session.get(Kindergarten, new.kindergarten)
    if garden is None:
        raise NotFound(what="kindergarten")
    refuse(await _faults(session, new))
    made = AddedPlaces(
        id=new_id(),
        division=garden.division,
        entered_by=actor.id,
        synthetic=garden.synthetic,
        **new.model_dump(exclude={"channel"}),
        channel=new.channel.value,
    )
    session.add(made)
    await session.flush()
    data = {name: getattr(made, name) for name in ("id", "channel", "seats", "added_on")}
    await announce(session, ADDED, f"added-places/{made.id}", division=made.division, kindergarten=garden.id, data=data)
    return made.id


async def _faults(session: AsyncSession, new: AddedPlacesNew) -> list[Fault]:
    faults = []
    if new.added_on > today():
        faults.append(Fault("/added_on", "day-lies-ahead", "不得晚于今日。", "It is not after today."))
    kind = await _type_on(session, new.kindergarten, new.added_on)
    if kind not in INCLUSIVE:
        said = "当日该园不是公办园或普惠性民办园。", "It is neither public nor inclusive on that day."
        faults.append(Fault("/kindergarten", "kindergarten-not-inclusive", *said))
    if new.channel is PlaceChannel.CONVERTED and kind == "public":
        said = "公办园不属民转普惠。", "A public kindergarten was not turned inclusive."
        faults.append(Fault("/channel", "channel-does-not-fit", *said))
    if new.project is not None and await session.get(ConstructionProject, new.project) is None:
        faults.append(Fault("/project", "project-unknown", "没有这个建设项目。", "There is no such project."))
    return faults


async def _type_on(session: AsyncSession, kindergarten: UUID, on: date) -> str | None:
    return await session.scalar(
        select(KindergartenType.type).where(
            KindergartenType.kindergarten == kindergarten, KindergartenType.since <= on, KindergartenType.until > on
        )
    )


async def withdraw(session: AsyncSession, id: UUID, reason: str) -> None:
    """Withdraw an entry made in error. Raises NotFound, AlreadyWithdrawn."""
    found = await session.scalar(select(AddedPlaces).where(AddedPlaces.id == id).with_for_update())
    if found is None:
        raise NotFound(what="entry")
    if found.withdrawn_on is not None:
        raise AlreadyWithdrawn
    found.withdrawn_on, found.withdrawal = today(), reason
    await session.flush()
    await announce(
        session,
        WITHDRAWN,
        f"added-places/{id}",
        division=found.division,
        kindergarten=found.kindergarten,
        data={"id": id, "seats": found.seats},
    )
