from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.inspections.codes import InspectionDepth, InspectionKind, InspectionState
from shared.tables import one_of


class Inspection(Table):
    """One visit to a kindergarten from its planning to the sharing of its result."""

    __tablename__ = "inspections"
    __table_args__ = (
        one_of("inspections", "state", InspectionState),
        one_of("inspections", "kind", InspectionKind),
        one_of("inspections", "depth", InspectionDepth),
        Index("ix_inspections_visited_on", "kindergarten", "visited_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    state: Mapped[str]
    kind: Mapped[str]
    announced: Mapped[bool]
    depth: Mapped[str]
    reasons: Mapped[list[str]]
    checklist: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"))
    draw: Mapped[UUID | None] = mapped_column(ForeignKey("draws.id"))
    plan: Mapped[str]
    departments: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    inspectors: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    planned_on: Mapped[date]
    visited_on: Mapped[date | None]
    answers: Mapped[Any] = mapped_column(JSONB, nullable=True)
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    failed: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    failed_keys: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    hazards: Mapped[int] = mapped_column(server_default=text("0"))
    signature: Mapped[str | None]
    objection: Mapped[str | None]
    shared_with: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    made_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
