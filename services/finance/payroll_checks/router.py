from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.finance.payroll_checks import queries
from services.finance.payroll_checks.schemas import (
    PayAveragePage,
    PayAverageQuery,
    PayrollCoveragePage,
    PayrollCoverageQuery,
    PayrollFindingPage,
    PayrollFindingQuery,
)
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(tags=["payroll"], route_class=Route)

PayReader = Annotated[Actor, Security(authorize, scopes=[May.READ_PAY])]
Counter = Annotated[Actor, Security(authorize, scopes=[May.READ_PAY_AVERAGES])]


@router.get(
    "/payroll-findings",
    operation_id="list_payroll_findings",
    response_model=PayrollFindingPage,
    responses=exports.responses(PayrollFindingPage),
)
async def list_findings(
    query: Annotated[PayrollFindingQuery, Query()], request: Request, _: PayReader, reader: Read
) -> Response:
    """工资社保问题 of a month, person by person: FIN-14, FIN-15, and PAY-01 to PAY-03.

    What counts is accepted. A proof that is due and missing is a finding for everybody who holds a post; insurance,
    housing fund and minimum wage are asked of full-time posts, the minimum wage of whole months without leave.
    """
    values = {"month": query.month.replace(day=1), "as_of": query.as_of or today()}
    return await exports.answer(request, reader, queries.FINDINGS, query, **values)


@router.get(
    "/payroll-coverage",
    operation_id="list_payroll_coverage",
    response_model=PayrollCoveragePage,
    responses=exports.responses(PayrollCoveragePage),
)
async def list_coverage(
    query: Annotated[PayrollCoverageQuery, Query()], request: Request, _: Counter, reader: Read
) -> Response:
    """工资社保保障情况 of a month, kindergarten by kindergarten: how many are paid, insured, above the minimum wage."""
    values = {"month": query.month.replace(day=1), "as_of": query.as_of or today()}
    return await exports.answer(request, reader, queries.COVERAGE, query, **values)


@router.get(
    "/pay-averages",
    operation_id="list_pay_averages",
    response_model=PayAveragePage,
    responses=exports.responses(PayAveragePage),
)
async def list_averages(
    query: Annotated[PayAverageQuery, Query()], request: Request, _: Counter, reader: Read
) -> Response:
    """平均工资: public beside private, 编制内 beside 编制外 (同工同酬); groups too small to be shown are hidden."""
    values = {"month": query.month.replace(day=1), "alone": query.by == "kindergarten", "role": query.role}
    return await exports.answer(request, reader, queries.AVERAGES, query, **values)
