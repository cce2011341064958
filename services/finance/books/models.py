from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.account_titles.codes import AccountingStandard
from services.finance.books.codes import BookPeriodState
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

BOOK_EXISTS = rule("book_already_open", "该单位已经建账。", "A book is open for it already.")


class Book(Table):
    """账套: of one kindergarten, or of the district's education commission when `kindergarten` is empty.

    Nothing can be posted before `closed_until`: the first day of the first month that is not closed.
    """

    __tablename__ = "books"
    __table_args__ = (
        one_of("books", "standard", AccountingStandard),
        Index(BOOK_EXISTS, text("coalesce(kindergarten::text, division)"), unique=True),
        CheckConstraint("extract(day FROM closed_until) = 1", name="ck_books_closed_until"),
        UniqueConstraint("id", "division"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str] = mapped_column(index=True)
    standard: Mapped[str]
    name: Mapped[str]
    opened_on: Mapped[date]
    closed_until: Mapped[date]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Period(Table):
    """A month of a book once somebody proposed to close it."""

    __tablename__ = "periods"
    __table_args__ = (
        UniqueConstraint("book", "month"),
        one_of("periods", "state", BookPeriodState),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    book: Mapped[UUID] = mapped_column(ForeignKey("books.id"))
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    month: Mapped[date]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ClosedTotal(Table):
    """Turnover of an account in a closed month: what balances add up instead of every line before it."""

    __tablename__ = "closed_totals"
    __table_args__ = (PrimaryKeyConstraint("book", "month", "account"),)

    book: Mapped[UUID] = mapped_column(ForeignKey("books.id"))
    month: Mapped[date]
    account: Mapped[str]
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    debit: Mapped[Decimal] = mapped_column(Numeric(18, 2))
    credit: Mapped[Decimal] = mapped_column(Numeric(18, 2))
