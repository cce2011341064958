from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.adjustments.codes import AdjustmentKind, AdjustmentState, RefundCase
from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import one_of


class Adjustment(Table):
    """核减或退费 of one charge: proposed by the accountant, approved by the principal. The charge itself stays."""

    __tablename__ = "adjustments"
    __table_args__ = (
        one_of("adjustments", "kind", AdjustmentKind),
        one_of("adjustments", "refund_case", RefundCase),
        one_of("adjustments", "state", AdjustmentState),
        CheckConstraint("amount > 0", name="ck_adjustments_amount"),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    charge: Mapped[UUID] = mapped_column(ForeignKey("charges.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    kind: Mapped[str]
    refund_case: Mapped[str]
    amount: Mapped[Decimal]
    on_day: Mapped[date]
    reason: Mapped[str]
    basis: Mapped[dict[str, Any]]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    entry: Mapped[UUID | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
