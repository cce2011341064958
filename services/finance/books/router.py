from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status
from pydantic import AfterValidator

from services.finance.books import actions, queries
from services.finance.books.refusals import MonthIsNotOver, MonthsCloseInOrder, OnlyTheLastMonthReopens
from services.finance.books.schemas import (
    BookNew,
    BookOut,
    BookPage,
    BookQuery,
    PeriodOut,
    PeriodPage,
    PeriodQuery,
    PeriodReason,
)
from services.finance.permissions import May
from services.finance.refusals import ANOTHER_PERSON, NoSuchStep
from services.finance.scopes import DistrictDecides
from shared import exports
from shared.auth import Actor, authorize
from shared.db import Read, Write
from shared.documents import written_row
from shared.errors import NotFound, problems
from shared.etags import tagged
from shared.idempotency import Route
from shared.schemas import Day

router = APIRouter(prefix="/books", tags=["books"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Opener = Annotated[Actor, Security(authorize, scopes=[May.OPEN_BOOKS])]
Proposer = Annotated[Actor, Security(authorize, scopes=[May.PROPOSE_PERIODS])]
Decider = Annotated[Actor, Security(authorize, scopes=[May.DECIDE_PERIODS])]


def _first(day: date) -> date:
    return day.replace(day=1)


Month = Annotated[Day, AfterValidator(_first), Path(description="Any day of the month.")]


@router.get("", operation_id="list_books", response_model=BookPage, responses=exports.responses(BookPage))
async def list_books(query: Annotated[BookQuery, Query()], request: Request, _: Reader, reader: Read) -> Response:
    """List the books in the caller's scope."""
    return await exports.answer(request, reader, queries.BOOKS, query)


@router.post(
    "",
    operation_id="open_book",
    status_code=status.HTTP_201_CREATED,
    response_model=BookOut,
    responses=problems(DistrictDecides, NotFound, constraints=("book_already_open",)),
)
async def open_book(new: BookNew, caller: Opener, session: Write) -> Response:
    """Open a book 建账 for a kindergarten or for the district, by one of the two standards."""
    made = await actions.open_book(session, caller, new)
    body, version = await written_row(session, queries.BOOK, id=made)
    return tagged(body, version, status.HTTP_201_CREATED)


@router.get("/{id}", operation_id="get_book", response_model=BookOut, responses=problems(NotFound))
async def get_book(id: UUID, _: Reader, reader: Read) -> Response:
    """One book."""
    return tagged(*await reader.one(queries.BOOK, "book", id=id))


@router.get(
    "/{id}/periods", operation_id="list_periods", response_model=PeriodPage, responses=exports.responses(PeriodPage)
)
async def list_periods(
    id: UUID, query: Annotated[PeriodQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List the months of a book that were ever proposed for closing."""
    return await exports.answer(request, reader, queries.PERIODS, query, id=id)


@router.post(
    "/{id}/periods/{month}/closing-proposals",
    operation_id="propose_closing",
    response_model=PeriodOut,
    responses=problems(NotFound, MonthsCloseInOrder, MonthIsNotOver, NoSuchStep),
)
async def propose_closing(id: UUID, month: Month, said: PeriodReason, caller: Proposer, session: Write) -> Response:
    """Propose to close a month 申请结账."""
    await actions.propose_closing(session, caller, id, month, said.reason)
    return tagged(*await written_row(session, queries.PERIOD, id=id, month=month))


@router.post(
    "/{id}/periods/{month}/closings",
    operation_id="close_month",
    response_model=PeriodOut,
    responses=problems(NotFound, MonthsCloseInOrder, NoSuchStep, constraints=(ANOTHER_PERSON,)),
)
async def close_month(id: UUID, month: Month, caller: Decider, session: Write) -> Response:
    """Close a month 结账. Nothing can be posted into it from then on."""
    await actions.close_month(session, caller, id, month)
    return tagged(*await written_row(session, queries.PERIOD, id=id, month=month))


@router.post(
    "/{id}/periods/{month}/reopening-proposals",
    operation_id="propose_reopening",
    response_model=PeriodOut,
    responses=problems(NotFound, OnlyTheLastMonthReopens, NoSuchStep),
)
async def propose_reopening(id: UUID, month: Month, said: PeriodReason, caller: Proposer, session: Write) -> Response:
    """Propose to reopen the month closed last 申请反结账."""
    await actions.propose_reopening(session, caller, id, month, said.reason)
    return tagged(*await written_row(session, queries.PERIOD, id=id, month=month))


@router.post(
    "/{id}/periods/{month}/reopenings",
    operation_id="reopen_month",
    response_model=PeriodOut,
    responses=problems(NotFound, NoSuchStep, OnlyTheLastMonthReopens, constraints=(ANOTHER_PERSON,)),
)
async def reopen_month(id: UUID, month: Month, caller: Decider, session: Write) -> Response:
    """Reopen a closed month 反结账."""
    await actions.reopen_month(session, caller, id, month)
    return tagged(*await written_row(session, queries.PERIOD, id=id, month=month))
