from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.daily_norms.codes import DailyNormState
from services.quality.db import Table
from shared.errors import rule
from shared.tables import one_of


class DailyNorm(Table):
    """One edition of the district's norm of daily life. A published one never changes; the next takes its place."""

    __tablename__ = "daily_norms"
    __table_args__ = (
        one_of("daily_norms", "state", DailyNormState),
        UniqueConstraint(
            "division", "edition", name=rule("norm_edition_exists", "该版本已存在。", "This edition exists already.")
        ),
        CheckConstraint("since < until", name="ck_daily_norms_period"),
    )

    kindergarten = None  # a case of the district: its steps and events name no kindergarten

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    edition: Mapped[str]
    title: Mapped[str]
    state: Mapped[str]
    outdoor_minutes: Mapped[int]
    outdoor_minutes_boarding: Mapped[int]
    sport_minutes: Mapped[int]
    play_minutes: Mapped[int]
    meal_interval_least: Mapped[int]
    meal_interval_most: Mapped[int]
    small: Mapped[str]
    middle: Mapped[str]
    large: Mapped[str]
    drafted_by: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
