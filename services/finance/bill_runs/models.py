from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from shared.ids import new_id


class BillRun(Table):
    """月度出账 of one kindergarten: what it added. Run again it adds only what is missing."""

    __tablename__ = "bill_runs"
    __table_args__ = (Index("ix_bill_runs_kindergarten", "kindergarten", "month"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    month: Mapped[date]
    charged_on: Mapped[date]
    headcount_revision: Mapped[int]
    charges: Mapped[int] = mapped_column(server_default=text("0"))
    gross: Mapped[Decimal] = mapped_column(server_default=text("0"))
    waived: Mapped[Decimal] = mapped_column(server_default=text("0"))
    aided: Mapped[Decimal] = mapped_column(server_default=text("0"))
    amount: Mapped[Decimal] = mapped_column(server_default=text("0"))
    entry: Mapped[UUID | None]
    made_by: Mapped[str]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
