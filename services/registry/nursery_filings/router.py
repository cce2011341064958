from dataclasses import asdict
from datetime import timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security

from services.registry.nursery_filings import actions, queries
from services.registry.nursery_filings.answers import CREATED, answer, read
from services.registry.nursery_filings.conditions import Scale
from services.registry.nursery_filings.facts import read_checks
from services.registry.nursery_filings.models import ONE_A_DAY, ONE_OPEN, THREE_HANDS
from services.registry.nursery_filings.rules import (
    NoNurseryFilingInForce,
    NurseryBlocked,
    NurseryConditionsUnmet,
    NurseryFilingInForce,
    NurseryFilingLapsed,
)
from services.registry.nursery_filings.schemas import (
    NurseryAmendment,
    NurseryApplication,
    NurseryCancellation,
    NurseryCheck,
    NurseryChecks,
    NurseryClassPage,
    NurseryClassQuery,
    NurseryExamination,
    NurseryFilingDecision,
    NurseryFilingOut,
    NurseryFilingPage,
    NurseryFilingQuery,
    NurseryNote,
    NurseryRefusal,
    NurseryScale,
    NurseryStop,
)
from services.registry.parameters.published import number_on
from services.registry.permissions import May
from services.registry.recognitions.conditions import blocks
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/nursery-filings", tags=["nursery"], route_class=Route)
running = APIRouter(tags=["nursery"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_NURSERY])]
Applicant = Annotated[Actor, Security(authorize, scopes=[May.APPLY_FOR_NURSERY])]
Examiner = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_NURSERY])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_NURSERY])]


@running.get(
    "/kindergartens/{id}/nursery-checks", operation_id="check_nursery_conditions", responses=problems(NotFound)
)
async def check_nursery_conditions(
    id: UUID, query: Annotated[NurseryScale, Query()], _: Reader, reader: Read
) -> NurseryChecks:
    """What the register itself says about nursery classes of that scale, before anyone applies."""
    found = await read_checks(reader, id, Scale(**dict(query)), today())
    return NurseryChecks(items=[NurseryCheck(**asdict(each)) for each in found], eligible=not blocks(found))


@running.get(
    "/nursery-classes",
    operation_id="list_nursery_classes",
    response_model=NurseryClassPage,
    responses=exports.responses(NurseryClassPage),
)
async def list_nursery_classes(
    query: Annotated[NurseryClassQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the nursery classes 托班 of a day by what is filed: `filed=false` are those running without a filing."""
    day = query.as_of or today()
    months = {f"months_{key}": number_on("nursery_age_months", day, key) for key in ("from", "until")}
    soon = day + timedelta(number_on("nursery_filing_warning_days", day))
    return await exports.answer(request, reader, queries.CLASSES, query, as_of=day, soon=soon, **months)


@router.get(
    "",
    operation_id="list_nursery_filings",
    response_model=NurseryFilingPage,
    responses=exports.responses(NurseryFilingPage),
)
async def list_nursery_filings(
    query: Annotated[NurseryFilingQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List applications and filings 托班审核备案 in the caller's scope, with what is about to lapse."""
    day = query.as_of or today()
    soon = day + timedelta(number_on("nursery_filing_warning_days", day))
    return await exports.answer(request, reader, queries.FILINGS, query, as_of=day, soon=soon)


@router.get("/{id}", operation_id="get_nursery_filing", response_model=NurseryFilingOut, responses=problems(NotFound))
async def get_nursery_filing(id: UUID, _: Reader, reader: Read) -> Response:
    """One filing: checks, examination, term, every step, and what the caller may do now."""
    return await read(reader, id)


@router.post(
    "",
    operation_id="apply_for_nursery",
    **CREATED,
    responses=problems(NotFound, NurseryBlocked, NurseryFilingInForce, NoNurseryFilingInForce, constraints=(ONE_OPEN,)),
)
async def apply_for_nursery(caller: Applicant, new: NurseryApplication, session: Write) -> Response:
    """Apply for nursery classes, their change or renewal. Refused while children of 3 to 6 wait (REG-20)."""
    return await answer(session, caller, await actions.apply_for_nursery(session, caller, new))


@router.post(
    "/{id}/amendments",
    operation_id="amend_nursery_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NurseryBlocked),
)
async def amend_nursery_application(id: UUID, caller: Applicant, new: NurseryAmendment, session: Write) -> Response:
    """Change what is asked for, or hand in again 补正 what was sent back."""
    await actions.amend_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/retractions",
    operation_id="retract_nursery_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def retract_nursery_application(id: UUID, caller: Applicant, new: NurseryNote, session: Write) -> Response:
    """Take the application back 撤回."""
    await actions.retract_application(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="send_back_nursery_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def send_back_nursery_application(id: UUID, caller: Examiner, new: NurseryNote, session: Write) -> Response:
    """Ask for what is missing 退回补正."""
    await actions.send_back_application(session, caller, id, new.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/examinations",
    operation_id="examine_nursery_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def examine_nursery_application(id: UUID, caller: Examiner, new: NurseryExamination, session: Write) -> Response:
    """Examine on the spot 审核, beside the register's own checks; not by who applied."""
    await actions.examine_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/filings",
    operation_id="file_nursery",
    **CREATED,
    responses=problems(
        NotFound,
        NotInThisState,
        AnotherPersonNeeded,
        NurseryConditionsUnmet,
        NurseryBlocked,
        constraints=(ONE_A_DAY, THREE_HANDS),
    ),
)
async def file_nursery(id: UUID, caller: Decider, new: NurseryFilingDecision, session: Write) -> Response:
    """File it 备案 with a number and a term; by neither who applied nor who examined."""
    await actions.file_nursery(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/refusals",
    operation_id="refuse_nursery_application",
    **CREATED,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, constraints=(THREE_HANDS,)),
)
async def refuse_nursery_application(id: UUID, caller: Decider, new: NurseryRefusal, session: Write) -> Response:
    """Decide against it 不予备案, with the reason."""
    await actions.refuse_application(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/stops",
    operation_id="stop_nursery",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NurseryFilingLapsed),
)
async def stop_nursery(id: UUID, caller: Applicant, new: NurseryStop, session: Write) -> Response:
    """The kindergarten gives its nursery classes up 停办 on a day."""
    await actions.stop_nursery(session, caller, id, new)
    return await answer(session, caller, id)


@router.post(
    "/{id}/cancellations",
    operation_id="cancel_nursery_filing",
    **CREATED,
    responses=problems(NotFound, NotInThisState, NurseryFilingLapsed),
)
async def cancel_nursery_filing(id: UUID, caller: Decider, new: NurseryCancellation, session: Write) -> Response:
    """End the filing before its term 注销; a renewal that lies ahead falls with it."""
    await actions.cancel_filing(session, caller, id, new)
    return await answer(session, caller, id)
