from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.charges.refusals import CHARGED_ONCE
from services.finance.db import Table
from shared.ids import new_id


class Charge(Table):
    """应收: what a family owes for one item and period. `gross` less `waived` is `amount`; never changed."""

    __tablename__ = "charges"
    __table_args__ = (
        UniqueConstraint("kindergarten", "child", "name", "covers_since", name=CHARGED_ONCE),
        CheckConstraint("amount = gross - waived AND amount >= 0 AND waived >= 0", name="ck_charges_amount"),
        CheckConstraint("covers_since < covers_until", name="ck_charges_period"),
        Index("ix_charges_kindergarten_charged_on", "kindergarten", "charged_on"),
        Index("ix_charges_child", "child"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    child: Mapped[UUID]
    fee_item: Mapped[UUID] = mapped_column(ForeignKey("fee_items.id"))
    category: Mapped[str]
    name: Mapped[str]
    covers_since: Mapped[date]
    covers_until: Mapped[date]
    charged_on: Mapped[date]
    gross: Mapped[Decimal]
    waived: Mapped[Decimal]
    amount: Mapped[Decimal]
    basis: Mapped[dict[str, Any]]
    entry: Mapped[UUID | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    charged_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
