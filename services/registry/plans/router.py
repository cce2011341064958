from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.registry.permissions import May
from services.registry.plans import queries
from services.registry.plans.actions import ProgressInTheFuture, report_progress
from services.registry.plans.schemas import (
    Clause,
    ClausePage,
    ClauseQuery,
    Plan,
    PlanDayQuery,
    PlanList,
    PlanQuery,
    Project,
    ProjectPage,
    ProjectProgress,
    ProjectQuery,
)
from services.registry.plans.standings import plan_on
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded, tagged
from shared.idempotency import Route

router = APIRouter(prefix="/plan", tags=["plan"], route_class=Route)
plans = APIRouter(prefix="/plans", tags=["plan"], route_class=Route)
projects = APIRouter(prefix="/projects", tags=["projects"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
ClauseId = Annotated[str, Path(max_length=50, description="Id of the clause, such as 三(一)1-a.")]
ProjectId = Annotated[str, Path(max_length=100, pattern=r"^[a-z0-9-]+$", description="Id of the project.")]


@router.get("", operation_id="get_plan", responses=problems(NotFound))
async def get_plan(query: Annotated[PlanQuery, Query()], _: Reader, reader: Read) -> Plan:
    """Read the current plan and where its targets stand: threshold, value, gap, trend.

    The figures of the district are public as far as they are published: outside one's scope the latest published
    snapshots are answered instead of live figures.
    """
    return await plan_on(reader, query.as_of or today(), query.division)


@plans.get("", operation_id="list_plans", response_model=PlanList)
async def list_plans(query: Annotated[PlanDayQuery, Query()], _: Reader, reader: Read) -> Response:
    """List the plans in force, and which of them is the plan of the day."""
    found, *_rest = await reader.one(queries.PLANS, "plan", as_of=query.as_of or today())
    return Response(f'{{"items":{found}}}', media_type="application/json")


@router.get("/clauses", operation_id="list_clauses", response_model=ClausePage, responses=exports.responses(ClausePage))
async def list_clauses(query: Annotated[ClauseQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the measures of the current plan, with quote, need and responsible unit."""
    return await exports.answer(request, reader, queries.CLAUSES, query, as_of=query.as_of or today())


@router.get("/clauses/{id}", operation_id="get_clause", response_model=Clause, responses=problems(NotFound))
async def get_clause(id: ClauseId, query: Annotated[PlanDayQuery, Query()], _: Reader, reader: Read) -> Response:
    """Read one measure of the current plan."""
    found = await reader.one(queries.CLAUSE, "clause", id=id, as_of=query.as_of or today())
    return Response(found[0], media_type="application/json")


@projects.get("", operation_id="list_projects", response_model=ProjectPage, responses=exports.responses(ProjectPage))
async def list_projects(query: Annotated[ProjectQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the projects the plan names and how far they have come."""
    return await exports.answer(request, reader, queries.PROJECTS, query)


@projects.get("/{id}", operation_id="get_project", response_model=Project, responses=problems(NotFound))
async def get_project(id: ProjectId, _: Reader, reader: Read) -> Response:
    """Read one project."""
    found, version = await reader.one(queries.PROJECT, "project", id=id)
    return tagged(found, version)


@projects.patch(
    "/{id}",
    operation_id="report_project_progress",
    response_model=Project,
    responses=problems(NotFound, VersionNeeded, VersionIsStale, ProgressInTheFuture),
)
async def report_project_progress(
    id: ProjectId, progress: ProjectProgress, _: Planner, version: IfMatch, session: Write
) -> Response:
    """Record how far a project has come, and what shows it."""
    await report_progress(session, id, progress, version)
    found, current = await written_row(session, queries.PROJECT, id=id)
    return tagged(found, current)
