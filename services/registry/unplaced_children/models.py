from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.admissions.codes import FollowUpOutcome
from services.registry.children.models import Child
from services.registry.db import Table
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

CHILD_IS_FOLLOWED_UP = rule(
    "child_is_followed_up", "该幼儿有未入园跟踪记录。", "The child has been followed up while in no kindergarten."
)


class FollowUp(Table):
    """What was found out about a child of preschool age in no kindergarten. Never changed; the last one counts."""

    __tablename__ = "child_follow_ups"
    __table_args__ = (
        one_of("child_follow_ups", "outcome", FollowUpOutcome),
        Index("ix_child_follow_ups_child", "child", "school_year", "id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    child: Mapped[UUID] = mapped_column(ForeignKey(Child.id, name=CHILD_IS_FOLLOWED_UP))
    division: Mapped[str]
    school_year: Mapped[int]
    followed_on: Mapped[date]
    outcome: Mapped[str]
    note: Mapped[str]
    next_on: Mapped[date | None]
    actor: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
