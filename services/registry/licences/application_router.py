from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.founders.rules import FounderBarred
from services.registry.kindergartens.rules import STATUS_NOT_REACHABLE
from services.registry.kindergartens.transitions import HAS_CHILDREN
from services.registry.licences import actions, decisions, queries
from services.registry.licences.answers import APPLIED, answer_application, read_application
from services.registry.licences.models import ONE_OPEN, TWO_PEOPLE
from services.registry.licences.rules import (
    ExtendedAlready,
    LicenceConditionsUnmet,
    LicenceHeldAlready,
    NoLicenceHeld,
    NotInEffectYet,
)
from services.registry.licences.schemas import (
    LicenceAmendment,
    LicenceApplicationNew,
    LicenceApplicationOut,
    LicenceApplicationPage,
    LicenceApplicationQuery,
    LicenceApproval,
    LicenceExamination,
    LicenceNote,
    LicenceRefusal,
)
from services.registry.permissions import May
from services.registry.refusals import named
from services.registry.types.router import LAW
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/licence-applications", tags=["licences"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_LICENCES])]
Applicant = Annotated[Actor, Security(authorize, scopes=[May.APPLY_FOR_LICENCE])]
Examiner = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_LICENCES])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_LICENCES])]


@router.get(
    "",
    operation_id="list_licence_applications",
    response_model=LicenceApplicationPage,
    responses=exports.responses(LicenceApplicationPage),
)
async def list_licence_applications(
    query: Annotated[LicenceApplicationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List applications about licences 许可申请, with those past their time limit."""
    return await exports.answer(request, reader, queries.APPLICATIONS, query, as_of=query.as_of or today())


@router.get(
    "/{id}",
    operation_id="get_licence_application",
    response_model=LicenceApplicationOut,
    responses=problems(NotFound),
)
async def get_licence_application(id: UUID, _: Reader, reader: Read) -> Response:
    """One application: checklist with evidence and findings, time limit, every step, what the caller may do."""
    return await read_application(reader, id)


@router.post(
    "",
    operation_id="apply_for_licence",
    **APPLIED,
    responses=problems(NotFound, LicenceHeldAlready, NoLicenceHeld, constraints=(ONE_OPEN, *LAW)),
)
async def apply_for_licence(caller: Applicant, new: LicenceApplicationNew, session: Write) -> Response:
    """Apply to establish 设立, renew 延续, change 变更 or end 终止, with evidence for the eight conditions.

    A change of founder, legal form or type the law forbids is refused at once (REG-15, REG-16).
    """
    return await answer_application(session, caller, await actions.apply_for_licence(session, caller, new))


@router.post(
    "/{id}/amendments",
    operation_id="amend_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, constraints=LAW),
)
async def amend_licence_application(id: UUID, caller: Applicant, new: LicenceAmendment, session: Write) -> Response:
    """Hand in again 补正 what was sent back."""
    await actions.amend_application(session, caller, id, new)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/retractions",
    operation_id="retract_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState),
)
async def retract_licence_application(id: UUID, caller: Applicant, new: LicenceNote, session: Write) -> Response:
    """Take the application back 撤回."""
    await actions.retract_application(session, caller, id, new.note)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="send_back_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def send_back_licence_application(id: UUID, caller: Examiner, new: LicenceNote, session: Write) -> Response:
    """Say at once all that is missing 退回补正."""
    await actions.send_back_application(session, caller, id, new.note)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/acceptances",
    operation_id="accept_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def accept_licence_application(id: UUID, caller: Examiner, new: LicenceNote, session: Write) -> Response:
    """Accept the application 受理; the time to decide runs from today."""
    await actions.accept_application(session, caller, id, new.note)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/extensions",
    operation_id="extend_licence_decision",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, ExtendedAlready),
)
async def extend_licence_decision(id: UUID, caller: Decider, new: LicenceNote, session: Write) -> Response:
    """Extend the time to decide once 延长期限, with the reason (行政许可法 art. 42)."""
    await actions.extend_time(session, caller, id, new.note)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/examinations",
    operation_id="examine_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def examine_licence_application(id: UUID, caller: Examiner, new: LicenceExamination, session: Write) -> Response:
    """Find each of the eight conditions of 学前教育法 art. 29 met or not 核查."""
    await actions.examine_application(session, caller, id, new)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/approvals",
    operation_id="approve_licence_application",
    **APPLIED,
    responses=problems(
        NotFound, NotInThisState, AnotherPersonNeeded, LicenceConditionsUnmet, FounderBarred, constraints=(TWO_PEOPLE,)
    ),
)
async def approve_licence_application(id: UUID, caller: Decider, new: LicenceApproval, session: Write) -> Response:
    """Grant it 准予许可, by another person than who examined it. A change or an end waits for its day."""
    await decisions.approve_application(session, caller, id, new)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/refusals",
    operation_id="refuse_licence_application",
    **APPLIED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, constraints=(TWO_PEOPLE,)),
)
async def refuse_licence_application(id: UUID, caller: Decider, new: LicenceRefusal, session: Write) -> Response:
    """Decide against it 不予许可, in writing and with the reason."""
    await decisions.refuse_application(session, caller, id, new)
    return await answer_application(session, caller, id)


@router.post(
    "/{id}/completions",
    operation_id="complete_licence_application",
    **APPLIED,
    responses=problems(
        NotFound,
        NotInThisState,
        NotInEffectYet,
        decisions.RecognitionStillInForce,
        constraints=(*named(HAS_CHILDREN, STATUS_NOT_REACHABLE), *LAW),
    ),
)
async def complete_licence_application(
    id: UUID, caller: Decider, new: LicenceNote, reader: Read, session: Write
) -> Response:
    """Carry out an approved change or end on its day 办结; nobody closes while children are enrolled."""
    await decisions.complete_application(session, reader, id, new.note)
    return await answer_application(session, caller, id)
