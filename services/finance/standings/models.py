"""What others decided about a kindergarten, as they told it. Rows are added and never changed.

Which of them counts on a day is found from their own dates and numbers, so the order of arrival never matters.
"""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Index, PrimaryKeyConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table


class State(Table):
    """Type and status of a kindergarten from `since`, one row a version of its registration."""

    __tablename__ = "kindergarten_states"
    __table_args__ = (PrimaryKeyConstraint("kindergarten", "version"),)

    kindergarten: Mapped[UUID]
    version: Mapped[int]
    division: Mapped[str]
    type: Mapped[str | None]
    status: Mapped[str | None]
    since: Mapped[date]


class Recognition(Table):
    """普惠性民办 recognition: of two decisions from the same day the later event counts."""

    __tablename__ = "recognitions"
    __table_args__ = (Index("ix_recognitions_kindergarten", "kindergarten", "since"),)

    event: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    decision: Mapped[str]
    since: Mapped[date]
    until: Mapped[date | None]
    agreed_fee: Mapped[Decimal | None]
    document: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Inspection(Table):
    """年检 of one year: on a day counts the latest year's highest revision that was in effect by then."""

    __tablename__ = "inspections"
    __table_args__ = (PrimaryKeyConstraint("kindergarten", "year", "revision"),)

    kindergarten: Mapped[UUID]
    year: Mapped[int]
    revision: Mapped[int]
    division: Mapped[str]
    result: Mapped[str]
    vetoed: Mapped[bool]
    reasons: Mapped[list[str]]
    effective_from: Mapped[date]
    document: Mapped[str]
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Evaluation(Table):
    """办园质量督导评估; the last one published as final counts."""

    __tablename__ = "evaluations"
    __table_args__ = (Index("ix_evaluations_kindergarten", "kindergarten", "published_on"),)

    event: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    grade: Mapped[str]
    qualified: Mapped[bool]
    status: Mapped[str]
    framework: Mapped[str]
    published_on: Mapped[date]
    told_at: Mapped[datetime] = mapped_column(server_default=func.now())
