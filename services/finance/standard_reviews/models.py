from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.finance.db import Table
from services.finance.refusals import ANOTHER_PERSON
from services.finance.standard_reviews.codes import StandardReviewOutcome, StandardReviewState
from shared.ids import new_id
from shared.tables import one_of


class StandardReview(Table):
    """动态调整 (三(二)1-n): the decision taken on a standard, whether it stays or which scenario changes it."""

    __tablename__ = "standard_reviews"
    __table_args__ = (
        one_of("standard_reviews", "outcome", StandardReviewOutcome),
        one_of("standard_reviews", "state", StandardReviewState),
        CheckConstraint("decided_by <> proposed_by", name=ANOTHER_PERSON),
        Index("ix_standard_reviews_standard", "name", "subject", "reviewed_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    division: Mapped[str]
    name: Mapped[str]
    subject: Mapped[str]
    reviewed_on: Mapped[date]
    outcome: Mapped[str]
    scenario: Mapped[UUID | None] = mapped_column(ForeignKey("scenarios.id"))
    document: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    proposed_by: Mapped[str]
    decided_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
