"""Planning what to buy, approving it, and taking it into the inventory."""

from collections import Counter
from collections.abc import Sequence
from http import HTTPStatus
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.class_copies.actions import class_of
from services.quality.equipment.actions import SHARED, ItemIsListedTwice, ItemStandsElsewhere, items_in_force
from services.quality.equipment.models import EquipmentHolding
from services.quality.equipment_plans.models import EquipmentPlan
from services.quality.equipment_plans.rules import MACHINE, total
from services.quality.equipment_plans.schemas import (
    EquipmentDelivery,
    EquipmentLineIn,
    EquipmentPlanContent,
    EquipmentPlanNew,
)
from services.quality.kindergartens.actions import kindergarten_of
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id

CONCEPT = "equipment_plan"


class MoreThanWasPlanned(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "{item} 到货数超过计划数。"
    en = "More of {item} arrived than was planned."


async def _checked(session: AsyncSession, lines: Sequence[EquipmentLineIn]) -> dict[str, object]:
    known = await items_in_force(session, today())
    for n, each in enumerate(lines):
        if each.item not in known:
            raise NotFound(what="item", pointer=f"/lines/{n}/item")
        if each.item in {before.item for before in lines[:n]}:
            raise ItemIsListedTwice(code=each.item, pointer=f"/lines/{n}/item")
    amount = total((each.quantity, each.unit_price) for each in lines)
    return {"lines": [each.model_dump(mode="json") for each in lines], "amount": amount}


async def draft(session: AsyncSession, actor: Actor, new: EquipmentPlanNew) -> UUID:
    """Raises NotFound, ItemIsListedTwice."""
    place = await kindergarten_of(session, new.kindergarten)
    computed = await _checked(session, new.lines)
    made = EquipmentPlan(
        id=new_id(),
        division=place.division,
        state="drafted",
        drafted_by=actor.id,
        **new.model_dump(exclude={"lines"}),
        **computed,
    )
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.equipment_plan.drafted",
        f"equipment-plans/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"year": made.year, "state": made.state},
    )
    return made.id


_held = holding(EquipmentPlan, MACHINE, "equipment plan")


async def revise(session: AsyncSession, actor: Actor, id: UUID, asked: EquipmentPlanContent) -> None:
    """Raises NotInThisState, NotFound, ItemIsListedTwice."""
    plan = await _held(session, actor, id, "revise")
    for name, value in (asked.model_dump(exclude={"lines"}) | await _checked(session, asked.lines)).items():
        setattr(plan, name, value)
    await record(session, actor, CONCEPT, plan, "revise", MACHINE["revise"])


async def move(session: AsyncSession, actor: Actor, id: UUID, verb: str, note: str = "") -> None:
    """Submit, approve, send back or cancel. Raises NotInThisState, AnotherPersonNeeded."""
    plan = await _held(session, actor, id, verb)
    plan.state = MACHINE[verb].happened
    if verb == "submit":
        plan.submitted_by = actor.id
    fact = {"state": plan.state, "year": plan.year, "rural": plan.rural, "amount": str(plan.amount)}
    await record(session, actor, CONCEPT, plan, verb, MACHINE[verb], note=note, fact=fact)


async def deliver(session: AsyncSession, actor: Actor, id: UUID, asked: EquipmentDelivery) -> None:
    """Take what arrived into the inventory. Raises MoreThanWasPlanned, ItemStandsElsewhere, NotFound."""
    plan = await _held(session, actor, id, "deliver")
    planned = {line["item"]: line["quantity"] for line in plan.lines}
    known = await items_in_force(session, today())
    came: Counter[str] = Counter()
    for n, each in enumerate(asked.arrivals):
        came[each.item] += each.quantity
        if came[each.item] > planned.get(each.item, 0):
            raise MoreThanWasPlanned(item=each.item, pointer=f"/arrivals/{n}/quantity")
        if each.item in known and (each.place == SHARED) != (known[each.item].per == "kindergarten"):
            raise ItemStandsElsewhere(pointer=f"/arrivals/{n}/place")
        if each.place != SHARED:
            await class_of(session, UUID(each.place), plan.kindergarten, f"/arrivals/{n}/place")
        await _add(session, plan, each.place, each.item, each.quantity)
    plan.state, plan.delivered_on = "delivered", today()
    fact = {"state": plan.state, "year": plan.year, "rural": plan.rural, "amount": str(plan.amount)}
    await record(
        session, actor, CONCEPT, plan, "deliver", MACHINE["deliver"], note=asked.note, data=dict(came), fact=fact
    )


async def _add(session: AsyncSession, plan: EquipmentPlan, place: str, item: str, quantity: int) -> None:
    row = {"kindergarten": plan.kindergarten, "division": plan.division, "place": place, "item": item}
    more = insert(EquipmentHolding).values(
        row | {"quantity": quantity, "usable": quantity, "note": ""} | {"counted_on": today()}
    )
    held = EquipmentHolding.__table__.c
    await session.execute(
        more.on_conflict_do_update(
            index_elements=["kindergarten", "place", "item"],
            set_={
                "quantity": held.quantity + more.excluded.quantity,
                "usable": held.usable + more.excluded.usable,
                "counted_on": more.excluded.counted_on,
            },
        )
    )
