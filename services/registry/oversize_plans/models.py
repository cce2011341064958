from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.oversize_plans.codes import OversizePlanState
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

ONE_OPEN = rule(
    "class_has_an_open_plan", "该班已有未完成的大班额化解方案。", "The class has a plan that is not closed yet."
)


class OversizePlan(Table):
    """How an oversize class 大班额 is brought back to its standard, by whom and by when. Moves by `rules.MACHINE`.

    `children` and `standard_size` are those of the day it was made.
    """

    __tablename__ = "oversize_plans"
    __table_args__ = (
        ForeignKeyConstraint(
            ["class_id", "kindergarten", "division"],
            ["classes.id", "classes.kindergarten", "classes.division"],
            onupdate="CASCADE",
            name=rule(
                "class_has_a_plan",
                "该班有大班额化解方案,不能删除。",
                "The class has a plan for its size and cannot be removed.",
            ),
        ),
        one_of("oversize_plans", "state", OversizePlanState),
        Index(ONE_OPEN, "class_id", unique=True, postgresql_where=text("state IN ('planned', 'returned', 'approved')")),
        Index("ix_oversize_plans_kindergarten", "kindergarten"),
        CheckConstraint("(state IN ('closed', 'withdrawn')) = (ended_on IS NOT NULL)", name="ck_oversize_plans_ended"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    class_id: Mapped[UUID]
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    state: Mapped[str]
    children: Mapped[int]
    standard_size: Mapped[int]
    measures: Mapped[str]
    responsible: Mapped[str]
    due_on: Mapped[date]
    made_on: Mapped[date]
    made_by: Mapped[str]
    approved_by: Mapped[str | None]
    ended_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))
