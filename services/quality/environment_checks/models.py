from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class EnvironmentCheck(Table):
    """A look at space and materials by the guide's own points (环境创设). Never changed."""

    __tablename__ = "environment_checks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    edition: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    answers: Mapped[Any] = mapped_column(JSONB)
    unmet: Mapped[list[str]]
    checked_by: Mapped[str]
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
