from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.supervision_visits.codes import IssueState
from shared.tables import one_of


class SupervisionVisit(Table):
    """A visit of the responsible inspector. Never changed."""

    __tablename__ = "supervision_visits"
    __table_args__ = (
        CheckConstraint("minutes BETWEEN 1 AND 900", name="ck_supervision_visits_minutes"),
        Index("ix_supervision_visits_kindergarten", "kindergarten", "on_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    inspector: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    minutes: Mapped[int]
    topics: Mapped[list[str]]
    methods: Mapped[list[str]]
    summary: Mapped[str]
    told_to: Mapped[str]
    danger: Mapped[bool]
    danger_measures: Mapped[str]
    reported_upward: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SupervisionIssue(Table):
    """Something a visit found that has to be put right."""

    __tablename__ = "supervision_issues"
    __table_args__ = (one_of("supervision_issues", "state", IssueState),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    visit: Mapped[UUID] = mapped_column(ForeignKey("supervision_visits.id"), index=True)
    kindergarten: Mapped[UUID] = mapped_column(index=True)
    division: Mapped[str]
    state: Mapped[str]
    topic: Mapped[str]
    text: Mapped[str]
    due_on: Mapped[date]
    answer: Mapped[str | None]
    answered_on: Mapped[date | None]
    rechecked_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=sql("1"))
