from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Response, Security, status

from services.finance.books.refusals import PERIOD_CLOSED
from services.finance.entries import queries
from services.finance.entries.schemas import EntryOut
from services.finance.permissions import May
from services.finance.year_ends import actions
from services.finance.year_ends.refusals import NothingToCarry, YearIsNotOver
from shared.auth import Actor, authorize
from shared.db import Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(prefix="/books/{id}/year-ends", tags=["year ends"], route_class=Route)

Accountant = Annotated[Actor, Security(authorize, scopes=[May.POST_ENTRIES])]


@router.post(
    "/{year}",
    operation_id="carry_year_forward",
    status_code=status.HTTP_201_CREATED,
    response_model=EntryOut,
    responses=problems(NotFound, YearIsNotOver, NothingToCarry, constraints=(PERIOD_CLOSED,)),
)
async def carry_forward(
    id: UUID, year: Annotated[int, Path(ge=2000, le=2100)], _: Accountant, session: Write
) -> Response:
    """Carry a year's income and expense into net assets 年终结转, before December is closed."""
    made = await actions.carry_forward(session, id, year)
    (body,) = await written_row(session, queries.ENTRY, id=made)
    return Response(body, status.HTTP_201_CREATED, media_type="application/json")
