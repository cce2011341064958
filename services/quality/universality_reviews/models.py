from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.universality_reviews.codes import UniversalityState
from shared.errors import rule
from shared.tables import one_of


class UniversalityReview(Table):
    """A district's self-check 双普自查 of one year. `facts` are the figures as they stood when it was confirmed."""

    __tablename__ = "universality_reviews"
    __table_args__ = (
        one_of("universality_reviews", "state", UniversalityState),
        UniqueConstraint(
            "division",
            "year",
            name=rule("one_review_a_year", "该年度自查已开始。", "The review of that year has begun."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    kindergarten: ClassVar[None] = None
    year: Mapped[int]
    state: Mapped[str]
    opened_by: Mapped[str]
    opened_on: Mapped[date]
    confirmed_by: Mapped[str | None]
    confirmed_on: Mapped[date | None]
    facts: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    version: Mapped[int] = mapped_column(server_default=text("1"))


class UniversalityValue(Table):
    """What the district says of an indicator: a figure or a statement, evidence, and who closes the gap by when."""

    __tablename__ = "universality_values"

    review: Mapped[UUID] = mapped_column(ForeignKey("universality_reviews.id"), primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    division: Mapped[str]
    value: Mapped[Decimal | None] = mapped_column(Numeric(12, 4))
    stated: Mapped[bool | None]
    evidence: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    note: Mapped[str]
    responsible: Mapped[str]
    measure: Mapped[str]
    due_on: Mapped[date | None]
    entered_by: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
