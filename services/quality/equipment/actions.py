"""Publishing lists of equipment, and counting what is there."""

from datetime import date
from http import HTTPStatus
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.equipment.models import EquipmentEdition, EquipmentHolding, EquipmentItem
from services.quality.equipment.schemas import EquipmentHoldingPut, EquipmentListNew
from services.quality.kindergartens.actions import kindergarten_of
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce

SHARED = "shared"


class EquipmentListFollowed(DomainError):
    zh = "{since} 起已有目录 {edition} 施行,或该版本已存在。"
    en = "The list {edition} is in force from {since} or later, or the edition exists."


class ItemIsListedTwice(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "目录中代码重复:{code}。"
    en = "The list has the code {code} twice."


class ItemStandsElsewhere(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "按班配备的登记到班,全园配备的登记为 shared。"
    en = "What each class needs is counted in a class, what the kindergarten needs under `shared`."


async def edition_in_force(session: AsyncSession, on: date) -> EquipmentEdition:
    """Raises NotFound."""
    query = select(EquipmentEdition).where(
        EquipmentEdition.since <= on, or_(EquipmentEdition.until.is_(None), EquipmentEdition.until > on)
    )
    if (found := await session.scalar(query.order_by(EquipmentEdition.since.desc()).limit(1))) is None:
        raise NotFound(what="equipment list")
    return found


async def items_in_force(session: AsyncSession, on: date) -> dict[str, EquipmentItem]:
    """The lines of the list in force, by code. Raises NotFound."""
    edition = (await edition_in_force(session, on)).edition
    found = await session.scalars(select(EquipmentItem).where(EquipmentItem.edition == edition))
    return {each.code: each for each in found}


async def publish_list(session: AsyncSession, actor: Actor, new: EquipmentListNew) -> None:
    """In force from its day; the edition before ends on it. Raises EquipmentListFollowed, ItemIsListedTwice."""
    codes = [each.code for each in new.items]
    for n, code in enumerate(codes):
        if code in codes[:n]:
            raise ItemIsListedTwice(code=code, pointer=f"/items/{n}/code")
    for each in await session.scalars(select(EquipmentEdition).with_for_update()):
        if each.since >= new.since or each.edition == new.edition:
            raise EquipmentListFollowed(since=each.since, edition=each.edition, pointer="/since")
        each.until = new.since if each.until is None else min(each.until, new.since)
    values = new.model_dump(exclude={"items"})
    session.add(EquipmentEdition(**values, tag="entered", published_by=actor.id))
    await session.flush()
    session.add_all(EquipmentItem(edition=new.edition, **each.model_dump(mode="json")) for each in new.items)
    await announce(
        session,
        "quality.equipment_list.published",
        f"equipment-lists/{new.edition}",
        division=min(actor.divisions, key=len, default=""),
        data={"edition": new.edition, "since": new.since, "items": len(codes)},
    )


async def count(session: AsyncSession, kindergarten: UUID, place: str, item: str, put: EquipmentHoldingPut) -> None:
    """Say how many are there. Raises NotFound, ItemStandsElsewhere, usable_are_among_all."""
    house = await kindergarten_of(session, kindergarten, None)
    line = (await items_in_force(session, today())).get(item)
    if line is None:
        raise NotFound(what="item")
    if (place == SHARED) != (line.per == "kindergarten"):
        raise ItemStandsElsewhere
    if place != SHARED:
        await class_of(session, UUID(place), house.id, None)
    row = {"kindergarten": house.id, "division": house.division, "place": place, "item": item, "counted_on": today()}
    change = insert(EquipmentHolding).values(row | put.model_dump())
    kept = ("quantity", "usable", "note", "counted_on")
    await session.execute(
        change.on_conflict_do_update(
            index_elements=["kindergarten", "place", "item"], set_={n: change.excluded[n] for n in kept}
        )
    )
