from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.charges.refusals import CHARGED_ONCE, OVERPAID, REFUND_ABOVE_PAID
from services.finance.db import Table
from shared.ids import new_id


class Charge(Table):
    """应收: what a family owes for one item and period; never changed.

    `gross` is split over those who pay: `waived` by the free year, `aided` by 资助, the rest, `amount`, by the family.
    What is waived and aided is borne by the city (`municipal`) and the `district`.
    """

    __tablename__ = "charges"
    __table_args__ = (
        UniqueConstraint("kindergarten", "child", "name", "covers_since", name=CHARGED_ONCE),
        CheckConstraint(
            "amount = gross - waived - aided AND amount >= 0 AND waived >= 0 AND aided >= 0", name="ck_charges_amount"
        ),
        CheckConstraint(
            "municipal + district = waived + aided AND municipal >= 0 AND district >= 0", name="ck_charges_payers"
        ),
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
    aided: Mapped[Decimal] = mapped_column(server_default=text("0"))
    amount: Mapped[Decimal]
    municipal: Mapped[Decimal] = mapped_column(server_default=text("0"))
    district: Mapped[Decimal] = mapped_column(server_default=text("0"))
    bill_run: Mapped[UUID | None] = mapped_column(ForeignKey("bill_runs.id"), index=True)
    basis: Mapped[dict[str, Any]]
    entry: Mapped[UUID | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    charged_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ChargeBalance(Table):
    """How far a charge is paid, credited and refunded. The database keeps each within the other."""

    __tablename__ = "charge_balances"
    __table_args__ = (
        CheckConstraint("paid >= 0 AND credited >= 0 AND refunded >= 0", name="ck_charge_balances_signs"),
        CheckConstraint("paid + credited <= amount", name=OVERPAID),
        CheckConstraint("refunded <= paid", name=REFUND_ABOVE_PAID),
    )

    charge: Mapped[UUID] = mapped_column(ForeignKey("charges.id"), primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    amount: Mapped[Decimal]
    paid: Mapped[Decimal] = mapped_column(server_default=text("0"))
    credited: Mapped[Decimal] = mapped_column(server_default=text("0"))
    refunded: Mapped[Decimal] = mapped_column(server_default=text("0"))
