from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.finance.permissions import May
from services.finance.unit_costs.queries import TYPE_COSTS, UNIT_COSTS
from services.finance.unit_costs.schemas import TypeCostPage, TypeCostQuery, UnitCostPage, UnitCostQuery
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/unit-costs", tags=["unit costs"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]


def _of(year: int) -> dict[str, date]:
    return {"cost_since": date(year, 1, 1), "cost_until": date(year + 1, 1, 1)}


@router.get("", operation_id="list_unit_costs", response_model=UnitCostPage, responses=exports.responses(UnitCostPage))
async def list_unit_costs(
    query: Annotated[UnitCostQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """生均成本 per kindergarten: a year's expenses by its books over certified children, with subsidy and fees."""
    return await exports.answer(request, reader, UNIT_COSTS, query, **_of(query.year))


@router.get(
    "/by-type",
    operation_id="list_unit_costs_by_type",
    response_model=TypeCostPage,
    responses=exports.responses(TypeCostPage),
)
async def list_type_costs(
    query: Annotated[TypeCostQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """生均成本 per type of kindergarten: the average, the lowest and the highest of a year."""
    return await exports.answer(request, reader, TYPE_COSTS, query, **_of(query.year))
