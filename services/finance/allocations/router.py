from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.finance.allocations.queries import ALLOCATIONS
from services.finance.allocations.schemas import AllocationPage, AllocationQuery
from services.finance.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(prefix="/allocations", tags=["allocations"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_SUBSIDY_RUNS])]


@router.get(
    "",
    operation_id="list_allocations",
    response_model=AllocationPage,
    responses=exports.responses(AllocationPage),
)
async def list_allocations(
    query: Annotated[AllocationQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """资金分配: settled subsidies by nature, purpose, town, fund or month; `by=tilt` shows 村级公办园 beside others."""
    return await exports.answer(
        request, reader, ALLOCATIONS, query, since=query.since.replace(day=1), until=query.until.replace(day=1)
    )
