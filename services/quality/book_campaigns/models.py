from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.book_campaigns.codes import BookReportState
from services.quality.db import Table
from shared.errors import rule
from shared.tables import one_of


class BookCampaign(Table):
    """专项清理: a time in which every kindergarten looks through its books once more."""

    __tablename__ = "book_campaigns"
    __table_args__ = (
        CheckConstraint(
            "since < until", name=rule("campaign_ends_after_it_begins", "结束日期须晚于开始日期。", "It ends later.")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    title: Mapped[str]
    document: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class BookReport(Table):
    """What a kindergarten reports of a campaign, and what the second look found."""

    __tablename__ = "book_reports"
    __table_args__ = (
        one_of("book_reports", "state", BookReportState),
        UniqueConstraint(
            "campaign",
            "kindergarten",
            name=rule("reported_in_this_campaign", "该园已报告本次清理。", "The kindergarten has reported."),
        ),
        CheckConstraint("titles_checked >= 0 AND copies_removed >= 0", name="ck_book_reports_counts"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign: Mapped[UUID] = mapped_column(ForeignKey("book_campaigns.id"))
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    state: Mapped[str]
    titles_checked: Mapped[int]
    copies_removed: Mapped[int]
    statement: Mapped[str]
    reported_by: Mapped[str]
    reported_on: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("1"))


class BookSpotCheck(Table):
    """抽查: books looked at on the shelf, and those in use that nobody reviewed (QUA-06). Never changed."""

    __tablename__ = "book_spot_checks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    campaign: Mapped[UUID | None] = mapped_column(ForeignKey("book_campaigns.id"))
    on: Mapped[date] = mapped_column("on_day")
    checked: Mapped[Any] = mapped_column(JSONB)
    strays: Mapped[Any] = mapped_column(JSONB)
    unreviewed: Mapped[int]
    note: Mapped[str]
    checked_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
