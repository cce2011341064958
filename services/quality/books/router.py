from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response, Security, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality import data
from services.quality.books import actions, queries
from services.quality.books.actions import IsbnDoesNotCheck, RemovedBooksAreNotHeld
from services.quality.books.rules import MACHINE
from services.quality.books.schemas import (
    ReadingBookCopies,
    ReadingBookNegative,
    ReadingBookNew,
    ReadingBookOut,
    ReadingBookPage,
    ReadingBookQuery,
    ReadingBookRemoval,
    ReadingBookReview,
)
from services.quality.offers import with_actions
from services.quality.parameters.published import PARAMETERS
from services.quality.parameters.rules import number
from services.quality.permissions import May
from shared import exports
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read, Write
from shared.documents import written
from shared.errors import NotFound, problems
from shared.idempotency import Route
from shared.machine import AnotherPersonNeeded, NotInThisState
from shared.schemas import In

router = APIRouter(tags=["books"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_BOOKS])]
Keeper = Annotated[Actor, Security(authorize, scopes=[May.KEEP_BOOKS])]
Reviewer = Annotated[Actor, Security(authorize, scopes=[May.REVIEW_BOOKS])]
Remover = Annotated[Actor, Security(authorize, scopes=[May.REMOVE_BOOKS])]
PLACE = r"^(library|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$"
NEGATIVES = [
    ReadingBookNegative(**{name: row[name] for name in ReadingBookNegative.model_fields})
    for row in data.rows("book_negatives")
]


class NoFilter(In):
    """A query without parameters: an unknown one is refused."""


def _most() -> int:
    return number(PARAMETERS, "copies_per_class", today())


@router.get("/book-negatives", operation_id="list_book_negatives")
async def list_book_negatives(_: Reader, __: Annotated[NoFilter, Query()]) -> list[ReadingBookNegative]:
    """The twelve items of the negative list a book is reviewed by."""
    return NEGATIVES


@router.get(
    "/books",
    operation_id="list_reading_books",
    response_model=ReadingBookPage,
    responses=exports.responses(ReadingBookPage),
)
async def list_books(
    query: Annotated[ReadingBookQuery, Query()], request: Request, _: Reader, reader: Read
) -> Response:
    """List books; `unreviewed=true` leaves those in use without a review (QUA-06)."""
    return await exports.answer(request, reader, queries.BOOKS, query, most_copies=_most())


@router.get("/books/{id}", operation_id="get_reading_book", response_model=ReadingBookOut, responses=problems(NotFound))
async def get_book(id: UUID, caller: Reader, reader: Read) -> Response:
    """One book with its review and what the caller may do."""
    (body,) = await reader.one(queries.BOOK, "book", id=id, most_copies=_most())
    return Response(with_actions(body, MACHINE, caller), media_type="application/json")


async def _shown(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, queries.BOOK, id=id, most_copies=_most())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")


@router.post(
    "/books",
    operation_id="enter_reading_book",
    status_code=status.HTTP_201_CREATED,
    response_model=ReadingBookOut,
    responses=problems(NotFound, IsbnDoesNotCheck, constraints=("book_is_entered",)),
)
async def enter_book(new: ReadingBookNew, caller: Keeper, session: Write) -> Response:
    """Enter a book for review; gifts and self-made ones too."""
    return await _shown(session, caller, await actions.enter_book(session, caller, new))


@router.put(
    "/books/{id}/copies/{place}",
    operation_id="count_book_copies",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=problems(NotFound, RemovedBooksAreNotHeld),
)
async def count_book_copies(
    id: UUID,
    place: Annotated[str, Path(description="A class, or `library`.", pattern=PLACE)],
    put: ReadingBookCopies,
    _: Keeper,
    session: Write,
) -> None:
    """Say how many copies stand in a class or in the library."""
    await actions.count_copies(session, id, place, put.copies)


@router.post(
    "/books/{id}/screenings",
    operation_id="screen_reading_book",
    status_code=status.HTTP_201_CREATED,
    response_model=ReadingBookOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def screen_book(id: UUID, asked: ReadingBookReview, caller: Reviewer, session: Write) -> Response:
    """First stage of the review 初审, by another person than who proposed it."""
    await actions.review_book(session, caller, id, "screen", asked)
    return await _shown(session, caller, id)


@router.post(
    "/books/{id}/reviews",
    operation_id="review_reading_book",
    status_code=status.HTTP_201_CREATED,
    response_model=ReadingBookOut,
    responses=problems(NotFound, NotInThisState, AnotherPersonNeeded),
)
async def review_book(id: UUID, asked: ReadingBookReview, caller: Reviewer, session: Write) -> Response:
    """Second stage 复审, by a third person; any violation rejects the book."""
    await actions.review_book(session, caller, id, "approve", asked)
    return await _shown(session, caller, id)


@router.post(
    "/books/{id}/removals",
    operation_id="remove_reading_book",
    status_code=status.HTTP_201_CREATED,
    response_model=ReadingBookOut,
    responses=problems(NotFound, NotInThisState),
)
async def remove_book(id: UUID, asked: ReadingBookRemoval, caller: Remover, session: Write) -> Response:
    """Take every copy out 清理, saying why and where it went."""
    await actions.remove_book(session, caller, id, asked)
    return await _shown(session, caller, id)
