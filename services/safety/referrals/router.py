from datetime import date
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import JSON, seen
from services.safety.answers import answer as told
from services.safety.permissions import May
from services.safety.referrals import actions, queries
from services.safety.referrals.rules import MACHINE
from services.safety.referrals.schemas import (
    ReferralAnswerIn,
    ReferralNew,
    ReferralOut,
    ReferralPage,
    ReferralQuery,
    ReferralStep,
    ReferralTimes,
    ReferralTimesQuery,
)
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/referrals", tags=["referrals"], route_class=Route)
times = APIRouter(prefix="/referral-times", tags=["referrals"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_REFERRALS])]
Worker = Annotated[Actor, Security(authorize, scopes=[May.WORK_REFERRALS])]
Answerer = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_REFERRALS])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": ReferralOut}


@router.get("", operation_id="list_referrals", response_model=ReferralPage, responses=exports.responses(ReferralPage))
async def list_referrals(
    query: Annotated[ReferralQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """What was asked of departments 部门协同事项, and what is overdue."""
    return await exports.answer(request, reader, queries.REFERRALS, query, today=today())


@router.get("/{id}", operation_id="get_referral", response_model=ReferralOut, responses=problems(NotFound))
async def get_referral(id: UUID, caller: Reader, reader: Read) -> Response:
    """One of them, with its answer and what the caller may do."""
    return await seen(reader, caller, queries.REFERRAL, MACHINE, "referral", id, today=today())


@router.post("", operation_id="send_referral", **CREATED, responses=problems(NotFound, FileUnknown))
async def send_referral(new: ReferralNew, caller: Worker, session: Write) -> Response:
    """Ask a department for data, to take over a case, for a joint check or its opinion 移送或商请."""
    made = await actions.send(session, caller, new)
    return await told(session, caller, queries.REFERRAL, MACHINE, made, today=today())


@router.post(
    "/{id}/answers",
    operation_id="answer_referral",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, FileUnknown),
)
async def answer_referral(id: UUID, asked: ReferralAnswerIn, caller: Answerer, session: Write) -> Response:
    """Answer it 答复, by the department or by another of the office for it."""
    await actions.answer(session, caller, id, asked)
    return await told(session, caller, queries.REFERRAL, MACHINE, id, today=today())


@router.post(
    "/{id}/returns", operation_id="return_referral_answer", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def return_answer(id: UUID, asked: ReferralStep, caller: Worker, session: Write) -> Response:
    """Send the answer back 退回: it does not suffice."""
    await actions.send_back(session, caller, id, asked)
    return await told(session, caller, queries.REFERRAL, MACHINE, id, today=today())


@router.post("/{id}/closings", operation_id="close_referral", **CREATED, responses=problems(NotFound, NotInThisState))
async def close_referral(id: UUID, asked: ReferralStep, caller: Worker, session: Write) -> Response:
    """Close it 办结."""
    await actions.close(session, caller, id, asked)
    return await told(session, caller, queries.REFERRAL, MACHINE, id, today=today())


@router.post(
    "/{id}/withdrawals", operation_id="withdraw_referral", **CREATED, responses=problems(NotFound, NotInThisState)
)
async def withdraw_referral(id: UUID, asked: ReferralStep, caller: Worker, session: Write) -> Response:
    """Take it back before it was answered 撤回."""
    await actions.withdraw(session, caller, id, asked)
    return await told(session, caller, queries.REFERRAL, MACHINE, id, today=today())


@times.get("", operation_id="get_referral_times", response_model=list[ReferralTimes])
async def get_times(query: Annotated[ReferralTimesQuery, Query()], _: Reader, reader: Read) -> Response:
    """How each department answers: in time, overdue, and in how many days."""
    asked = {"division": query.division, "since": query.since or date.min, "until": query.until or today()}
    (body,) = await reader.one(queries.TIMES, "referrals", today=today(), **asked)
    return Response(body, media_type=JSON)
