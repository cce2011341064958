from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.primary_style_cases.codes import StyleCaseSource, StyleCaseState
from shared.tables import one_of


class PrimaryStyleCase(Table):
    """A complaint of 小学化, or what a check found, until it is dismissed, put right or referred."""

    __tablename__ = "primary_style_cases"
    __table_args__ = (
        one_of("primary_style_cases", "state", StyleCaseState),
        one_of("primary_style_cases", "source", StyleCaseSource),
        Index("ix_primary_style_cases_kindergarten", "kindergarten", "received_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    source: Mapped[str]
    check: Mapped[UUID | None] = mapped_column("check_id", ForeignKey("primary_style_checks.id"))
    received_on: Mapped[date]
    summary: Mapped[str]
    items: Mapped[list[str]]
    state: Mapped[str]
    received_by: Mapped[str]
    due_on: Mapped[date | None]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    referred_to: Mapped[str | None]
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
