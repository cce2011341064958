from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status

from services.registry.permissions import May
from services.registry.plan_tasks import actions, answers, queries
from services.registry.plan_tasks.answers import CREATED, answer
from services.registry.plan_tasks.deriving import derive_tasks
from services.registry.plan_tasks.models import LEAD_ASSISTS
from services.registry.plan_tasks.rules import QUARTER, NotYourTask, quarter_named
from services.registry.plan_tasks.schemas import (
    PlanQuarterReportPage,
    PlanQuarterReportQuery,
    PlanTaskAssignment,
    PlanTaskCarryOver,
    PlanTaskDay,
    PlanTaskEvidence,
    PlanTaskNew,
    PlanTaskNote,
    PlanTaskOut,
    PlanTaskOverdueQuery,
    PlanTaskPage,
    PlanTaskPatch,
    PlanTaskQuery,
    PlanTaskReportPut,
    PlanTasksAssigned,
    PlanTasksAssignment,
    PlanTasksDerived,
    PlanTasksOverdue,
)
from services.registry.plan_units.actions import for_the_district
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.etags import IfMatch, VersionIsStale, VersionNeeded
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/plan", tags=["plan tasks"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PLAN])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.WRITE_PLAN])]
Unit = Annotated[Actor, Security(authorize, scopes=[May.REPORT_PLAN_TASKS])]
Accepter = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_PLAN_TASKS])]
Quarter = Annotated[str, Path(pattern=QUARTER, description="The quarter, such as 2026-Q1.")]
REFUSED = problems(NotFound, NotInThisState, NotYourTask)


@router.get(
    "/tasks", operation_id="list_plan_tasks", response_model=PlanTaskPage, responses=exports.responses(PlanTaskPage)
)
async def list_plan_tasks(
    query: Annotated[PlanTaskQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the tasks of the plan current on a day; a town sees those it leads or assists."""
    return await exports.answer(request, reader, queries.TASKS, query, as_of=query.as_of or today(), plan=query.plan)


@router.get("/tasks/overdue", operation_id="list_overdue_plan_tasks", responses=problems(NotFound))
async def list_overdue_plan_tasks(
    query: Annotated[PlanTaskOverdueQuery, Query()], _: Reader, reader: Read
) -> PlanTasksOverdue:
    """Tasks past their day, and quarterly reports that are missing or came late, with the days."""
    return await answers.overdue(reader, query.as_of or today(), query.unit, query.plan)


@router.get(
    "/task-reports",
    operation_id="list_plan_task_reports",
    response_model=PlanQuarterReportPage,
    responses=exports.responses(PlanQuarterReportPage),
)
async def list_plan_task_reports(
    query: Annotated[PlanQuarterReportQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the quarterly reports 季报 of the plan's tasks; a late one says so."""
    return await exports.answer(request, reader, queries.REPORTS, query, as_of=query.as_of or today(), plan=query.plan)


@router.get("/tasks/{id}", operation_id="get_plan_task", response_model=PlanTaskOut, responses=problems(NotFound))
async def get_plan_task(id: UUID, query: Annotated[PlanTaskDay, Query()], _: Reader, reader: Read) -> Response:
    """One task: units, evidence, reports, what is late, what may be done."""
    return await answers.read(reader, id, query.as_of or today())


@router.get("/tasks/{id}/evidence", operation_id="get_plan_task_evidence", responses=problems(NotFound))
async def get_plan_task_evidence(
    id: UUID, query: Annotated[PlanTaskDay, Query()], _: Reader, reader: Read
) -> PlanTaskEvidence:
    """The live figure of the task's indicator on a day, held against the task's threshold."""
    return await answers.evidence(reader, id, query.as_of or today())


@router.post(
    "/task-derivations",
    operation_id="derive_plan_tasks",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound),
)
async def derive_plan_tasks(caller: Planner, session: Write) -> PlanTasksDerived:
    """Draft a task for every measure of the current plan that has none; again, and nothing is added."""
    for_the_district(caller)
    plan = await actions.current_plan(session, today())
    if plan is None:
        raise NotFound(what="plan")
    return await derive_tasks(session, plan)


@router.post(
    "/task-assignments",
    operation_id="assign_plan_tasks",
    status_code=status.HTTP_201_CREATED,
    response_model=PlanTasksAssigned,
    responses=REFUSED,
)
async def assign_plan_tasks(caller: Planner, new: PlanTasksAssignment, session: Write) -> Response:
    """Give many tasks out at once: all of them or, when one cannot be, none."""
    for each in sorted(set(new.tasks)):
        await actions.assign_task(session, caller, each, new.assigned_on, new.document)
    return await answers.assigned(session, new.tasks)


@router.post(
    "/tasks", operation_id="draft_plan_task", **CREATED, responses=problems(NotFound, constraints=(LEAD_ASSISTS,))
)
async def draft_plan_task(caller: Planner, new: PlanTaskNew, session: Write) -> Response:
    """Draft a task for a measure."""
    return await answer(session, caller, await actions.draft_task(session, caller, new))


@router.patch(
    "/tasks/{id}",
    operation_id="edit_plan_task",
    response_model=PlanTaskOut,
    responses=problems(NotFound, NotInThisState, VersionNeeded, VersionIsStale, constraints=(LEAD_ASSISTS,)),
)
async def edit_plan_task(id: UUID, caller: Planner, version: IfMatch, patch: PlanTaskPatch, session: Write) -> Response:
    """Change a task: its units, its day, what shows that it is done."""
    await actions.edit_task(session, caller, id, patch, version)
    return await answer(session, caller, id, status.HTTP_200_OK)


@router.post("/tasks/{id}/assignments", operation_id="assign_plan_task", **CREATED, responses=REFUSED)
async def assign_plan_task(id: UUID, caller: Planner, new: PlanTaskAssignment, session: Write) -> Response:
    """Give the task out 下达."""
    await actions.assign_task(session, caller, id, new.assigned_on, new.document)
    return await answer(session, caller, id)


@router.post("/tasks/{id}/confirmations", operation_id="confirm_plan_task", **CREATED, responses=REFUSED)
async def confirm_plan_task(id: UUID, caller: Unit, new: PlanTaskNote, session: Write) -> Response:
    """The lead unit takes the task into its key list 列入重点任务."""
    await actions.confirm_task(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.put(
    "/tasks/{id}/reports/{quarter}",
    operation_id="report_plan_task_quarter",
    response_model=PlanTaskOut,
    responses=REFUSED,
)
async def report_plan_task_quarter(
    id: UUID, quarter: Quarter, caller: Unit, put: PlanTaskReportPut, session: Write
) -> Response:
    """Hand in the report of a quarter 季报; again, to replace it."""
    await actions.report_quarter(session, caller, id, quarter_named(quarter), put)
    return await answer(session, caller, id, status.HTTP_200_OK)


@router.post("/tasks/{id}/submissions", operation_id="submit_plan_task", **CREATED, responses=REFUSED)
async def submit_plan_task(id: UUID, caller: Unit, new: PlanTaskNote, session: Write) -> Response:
    """The lead unit reports it done 报告完成, with what shows it."""
    await actions.submit_task(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/tasks/{id}/acceptances",
    operation_id="accept_plan_task",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def accept_plan_task(id: UUID, caller: Accepter, new: PlanTaskNote, session: Write) -> Response:
    """Find it done 确认完成: another person than who reported it."""
    await actions.accept_task(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post("/tasks/{id}/returns", operation_id="return_plan_task", **CREATED, responses=REFUSED)
async def return_plan_task(id: UUID, caller: Accepter, new: PlanTaskNote, session: Write) -> Response:
    """Not done yet 退回: back to the unit, with the reason."""
    await actions.return_task(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post("/tasks/{id}/cancellations", operation_id="cancel_plan_task", **CREATED, responses=REFUSED)
async def cancel_plan_task(id: UUID, caller: Planner, new: PlanTaskNote, session: Write) -> Response:
    """Give the task up 取消, with the reason."""
    await actions.cancel_task(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post("/tasks/{id}/carry-overs", operation_id="carry_over_plan_task", **CREATED, responses=REFUSED)
async def carry_over_plan_task(id: UUID, caller: Planner, new: PlanTaskCarryOver, session: Write) -> Response:
    """Close an open task and go on with it under a later plan 结转; answers the new task."""
    return await answer(session, caller, await actions.carry_over_task(session, caller, id, new))
