from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.bank_statements.codes import Match, Use
from services.finance.db import Table
from shared.ids import new_id
from shared.tables import one_of


class BankStatement(Table):
    """One imported file and what it added."""

    __tablename__ = "bank_statements"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account: Mapped[UUID] = mapped_column(ForeignKey("bank_accounts.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    digest: Mapped[str]
    lines: Mapped[int]
    added: Mapped[int] = mapped_column(server_default=text("0"))
    unmatched: Mapped[int] = mapped_column(server_default=text("0"))
    alerts: Mapped[int] = mapped_column(server_default=text("0"))
    imported_by: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())


class BankLine(Table):
    """One booking of a supervised account, once, with what explains it."""

    __tablename__ = "bank_lines"
    __table_args__ = (
        UniqueConstraint("account", "reference"),
        one_of("bank_lines", "match", Match),
        one_of("bank_lines", "use", Use),
        CheckConstraint("amount <> 0", name="ck_bank_lines_amount"),
        Index("ix_bank_lines_kindergarten", "kindergarten", "booked_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    statement: Mapped[UUID] = mapped_column(ForeignKey("bank_statements.id"))
    account: Mapped[UUID] = mapped_column(ForeignKey("bank_accounts.id"))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    booked_on: Mapped[date]
    reference: Mapped[str]
    amount: Mapped[Decimal]
    counterparty: Mapped[str]
    number: Mapped[str]
    purpose: Mapped[str]
    match: Mapped[str]
    reason: Mapped[str]
    use: Mapped[str | None]
