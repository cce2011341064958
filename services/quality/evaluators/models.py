from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule


class EvaluatorRow(Table):
    """Someone who evaluates for a district: how many kindergartens a year, and where they have an interest."""

    __tablename__ = "evaluators"
    __table_args__ = (
        UniqueConstraint(
            "division", "account", name=rule("evaluator_is_entered", "该评估人员已登记。", "The evaluator is entered.")
        ),
        CheckConstraint("load >= 0", name="ck_evaluators_load"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    account: Mapped[str]
    name: Mapped[str]
    load: Mapped[int]
    conflicts: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    ended_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
