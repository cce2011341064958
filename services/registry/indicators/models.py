from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from services.registry.db import Table
from services.registry.indicators.codes import Kind, TargetComparison
from shared.tables import FOREVER, one_of


class Indicator(Table):
    """One version of the definition of an indicator 指标, in force from `since` until (not including) `until`.

    `definition` holds numerator, denominator, parameters and legal_source. A version once loaded never changes.
    """

    __tablename__ = "indicators"
    __table_args__ = (CheckConstraint("since < until", name="ck_indicators_period"), one_of("indicators", "kind", Kind))

    code: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    name_zh: Mapped[str]
    name_en: Mapped[str]
    kind: Mapped[str]
    unit: Mapped[str]
    decimals: Mapped[int]
    definition: Mapped[dict[str, Any]]
    tag: Mapped[str]
    note_zh: Mapped[str]
    since: Mapped[date]
    until: Mapped[date] = mapped_column(default=FOREVER)


class Target(Table):
    """A threshold an indicator is held against, by a plan, from the first day of the plan (`since`).

    `threshold` is a fraction: 0.98 is 98 %.
    """

    __tablename__ = "targets"
    __table_args__ = (
        ForeignKeyConstraint(
            ["plan", "target_set"], ["target_sets.plan", "target_sets.code"], name="fk_targets_target_set"
        ),
        ForeignKeyConstraint(["plan", "clause"], ["clauses.plan", "clauses.id"], name="fk_targets_clause"),
        one_of("targets", "comparison", TargetComparison),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    plan: Mapped[str]
    target_set: Mapped[str]
    place: Mapped[int]
    since: Mapped[date] = mapped_column(index=True)
    clause: Mapped[str | None]
    indicator: Mapped[str]
    parameters: Mapped[dict[str, Any]]
    comparison: Mapped[str]
    threshold: Mapped[Decimal] = mapped_column(Numeric())
    due_year: Mapped[int | None]
    wording: Mapped[str]
    lead: Mapped[str | None]
