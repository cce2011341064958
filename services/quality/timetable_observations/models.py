from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.timetables.codes import Season
from shared.tables import one_of


class TimetableObservation(Table):
    """What was seen of a class's day, beside what it had filed then. Never changed."""

    __tablename__ = "timetable_observations"
    __table_args__ = (one_of("timetable_observations", "season", Season),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    class_id: Mapped[UUID]
    class_name: Mapped[str]
    class_kind: Mapped[str]
    season: Mapped[str]
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    seen: Mapped[Any] = mapped_column(JSONB)
    outdoor_filed: Mapped[int]
    outdoor_seen: Mapped[int]
    sport_filed: Mapped[int]
    sport_seen: Mapped[int]
    findings: Mapped[list[str]]
    kept: Mapped[bool]
    note: Mapped[str]
    observer: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
