from typing import Annotated

from fastapi import APIRouter, Query, Request, Response, Security

from services.quality.book_numbers import queries
from services.quality.book_numbers.schemas import BookNumbersPage, BookNumbersQuery, ClassBooksPage, ClassBooksQuery
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.idempotency import Route

router = APIRouter(tags=["books"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]


@router.get(
    "/book-numbers",
    operation_id="list_book_numbers",
    response_model=BookNumbersPage,
    responses=exports.responses(BookNumbersPage),
)
async def list_book_numbers(
    query: Annotated[BookNumbersQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Picture books per child by kindergarten; `short=true` leaves those with fewer than the guide asks for."""
    day = query.as_of or today()
    least = number(PARAMETERS, "books_per_child", day)
    return await exports.answer(request, reader, queries.NUMBERS, query, as_of=day, books_per_child=least)


@router.get(
    "/class-books",
    operation_id="list_class_books",
    response_model=ClassBooksPage,
    responses=exports.responses(ClassBooksPage),
)
async def list_class_books(
    query: Annotated[ClassBooksQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """Books by class, with the titles of which too many copies stand there."""
    day = query.as_of or today()
    most = number(PARAMETERS, "copies_per_class", day)
    return await exports.answer(request, reader, queries.CLASSES, query, as_of=day, most_copies=most)
