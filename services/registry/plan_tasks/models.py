from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Numeric, Text, func, text
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.indicators.codes import TargetComparison
from services.registry.plan_tasks.codes import PlanTaskState
from services.registry.plan_units.models import PlanUnit
from shared.errors import rule
from shared.ids import new_id
from shared.tables import one_of

LEAD_ASSISTS = rule(
    "lead_does_not_assist", "牵头单位不能同时是协助单位。", "The lead unit is not also an assisting one."
)


class PlanTask(Table):
    """What a unit does for a measure of the plan 任务: who leads, who assists, by when, how success is measured.

    `division` is the lead unit's, or the district's; `towns` are the divisions of all towns that lead or assist: each
    sees the task. The four days say where it stood when, `state` where it stands. `threshold` is as in plans' targets.
    """

    __tablename__ = "plan_tasks"
    __table_args__ = (
        ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_plan_tasks_clause"),
        one_of("plan_tasks", "state", PlanTaskState),
        one_of("plan_tasks", "comparison", TargetComparison),
        CheckConstraint("NOT lead = ANY (assist)", name=LEAD_ASSISTS),
        CheckConstraint(
            "(indicator IS NULL) = (comparison IS NULL) AND (indicator IS NULL) = (threshold IS NULL)",
            name="ck_plan_tasks_indicator",
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    plan: Mapped[str]
    clause: Mapped[str]
    title: Mapped[str]
    pinyin: Mapped[str] = mapped_column(Text(collation="C"))
    lead: Mapped[str] = mapped_column(ForeignKey(PlanUnit.code))
    assist: Mapped[list[str]]
    basis: Mapped[str]
    division: Mapped[str] = mapped_column(index=True)
    towns: Mapped[list[str]]
    due_on: Mapped[date]
    measure: Mapped[str]
    indicator: Mapped[str | None]
    parameters: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    comparison: Mapped[str | None]
    threshold: Mapped[Decimal | None] = mapped_column(Numeric())
    evidence_service: Mapped[str]
    evidence_path: Mapped[str]
    state: Mapped[str]
    assigned_on: Mapped[date | None]
    confirmed_on: Mapped[date | None]
    submitted_on: Mapped[date | None]
    submitted_by: Mapped[str | None]
    closed_on: Mapped[date | None]
    carried_from: Mapped[UUID | None] = mapped_column(ForeignKey("plan_tasks.id"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class PlanTaskReport(Table):
    """The quarterly report 季报 of a task: one a quarter. `quarter` is its first day.

    Handed in again it replaces the former; the day it first came decides whether it was late.
    """

    __tablename__ = "plan_task_reports"
    __table_args__ = (
        CheckConstraint(
            "extract(day FROM quarter) = 1 AND extract(month FROM quarter) IN (1, 4, 7, 10)",
            name="ck_plan_task_reports_quarter",
        ),
        CheckConstraint("percent BETWEEN 0 AND 100", name="ck_plan_task_reports_percent"),
    )

    task: Mapped[UUID] = mapped_column(ForeignKey(PlanTask.id), primary_key=True)
    quarter: Mapped[date] = mapped_column(primary_key=True)
    division: Mapped[str]
    towns: Mapped[list[str]]
    percent: Mapped[int]
    summary: Mapped[str]
    problems: Mapped[str]
    next_step: Mapped[str]
    due_on: Mapped[date]
    first_reported_on: Mapped[date]
    reported_on: Mapped[date]
    reported_by: Mapped[str]
