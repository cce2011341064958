from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security

from services.finance.offers import offering
from services.finance.permissions import May
from services.finance.yearly_reports import actions, queries
from services.finance.yearly_reports.models import REPORT_OPEN_ONCE
from services.finance.yearly_reports.refusals import ReportedYearIsNotOver
from services.finance.yearly_reports.rules import MACHINE
from services.finance.yearly_reports.schemas import (
    ReportFindingOut,
    ReportFindingQuery,
    YearlyReportDecision,
    YearlyReportDetail,
    YearlyReportFiling,
    YearlyReportPage,
    YearlyReportQuery,
)
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import InvalidInput, NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState

router = APIRouter(prefix="/yearly-reports", tags=["yearly reports"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_YEARLY_REPORTS])]
Filer = Annotated[Actor, Security(authorize, scopes=[May.FILE_YEARLY_REPORTS])]
Officer = Annotated[Actor, Security(authorize, scopes=[May.ACCEPT_YEARLY_REPORTS])]


@router.get(
    "",
    operation_id="list_yearly_reports",
    response_model=YearlyReportPage,
    responses=exports.responses(YearlyReportPage),
)
async def list_reports(
    query: Annotated[YearlyReportQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the audited yearly reports 年度财务报告 (学前教育法 art. 70), beside what the books say."""
    return await exports.answer(request, reader, queries.REPORTS, query)


@router.get("/findings", operation_id="list_yearly_report_findings")
async def list_findings(
    query: Annotated[ReportFindingQuery, Query()], _: Reader, session: Write
) -> list[ReportFindingOut]:
    """What is wrong with a year's reports: fund too small (FIN-08), late or missing (FIN-09), opinion (AUD-01)."""
    return await actions.findings(session, query.year, query.as_of or today(), query.kindergarten)


@router.get("/{id}", operation_id="get_yearly_report", response_model=YearlyReportDetail, responses=problems(NotFound))
async def get_report(id: UUID, caller: Reader, reader: Read) -> Response:
    """One report."""
    return offering(MACHINE, await reader.one(queries.REPORT, "yearly report", id=id), caller)


@router.put(
    "/{kindergarten}/{year}",
    operation_id="file_yearly_report",
    response_model=YearlyReportDetail,
    responses=problems(NotFound, ReportedYearIsNotOver, InvalidInput, constraints=(REPORT_OPEN_ONCE,)),
)
async def file_report(
    kindergarten: UUID,
    year: Annotated[int, Path(ge=2000, le=2100)],
    said: YearlyReportFiling,
    caller: Filer,
    session: Write,
) -> Response:
    """Hand in a year's audited report 报送. The same again changes nothing; another one is the next revision."""
    made = await actions.file_report(session, caller, kindergarten, year, said)
    return offering(MACHINE, await written_row(session, queries.REPORT, id=made), caller)


@router.post(
    "/{id}/decisions",
    operation_id="decide_yearly_report",
    response_model=YearlyReportDetail,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded, InvalidInput),
)
async def decide_report(id: UUID, said: YearlyReportDecision, caller: Officer, session: Write) -> Response:
    """Accept or return a report. One that was returned has not been handed in."""
    await actions.decide_report(session, caller, id, said)
    return offering(MACHINE, await written_row(session, queries.REPORT, id=id), caller)
