from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import JSON, answer, seen
from services.safety.checklists.actions import AnswersIncomplete, NoSuchItem
from services.safety.checklists.rules import term
from services.safety.inspections import actions, queries, schemas
from services.safety.inspections.actions import NoInspectionChecklist
from services.safety.inspections.rules import MACHINE, NotAnInspectorOfThis
from services.safety.inspections.schemas import CoveragePage, CoverageSummary, InspectionOut, InspectionPage
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/inspections", tags=["inspections"], route_class=Route)
coverage = APIRouter(prefix="/inspection-coverage", tags=["inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Planner = Annotated[Actor, Security(authorize, scopes=[May.PLAN_INSPECTIONS])]
Inspector = Annotated[Actor, Security(authorize, scopes=[May.MAKE_INSPECTIONS])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.SIGN_INSPECTIONS])]
Sharer = Annotated[Actor, Security(authorize, scopes=[May.SHARE_INSPECTIONS])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": InspectionOut}


@router.get(
    "", operation_id="list_inspections", response_model=InspectionPage, responses=exports.responses(InspectionPage)
)
async def list_inspections(
    query: Annotated[schemas.InspectionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List inspections in the caller's scope."""
    return await exports.answer(request, reader, queries.INSPECTIONS, query)


@router.get("/{id}", operation_id="get_inspection", response_model=InspectionOut, responses=problems(NotFound))
async def get_inspection(id: UUID, caller: Reader, reader: Read) -> Response:
    """One inspection and what the caller may do with it."""
    return await seen(reader, caller, queries.INSPECTION, MACHINE, "inspection", id)


@router.post("", operation_id="plan_inspection", **CREATED, responses=problems(NotFound, NoInspectionChecklist))
async def plan_inspection(new: schemas.InspectionNew, caller: Planner, session: Write) -> Response:
    """Put an inspection on the plan 列入计划; its depth follows from the kindergarten's history, with reasons."""
    made = await actions.plan_inspection(session, caller, new)
    return await answer(session, caller, queries.INSPECTION, MACHINE, made)


@router.post(
    "/{id}/starts",
    operation_id="start_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotAnInspectorOfThis),
)
async def start_inspection(id: UUID, asked: schemas.InspectionStart, caller: Inspector, session: Write) -> Response:
    """Begin the visit 开始检查."""
    await actions.start_inspection(session, caller, id, asked)
    return await answer(session, caller, queries.INSPECTION, MACHINE, id)


@router.post(
    "/{id}/records",
    operation_id="record_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotAnInspectorOfThis, NoSuchItem, AnswersIncomplete, FileUnknown),
)
async def record_inspection(id: UUID, asked: schemas.InspectionRecord, caller: Inspector, session: Write) -> Response:
    """Record what was found 记录结果; what is not in order becomes a hazard."""
    await actions.record_inspection(session, caller, id, asked)
    return await answer(session, caller, queries.INSPECTION, MACHINE, id)


@router.post(
    "/{id}/signatures", operation_id="sign_inspection", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def sign_inspection(id: UUID, asked: schemas.InspectionSignature, caller: Principal, session: Write) -> Response:
    """Sign for the kindergarten 园方签字, with an objection where there is one."""
    await actions.sign_inspection(session, caller, id, asked)
    return await answer(session, caller, queries.INSPECTION, MACHINE, id)


@router.post("/{id}/sharings", operation_id="share_inspection", **CREATED, responses=problems(NotFound, NotInThisState))
async def share_inspection(id: UUID, asked: schemas.InspectionSharing, caller: Sharer, session: Write) -> Response:
    """Share the result with departments 共享结果."""
    await actions.share_inspection(session, caller, id, asked)
    return await answer(session, caller, queries.INSPECTION, MACHINE, id)


@router.post(
    "/{id}/cancellations", operation_id="cancel_inspection", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def cancel_inspection(id: UUID, asked: schemas.InspectionCancelling, caller: Planner, session: Write) -> Response:
    """Take a planned inspection off 取消."""
    await actions.cancel_inspection(session, caller, id, asked)
    return await answer(session, caller, queries.INSPECTION, MACHINE, id)


@coverage.get(
    "", operation_id="list_inspection_coverage", response_model=CoveragePage, responses=exports.responses(CoveragePage)
)
async def list_coverage(
    query: Annotated[schemas.CoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Which kindergartens were inspected in a term, and with `checked=false` which were not."""
    span = term(query.as_of or today())
    asked = query.model_copy(update={"as_of": None})
    return await exports.answer(request, reader, queries.COVERAGE, asked, since=span.first, until=span.last)


@coverage.get("/summary", operation_id="get_inspection_coverage", response_model=CoverageSummary)
async def get_coverage(query: Annotated[schemas.CoverageDay, Query()], _: Reader, reader: Read) -> Response:
    """How many kindergartens were inspected in a term."""
    span = term(query.as_of or today())
    (body,) = await reader.one(queries.SUMMARY, "coverage", since=span.first, until=span.last)
    return Response(body, media_type=JSON)
