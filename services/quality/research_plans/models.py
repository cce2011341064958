from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.research_zones.codes import ResearchLevel
from shared.errors import rule
from shared.tables import one_of


class ResearchPlan(Table):
    """教研计划 of the district, a zone or alliance, or a kindergarten: goals and the activities of a term."""

    __tablename__ = "research_plans"
    __table_args__ = (
        one_of("research_plans", "level", ResearchLevel),
        CheckConstraint(
            "since <= until", name=rule("plan_ends_after_it_begins", "止期不早于起期。", "A plan ends after it begins.")
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    level: Mapped[str]
    zone: Mapped[UUID | None] = mapped_column(ForeignKey("research_zones.id"))
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    title: Mapped[str]
    goals: Mapped[str]
    since: Mapped[date]
    until: Mapped[date]
    planned: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    filed_by: Mapped[str]
    rating: Mapped[int | None]
    comment: Mapped[str | None]
    rated_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
