from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class SelfCheck(Table):
    """A kindergarten's own check of one period. Of several records of it the one made last holds."""

    __tablename__ = "self_checks"
    __table_args__ = (
        UniqueConstraint("kindergarten", "code", "first_day"),
        Index("ix_self_checks_first_day", "first_day", "id"),
        Index("ix_self_checks_kindergarten", "kindergarten", "first_day", "id"),
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
    due: Mapped[bool] = mapped_column(server_default=text("true"))
    answers: Mapped[Any] = mapped_column(JSONB)
    note: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(server_default=func.now())


class SelfCheckMonth(Table):
    """How many due checks of a checklist a kindergarten made whose periods began in a month.

    Kept by a trigger with every check that is stored, so that a term is counted over months and not over checks.
    """

    __tablename__ = "self_check_months"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    made: Mapped[int]
