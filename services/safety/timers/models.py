from datetime import date
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.safety.db import Table


class Timer(Table):
    """A day on which something happens to a case by itself, unless the case moved on before.

    The key is (case, step, day): whatever is armed again after it went off does not go off twice.
    """

    __tablename__ = "timers"
    __table_args__ = (Index("ix_timers_due_on", "due_on", postgresql_where=text("fired_on IS NULL")),)

    id: Mapped[UUID] = mapped_column(unique=True)
    concept: Mapped[str]
    subject: Mapped[UUID] = mapped_column(primary_key=True)
    step: Mapped[str] = mapped_column(primary_key=True)
    due_on: Mapped[date] = mapped_column(primary_key=True)
    told: Mapped[list[str]]
    basis: Mapped[str]
    division: Mapped[str]
    kindergarten: Mapped[UUID | None]
    fired_on: Mapped[date | None]
