"""Opening books; closing and reopening their months, each by two persons."""

from calendar import monthrange
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.books.codes import BookPeriodState
from services.finance.books.models import Book, Period
from services.finance.books.refusals import MonthIsNotOver, MonthsCloseInOrder, OnlyTheLastMonthReopens
from services.finance.books.schemas import BookNew
from services.finance.kindergartens.models import Kindergarten
from services.finance.refusals import NoSuchStep
from services.finance.scopes import district_of
from shared.auth import Actor
from shared.days import today
from shared.errors import NotFound
from shared.events import announce
from shared.ids import new_id

# Postings hold the same lock shared: while a month closes nothing lands in it, and posting never waits for posting.
_alone = text("SELECT pg_advisory_xact_lock(hashtextextended('book ' || CAST(:book AS text), 0))")
_totals = text(
    "INSERT INTO closed_totals (book, month, account, kindergarten, division, debit, credit)"
    " SELECT book, :month, account, min(kindergarten::text)::uuid, min(division),"
    " coalesce(sum(amount) FILTER (WHERE amount > 0), 0), coalesce(-sum(amount) FILTER (WHERE amount < 0), 0)"
    " FROM postings WHERE book = :book AND effective_on >= :month AND effective_on < :until GROUP BY book, account"
)
_forget = text("DELETE FROM closed_totals WHERE book = :book AND month = :month")


async def open_book(session: AsyncSession, actor: Actor, new: BookNew) -> UUID:
    """Open a book for a kindergarten, or for the actor's district. Raises NotFound, DistrictDecides."""
    division, name, synthetic = "", "", False
    if new.kindergarten:
        found = await session.get(Kindergarten, new.kindergarten)
        if found is None:
            raise NotFound(what="kindergarten", pointer="/kindergarten")
        division, name, synthetic = found.division, found.name, found.synthetic
    else:
        division = district_of(actor)
        name = f"教育委员会账套 {division}"
    made = Book(
        id=new_id(),
        **new.model_dump(),
        division=division,
        name=name,
        closed_until=new.opened_on.replace(day=1),
        synthetic=synthetic,
    )
    session.add(made)
    await session.flush()
    await _announce(session, "opened", made, {"standard": made.standard})
    return made.id


async def propose_closing(session: AsyncSession, actor: Actor, book: UUID, month: date, reason: str) -> None:
    """First of two persons. Raises MonthsCloseInOrder, MonthIsNotOver, NoSuchStep."""
    held = await locked_book(session, book)
    if month != held.closed_until:
        raise MonthsCloseInOrder(month=held.closed_until)
    if next_month(month) > today():
        raise MonthIsNotOver(month=f"{month:%Y-%m}")
    await _propose(session, actor, held, month, reason, BookPeriodState.OPEN, BookPeriodState.CLOSING)


async def close_month(session: AsyncSession, actor: Actor, book: UUID, month: date) -> None:
    """Second person: freeze the month's turnover and close it. Raises MonthsCloseInOrder, NoSuchStep."""
    await session.execute(_alone, {"book": book})
    held = await locked_book(session, book)
    if month != held.closed_until:  # the month before was reopened since this one was proposed
        raise MonthsCloseInOrder(month=held.closed_until)
    await _decide(session, actor, held, month, BookPeriodState.CLOSING, BookPeriodState.CLOSED)
    await session.execute(_totals, {"book": book, "month": month, "until": next_month(month)})
    held.closed_until = next_month(month)


async def propose_reopening(session: AsyncSession, actor: Actor, book: UUID, month: date, reason: str) -> None:
    """First of two persons. Raises OnlyTheLastMonthReopens, NoSuchStep."""
    held = await locked_book(session, book)
    if next_month(month) != held.closed_until:
        raise OnlyTheLastMonthReopens
    await _propose(session, actor, held, month, reason, BookPeriodState.CLOSED, BookPeriodState.REOPENING)


async def reopen_month(session: AsyncSession, actor: Actor, book: UUID, month: date) -> None:
    """Second person. Raises NoSuchStep, OnlyTheLastMonthReopens, another_person_decides."""
    await session.execute(_alone, {"book": book})
    held = await locked_book(session, book)
    if next_month(month) != held.closed_until:
        raise OnlyTheLastMonthReopens
    await _decide(session, actor, held, month, BookPeriodState.REOPENING, BookPeriodState.OPEN)
    await session.execute(_forget, {"book": book, "month": month})
    held.closed_until = month


async def locked_book(session: AsyncSession, id: UUID) -> Book:
    """The book, held until the end of the transaction."""
    found = await session.scalar(select(Book).where(Book.id == id).with_for_update(key_share=True))
    if found is None:
        raise NotFound(what="book")
    return found


def next_month(month: date) -> date:
    """The first day of the month after."""
    return month.replace(day=1) + timedelta(monthrange(month.year, month.month)[1])


async def _period(session: AsyncSession, book: UUID, month: date) -> Period | None:
    return await session.scalar(select(Period).where(Period.book == book, Period.month == month).with_for_update())


async def _propose(
    session: AsyncSession,
    actor: Actor,
    book: Book,
    month: date,
    reason: str,
    before: BookPeriodState,
    after: BookPeriodState,
) -> None:
    found = await _period(session, book.id, month)
    state = BookPeriodState[found.state.upper()] if found else BookPeriodState.OPEN
    if state != before:
        raise NoSuchStep(state=state, state_zh=state.zh)
    if found is None:
        found = Period(id=new_id(), book=book.id, month=month, division=book.division, kindergarten=book.kindergarten)
        session.add(found)
    found.state, found.reason, found.proposed_by, found.decided_by = after, reason, actor.id, None
    await session.flush()
    await _announce(session, f"month_{after.value}", book, {"month": month, "reason": reason})


async def _decide(
    session: AsyncSession, actor: Actor, book: Book, month: date, before: BookPeriodState, after: BookPeriodState
) -> None:
    found = await _period(session, book.id, month)
    state = BookPeriodState[found.state.upper()] if found else BookPeriodState.OPEN
    if found is None or state != before:
        raise NoSuchStep(state=state, state_zh=state.zh)
    found.state, found.decided_by = after, actor.id
    await session.flush()
    said = "month_reopened" if after == BookPeriodState.OPEN else "month_closed"
    await _announce(session, said, book, {"month": month, "proposed_by": found.proposed_by})


async def _announce(session: AsyncSession, what: str, book: Book, data: dict[str, object]) -> None:
    await announce(
        session,
        f"finance.book.{what}",
        f"books/{book.id}",
        division=book.division,
        kindergarten=book.kindergarten,
        data=data,
    )
