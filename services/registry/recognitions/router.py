from dataclasses import asdict
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.permissions import May
from services.registry.recognitions import actions, queries
from services.registry.recognitions.answers import CREATED, answer, read
from services.registry.recognitions.conditions import blocks
from services.registry.recognitions.facts import number, read_checks
from services.registry.recognitions.models import ONE_OPEN
from services.registry.recognitions.rules import ConditionsUnmet, RecognitionBlocked
from services.registry.recognitions.schemas import (
    RecognitionAmendment,
    RecognitionApplication,
    RecognitionCheck,
    RecognitionCheckQuery,
    RecognitionChecks,
    RecognitionNote,
    RecognitionObjection,
    RecognitionObjectionAnswer,
    RecognitionOut,
    RecognitionPage,
    RecognitionQuery,
    RecognitionReviewNew,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/recognitions", tags=["recognitions"], route_class=Route)
checks = APIRouter(prefix="/kindergartens/{id}/recognition-checks", tags=["recognitions"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_RECOGNITIONS])]
Applicant = Annotated[Actor, Security(authorize, scopes=[May.APPLY_FOR_RECOGNITION])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_RECOGNITIONS])]


@checks.get("", operation_id="check_recognition_conditions", responses=problems(NotFound))
async def check_recognition_conditions(
    id: UUID, query: Annotated[RecognitionCheckQuery, Query()], _: Reader, reader: Read
) -> RecognitionChecks:
    """What the register itself says about a recognition of this kindergarten, before anyone applies."""
    found = await read_checks(reader, id, query.fee, today())
    items = [RecognitionCheck(**asdict(each)) for each in found]
    return RecognitionChecks(items=items, eligible=not blocks(found))


@router.get(
    "", operation_id="list_recognitions", response_model=RecognitionPage, responses=exports.responses(RecognitionPage)
)
async def list_recognitions(
    query: Annotated[RecognitionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List applications and recognitions 普惠性民办园认定 in the caller's scope, with what is about to lapse."""
    day = query.as_of or today()
    soon = day + timedelta(number("recognition_warning_days", day))
    return await exports.answer(request, reader, queries.RECOGNITIONS, query, as_of=day, soon=soon)


@router.get("/{id}", operation_id="get_recognition", response_model=RecognitionOut, responses=problems(NotFound))
async def get_recognition(id: UUID, _: Reader, reader: Read) -> Response:
    """One recognition: checks, findings, terms, reviews, every step, and what the caller may do now."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="apply_for_recognition",
    **CREATED,
    responses=problems(NotFound, RecognitionBlocked, constraints=(ONE_OPEN,)),
)
async def apply_for_recognition(caller: Applicant, new: RecognitionApplication, session: Write) -> Response:
    """Apply for recognition, or for its renewal while one is in force; a for-profit kindergarten cannot (REG-16)."""
    return await answer(session, caller, await actions.apply_for_recognition(session, caller, new))


@router.post(
    "/{id}/amendments",
    operation_id="amend_recognition_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, RecognitionBlocked),
)
async def amend_recognition_application(
    id: UUID, caller: Applicant, new: RecognitionAmendment, session: Write
) -> Response:
    """Hand in again 补正 what was sent back."""
    await actions.amend_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/retractions",
    operation_id="retract_recognition_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def retract_recognition_application(
    id: UUID, caller: Applicant, new: RecognitionNote, session: Write
) -> Response:
    """Take the application back 撤回."""
    await actions.retract_application(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="send_back_recognition_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def send_back_recognition_application(
    id: UUID, caller: Reviewer, new: RecognitionNote, session: Write
) -> Response:
    """Ask for what is missing 退回补正."""
    await actions.send_back_application(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/reviews",
    operation_id="review_recognition_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def review_recognition_application(
    id: UUID, caller: Reviewer, new: RecognitionReviewNew, session: Write
) -> Response:
    """Find every condition met or not 审核; not by who applied."""
    await actions.review_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/notices",
    operation_id="publish_recognition_notice",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ConditionsUnmet),
)
async def publish_recognition_notice(id: UUID, caller: Reviewer, new: RecognitionNote, session: Write) -> Response:
    """Put the intended recognition before the public 公示 for the working days of the parameter."""
    await actions.publish_notice(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/objections",
    operation_id="record_recognition_objection",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def record_recognition_objection(
    id: UUID, caller: Reviewer, new: RecognitionObjection, session: Write
) -> Response:
    """Record what was objected 异议; nothing is granted before it is answered."""
    await actions.record_objection(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/objection-answers",
    operation_id="answer_recognition_objection",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def answer_recognition_objection(
    id: UUID, caller: Reviewer, new: RecognitionObjectionAnswer, session: Write
) -> Response:
    """Answer an objection: upheld, the application is reviewed anew; unfounded, the notice goes on."""
    await actions.answer_objection(session, caller, id, new)
    return await answer(session, caller, id)
