from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.subsidy_runs.codes import RunState
from services.finance.subsidy_runs.refusals import LINE_ONCE, ONE_AT_A_TIME
from shared.ids import new_id
from shared.tables import one_of


class SubsidyRun(Table):
    """补助批次: one month's lines of some programmes, prepared by one person and approved by another."""

    __tablename__ = "subsidy_runs"
    __table_args__ = (
        one_of("subsidy_runs", "state", RunState),
        CheckConstraint("approved_by <> prepared_by", name=ANOTHER_PERSON),
        # Two open runs would both settle the same difference.
        Index(ONE_AT_A_TIME, "division", unique=True, postgresql_where=text("state IN ('preparing', 'prepared')")),
        Index("ix_subsidy_runs_month", "month", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    month: Mapped[date]
    programmes: Mapped[list[str]]
    state: Mapped[str]
    job: Mapped[UUID | None]
    lines: Mapped[int] = mapped_column(server_default=text("0"))
    total: Mapped[Decimal] = mapped_column(server_default=text("0"))
    inputs: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    prepared_by: Mapped[str]
    approved_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SubsidyLine(Table):
    """What one run settles of one programme, kindergarten and month: `entitled` now less what was `settled` before.

    Never changed: a late fact becomes a line of the next run. The explanation holds everything the amount came from.
    """

    __tablename__ = "subsidy_lines"
    __table_args__ = (
        UniqueConstraint("run", "programme", "kindergarten", "month", name=LINE_ONCE),
        CheckConstraint("amount = entitled - settled AND amount = municipal + district", name="ck_subsidy_lines_sum"),
        Index("ix_subsidy_lines_settled", "programme", "kindergarten", "month", postgresql_include=["amount"]),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.uuid_v7())
    run: Mapped[UUID] = mapped_column(ForeignKey("subsidy_runs.id"))
    programme: Mapped[str]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    month: Mapped[date]
    entitled: Mapped[Decimal]
    settled: Mapped[Decimal]
    amount: Mapped[Decimal]
    municipal: Mapped[Decimal]
    district: Mapped[Decimal]
    unmet: Mapped[list[str]]
    headcount_revision: Mapped[int | None]
    explanation: Mapped[dict[str, Any]]
