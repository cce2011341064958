from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table


class Step(Table):
    """One step of a case: who did what on which day, under which rule. Never changed."""

    __tablename__ = "steps"
    __table_args__ = (
        Index("ix_steps_subject", "subject", "id"),
        ForeignKeyConstraint(
            ["kindergarten", "division"],
            ["kindergartens.id", "kindergartens.division"],
            onupdate="CASCADE",
            name="fk_steps_kindergarten",
        ),
    )

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
