from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import answer, seen
from services.safety.incidents import actions, queries
from services.safety.incidents.rules import MACHINE, ReportsMissing
from services.safety.incidents.schemas import (
    IncidentFollowUp,
    IncidentNew,
    IncidentOut,
    IncidentPage,
    IncidentQuery,
    IncidentReportIn,
)
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/incidents", tags=["incidents"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INCIDENTS])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_INCIDENTS])]
Closer = Annotated[Actor, Security(authorize, scopes=[May.CLOSE_INCIDENTS])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": IncidentOut}


@router.get("", operation_id="list_incidents", response_model=IncidentPage, responses=exports.responses(IncidentPage))
async def list_incidents(
    query: Annotated[IncidentQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List incidents in the caller's scope."""
    return await exports.answer(request, reader, queries.INCIDENTS, query)


@router.get("/{id}", operation_id="get_incident", response_model=IncidentOut, responses=problems(NotFound))
async def get_incident(id: UUID, caller: Reader, reader: Read) -> Response:
    """One incident, who was told, and what the caller may do."""
    return await seen(reader, caller, queries.INCIDENT, MACHINE, "incident", id)


@router.post("", operation_id="record_incident", **CREATED, responses=problems(NotFound, FileUnknown))
async def record_incident(new: IncidentNew, caller: Recorder, session: Write) -> Response:
    """Record an incident 登记事件, without names."""
    made = await actions.record_incident(session, caller, new)
    return await answer(session, caller, queries.INCIDENT, MACHINE, made)


@router.post("/{id}/reports", operation_id="report_incident", **CREATED, responses=problems(NotFound, NotInThisState))
async def report_incident(id: UUID, asked: IncidentReportIn, caller: Recorder, session: Write) -> Response:
    """Record that somebody was told 报告; too late is a finding by itself."""
    await actions.report_incident(session, caller, id, asked)
    return await answer(session, caller, queries.INCIDENT, MACHINE, id)


@router.post(
    "/{id}/follow-ups",
    operation_id="follow_incident",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def follow_incident(id: UUID, asked: IncidentFollowUp, caller: Recorder, session: Write) -> Response:
    """Record what was done about it 跟踪处置."""
    await actions.follow_incident(session, caller, id, asked)
    return await answer(session, caller, queries.INCIDENT, MACHINE, id)


@router.post(
    "/{id}/closings",
    operation_id="close_incident",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ReportsMissing, FileUnknown),
)
async def close_incident(id: UUID, asked: IncidentFollowUp, caller: Closer, session: Write) -> Response:
    """Close it 办结, once everybody was told."""
    await actions.close_incident(session, caller, id, asked)
    return await answer(session, caller, queries.INCIDENT, MACHINE, id)
