from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.timetables.codes import Season
from shared.tables import one_of


class Timetable(Table):
    """一日作息 of a class in a season, with what it falls short of."""

    __tablename__ = "timetables"
    __table_args__ = (one_of("timetables", "season", Season),)

    class_id: Mapped[UUID] = mapped_column(primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    class_name: Mapped[str]
    boarding: Mapped[bool]
    day: Mapped[Any] = mapped_column(JSONB)
    outdoor_minutes: Mapped[int]
    sport_minutes: Mapped[int]
    play_minutes: Mapped[int] = mapped_column(server_default=text("0"))
    norm_edition: Mapped[str | None]
    findings: Mapped[list[str]]
    filed_on: Mapped[date]
    filed_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
