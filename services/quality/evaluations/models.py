from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.quality.db import Table
from services.quality.evaluations.codes import EvaluationGrade, EvaluationState
from shared.errors import rule
from shared.tables import one_of


class Evaluation(Table):
    """An external evaluation of one kindergarten. Moved by `rules.MACHINE` only. Nothing of a child is in it."""

    __tablename__ = "evaluations"
    __table_args__ = (
        one_of("evaluations", "state", EvaluationState),
        one_of("evaluations", "grade", EvaluationGrade),
        Index(
            rule("plan_is_carried_out_once", "该计划已开始实施。", "The plan is being carried out already."),
            "plan",
            unique=True,
        ),
        CheckConstraint(
            "state NOT IN ('moderated', 'provisional', 'appealed', 'final') OR grade IS NOT NULL",
            name=rule("moderated_evaluation_has_a_grade", "审定后须有等级。", "A moderated evaluation has a grade."),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID] = mapped_column(ForeignKey("kindergartens.id"), index=True)
    division: Mapped[str]
    plan: Mapped[UUID] = mapped_column(ForeignKey("evaluation_plans.id"))
    framework: Mapped[UUID] = mapped_column(ForeignKey("frameworks.id"))
    framework_code: Mapped[str]
    framework_edition: Mapped[str]
    year: Mapped[int]
    state: Mapped[str]
    team: Mapped[list[str]]
    opened_on: Mapped[date]
    seed: Mapped[str | None]
    sampled: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    unobserved: Mapped[int] = mapped_column(server_default=text("0"))
    scored_by: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    agreement: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    differing: Mapped[list[str]] = mapped_column(server_default=text("'{}'"))
    recalibration: Mapped[bool] = mapped_column(server_default=text("false"))
    kappa: Mapped[float | None] = mapped_column(Double)
    points: Mapped[Decimal | None]
    parts: Mapped[Any] = mapped_column(JSONB, server_default=text("'{}'"))
    grade: Mapped[str | None]
    grade_reason: Mapped[str | None]
    moderated_by: Mapped[str | None]
    published_on: Mapped[date | None]
    appeal_until: Mapped[date | None]
    appealed_on: Mapped[date | None]
    appeal: Mapped[str | None]
    appeal_upheld: Mapped[bool | None]
    final_on: Mapped[date | None]
    improvement: Mapped[Any] = mapped_column(JSONB, server_default=text("'[]'"))
    improvement_due_on: Mapped[date | None]
    improvement_verified_on: Mapped[date | None]
    synthetic: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default=text("1"))


class EvaluationObservation(Table):
    """Half a day in a class: what the adults, the room and the day were like. Never changed."""

    __tablename__ = "evaluation_observations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    evaluation: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), index=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    class_id: Mapped[UUID]
    observer: Mapped[str]
    on: Mapped[date] = mapped_column("on_day")
    minutes: Mapped[int]
    items: Mapped[list[str]]
    narrative: Mapped[str]


class EvaluationScore(Table):
    """One member's level for one item, before they are compared. Seen by others once all have scored. Never changed."""

    __tablename__ = "evaluation_scores"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="ck_evaluation_scores_level"),)

    evaluation: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    evaluator: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    level: Mapped[int]
    note: Mapped[str]


class EvaluationLevel(Table):
    """The level of an item that counts: all gave it, the team agreed on it, or an appeal set it."""

    __tablename__ = "evaluation_levels"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="ck_evaluation_levels_level"),)

    evaluation: Mapped[UUID] = mapped_column(ForeignKey("evaluations.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    kindergarten: Mapped[UUID]
    division: Mapped[str]
    level: Mapped[int]
    origin: Mapped[str]
    note: Mapped[str]
    version: Mapped[int] = mapped_column(server_default=text("1"))
