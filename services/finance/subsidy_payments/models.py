from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.subsidy_payments.codes import Outcome, PaymentState
from services.finance.subsidy_payments.refusals import MADE_ONCE
from shared.ids import new_id
from shared.tables import one_of


class Payment(Table):
    """What a kindergarten gets of a run: its lines and what was carried over.

    Below zero nothing is paid, and the rest is carried into the next run.
    """

    __tablename__ = "subsidy_payments"
    __table_args__ = (
        UniqueConstraint("run", "kindergarten"),
        one_of("subsidy_payments", "state", PaymentState),
        CheckConstraint(
            "amount >= 0 AND carried_out <= 0 AND amount + carried_out = lines + carried_in",
            name="ck_subsidy_payments_sum",
        ),
        Index("ix_subsidy_payments_kindergarten", "kindergarten", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    run: Mapped[UUID] = mapped_column(ForeignKey("subsidy_runs.id"))
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    lines: Mapped[Decimal]
    carried_in: Mapped[Decimal]
    amount: Mapped[Decimal]
    carried_out: Mapped[Decimal]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    paid_on: Mapped[date | None]
    received_on: Mapped[date | None]
    received_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class Disbursement(Table):
    """拨付文件: one file for the bank. Its lines are the instructions that name it."""

    __tablename__ = "disbursements"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    run: Mapped[UUID] = mapped_column(ForeignKey("subsidy_runs.id"))
    division: Mapped[str]
    payments: Mapped[int]
    total: Mapped[Decimal]
    made_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Instruction(Table):
    """One line of a bank file. Of one payment only one is ever open or made: the database refuses a second."""

    __tablename__ = "payment_instructions"
    __table_args__ = (
        one_of("payment_instructions", "outcome", Outcome),
        UniqueConstraint("payment", "attempt"),
        Index(MADE_ONCE, "payment", unique=True, postgresql_where=text("outcome IS NULL OR outcome = 'paid'")),
        Index("ix_payment_instructions_disbursement", "disbursement"),
    )

    reference: Mapped[str] = mapped_column(primary_key=True)
    payment: Mapped[UUID] = mapped_column(ForeignKey("subsidy_payments.id"))
    disbursement: Mapped[UUID] = mapped_column(ForeignKey("disbursements.id"))
    attempt: Mapped[int]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    holder: Mapped[str]
    bank: Mapped[str]
    number: Mapped[str]
    amount: Mapped[Decimal]
    outcome: Mapped[str | None]
    reason: Mapped[str] = mapped_column(server_default=text("''"))
    settled_on: Mapped[date | None]
