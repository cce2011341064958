from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.safety.answers import answer, seen
from services.safety.penalties import actions, queries
from services.safety.penalties.actions import HeavierThanNoticed, RectificationNotFailed, TimeBarred
from services.safety.penalties.rules import (
    MACHINE,
    HearingAskedAlready,
    HearingNotHeld,
    HearingTimeOver,
    HearingTimeRuns,
    NoHearingPending,
    NoRightToAHearing,
    NotPublished,
    PublishedAlready,
    ReviewedAlready,
    ReviewMissing,
)
from services.safety.penalties.schemas import (
    PenaltyDecision,
    PenaltyNew,
    PenaltyNotice,
    PenaltyOut,
    PenaltyPage,
    PenaltyQuery,
    PenaltyStep,
)
from services.safety.permissions import May
from services.safety.steps.actions import FileUnknown
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/penalties", tags=["penalties"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_PENALTIES])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.WORK_PENALTIES])]
Party = Annotated[Actor, Security(authorize, scopes=[May.ANSWER_PENALTIES])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_PENALTIES])]
CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": PenaltyOut}


@router.get("", operation_id="list_penalties", response_model=PenaltyPage, responses=exports.responses(PenaltyPage))
async def list_penalties(
    query: Annotated[PenaltyQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List penalty cases in the caller's scope."""
    return await exports.answer(request, reader, queries.PENALTIES, query)


@router.get("/{id}", operation_id="get_penalty", response_model=PenaltyOut, responses=problems(NotFound))
async def get_penalty(id: UUID, caller: Reader, reader: Read) -> Response:
    """One case and what the caller may do with it."""
    return await seen(reader, caller, queries.PENALTY, MACHINE, "penalty case", id, today=today())


@router.post(
    "",
    operation_id="file_penalty",
    **CREATED,
    responses=problems(NotFound, RectificationNotFailed, TimeBarred, FileUnknown),
)
async def file_penalty(new: PenaltyNew, caller: Officer, session: Write) -> Response:
    """File a case 立案, of a rectification that failed, of a site, or for another cause."""
    made = await actions.file_penalty(session, caller, new)
    return await answer(session, caller, queries.PENALTY, MACHINE, made, today=today())


@router.post(
    "/{id}/notices", operation_id="give_notice", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def give_notice(id: UUID, asked: PenaltyNotice, caller: Officer, session: Write) -> Response:
    """Tell the party facts, grounds and rights 告知."""
    await actions.give_notice(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/statements",
    operation_id="state_penalty_case",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def state_penalty_case(id: UUID, asked: PenaltyStep, caller: Party, session: Write) -> Response:
    """State the party's case 陈述申辩."""
    await actions.state_penalty_case(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/hearing-requests",
    operation_id="ask_penalty_hearing",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NoRightToAHearing, HearingTimeOver, HearingAskedAlready, FileUnknown),
)
async def ask_penalty_hearing(id: UUID, asked: PenaltyStep, caller: Party, session: Write) -> Response:
    """Ask for a hearing 要求听证, within five working days of the notice."""
    await actions.ask_penalty_hearing(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/hearings",
    operation_id="hold_penalty_hearing",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NoHearingPending, AnotherPersonNeeded, FileUnknown),
)
async def hold_penalty_hearing(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Hold the hearing 举行听证, by somebody who did not investigate."""
    await actions.hold_penalty_hearing(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/reviews",
    operation_id="review_penalty",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ReviewedAlready, AnotherPersonNeeded, FileUnknown),
)
async def review_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Legal review 法制审核, by another person."""
    await actions.review_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/decisions",
    operation_id="decide_penalty",
    **CREATED,
    responses=problems(
        NotFound,
        NotInThisState,
        HearingNotHeld,
        HearingTimeRuns,
        ReviewMissing,
        HeavierThanNoticed,
        AnotherPersonNeeded,
        FileUnknown,
        constraints=("decision_number_taken",),
    ),
)
async def decide_penalty(id: UUID, asked: PenaltyDecision, caller: Decider, session: Write) -> Response:
    """Decide 决定, within ninety days of filing, not heavier than noticed."""
    await actions.decide_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/deliveries",
    operation_id="deliver_penalty",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def deliver_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Deliver the decision 送达, within seven working days."""
    await actions.deliver_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/executions",
    operation_id="execute_penalty",
    **CREATED,
    responses=problems(NotFound, NotInThisState, FileUnknown),
)
async def execute_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Record that it was carried out 执行."""
    await actions.execute_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/publications",
    operation_id="publish_penalty",
    **CREATED,
    responses=problems(NotFound, NotInThisState, PublishedAlready, FileUnknown),
)
async def publish_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Publish the decision 公开."""
    await actions.publish_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/withdrawals",
    operation_id="withdraw_penalty",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NotPublished, FileUnknown),
)
async def withdraw_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Withdraw the publication 撤回公开."""
    await actions.withdraw_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/closings", operation_id="close_penalty", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def close_penalty(id: UUID, asked: PenaltyStep, caller: Officer, session: Write) -> Response:
    """Close the case 结案."""
    await actions.close_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())


@router.post(
    "/{id}/drops", operation_id="drop_penalty", **CREATED, responses=problems(NotFound, NotInThisState, FileUnknown)
)
async def drop_penalty(id: UUID, asked: PenaltyStep, caller: Decider, session: Write) -> Response:
    """Drop the case 撤销案件."""
    await actions.drop_penalty(session, caller, id, asked)
    return await answer(session, caller, queries.PENALTY, MACHINE, id, today=today())
