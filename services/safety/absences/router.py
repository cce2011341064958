from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.absences import actions, queries
from services.safety.absences.rules import MACHINE, HealthExamNeeded
from services.safety.absences.schemas import (
    AbsenceNew,
    AbsenceOut,
    AbsencePage,
    AbsenceQuery,
    AbsenceReturn,
    AbsenceStep,
    HealthExamNew,
    HealthExamOut,
    HealthExamPage,
    HealthExamQuery,
)
from services.safety.answers import JSON, answer, seen
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/absences", tags=["health"], route_class=Route)
exams = APIRouter(prefix="/health-exams", tags=["health"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ROUTINES])]
Recorder = Annotated[Actor, Security(authorize, scopes=[May.WRITE_ROUTINES])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": AbsenceOut}


@router.get("", operation_id="list_absences", response_model=AbsencePage, responses=exports.responses(AbsencePage))
async def list_absences(query: Annotated[AbsenceQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """Children away; `blocked=true`: those who must be examined before they return (SAF-14)."""
    return await exports.answer(request, reader, queries.ABSENCES, query, as_of=query.as_of or today())


@router.get("/{id}", operation_id="get_absence", response_model=AbsenceOut, responses=problems(NotFound))
async def get_absence(id: UUID, caller: Reader, reader: Read) -> Response:
    """One absence, what was done, and what the caller may do."""
    return await seen(reader, caller, queries.ABSENCE, MACHINE, "absence", id, as_of=today())


@router.post(
    "",
    operation_id="record_absence",
    **CREATED,
    responses=problems(NotFound, constraints=("child_is_away_already",)),
)
async def record_absence(new: AbsenceNew, caller: Recorder, session: Write) -> Response:
    """Record that a child is away 缺勤登记."""
    made = await actions.record_absence(session, caller, new)
    return await answer(session, caller, queries.ABSENCE, MACHINE, made, as_of=today())


@router.post(
    "/{id}/follow-ups",
    operation_id="follow_absence",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def follow_absence(id: UUID, asked: AbsenceStep, caller: Recorder, session: Write) -> Response:
    """Record what the family said 缺勤追踪."""
    await actions.follow_absence(session, caller, id, asked)
    return await answer(session, caller, queries.ABSENCE, MACHINE, id, as_of=today())


@router.post(
    "/{id}/returns",
    operation_id="return_child",
    **CREATED,
    responses=problems(NotFound, NotInThisState, HealthExamNeeded),
)
async def return_child(id: UUID, asked: AbsenceReturn, caller: Recorder, session: Write) -> Response:
    """The child is back 返园; away more than three months it must have been examined (SAF-14)."""
    await actions.return_child(session, caller, id, asked)
    return await answer(session, caller, queries.ABSENCE, MACHINE, id, as_of=today())


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_absence",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def withdraw_absence(id: UUID, asked: AbsenceStep, caller: Recorder, session: Write) -> Response:
    """Take back an absence recorded by mistake 撤销."""
    await actions.withdraw_absence(session, caller, id, asked)
    return await answer(session, caller, queries.ABSENCE, MACHINE, id, as_of=today())


@exams.get(
    "", operation_id="list_health_exams", response_model=HealthExamPage, responses=exports.responses(HealthExamPage)
)
async def list_exams(query: Annotated[HealthExamQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """Health examinations of children in the caller's scope."""
    return await exports.answer(request, reader, queries.EXAMS, query)


@exams.post(
    "",
    operation_id="record_health_exam",
    status_code=status.HTTP_201_CREATED,
    response_model=HealthExamOut,
    responses=problems(NotFound, FileUnknown),
)
async def record_exam(new: HealthExamNew, caller: Recorder, session: Write) -> Response:
    """Record a health examination 体检: passed or not, nothing of what was found."""
    made = await actions.record_exam(session, caller, new)
    return Response(await written(session, queries.EXAM, id=made), status.HTTP_201_CREATED, media_type=JSON)
