from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table
from services.safety.inspection_imports.codes import OutsideResult
from shared.tables import one_of


class OutsideInspection(Table):
    """An inspection somebody else made and published; of a kindergarten of ours where the name is known."""

    __tablename__ = "outside_inspections"
    __table_args__ = (
        one_of("outside_inspections", "result", OutsideResult),
        UniqueConstraint("source", "reference"),
        Index("ix_outside_inspections_day", "inspected_on", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: Mapped[UUID | None] = mapped_column(ForeignKey("kindergartens.id"))
    source: Mapped[str]
    reference: Mapped[str]
    facility: Mapped[str]
    inspected_on: Mapped[date]
    result: Mapped[str]
    score: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    findings: Mapped[int]
    described: Mapped[str]
    imported_by: Mapped[str]
    imported_at: Mapped[datetime] = mapped_column(server_default=func.now())
