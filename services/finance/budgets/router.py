from dataclasses import asdict
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response, Security, status

from services.finance.budgets import actions, queries
from services.finance.budgets.schemas import (
    BudgetDecision,
    BudgetGuidanceOut,
    BudgetNew,
    BudgetOut,
    BudgetPage,
    BudgetQuery,
    BudgetTrendPage,
    BudgetTrendQuery,
    BudgetWarningOut,
    ExecutionPage,
    ExecutionQuery,
    WarningQuery,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route

router = APIRouter(prefix="/budgets", tags=["budgets"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BUDGETS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_BUDGETS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_BUDGETS])]


@router.get("", operation_id="list_budgets", response_model=BudgetPage, responses=exports.responses(BudgetPage))
async def list_budgets(query: Annotated[BudgetQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the budgets of both levels."""
    return await exports.answer(request, reader, queries.BUDGETS, query)


@router.get(
    "/execution",
    operation_id="list_budget_execution",
    response_model=ExecutionPage,
    responses=exports.responses(ExecutionPage),
)
async def list_execution(
    query: Annotated[ExecutionQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """预算执行: month by month what was settled of each budget, the balance and the rate."""
    return await exports.answer(request, reader, queries.EXECUTION, query)


@router.get("/warnings", operation_id="list_budget_warnings")
async def list_warnings(query: Annotated[WarningQuery, Query()], _: Reader, session: Write) -> list[BudgetWarningOut]:
    """What a year's budget ought to regard: last year's total and review, pace, purpose, rectification in time."""
    found = await actions.warnings(session, query.year, query.as_of or today())
    return [BudgetWarningOut(**asdict(each)) for each in found]


@router.get("/guidance", operation_id="list_budget_guidance")
async def list_guidance(query: Annotated[WarningQuery, Query()], _: Reader, session: Write) -> list[BudgetGuidanceOut]:
    """绩效结果应用: the most each allocation of a year may be by the review of the year before, and what is planned."""
    found = await actions.asked_for(session, query.year, query.as_of or today())
    return [BudgetGuidanceOut(**asdict(each), most=each.most, followed=each.followed) for each in found]


@router.get(
    "/trend",
    operation_id="list_budget_trend",
    response_model=BudgetTrendPage,
    responses=exports.responses(BudgetTrendPage),
)
async def list_trend(
    query: Annotated[BudgetTrendQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """市级和区级资金逐年比较: allocated, settled, paid, and what that is a child and month."""
    return await exports.answer(request, reader, queries.TREND, query)


@router.get("/{id}", operation_id="get_budget", response_model=BudgetOut, responses=problems(NotFound))
async def get_budget(id: UUID, _: Reader, reader: Read) -> Response:
    """One budget."""
    return tagged(*await reader.one(queries.BUDGET, "budget", id=id))


@router.post(
    "",
    operation_id="propose_budget",
    status_code=status.HTTP_201_CREATED,
    response_model=BudgetOut,
    responses=problems(DistrictDecides, NotFound),
)
async def propose_budget(new: BudgetNew, caller: Proposer, session: Write) -> Response:
    """Propose the money of one level for a programme and year."""
    made = await actions.propose_budget(session, caller, new)
    body, version = await written_row(session, queries.BUDGET, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.post(
    "/{id}/decisions",
    operation_id="decide_budget",
    response_model=BudgetOut,
    responses=problems(NotFound, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def decide_budget(id: UUID, said: BudgetDecision, caller: Decider, session: Write) -> Response:
    """Approve or reject a budget; an approved one replaces the one before it 预算调整."""
    await actions.decide_budget(session, caller, id, approve=said.approve)
    return tagged(*await written_row(session, queries.BUDGET, id=id))
