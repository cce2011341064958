from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.support_cases.codes import SupportState
from shared.errors import rule
from shared.tables import one_of


class SupportCase(Table):
    """薄弱园帮扶: why a kindergarten was identified, by which edition of the rule, and what is done about it."""

    __tablename__ = "support_cases"
    __table_args__ = (
        one_of("support_cases", "state", SupportState),
        Index(
            rule("supported_already", "该园已在帮扶中。", "The kindergarten is supported already."),
            "kindergarten",
            unique=True,
            postgresql_where=text("state <> 'released'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"))
    division: Mapped[str]
    state: Mapped[str]
    as_of: Mapped[date]
    edition: Mapped[str]
    reasons: Mapped[list[str]]
    facts: Mapped[Any] = mapped_column(JSONB)
    identified_by: Mapped[str]
    identified_on: Mapped[date]
    lead: Mapped[str] = mapped_column(server_default=text("''"))
    goals: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    review_due_on: Mapped[date | None]
    reviewed_on: Mapped[date | None]
    released_on: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
