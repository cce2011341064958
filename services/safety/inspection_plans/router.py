from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security
from sqlalchemy.dialects.postgresql import insert

from services.safety.answers import JSON
from services.safety.inspection_plans import queries
from services.safety.inspection_plans.models import InspectionPlan
from services.safety.inspection_plans.schemas import (
    InspectionPlanOut,
    InspectionPlanPage,
    InspectionPlanProgress,
    InspectionPlanPut,
    InspectionPlanQuery,
    PlanProgressQuery,
)
from services.safety.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import now, today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.events import announce
from shared.idempotency import Route
from shared.ids import new_id

router = APIRouter(prefix="/inspection-plans", tags=["inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.PLAN_INSPECTIONS])]
Division = Annotated[str, Path(pattern=r"^\d{6,12}$")]
Year = Annotated[int, Path(ge=2000, le=2100)]


@router.get(
    "",
    operation_id="list_inspection_plans",
    response_model=InspectionPlanPage,
    responses=exports.responses(InspectionPlanPage),
)
async def list_plans(
    query: Annotated[InspectionPlanQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Yearly plans of inspections 年度检查计划."""
    return await exports.answer(request, reader, queries.PLANS, query)


@router.put(
    "/{division}/{year}",
    operation_id="put_inspection_plan",
    response_model=InspectionPlanOut,
    responses=problems(NotFound),
)
async def put_plan(
    division: Division, year: Year, sent: InspectionPlanPut, caller: Planner, session: Write
) -> Response:
    """Adopt the plan of a year with its departments, checklists and numbers of visits."""
    if not any(division.startswith(each) for each in caller.divisions):
        raise NotFound(what="division")
    values = sent.model_dump() | {"made_by": caller.id, "updated_at": now()}
    change = insert(InspectionPlan).values(id=new_id(), division=division, year=year, **values)
    await session.execute(change.on_conflict_do_update(index_elements=["division", "year"], set_=values))
    data = {"year": year, "document": sent.document, "departments": sent.departments}
    await announce(
        session, "safety.inspection_plan.adopted", f"inspection-plans/{division}/{year}", division=division, data=data
    )
    return Response(await written(session, queries.PLAN, division=division, year=year), media_type=JSON)


@router.get(
    "/{division}/{year}/progress",
    operation_id="get_inspection_plan_progress",
    response_model=InspectionPlanProgress,
    responses=problems(NotFound),
)
async def get_progress(
    division: Division, year: Year, query: Annotated[PlanProgressQuery, Query()], _: Reader, reader: Read
) -> Response:
    """What was done of a year's plan: visits, random and joint ones, shared results, and who is behind."""
    asked = {"division": division, "year": year, "as_of": query.as_of or today()}
    return Response((await reader.one(queries.PROGRESS, "inspection plan", **asked))[0], media_type=JSON)
