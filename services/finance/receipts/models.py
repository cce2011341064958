from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from shared.errors import rule
from shared.ids import new_id

RECEIVED_ONCE = rule("receipt_is_recorded_once", "该收款流水已登记。", "This receipt is recorded already.")


class Receipt(Table):
    """收款: money of a family, spread over charges. `source_key` names the bank's or till's record of it."""

    __tablename__ = "receipts"
    __table_args__ = (
        UniqueConstraint("kindergarten", "source_key", name=RECEIVED_ONCE),
        CheckConstraint("amount > 0", name="ck_receipts_amount"),
        Index("ix_receipts_child", "child"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    child: Mapped[UUID]
    source_key: Mapped[str]
    received_on: Mapped[date]
    amount: Mapped[Decimal]
    entry: Mapped[UUID]
    recorded_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Allocation(Table):
    """Which part of a receipt pays which charge."""

    __tablename__ = "allocations"
    __table_args__ = (
        PrimaryKeyConstraint("receipt", "charge"),
        CheckConstraint("amount > 0", name="ck_allocations_amount"),
    )

    receipt: Mapped[UUID] = mapped_column(ForeignKey("receipts.id"))
    charge: Mapped[UUID] = mapped_column(ForeignKey("charges.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    amount: Mapped[Decimal]
