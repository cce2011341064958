from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy import ColumnElement, Integer, Text, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.equipment.actions import ItemIsListedTwice, ItemStandsElsewhere
from services.quality.equipment_plans import actions
from services.quality.equipment_plans.actions import MoreThanWasPlanned
from services.quality.equipment_plans.models import EquipmentPlan
from services.quality.equipment_plans.rules import MACHINE
from services.quality.equipment_plans.schemas import (
    EquipmentDelivery,
    EquipmentPlanContent,
    EquipmentPlanNew,
    EquipmentPlanNote,
    EquipmentPlanOut,
    EquipmentPlanPage,
    EquipmentPlanQuery,
    EquipmentPlanRow,
    EquipmentYear,
    EquipmentYearQuery,
)
from services.quality.kindergartens.models import Kindergarten
from services.quality.offers import with_actions
from services.quality.permissions import May
from services.quality.steps.queries import steps_of
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import among, columns, one, written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.listing import Listing
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/equipment-plans", tags=["equipment"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_EQUIPMENT])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_EQUIPMENT_PLANS])]
Approver = Annotated[Actor, Security(authorize, scopes=[May.APPROVE_EQUIPMENT])]
_row, _place = EquipmentPlan.__table__, Kindergarten.__table__
_special = {"kindergarten_name": _place.c.name, "amount": _row.c.amount.cast(Text)}
_from = _row.join(_place, _place.c.id == _row.c.kindergarten)
PLANS = Listing(
    "equipment-plans",
    select(*columns(_row, EquipmentPlanRow, **_special)).select_from(_from),
    _row.c.id,
    {"year": _row.c.year},
    {n: _row.c[n] == bindparam(n) for n in ("kindergarten", "year", "state", "rural")},
)
PLAN = one(
    select(*columns(_row, EquipmentPlanOut, **_special, steps=steps_of(_row)))
    .select_from(_from)
    .where(_row.c.id == bindparam("id"))
)
_year = bindparam("year", type_=Integer)
_live = _row.c.state != "cancelled"
_granted = among(_row.c.state, ("approved", "delivered"))
_here = _row.c.state == "delivered"


def _yuan(*conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(_row.c.amount).filter(_live, *conditions), 0).cast(_row.c.amount.type).cast(Text)


YEAR = one(
    select(
        _year.label("year"),
        func.count().filter(_live).label("plans"),
        _yuan().label("amount"),
        _yuan(_granted).label("approved_amount"),
        _yuan(_here).label("delivered_amount"),
        func.count().filter(_live, _row.c.rural).label("rural_plans"),
        _yuan(_row.c.rural).label("rural_amount"),
        _yuan(_row.c.rural, _here).label("rural_delivered_amount"),
    ).where(_row.c.year == _year)
)


@router.get(
    "",
    operation_id="list_equipment_plans",
    response_model=EquipmentPlanPage,
    responses=exports.responses(EquipmentPlanPage),
)
async def list_equipment_plans(
    query: Annotated[EquipmentPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List plans to buy equipment; `rural=true` leaves the improvement of rural kindergartens."""
    return await exports.answer(request, reader, PLANS, query)


@router.get("/figures", operation_id="get_equipment_year", response_model=EquipmentYear)
async def get_equipment_year(query: Annotated[EquipmentYearQuery, Query()], _: Reader, reader: Read) -> Response:
    """A year's plans as figures: planned, approved, delivered, and of rural kindergartens."""
    (body,) = await reader.one(YEAR, "figures", year=query.year)
    return Response(body, media_type="application/json")


@router.get("/{id}", operation_id="get_equipment_plan", response_model=EquipmentPlanOut, responses=problems(NotFound))
async def get_equipment_plan(id: UUID, caller: Reader, reader: Read) -> Response:
    """One plan, its way, and what the caller may do."""
    (body,) = await reader.one(PLAN, "equipment plan", id=id)
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, PLAN, id=id)
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "",
    operation_id="draft_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, ItemIsListedTwice),
)
async def draft_equipment_plan(new: EquipmentPlanNew, caller: Keeper, session: Write) -> Response:
    """Draft what to buy in a year, in lines of the list."""
    return await _shown(session, caller, await actions.draft(session, caller, new))


@router.post(
    "/{id}/revisions",
    operation_id="revise_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState, ItemIsListedTwice),
)
async def revise_equipment_plan(id: UUID, asked: EquipmentPlanContent, caller: Keeper, session: Write) -> Response:
    """Bring a draft or a returned plan to this state."""
    await actions.revise(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/submissions",
    operation_id="submit_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState),
)
async def submit_equipment_plan(id: UUID, caller: Keeper, session: Write) -> Response:
    """Hand it in for approval."""
    await actions.move(session, caller, id, "submit")
    return await _shown(session, caller, id)


@router.post(
    "/{id}/approvals",
    operation_id="approve_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def approve_equipment_plan(id: UUID, asked: EquipmentPlanNote, caller: Approver, session: Write) -> Response:
    """Approve it, by another person than who submitted it."""
    await actions.move(session, caller, id, "approve", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="return_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def return_equipment_plan(id: UUID, asked: EquipmentPlanNote, caller: Approver, session: Write) -> Response:
    """Send it back, saying what to change."""
    await actions.move(session, caller, id, "return", asked.note)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/deliveries",
    operation_id="deliver_equipment",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState, MoreThanWasPlanned, ItemStandsElsewhere),
)
async def deliver_equipment(id: UUID, asked: EquipmentDelivery, caller: Keeper, session: Write) -> Response:
    """Accept what arrived 到货验收: it is in the inventory from now on."""
    await actions.deliver(session, caller, id, asked)
    return await _shown(session, caller, id)


@router.post(
    "/{id}/cancellations",
    operation_id="cancel_equipment_plan",
    status_code=status.HTTP_201_CREATED,
    response_model=EquipmentPlanOut,
    responses=problems(NotFound, NotInThisState),
)
async def cancel_equipment_plan(id: UUID, asked: EquipmentPlanNote, caller: Keeper, session: Write) -> Response:
    """Give it up, with the reason."""
    await actions.move(session, caller, id, "cancel", asked.note)
    return await _shown(session, caller, id)
