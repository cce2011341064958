from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table


class SelfEvaluation(Table):
    """A kindergarten's own view of itself in a year, item by item. Nothing of a child is in it."""

    __tablename__ = "self_evaluations"

    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    framework_code: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    framework_edition: Mapped[str]
    levels: Mapped[Any] = mapped_column(JSONB)
    report: Mapped[str]
    submitted_on: Mapped[date]
    submitted_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
