from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, PrimaryKeyConstraint, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.payroll_sheets.codes import InsuranceExemption, SheetState
from services.finance.payroll_sheets.refusals import SHEET_OPEN_ONCE
from services.finance.refusals import ANOTHER_PERSON
from shared.ids import new_id
from shared.tables import one_of


class PayrollSheet(Table):
    """One month's proof of pay, insurance and housing fund of a kindergarten. The accepted one counts.

    What is corrected is filed as the next revision; nothing that was accepted is rewritten.
    """

    __tablename__ = "payroll_sheets"
    __table_args__ = (
        one_of("payroll_sheets", "state", SheetState),
        UniqueConstraint("kindergarten", "month", "revision", name=SHEET_OPEN_ONCE),
        CheckConstraint("month = date_trunc('month', month)", name="ck_payroll_sheets_month"),
        CheckConstraint("decided_by <> filed_by", name=ANOTHER_PERSON),
        Index(
            "uq_payroll_sheets_accepted",
            "kindergarten",
            "month",
            unique=True,
            postgresql_where=text("state = 'accepted'"),
        ),
        Index("ix_payroll_sheets_month", "month"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    month: Mapped[date]
    revision: Mapped[int]
    digest: Mapped[str]
    people: Mapped[int]
    state: Mapped[str]
    filed_by: Mapped[str]
    decided_by: Mapped[str | None]
    remark: Mapped[str] = mapped_column(server_default=text("''"))
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PayrollProof(Table):
    """One person's month on a sheet. `paid` is what of `payable` was paid, deductions included."""

    __tablename__ = "payroll_proofs"
    __table_args__ = (
        PrimaryKeyConstraint("sheet", "person"),
        one_of("payroll_proofs", "exemption", InsuranceExemption),
        CheckConstraint("payable >= 0 AND paid >= 0 AND contributions >= 0", name="ck_payroll_proofs_amounts"),
        Index("ix_payroll_proofs_person", "person", "month"),
    )

    sheet: Mapped[UUID] = mapped_column(ForeignKey("payroll_sheets.id"))
    person: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    month: Mapped[date]
    payable: Mapped[Decimal]
    contributions: Mapped[Decimal]
    paid: Mapped[Decimal]
    paid_on: Mapped[date | None]
    insurance_base: Mapped[Decimal | None]
    insurances: Mapped[list[str]]
    fund_base: Mapped[Decimal | None]
    fund_paid: Mapped[bool]
    exemption: Mapped[str | None]
    days_present: Mapped[int | None]
    leave: Mapped[str]
    contract: Mapped[str]
    labour_contract: Mapped[str]
    voucher: Mapped[str]
