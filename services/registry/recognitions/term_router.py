from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response, Security, status

from services.registry.kindergartens.takeovers import PreviewIsStale
from services.registry.permissions import May
from services.registry.recognitions import decisions, existing, terms
from services.registry.recognitions.answers import CREATED, answer
from services.registry.recognitions.models import ONE_A_DAY, ONE_REVIEW, TWO_PEOPLE
from services.registry.recognitions.rules import (
    NoReviewLeft,
    NoticeNotOver,
    RecognitionBlocked,
    RecognitionNotInForce,
    ReviewNotDue,
)
from services.registry.recognitions.schemas import (
    ExistingRecognition,
    RecognitionGrant,
    RecognitionNote,
    RecognitionOutcome,
    RecognitionOutcomeQuery,
    RecognitionRefusal,
    RecognitionYearNew,
    WithdrawalDecision,
    WithdrawalNotice,
)
from services.registry.types.router import LAW, OVERLAP
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/recognitions/{id}", tags=["recognitions"], route_class=Route)
entries = APIRouter(prefix="/existing-recognitions", tags=["recognitions"], route_class=Route)

Applicant = Annotated[Actor, Security(authorize, scopes=[May.APPLY_FOR_RECOGNITION])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_RECOGNITIONS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_RECOGNITIONS])]
How = Annotated[RecognitionOutcomeQuery, Query()]
PREVIEWED: dict[int | str, dict[str, Any]] = {200: {"model": RecognitionOutcome, "description": "Previewed"}}
DECIDED = (NotFound, NotInThisState, AnotherPersonNeeded, NoticeNotOver, PreviewIsStale)


@router.post(
    "/grants",
    operation_id="grant_recognition",
    status_code=status.HTTP_201_CREATED,
    responses={
        **PREVIEWED,
        **problems(*DECIDED, RecognitionBlocked, constraints=(*LAW, OVERLAP, ONE_A_DAY, TWO_PEOPLE)),
    },
)
async def grant_recognition(
    id: UUID, _: Decider, how: How, new: RecognitionGrant, reader: Read, session: Write, response: Response
) -> RecognitionOutcome:
    """Recognise for a term at the agreed fee 认定, after the notice and by another person than the reviewer.

    The type becomes 普惠性民办 for the term, and 非普惠性民办 when it ends without renewal.
    """
    outcome = await decisions.grant(session, reader, id, new, how)
    response.status_code = status.HTTP_201_CREATED if outcome.committed else status.HTTP_200_OK
    return outcome


@entries.post(
    "",
    operation_id="record_existing_recognition",
    **CREATED,
    responses=problems(NotFound, RecognitionBlocked),
)
async def record_existing_recognition(caller: Reviewer, new: ExistingRecognition, session: Write) -> Response:
    """Enter a recognition decided before the system was 补录原有认定, by its document; another person confirms it."""
    return await answer(session, caller, await existing.record_existing(session, caller, new))


@router.post(
    "/confirmations",
    operation_id="confirm_existing_recognition",
    status_code=status.HTTP_201_CREATED,
    responses={
        **PREVIEWED,
        **problems(
            NotFound,
            NotInThisState,
            AnotherPersonNeeded,
            PreviewIsStale,
            RecognitionBlocked,
            constraints=(*LAW, OVERLAP, ONE_A_DAY, TWO_PEOPLE),
        ),
    },
)
async def confirm_existing_recognition(
    id: UUID, _: Decider, how: How, reader: Read, session: Write, response: Response
) -> RecognitionOutcome:
    """Let an entered recognition count 核准补录, by another person; the type is inclusive for its whole term."""
    outcome = await existing.confirm_existing(session, reader, id, how)
    response.status_code = status.HTTP_201_CREATED if outcome.committed else status.HTTP_200_OK
    return outcome


@router.post(
    "/discards",
    operation_id="discard_existing_recognition",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def discard_existing_recognition(id: UUID, caller: Reviewer, new: RecognitionNote, session: Write) -> Response:
    """Take back 撤销补录 what was entered wrongly, before it counts."""
    await existing.discard_existing(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/refusals",
    operation_id="refuse_recognition",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, constraints=(TWO_PEOPLE,)),
)
async def refuse_recognition(id: UUID, caller: Decider, new: RecognitionRefusal, session: Write) -> Response:
    """Decide against the application 不予认定, with the reason."""
    await decisions.refuse_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/yearly-reviews",
    operation_id="review_recognition_year",
    **CREATED,
    responses=problems(
        NotFound, NotInThisState, RecognitionNotInForce, ReviewNotDue, NoReviewLeft, constraints=(ONE_REVIEW,)
    ),
)
async def review_recognition_year(id: UUID, caller: Reviewer, new: RecognitionYearNew, session: Write) -> Response:
    """Review a year of the term 年度复核; the result follows from conditions, checks and the fee charged."""
    await terms.review_year(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/withdrawal-requests",
    operation_id="request_recognition_withdrawal",
    **CREATED,
    responses=problems(NotFound, NotInThisState, RecognitionNotInForce),
)
async def request_recognition_withdrawal(id: UUID, caller: Applicant, new: RecognitionNote, session: Write) -> Response:
    """Ask to leave 申请退出 before the term is over."""
    await terms.request_withdrawal(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/withdrawal-notices",
    operation_id="notify_recognition_withdrawal",
    **CREATED,
    responses=problems(NotFound, NotInThisState, RecognitionNotInForce),
)
async def notify_recognition_withdrawal(id: UUID, caller: Reviewer, new: WithdrawalNotice, session: Write) -> Response:
    """Tell the kindergarten that the recognition is to end 拟退出告知, and why."""
    await terms.notify_withdrawal(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/withdrawal-statements",
    operation_id="state_recognition_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def state_recognition_case(id: UUID, caller: Applicant, new: RecognitionNote, session: Write) -> Response:
    """Say what speaks against the withdrawal 陈述申辩."""
    await terms.state_case(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/keepings",
    operation_id="keep_recognition",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def keep_recognition(id: UUID, caller: Decider, new: RecognitionNote, session: Write) -> Response:
    """Let the recognition stand after all 维持认定."""
    await terms.keep_recognition(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/withdrawals",
    operation_id="withdraw_recognition",
    status_code=status.HTTP_201_CREATED,
    responses={
        **PREVIEWED,
        **problems(*DECIDED, RecognitionNotInForce, constraints=(*LAW, OVERLAP)),
    },
)
async def withdraw_recognition(
    id: UUID, _: Decider, how: How, new: WithdrawalDecision, reader: Read, session: Write, response: Response
) -> RecognitionOutcome:
    """End the recognition 退出 after the notice, by another person; the type is private from that day on."""
    outcome = await decisions.withdraw(session, reader, id, new, how)
    response.status_code = status.HTTP_201_CREATED if outcome.committed else status.HTTP_200_OK
    return outcome
