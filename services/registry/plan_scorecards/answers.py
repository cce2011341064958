"""Scorecards and the matrix, put together from tasks, units, the plan's words and live figures."""

import json
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.registry.indicators.asking import covers
from services.registry.indicators.schemas import TargetFigure
from services.registry.indicators.targets import Held, counted, counts, distinct, targets_on
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from services.registry.plan_scorecards.codes import ScorecardCriterion
from services.registry.plan_scorecards.quality import judged
from services.registry.plan_scorecards.rules import Line, Reached, Scored, lines, score
from services.registry.plan_scorecards.schemas import (
    MatrixRow,
    MatrixUnit,
    ResponsibilityMatrix,
    Scorecard,
    ScorecardLine,
    ScorecardReason,
    Scorecards,
    ScorecardTarget,
    ScorecardWeight,
)
from services.registry.plan_tasks.answers import figures, works
from services.registry.plan_tasks.codes import PlanRole
from services.registry.plan_tasks.queries import PLAN_NOW
from services.registry.plan_tasks.rules import is_overdue
from services.registry.plan_tasks.works import work
from services.registry.plan_units.models import PlanUnit
from services.registry.plans.models import Clause
from services.registry.plans.queries import CURRENT
from services.registry.plans.reference import DISTRICT
from shared.db import Reader
from shared.documents import many
from shared.errors import NotFound

_unit, _clause = PlanUnit.__table__.c, Clause.__table__.c
UNITS = many(select(*(_unit[name] for name in ("code", "name_zh", "kind", "division"))).order_by(_unit.code))
MEASURES = many(
    select(*(_clause[name] for name in ("id", "quote", "lead", "assist")))
    .where(_clause.plan == CURRENT)
    .order_by(_clause.place)
)
Row = dict[str, Any]
Figures = dict[UUID, tuple[Held, TargetFigure, bool]]


async def _units(reader: Reader) -> list[Row]:
    found: list[Row] = json.loads((await reader.one(UNITS, "unit"))[0])
    return found


async def plan_now(reader: Reader, on: date) -> str:
    """The plan current on the day. Raises NotFound."""
    found = (await reader.one(PLAN_NOW, "plan", as_of=on))[0]
    if found is None:
        raise NotFound(what="plan")
    return str(found)


async def scorecards(reader: Reader, on: date, kind: str | None, unit: str | None) -> Scorecards:
    """A card for each town in scope, and for a caller of the whole district for each department with a task."""
    plan = await plan_now(reader, on)
    rows = await works(reader, on, plan=plan)
    reached, held = await figures(reader, rows, on), await targets_on(reader, on)
    named = {each for row in rows for each in (row["lead"], *row["assist"])}
    quality = await judged(reader, on)
    cards = []
    for each in await _units(reader):
        place = each["division"]
        seen = covers(reader.actor, place) if place else each["code"] in named and covers(reader.actor, DISTRICT)
        if seen and each["kind"] != "collective" and kind in (None, each["kind"]) and unit in (None, each["code"]):
            towns = await _town_targets(reader, held, place, on) if place else ([], False)
            cards.append(_card(each, rows, reached, towns, quality.get(place or "", []), on))
    weights = {key: in_force(PARAMETERS, "plan_scorecard_weight", on, key) for key in ScorecardCriterion}
    return Scorecards(
        as_of=on,
        plan=plan,
        weights=[
            ScorecardWeight(criterion=key, weight=w.value, document=w.document, tag=w.tag) for key, w in weights.items()
        ],
        items=cards,
    )


async def _town_targets(
    reader: Reader, held: list[Held], division: str, on: date
) -> tuple[list[ScorecardTarget], bool]:
    if not held:
        return [], False
    sides = distinct([each.formula for each in held])
    tally = (await counted(reader, sides, division, [on]))[on]
    found = []
    for each in held:
        figure = each.figure(*counts(tally, sides, each.formula), on)
        found.append(
            ScorecardTarget(
                target=each.row["id"],
                indicator=each.formula.code,
                indicator_name=each.row["name_zh"],
                unit=each.formula.unit,
                due_year=each.row["due_year"],
                comparison=each.row["comparison"],
                threshold=each.threshold_shown,
                **{name: getattr(figure, name) for name in ("value", "gap", "met", "standing")},
            )
        )
    return found, bool(tally["synthetic"])


def _card(
    unit: Row,
    rows: list[Row],
    reached: Figures,
    towns: tuple[list[ScorecardTarget], bool],
    judged: list[Reached],
    on: date,
) -> Scorecard:
    own = [row for row in rows if row["lead"] == unit["code"]]
    assigned = [row for row in rows if row["assigned_on"] and date.fromisoformat(row["assigned_on"]) <= on]
    targets, synthetic = towns
    against = [_reached(each) for each in targets]
    for row in own:
        if row in assigned and (found := reached.get(UUID(row["id"]))):
            held, figure, invented = found
            synthetic |= invented
            said = f"{figure.value} / {held.threshold_shown}"
            against.append(Reached(row["id"], row["title"], said, figure.met))
    weights: dict[str, Decimal] = {
        key.value: in_force(PARAMETERS, "plan_scorecard_weight", on, key).number for key in ScorecardCriterion
    }
    tasks = [Scored(row["id"], row["title"], work(row)) for row in own]
    found_lines = lines(tasks, against, judged, weights, PARAMETERS, on)
    return Scorecard(
        unit=unit["code"],
        unit_name=unit["name_zh"],
        kind=unit["kind"],
        division=unit["division"],
        leads=sum(row["lead"] == unit["code"] for row in assigned),
        assists=sum(unit["code"] in row["assist"] for row in assigned),
        overdue=sum(is_overdue(each.work, on) for each in tasks),
        score=_text(score(found_lines)),
        lines=[_line(each) for each in found_lines],
        targets=targets,
        synthetic=synthetic,
    )


def _reached(target: ScorecardTarget) -> Reached:
    return Reached(target.target, target.indicator_name, f"{target.value} / {target.threshold}", target.met)


def _line(line: Line) -> ScorecardLine:
    return ScorecardLine(
        criterion=line.criterion,
        weight=str(line.weight),
        reached=line.reached,
        of=line.of,
        points=_text(line.points),
        reasons=[ScorecardReason(**asdict(each)) for each in line.reasons],
    )


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


async def matrix(reader: Reader, on: date, unit: str | None) -> ResponsibilityMatrix:
    """Every measure of the plan with its units: what the plan's words say, and what tasks say."""
    plan = await plan_now(reader, on)
    rows = await works(reader, on, plan=plan)
    measures = json.loads((await reader.one(MEASURES, "plan", as_of=on))[0])
    found = [_row(each, [row for row in rows if row["clause"] == each["id"]]) for each in measures]
    found = [each for each in found if unit is None or unit in each.roles]
    named = {code for each in found for code in each.roles}
    units = [
        MatrixUnit(
            **{name: each[name] for name in ("code", "name_zh", "kind")},
            leads=sum(row.roles.get(each["code"]) == PlanRole.LEAD for row in found),
            assists=sum(row.roles.get(each["code"]) == PlanRole.ASSIST for row in found),
        )
        for each in await _units(reader)
        if each["code"] in named
    ]
    return ResponsibilityMatrix(as_of=on, plan=plan, units=units, measures=found)


def _row(measure: Row, tasks: list[Row]) -> MatrixRow:
    live = [each for each in tasks if each["state"] not in ("cancelled", "carried_over")]
    assist = [*measure["assist"], *(code for each in live for code in each["assist"])]
    lead = [each["lead"] for each in live] or ([measure["lead"]] if measure["lead"] else [])
    roles = dict.fromkeys(assist, PlanRole.ASSIST) | dict.fromkeys(lead, PlanRole.LEAD)
    return MatrixRow(
        clause=measure["id"], quote=measure["quote"], stated=measure["lead"] is not None, tasks=len(live), roles=roles
    )
