from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class GuidanceVisit(Table):
    """A researcher in a kindergarten 下园指导: what was seen, what teachers need, what was advised, what came of it."""

    __tablename__ = "guidance_visits"
    __table_args__ = (Index("ix_guidance_visits_researcher", "researcher", "on_day"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    researcher: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    days: Mapped[int]
    classes: Mapped[list[str]]
    teachers: Mapped[int]
    needs: Mapped[str]
    findings: Mapped[str]
    advice: Mapped[str]
    follow_up_due: Mapped[date | None]
    effect: Mapped[str | None]
    followed_up_on: Mapped[date | None]
    followed_up_by: Mapped[str | None]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
