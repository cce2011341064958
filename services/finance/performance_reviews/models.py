from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Numeric, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.performance_reviews.codes import ReviewGrade, ReviewState
from services.finance.refusals import ANOTHER_PERSON
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

REVIEWED_ONCE = rule(
    "programme_year_is_reviewed_once", "该项目该年度已有绩效评价。", "The programme and year are under review already."
)


class PerformanceReview(Table):
    """绩效评价 of one programme and year."""

    __tablename__ = "performance_reviews"
    __table_args__ = (
        UniqueConstraint("programme", "year", name=REVIEWED_ONCE),
        one_of("performance_reviews", "state", ReviewState),
        one_of("performance_reviews", "grade", ReviewGrade),
        CheckConstraint("evaluated_by <> self_evaluated_by", name=ANOTHER_PERSON),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    programme: Mapped[str]
    year: Mapped[int]
    self_indicators: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    self_score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    indicators: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, server_default=text("'[]'"))
    score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    grade: Mapped[str | None]
    opinion: Mapped[str] = mapped_column(server_default=text("''"))
    rectification_due: Mapped[date | None]
    rectification: Mapped[str] = mapped_column(server_default=text("''"))
    state: Mapped[str]
    self_evaluated_by: Mapped[str]
    evaluated_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
