"""Thresholds of the plan in force on a day, and figures held against them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Self

from sqlalchemy import Date, Text, bindparam, cast, func, select

from services.registry.indicators import queries
from services.registry.indicators.definitions import Definition, Formula, Side
from services.registry.indicators.models import Indicator, Target
from services.registry.indicators.rules import (
    Comparison,
    children_short,
    children_spare,
    gap,
    meets,
    shown,
    standing,
    value_of,
)
from services.registry.indicators.schemas import TargetFigure
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from shared.db import Reader
from shared.documents import many

_t, _i = Target.__table__.c, Indicator.__table__.c
_as_of = bindparam("as_of", type_=Date)
# A target of a plan holds from the plan's first day until a later plan sets its own.
_latest = select(func.max(_t.since)).where(_t.since <= _as_of).scalar_subquery()
# Its figure follows the definition in force; before the first one, the first.
_other = Indicator.__table__.alias("other").c
_version = (
    select(func.coalesce(func.max(_other.version).filter(_other.since <= _as_of), func.min(_other.version)))
    .where(_other.code == _t.indicator)
    .scalar_subquery()
)
_columns = ("id", "target_set", "clause", "parameters", "comparison", "due_year", "wording", "lead")
TARGETS = many(
    select(
        *(_t[name] for name in _columns),
        cast(_t.threshold, Text).label("threshold"),
        *(_i[name] for name in ("code", "version", "name_zh", "name_en", "kind", "unit", "decimals", "definition")),
        _i.since,
    )
    .join_from(Target, Indicator, (_i.code == _t.indicator) & (_i.version == _version))
    .where(_t.since == _latest)
    .order_by(_t.place)
)
Tally = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Held:
    """A target and the formula whose figure is held against it."""

    row: Mapping[str, Any]
    formula: Formula
    comparison: Comparison
    threshold: Decimal

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        formula = Definition.read(row).formula(row["parameters"])
        return cls(row, formula, Comparison(row["comparison"]), Decimal(row["threshold"]))

    def shown(self, value: Fraction | None) -> str | None:
        """A value in the unit of the indicator."""
        printed = shown(value, self.formula.decimals, self.formula.scale)
        return None if printed is None else str(printed)

    @property
    def threshold_shown(self) -> str:
        return str(self.shown(Fraction(self.threshold)))

    def figure(self, numerator: int, denominator: int | None, on: date) -> TargetFigure:
        """The figure held against the target; the early-warning margin is the one in force on the day."""
        value = value_of(self.formula.kind, numerator, denominator or 0)
        margin = in_force(PARAMETERS, "early_warning_margin", on).number
        countable = self.comparison is Comparison.AT_LEAST and denominator is not None and value is not None
        below = denominator or 0
        return TargetFigure(
            numerator=numerator,
            denominator=denominator,
            value=self.shown(value),
            gap=self.shown(gap(value, self.threshold)),
            children_short=children_short(numerator, below, self.threshold) if countable else None,
            children_spare=children_spare(numerator, below, self.threshold) if countable else None,
            met=meets(value, self.comparison, self.threshold),
            standing=standing(value, self.comparison, self.threshold, margin),
        )


async def targets_on(reader: Reader, day: date) -> list[Held]:
    """The targets that hold on the day, in the order of the plan."""
    return [Held.read(row) for row in json.loads((await reader.one(TARGETS, "plan", as_of=day))[0])]


async def counted(
    reader: Reader, sides: tuple[Side, ...], division: str, days: list[date], **binds: Any
) -> dict[date, Tally]:
    """The counts of the sides in the division, by day, found in one SELECT: `n0`, `n1`, … in the order of the sides."""
    found = await reader.one(
        queries.tally(sides), "figure", days=days, first=min(days), last=max(days), division=division, **binds
    )
    return {date.fromisoformat(row["day"]): row for row in json.loads(found[0])}


def distinct(formulas: list[Formula]) -> tuple[Side, ...]:
    """Every side once: targets of two authorities share theirs."""
    return tuple(dict.fromkeys(side for formula in formulas for side in formula.sides))


def counts(tally: Tally, sides: tuple[Side, ...], formula: Formula) -> tuple[int, int | None]:
    """Numerator and denominator of a formula, out of a tally of these sides."""
    over = int(tally[f"n{sides.index(formula.numerator)}"])
    return over, None if formula.denominator is None else int(tally[f"n{sides.index(formula.denominator)}"])
