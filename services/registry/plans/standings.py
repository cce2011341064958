"""Where the targets of the plan stand on a day: live figures in the caller's scope, else the latest published ones."""

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from services.registry.indicator_snapshots.queries import PUBLISHED
from services.registry.indicators.asking import covers, same_day
from services.registry.indicators.codes import Origin
from services.registry.indicators.definitions import Side
from services.registry.indicators.targets import Held, Tally, counted, counts, distinct, targets_on
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.plans import queries
from services.registry.plans.schemas import Plan, PlanTarget, PlanTargetSet, TrendPoint
from shared.db import Reader
from shared.errors import NotFound

SCHOOL_YEARS, MONTHS = 3, 12


async def plan_on(reader: Reader, day: date, division: str | None) -> Plan:
    """The plan current on the day, its targets held against the figures of the division.

    The plan's own district is public: a caller whose scope does not hold it gets the latest published snapshots.
    Raises NotFound for another division out of scope, and for a day before the first plan.
    """
    found = json.loads((await reader.one(queries.PLAN, "plan", as_of=day, division=division))[0])
    area, own = found["division"], found.pop("own")
    held = await targets_on(reader, day)
    if covers(reader.actor, area):
        targets = await _live(reader, held, area, day)
    elif area == own:
        targets = await _published(reader, held, area, day)
    else:
        raise NotFound(what="division")
    return _plan(found, targets, day)


def _plan(found: dict[str, Any], targets: list[tuple[str, PlanTarget]], day: date) -> Plan:
    sets = [
        PlanTargetSet(**each, targets=[target for group, target in targets if group == each["code"]])
        for each in found.pop("target_sets")
    ]
    return Plan(**found, as_of=day, synthetic=any(target.synthetic for _, target in targets), target_sets=sets)


async def _live(reader: Reader, held: list[Held], division: str, day: date) -> list[tuple[str, PlanTarget]]:
    sides = distinct([each.formula for each in held])
    years = [same_day(day, day.year - back) for back in reversed(range(SCHOOL_YEARS))]
    months = [_month(day, back) for back in reversed(range(MONTHS))]
    tallies = await counted(reader, sides, division, sorted({*years, *months}))
    return [
        (
            each.row["target_set"],
            _target(
                each,
                day,
                origin=Origin.LIVE,
                counted_for=day,
                figure=each.figure(*counts(tallies[day], sides, each.formula), day),
                population_counted_on=_counted_on(each, tallies[day]),
                synthetic=tallies[day]["synthetic"],
                years=[_point(each, sides, tallies[on], on) for on in years],
                months=[_point(each, sides, tallies[on], on) for on in months],
            ),
        )
        for each in held
    ]


async def _published(reader: Reader, held: list[Held], division: str, day: date) -> list[tuple[str, PlanTarget]]:
    rows = json.loads((await reader.one(PUBLISHED, "snapshot", division=division, as_of=day))[0])
    known = {(row["indicator"], tuple(sorted(row["parameters"].items()))): row for row in rows}
    return [
        (each.row["target_set"], _from_snapshot(each, known.get((each.formula.code, each.formula.parameters)), day))
        for each in held
    ]


def _from_snapshot(held: Held, row: Mapping[str, Any] | None, day: date) -> PlanTarget:
    if row is None:
        return _target(held, day, origin=Origin.NONE, synthetic=False)
    return _target(
        held,
        day,
        origin=Origin.PUBLISHED,
        snapshot=row["id"],
        counted_for=row["as_of"],
        figure=held.figure(row["numerator"], row["denominator"], day),
        population_counted_on=row["population_counted_on"],
        synthetic=row["synthetic"],
    )


def _target(held: Held, day: date, **known: Any) -> PlanTarget:
    row, chosen = held.row, dict(held.formula.parameters)
    nothing: dict[str, Any] = {
        "snapshot": None,
        "counted_for": None,
        "figure": None,
        "population_counted_on": None,
        "years": [],
        "months": [],
    }
    margin = in_force(PARAMETERS, "early_warning_margin", day).number
    return PlanTarget(
        **{name: row[name] for name in ("id", "clause", "wording", "lead", "due_year", "comparison", "unit")},
        indicator=held.formula.code,
        indicator_name=row["name_zh"],
        version=held.formula.version,
        rate_mode=chosen.get("rate_mode"),
        population_basis=chosen.get("population_basis"),
        nursery_counted=held.formula.nursery_counted,
        threshold=held.threshold_shown,
        warning_margin=str(held.shown(Fraction(margin))),
        **(nothing | known),
    )


def _point(held: Held, sides: tuple[Side, ...], tally: Tally, on: date) -> TrendPoint:
    figure = held.figure(*counts(tally, sides, held.formula), on)
    return TrendPoint(
        day=on, numerator=figure.numerator, denominator=figure.denominator, value=figure.value, met=figure.met
    )


def _counted_on(held: Held, tally: Tally) -> str | None:
    """Of what is divided by people only."""
    return tally["counted_on"] if held.formula.needs_an_area else None


def _month(day: date, back: int) -> date:
    month = day.year * 12 + day.month - 1 - back
    return date(month // 12, month % 12 + 1, 1)
