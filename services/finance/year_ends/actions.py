"""年终结转 of one book and year."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.account_titles.codes import AccountElement
from services.finance.account_titles.models import AccountTitle
from services.finance.books.actions import locked_book
from services.finance.entries.actions import post_entries
from services.finance.entries.models import Posting
from services.finance.entries.rules import Draft
from services.finance.year_ends.refusals import NothingToCarry, YearIsNotOver
from services.finance.year_ends.rules import carried_forward
from shared.days import today

RESULT = (AccountElement.INCOME.value, AccountElement.EXPENSE.value)


async def carry_forward(session: AsyncSession, book: UUID, year: int) -> UUID:
    """Post the closing entry of 31 December. What is posted later is carried by asking again.

    Budget accounts are left alone: their carry-over depends on the funding, which an accountant decides.
    Raises NotFound, YearIsNotOver, NothingToCarry; at commit period_is_closed.
    """
    held = await locked_book(session, book)
    last = date(year, 12, 31)
    if today() <= last:
        raise YearIsNotOver(year=year)
    results = (
        select(AccountTitle.code)
        .where(AccountTitle.standard == held.standard, AccountTitle.element.in_(RESULT))
        .where(AccountTitle.since <= last, AccountTitle.until > last)
    )
    sums = (
        select(Posting.account, func.sum(Posting.amount))
        .where(Posting.book == book, Posting.effective_on <= last, Posting.account.in_(results))
        .group_by(Posting.account)
    )
    balances = {account: total for account, total in await session.execute(sums) if total}
    if not balances:
        raise NothingToCarry(year=year)
    before = select(func.count()).where(Posting.book == book, Posting.memo == "年终结转", Posting.effective_on == last)
    key = f"{year}/{await session.scalar(before)}"
    draft = Draft("year_end", key, last, f"{year} 年终结转", carried_forward(held.standard, balances))
    (made,) = await post_entries(session, book, [draft])
    return made.id
