from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.registry.permissions import May
from services.registry.plan_units import actions, queries
from services.registry.plan_units.schemas import (
    UNIT,
    PlanUnitMembers,
    PlanUnitMembersPut,
    PlanUnitOut,
    PlanUnitPage,
    PlanUnitPut,
    PlanUnitQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/plan/units", tags=["plan units"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
UnitCode = Annotated[str, Path(max_length=50, pattern=UNIT, description="Code of the unit; of a town its division's.")]


@router.get("", operation_id="list_plan_units", response_model=PlanUnitPage, responses=exports.responses(PlanUnitPage))
async def list_plan_units(
    query: Annotated[PlanUnitQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the units that carry the plan out 责任单位: departments, towns, streets."""
    return await exports.answer(request, reader, queries.UNITS, query)


@router.get("/{code}", operation_id="get_plan_unit", response_model=PlanUnitOut, responses=problems(NotFound))
async def get_plan_unit(code: UnitCode, _: Reader, reader: Read) -> Response:
    """Read one unit."""
    found, *_rest = await reader.one(queries.UNIT, "unit", code=code)
    return Response(found, media_type="application/json")


@router.put("/{code}", operation_id="put_plan_unit", response_model=PlanUnitOut, responses=problems(NotFound))
async def put_plan_unit(code: UnitCode, caller: Planner, put: PlanUnitPut, session: Write) -> Response:
    """Enter a unit the plan does not name, or change its name."""
    await actions.put_unit(session, caller, code, put)
    found = await written(session, queries.UNIT, code=code)
    return Response(found, media_type="application/json")


@router.get(
    "/{code}/members",
    operation_id="list_plan_unit_members",
    response_model=PlanUnitMembers,
    responses=problems(NotFound),
)
async def list_plan_unit_members(code: UnitCode, _: Planner, reader: Read) -> Response:
    """The accounts that act for a unit."""
    found, *_rest = await reader.one(queries.MEMBERS, "unit", code=code)
    return Response(found, media_type="application/json")


@router.put(
    "/{code}/members",
    operation_id="put_plan_unit_members",
    response_model=PlanUnitMembers,
    responses=problems(NotFound),
)
async def put_plan_unit_members(code: UnitCode, caller: Planner, put: PlanUnitMembersPut, session: Write) -> Response:
    """Say which accounts act for a unit: they see its tasks as their own, confirm them and report on them."""
    await actions.put_members(session, caller, code, put.accounts)
    found = await written(session, queries.MEMBERS, code=code)
    return Response(found, media_type="application/json")
