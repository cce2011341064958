from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class EmploymentBar(Table):
    """从业禁止 of one person, known by the digest of the identity number; seen by whoever sees its case."""

    __tablename__ = "employment_bars"
    __table_args__ = (
        CheckConstraint("since < until", name="ck_employment_bars_period"),
        Index("ix_employment_bars_person", "person"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    case: Mapped[UUID] = mapped_column("case_id", ForeignKey("ethics_cases.id"), index=True)
    division: Mapped[str]
    person: Mapped[bytes]
    since: Mapped[date]
    until: Mapped[date]
    document: Mapped[str]
    lifted_on: Mapped[date | None]


class EmploymentBarQuery(Table):
    """A question an employer asked and the answer given: the receipt. It does not say about whom. Never changed."""

    __tablename__ = "employment_bar_queries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    actor: Mapped[str]
    purpose: Mapped[str]
    position: Mapped[str]
    consent: Mapped[str]
    barred: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
