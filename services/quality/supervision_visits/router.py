from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.offers import with_actions
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from services.quality.supervision_visits import actions, queries
from services.quality.supervision_visits.actions import DangerIsHandledAtOnce, NotTheResponsibleInspector
from services.quality.supervision_visits.rules import MACHINE, month_of
from services.quality.supervision_visits.schemas import (
    SupervisionCoveragePage,
    SupervisionCoverageQuery,
    SupervisionIssueDetail,
    SupervisionIssuePage,
    SupervisionIssueQuery,
    SupervisionNote,
    SupervisionVisitNew,
    SupervisionVisitOut,
    SupervisionVisitPage,
    SupervisionVisitQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(tags=["inspectors"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_VISITS])]
Inspector = Annotated[Actor, Security(authorize, scopes=[May.VISIT])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_ISSUES])]


@router.get(
    "/supervision-visits",
    operation_id="list_supervision_visits",
    response_model=SupervisionVisitPage,
    responses=exports.responses(SupervisionVisitPage),
)
async def list_supervision_visits(
    query: Annotated[SupervisionVisitQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List visits 督导记录 in the caller's scope."""
    return await exports.answer(request, reader, queries.VISITS, query)


@router.post(
    "/supervision-visits",
    operation_id="record_supervision_visit",
    status_code=status.HTTP_201_CREATED,
    response_model=SupervisionVisitOut,
    responses=problems(NotFound, NotTheResponsibleInspector, DangerIsHandledAtOnce),
)
async def record_supervision_visit(new: SupervisionVisitNew, caller: Inspector, session: Write) -> Response:
    """Record a visit of the responsible inspector, with what has to be put right."""
    made = await actions.record_visit(session, caller, new)
    body = await written(session, queries.VISIT, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")


@router.get(
    "/supervision-coverage",
    operation_id="list_supervision_coverage",
    response_model=SupervisionCoveragePage,
    responses=exports.responses(SupervisionCoveragePage),
)
async def list_supervision_coverage(
    query: Annotated[SupervisionCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Who was visited in a month and who was not (QUA-01); a month that still runs misses nothing."""
    first, following = month_of(query.month)
    least = number(PARAMETERS, "inspector_visits_month", first)
    values = {"first_day": first, "next_month": following, "least": least, "as_of": today()}
    return await exports.answer(request, reader, queries.COVERAGE, query, **values)


@router.get(
    "/supervision-issues",
    operation_id="list_supervision_issues",
    response_model=SupervisionIssuePage,
    responses=exports.responses(SupervisionIssuePage),
)
async def list_supervision_issues(
    query: Annotated[SupervisionIssueQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List what visits found; overdue ones (QUA-04) can be asked for."""
    return await exports.answer(request, reader, queries.ISSUES, query, as_of=today())


@router.get(
    "/supervision-issues/{id}",
    operation_id="get_supervision_issue",
    response_model=SupervisionIssueDetail,
    responses=problems(NotFound),
)
async def get_supervision_issue(id: UUID, caller: Reader, reader: Read) -> Response:
    """One issue, what was done about it, and what the caller may do now."""
    (body,) = await reader.one(queries.ISSUE, "supervision issue", id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _moved(session: AsyncSession, caller: Actor, id: UUID, verb: str, note: str) -> Response:
    await actions.move_issue(session, caller, id, verb, note)
    body = await written(session, queries.ISSUE, id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/supervision-issues/{id}/answers",
    operation_id="answer_supervision_issue",
    status_code=status.HTTP_201_CREATED,
    response_model=SupervisionIssueDetail,
    responses=problems(NotFound, NotInThisState),
)
async def answer_supervision_issue(id: UUID, asked: SupervisionNote, caller: Principal, session: Write) -> Response:
    """Say what was done about it 整改反馈."""
    return await _moved(session, caller, id, "answer", asked.note)


@router.post(
    "/supervision-issues/{id}/closings",
    operation_id="close_supervision_issue",
    status_code=status.HTTP_201_CREATED,
    response_model=SupervisionIssueDetail,
    responses=problems(NotFound, NotInThisState),
)
async def close_supervision_issue(id: UUID, asked: SupervisionNote, caller: Inspector, session: Write) -> Response:
    """Look again and find it done 复查销号."""
    return await _moved(session, caller, id, "close", asked.note)


@router.post(
    "/supervision-issues/{id}/reopenings",
    operation_id="reopen_supervision_issue",
    status_code=status.HTTP_201_CREATED,
    response_model=SupervisionIssueDetail,
    responses=problems(NotFound, NotInThisState),
)
async def reopen_supervision_issue(id: UUID, asked: SupervisionNote, caller: Inspector, session: Write) -> Response:
    """Look again and find it not done."""
    return await _moved(session, caller, id, "reopen", asked.note)
