from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.entries.refusals import REVERSED_ONCE

_XACT = text("(pg_current_xact_id()::text)::bigint")
_ACTOR = text("current_setting('app.actor', true)")


class Entry(Table):
    """记账凭证. Never changed or deleted: the app role has no right to. `transaction` ties its lines to it.

    There is no foreign key to the book: every poster would lock its one row. The trigger that reads whether the month
    is closed reads the book anyway.
    """

    __tablename__ = "entries"
    __table_args__ = (
        UniqueConstraint("book", "source", "source_key"),
        UniqueConstraint("reverses", name=REVERSED_ONCE),
        Index("ix_entries_book_effective_on", "book", "effective_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    book: Mapped[UUID]
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    source: Mapped[str]
    source_key: Mapped[str]
    effective_on: Mapped[date]
    summary: Mapped[str]
    fingerprint: Mapped[str]
    reverses: Mapped[UUID | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    recorded_by: Mapped[str] = mapped_column(server_default=_ACTOR)
    transaction: Mapped[int] = mapped_column(BigInteger, server_default=_XACT)


class Posting(Table):
    """分录行. `amount` in yuan: a debit is positive, a credit negative; an entry's lines sum to zero at commit."""

    __tablename__ = "postings"
    __table_args__ = (
        PrimaryKeyConstraint("entry", "line"),
        CheckConstraint("amount <> 0", name="ck_postings_amount"),
        Index("ix_postings_book_account_effective_on", "book", "account", "effective_on"),
    )

    entry: Mapped[UUID]
    line: Mapped[int]
    book: Mapped[UUID]
    kindergarten: Mapped[UUID | None]
    division: Mapped[str]
    account: Mapped[str]
    amount: Mapped[Decimal]
    memo: Mapped[str]
    effective_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
