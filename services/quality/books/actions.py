"""Entering books, reviewing them twice, counting copies, removing what must not be there."""

from http import HTTPStatus
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.book_campaigns.models import BookCampaign
from services.quality.books.codes import ReadingBookSource
from services.quality.books.models import Book, BookHolding
from services.quality.books.rules import MACHINE, normal_isbn
from services.quality.books.schemas import ReadingBookNew, ReadingBookRemoval, ReadingBookReview
from services.quality.class_copies.models import ClassCopy
from services.quality.kindergartens.models import Kindergarten
from services.quality.steps.actions import holding, record
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError, NotFound
from shared.events import announce
from shared.ids import new_id

LIBRARY = "library"


class IsbnDoesNotCheck(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "ISBN 校验不通过;非自制图书须有 ISBN。"
    en = "The ISBN does not check; only what is self-made has none."


class RemovedBooksAreNotHeld(DomainError):
    zh = "该书已清理或审查不通过,不得在用。"
    en = "The book was removed or rejected: no copy may stand anywhere."


async def enter_book(session: AsyncSession, actor: Actor, new: ReadingBookNew) -> UUID:
    """Raises NotFound, IsbnDoesNotCheck, book_is_entered."""
    isbn = normal_isbn(new.isbn) if new.isbn else None
    if isbn is None and (new.isbn or new.source != ReadingBookSource.OWN):
        raise IsbnDoesNotCheck(pointer="/isbn")
    place = await session.scalar(select(Kindergarten).where(Kindergarten.id == new.kindergarten))
    if place is None:
        raise NotFound(what="kindergarten", pointer="/kindergarten")
    values = new.model_dump() | {"isbn": isbn, "division": place.division, "state": "proposed"}
    made = Book(id=new_id(), proposed_by=actor.id, proposed_on=today(), **values)
    session.add(made)
    await session.flush()
    await announce(
        session,
        "quality.book.entered",
        f"books/{made.id}",
        division=made.division,
        kindergarten=made.kindergarten,
        data={"audience": made.audience, "source": made.source},
    )
    return made.id


held = holding(Book, MACHINE, "book")


async def review_book(session: AsyncSession, actor: Actor, id: UUID, verb: str, asked: ReadingBookReview) -> None:
    """One of two stages: any violation of the twelve rejects the book, and its copies are to be removed."""
    book = await held(session, actor, id, verb)
    book.answers = [*book.answers, list(asked.answers)]
    book.violations = [n for n, violates in enumerate(asked.answers, 1) if violates]
    if verb == "screen":
        book.screened_by = actor.id
    else:
        book.reviewed_by, book.reviewed_on = actor.id, today()
    passed = "screened" if verb == "screen" else "approved"
    book.state = "rejected" if book.violations else passed
    await record(session, actor, "book", book, verb, MACHINE[verb], note=asked.note, data={"found": book.violations})


async def remove_book(session: AsyncSession, actor: Actor, id: UUID, asked: ReadingBookRemoval) -> None:
    """Take every copy out; the record says why, how many and where they went. Raises NotFound for a campaign."""
    book = await held(session, actor, id, "remove")
    if asked.campaign is not None and await session.get(BookCampaign, asked.campaign) is None:
        raise NotFound(what="campaign", pointer="/campaign")
    copies = select(func.coalesce(func.sum(BookHolding.copies), 0)).where(BookHolding.book == id)
    book.removed_copies = int(await session.scalar(copies) or 0)
    book.state, book.removed_on, book.removed_because = "removed", today(), asked.note
    book.removed_to, book.removed_in = asked.disposal.value, asked.campaign
    await session.execute(update(BookHolding).where(BookHolding.book == id).values(copies=0))
    await record(session, actor, "book", book, "remove", MACHINE["remove"], note=asked.note)


async def count_copies(session: AsyncSession, id: UUID, place: str, copies: int) -> None:
    """How many copies stand in a class or the library. Raises NotFound, RemovedBooksAreNotHeld."""
    book = await session.scalar(select(Book).where(Book.id == id).with_for_update())
    if book is None:
        raise NotFound(what="book")
    if copies and book.state in ("removed", "rejected"):
        raise RemovedBooksAreNotHeld
    if place != LIBRARY:
        group = await session.scalar(select(ClassCopy).where(ClassCopy.id == UUID(place)))
        if group is None or group.kindergarten != book.kindergarten:
            raise NotFound(what="class")
    values = {"book": id, "place": place, "kindergarten": book.kindergarten, "division": book.division}
    made = insert(BookHolding).values(values | {"copies": copies})
    await session.execute(
        made.on_conflict_do_update(index_elements=["book", "place"], set_={"copies": made.excluded.copies})
    )
