from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.quality.ethics_commitments import actions, queries
from services.quality.ethics_commitments.actions import NotOnTheRoster
from services.quality.ethics_commitments.schemas import (
    EthicsAppraisalOut,
    EthicsAppraisalPut,
    EthicsCommitmentOut,
    EthicsCommitmentPut,
    EthicsCoveragePage,
    EthicsCoverageQuery,
    EthicsRosterOut,
    EthicsRosterPut,
)
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["ethics"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_ETHICS_COVERAGE])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_ETHICS_RECORDS])]
Year = Annotated[int, Path(ge=2018, le=2100)]


@router.put("/ethics-rosters/{kindergarten}/{year}", operation_id="put_ethics_roster", responses=problems(NotFound))
async def put_roster(
    kindergarten: UUID, year: Year, put: EthicsRosterPut, _: Keeper, session: Write
) -> EthicsRosterOut:
    """Say who works there that year: whom commitments and appraisals must cover."""
    return EthicsRosterOut.model_validate(await actions.put_roster(session, kindergarten, year, put.staff))


@router.put(
    "/ethics-commitments/{kindergarten}/{year}/{staff}",
    operation_id="put_ethics_commitment",
    responses=problems(NotFound, NotOnTheRoster),
)
async def put_commitment(
    kindergarten: UUID, year: Year, staff: UUID, put: EthicsCommitmentPut, _: Keeper, session: Write
) -> EthicsCommitmentOut:
    """Record a signed commitment 师德承诺 under the norms in force that day."""
    made = await actions.put_commitment(session, kindergarten, year, staff, put)
    return EthicsCommitmentOut.model_validate(made)


@router.put(
    "/ethics-appraisals/{kindergarten}/{year}/{staff}",
    operation_id="put_ethics_appraisal",
    responses=problems(NotFound, NotOnTheRoster),
)
async def put_appraisal(
    kindergarten: UUID, year: Year, staff: UUID, put: EthicsAppraisalPut, _: Keeper, session: Write
) -> EthicsAppraisalOut:
    """Record the year's appraisal 师德考核 of one member of staff."""
    made = await actions.put_appraisal(session, kindergarten, year, staff, put)
    return EthicsAppraisalOut.model_validate(made)


@router.get(
    "/ethics-coverage",
    operation_id="list_ethics_coverage",
    response_model=EthicsCoveragePage,
    responses=exports.responses(EthicsCoveragePage),
)
async def list_ethics_coverage(
    query: Annotated[EthicsCoverageQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """How far commitments and appraisals cover the staff of each kindergarten in a year."""
    return await exports.answer(request, reader, queries.COVERAGE, query)
