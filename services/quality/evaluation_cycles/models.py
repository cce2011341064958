from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from shared.errors import rule


class EvaluationCycle(Table):
    """Three years in which every kindergarten is evaluated once. The seed that ordered equals is public."""

    __tablename__ = "evaluation_cycles"
    __table_args__ = (
        UniqueConstraint(
            "division",
            "framework",
            "first_year",
            name=rule("cycle_is_planned", "该周期已有计划。", "The cycle is planned already."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    division: Mapped[str]
    framework: Mapped[str]
    first_year: Mapped[int]
    years: Mapped[int]
    team_size: Mapped[int]
    seed: Mapped[str]
    planned_by: Mapped[str]
    planned_at: Mapped[datetime] = mapped_column(server_default=func.now())


class EvaluationPlan(Table):
    """One kindergarten's place in a cycle: its year and its team. `missing` places could not be filled."""

    __tablename__ = "evaluation_plans"
    __table_args__ = (
        UniqueConstraint(
            "cycle",
            "kindergarten",
            name=rule("planned_once_a_cycle", "每园每周期计划一次。", "A kindergarten is planned once a cycle."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    cycle: Mapped[UUID] = mapped_column(ForeignKey("evaluation_cycles.id"))
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    year: Mapped[int]
    team: Mapped[list[str]]
    missing: Mapped[int]
    version: Mapped[int] = mapped_column(server_default=text("1"))
