from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.registry.construction import actions, openings, queries
from services.registry.construction.answers import CREATED, answer, monthly, overdue, read
from services.registry.construction.codes import ConstructionStep, ConstructionTrack
from services.registry.construction.models import LINKED_ONCE, REASON_NEEDED
from services.registry.construction.rules import NotAcceptedYet, NotReadyToOpen
from services.registry.construction.schemas import (
    MONTH,
    ConstructionDayQuery,
    ConstructionHandover,
    ConstructionMilestonePut,
    ConstructionMonthly,
    ConstructionMonthlyQuery,
    ConstructionNamed,
    ConstructionNatureNew,
    ConstructionNew,
    ConstructionNote,
    ConstructionObstacleNew,
    ConstructionOpening,
    ConstructionOut,
    ConstructionOverdue,
    ConstructionOverdueQuery,
    ConstructionPage,
    ConstructionPatch,
    ConstructionQuery,
    ConstructionReportPut,
)
from services.registry.kindergartens.router import BEGINNING
from services.registry.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import InvalidInput, NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/construction-projects", tags=["construction projects"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_CONSTRUCTION])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_CONSTRUCTION])]
Reporter = Annotated[Actor, Security(authorize, scopes=[May.REPORT_CONSTRUCTION])]
Registrar = Annotated[Actor, Security(authorize, scopes=[May.WRITE_KINDERGARTENS])]
Month = Annotated[str, Path(pattern=MONTH, description="The month, such as 2026-03.")]
REFUSED = problems(NotFound, NotInThisState)


@router.get(
    "",
    operation_id="list_construction_projects",
    response_model=ConstructionPage,
    responses=exports.responses(ConstructionPage),
)
async def list_construction_projects(
    query: Annotated[ConstructionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the kindergartens being built 配套园、新改扩建."""
    return await exports.answer(request, reader, queries.PROJECTS, query)


@router.get("/overdue", operation_id="list_overdue_construction_projects")
async def list_overdue_construction_projects(
    query: Annotated[ConstructionOverdueQuery, Query()], _: Reader, reader: Read
) -> ConstructionOverdue:
    """Projects with something late and how far it is escalated: out of step (REG-17), property right (REG-18)."""
    return await overdue(reader, query.as_of or today())


@router.get("/monthly-report", operation_id="get_construction_monthly_report")
async def get_construction_monthly_report(
    query: Annotated[ConstructionMonthlyQuery, Query()], _: Reader, reader: Read
) -> ConstructionMonthly:
    """The month's report to the district government: progress, obstacles and what is late, over all projects."""
    this = today().replace(day=1)
    month = date.fromisoformat(f"{query.month}-01") if query.month else (this - timedelta(1)).replace(day=1)
    if month > this:
        raise InvalidInput(reason_zh="该月尚未开始。", reason_en="the month has not begun.", pointer="month")
    return await monthly(reader, month)


@router.get(
    "/{id}", operation_id="get_construction_project", response_model=ConstructionOut, responses=problems(NotFound)
)
async def get_construction_project(
    id: UUID, query: Annotated[ConstructionDayQuery, Query()], _: Reader, reader: Read
) -> Response:
    """One project: the five steps beside the housing's, obstacles, reports, what is late, what may be done."""
    return await read(reader, id, query.as_of or today())


@router.post(
    "",
    operation_id="register_construction_project",
    **CREATED,
    responses=problems(constraints=(LINKED_ONCE,)),
)
async def register_construction_project(caller: Planner, new: ConstructionNew, session: Write) -> Response:
    """Enter a project; `plan_project` links it to the one the plan names."""
    return await answer(session, caller, await actions.register_project(session, caller, new))


@router.post("/from-plan", operation_id="register_named_construction_projects", status_code=status.HTTP_201_CREATED)
async def register_named_construction_projects(caller: Planner, session: Write) -> ConstructionNamed:
    """Enter every project the current plan names that has none yet; again, and nothing is added."""
    registered, projects = await actions.register_named(session, caller)
    return ConstructionNamed(registered=registered, projects=projects)


@router.patch(
    "/{id}",
    operation_id="edit_construction_project",
    response_model=ConstructionOut,
    responses=problems(NotFound, NotInThisState, VersionNeeded, VersionIsStale),
)
async def edit_construction_project(
    id: UUID, caller: Planner, version: IfMatch, patch: ConstructionPatch, session: Write
) -> Response:
    """Change what is registered about a project: its seats, the residents it is for, its units."""
    await actions.edit_project(session, caller, id, patch, version)
    return await answer(session, caller, id, status.HTTP_200_OK)


@router.put(
    "/{id}/milestones/{track}/{step}",
    operation_id="set_construction_milestone",
    response_model=ConstructionOut,
    responses=REFUSED,
)
async def set_construction_milestone(
    id: UUID,
    track: ConstructionTrack,
    step: ConstructionStep,
    caller: Reporter,
    put: ConstructionMilestonePut,
    session: Write,
) -> Response:
    """Say when a step of the kindergarten or of the housing is planned, forecast, done 五同步."""
    await actions.set_milestone(session, caller, id, track, step, put)
    return await answer(session, caller, id, status.HTTP_200_OK)


@router.put(
    "/{id}/reports/{month}",
    operation_id="report_construction_month",
    response_model=ConstructionOut,
    responses=REFUSED,
)
async def report_construction_month(
    id: UUID, month: Month, caller: Reporter, put: ConstructionReportPut, session: Write
) -> Response:
    """Hand in the report of a month 月报; again, to replace it."""
    await actions.report_month(session, caller, id, date.fromisoformat(f"{month}-01"), put)
    return await answer(session, caller, id, status.HTTP_200_OK)


@router.post("/{id}/obstacles", operation_id="raise_construction_obstacle", **CREATED, responses=REFUSED)
async def raise_construction_obstacle(
    id: UUID, caller: Reporter, new: ConstructionObstacleNew, session: Write
) -> Response:
    """Say what stands in the way 问题, whose it is to remove and by when."""
    await actions.raise_obstacle(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/obstacles/{obstacle}/resolutions",
    operation_id="resolve_construction_obstacle",
    **CREATED,
    responses=REFUSED,
)
async def resolve_construction_obstacle(
    id: UUID, obstacle: UUID, caller: Reporter, new: ConstructionNote, session: Write
) -> Response:
    """Say how an obstacle was removed."""
    await actions.resolve_obstacle(session, caller, id, obstacle, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/nature-decisions",
    operation_id="decide_construction_nature",
    **CREATED,
    responses=problems(NotFound, NotInThisState, constraints=(REASON_NEEDED,)),
)
async def decide_construction_nature(id: UUID, caller: Planner, new: ConstructionNatureNew, session: Write) -> Response:
    """Decide the nature 办园性质: public as a rule, entrusted with a reason, never for profit."""
    await actions.decide_nature(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/property-handovers",
    operation_id="hand_over_construction_property",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotAcceptedYet),
)
async def hand_over_construction_property(
    id: UUID, caller: Planner, new: ConstructionHandover, session: Write
) -> Response:
    """Record the handover of the property right 产权移交; due three months after acceptance (REG-18)."""
    await actions.hand_over_property(session, caller, id, new)
    return await answer(session, caller, id)


@router.post("/{id}/cancellations", operation_id="cancel_construction_project", **CREATED, responses=REFUSED)
async def cancel_construction_project(id: UUID, caller: Planner, new: ConstructionNote, session: Write) -> Response:
    """Give the project up 取消, with the reason."""
    await actions.cancel_project(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/openings",
    operation_id="open_construction_project",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotReadyToOpen, constraints=BEGINNING),
)
async def open_construction_project(id: UUID, caller: Registrar, new: ConstructionOpening, session: Write) -> Response:
    """Register the finished kindergarten 开园: its seats and type come from the project, the plan's project opens."""
    await openings.open_kindergarten(session, caller, id, new)
    return await answer(session, caller, id)
