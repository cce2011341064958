from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.quality.annual_inspections import actions, queries
from services.quality.annual_inspections.answers import CREATED, answer, completed
from services.quality.annual_inspections.opening import open_inspections
from services.quality.annual_inspections.refusals import (
    CorrectionTooLong,
    EvidenceNotUsable,
    FactStandsAgainst,
    ItemsLeftOut,
    ItemsNotAsked,
    YearNotBegun,
)
from services.quality.annual_inspections.rules import (
    CorrectionUsedUp,
    NothingToCorrect,
    SubmissionStillRuns,
    VetoCannotBeCorrected,
)
from services.quality.annual_inspections.schemas import (
    AnnualInspectionAssessment,
    AnnualInspectionCorrection,
    AnnualInspectionNote,
    AnnualInspectionOpening,
    AnnualInspectionOpeningOut,
    AnnualInspectionOut,
    AnnualInspectionPage,
    AnnualInspectionQuery,
    AnnualInspectionSubmission,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import NotInThisState

router = APIRouter(prefix="/annual-inspections", tags=["annual inspections"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_INSPECTIONS])]
Opener = Annotated[Actor, Security(authorize, scopes=[May.OPEN_INSPECTIONS])]
Principal = Annotated[Actor, Security(authorize, scopes=[May.SUBMIT_INSPECTIONS])]
Assessor = Annotated[Actor, Security(authorize, scopes=[May.ASSESS_INSPECTIONS])]


@router.get(
    "",
    operation_id="list_annual_inspections",
    response_model=AnnualInspectionPage,
    responses=exports.responses(AnnualInspectionPage),
)
async def list_annual_inspections(
    query: Annotated[AnnualInspectionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List annual inspections 年检 in the caller's scope."""
    return await exports.answer(request, reader, queries.INSPECTIONS, query, as_of=today())


@router.get(
    "/{id}", operation_id="get_annual_inspection", response_model=AnnualInspectionOut, responses=problems(NotFound)
)
async def get_annual_inspection(id: UUID, caller: Reader, reader: Read) -> Response:
    """One inspection: items, facts of record, result, what follows from it, and what the caller may do now."""
    (body,) = await reader.one(queries.INSPECTION, "annual inspection", id=id, as_of=today())
    return Response(completed(body, caller), media_type="application/json")


@router.post(
    "",
    operation_id="open_annual_inspections",
    status_code=status.HTTP_201_CREATED,
    responses=problems(NotFound, YearNotBegun),
)
async def open_annual_inspections(
    asked: AnnualInspectionOpening, _: Opener, session: Write
) -> AnnualInspectionOpeningOut:
    """Open the year's inspections of all kindergartens that operate, or of those named."""
    return await open_inspections(session, asked)


@router.post(
    "/{id}/submissions",
    operation_id="submit_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, ItemsLeftOut, ItemsNotAsked, EvidenceNotUsable),
)
async def submit_annual_inspection(
    id: UUID, asked: AnnualInspectionSubmission, caller: Principal, session: Write
) -> Response:
    """Hand in the self-check 自查: an answer to every item, with evidence, attested by the principal."""
    await actions.submit_inspection(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/returns",
    operation_id="send_back_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def send_back_annual_inspection(
    id: UUID, asked: AnnualInspectionNote, caller: Assessor, session: Write
) -> Response:
    """Ask for what is missing 退回补充."""
    await actions.send_back_inspection(session, caller, id, asked.note)
    return await answer(session, caller, id)


@router.post(
    "/{id}/assessments",
    operation_id="assess_annual_inspection",
    **CREATED,
    responses=problems(NotFound, NotInThisState, SubmissionStillRuns, ItemsLeftOut, ItemsNotAsked, FactStandsAgainst),
)
async def assess_annual_inspection(
    id: UUID, asked: AnnualInspectionAssessment, caller: Assessor, session: Write
) -> Response:
    """Set a finding 核查 for every item; what other services told weighs against what is said."""
    await actions.assess_inspection(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/correction-orders",
    operation_id="order_annual_inspection_correction",
    **CREATED,
    responses=problems(
        NotFound, NotInThisState, CorrectionTooLong, CorrectionUsedUp, NothingToCorrect, VetoCannotBeCorrected
    ),
)
async def order_correction(id: UUID, asked: AnnualInspectionCorrection, caller: Assessor, session: Write) -> Response:
    """Give a period 限期整改 in working days; a veto cannot be corrected away."""
    await actions.order_correction(session, caller, id, asked)
    return await answer(session, caller, id)


@router.post(
    "/{id}/corrections",
    operation_id="report_annual_inspection_correction",
    **CREATED,
    responses=problems(NotFound, NotInThisState),
)
async def report_correction(id: UUID, asked: AnnualInspectionNote, caller: Principal, session: Write) -> Response:
    """Report what was put right; it is assessed anew."""
    await actions.report_correction(session, caller, id, asked.note)
    return await answer(session, caller, id)
