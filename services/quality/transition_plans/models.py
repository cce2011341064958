from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.transition_plans.codes import TransitionPlanState
from shared.errors import rule
from shared.tables import one_of


class TransitionPlan(Table):
    """What a big class does in its last term so that its children go to school well prepared: for all, of no child."""

    __tablename__ = "transition_plans"
    __table_args__ = (
        one_of("transition_plans", "state", TransitionPlanState),
        UniqueConstraint(
            "class_id",
            "school_year",
            name=rule("class_has_its_plan", "该班本学年计划已提交。", "The class has filed its plan of that year."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    class_id: Mapped[UUID]
    class_name: Mapped[str]
    school_year: Mapped[int]
    state: Mapped[str]
    body: Mapped[str]
    life: Mapped[str]
    social: Mapped[str]
    learning: Mapped[str]
    filed_by: Mapped[str]
    filed_on: Mapped[date]
    version: Mapped[int] = mapped_column(server_default=text("1"))
