from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class Step(Table):
    """One step of a case: who did what on which day, under which rule. Never changed."""

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_subject", "subject", "id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    concept: Mapped[str]
    subject: Mapped[UUID]
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    verb: Mapped[str]
    actor: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    basis: Mapped[str]
    note: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
