from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class SelfCheck(Table):
    """A kindergarten's own check of one period. Of several records of it the one made last holds."""

    __tablename__ = "self_checks"
    __table_args__ = (
        UniqueConstraint("kindergarten", "code", "first_day"),
        Index("ix_self_checks_first_day", "first_day", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    checklist: Mapped[UUID] = mapped_column(ForeignKey("checklists.id"))
    code: Mapped[str]
    first_day: Mapped[date]
    last_day: Mapped[date]
    checked_on: Mapped[date]
    checked_by: Mapped[str]
    recorded_at: Mapped[datetime]
    digest: Mapped[str]
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    failed: Mapped[list[str]]
    failed_keys: Mapped[list[str]]
    answers: Mapped[Any] = mapped_column(JSONB)
    note: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(server_default=func.now())
