from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.contribution_reports.codes import ContributionSource
from services.finance.db import Table
from shared.tables import one_of


class ContributionReport(Table):
    """What a department in charge says was paid in for a person and month: whether, never how much."""

    __tablename__ = "contribution_reports"
    __table_args__ = (
        PrimaryKeyConstraint("person", "month", "source"),
        one_of("contribution_reports", "source", ContributionSource),
        Index("ix_contribution_reports_month", "month"),
    )

    person: Mapped[UUID]
    month: Mapped[date]
    source: Mapped[str]
    division: Mapped[str]
    insurances: Mapped[list[str]]
    fund_paid: Mapped[bool]
    reported_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    reported_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
