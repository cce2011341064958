from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class PrimaryStyleCheck(Table):
    """A check against 小学化 by the negative list. Never changed."""

    __tablename__ = "primary_style_checks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    edition: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    occasion: Mapped[str]
    found: Mapped[list[str]]
    answers: Mapped[Any] = mapped_column(JSONB)
    checked_by: Mapped[str]
