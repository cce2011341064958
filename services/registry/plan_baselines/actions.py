import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.divisions.models import Division
from services.registry.indicators.asking import covers
from services.registry.indicators.definitions import Definition, Formula
from services.registry.indicators.models import Indicator
from services.registry.indicators.rules import shown, value_of
from services.registry.indicators.targets import counted, counts, distinct
from services.registry.plan_baselines.codes import FormerPlan
from services.registry.plan_baselines.models import PlanBaseline
from services.registry.plan_baselines.rules import change, is_regression
from services.registry.plan_baselines.schemas import PlanBaselineOut, PlanBaselinePut, PlanBaselines
from services.registry.plan_tasks.checks import indicator_faults
from services.registry.plans.reference import DISTRICT
from services.registry.refusals import refuse
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import many
from shared.errors import Fault
from shared.events import announce
from shared.ids import new_id

ENTERED = "registry.plan_baseline.entered"
_base, _indicator = PlanBaseline.__table__.c, Indicator.__table__.c
_other = Indicator.__table__.alias("other").c
_version = (
    select(func.coalesce(func.max(_other.version).filter(_other.since <= bindparam("as_of", type_=Date)), 1))
    .where(_other.code == _base.indicator)
    .correlate(PlanBaseline)
    .scalar_subquery()
)
_stored = ("former_plan", "indicator", "division", "parameters", "better", "counted_on", "document", "entered_by")
BASELINES = many(
    select(
        *(_base[name] for name in (*_stored, "version")),
        cast(_base.value, Text).label("value"),
        func.row_to_json(literal_column("indicators")).label("definition"),
    )
    .join_from(PlanBaseline, Indicator, (_indicator.code == _base.indicator) & (_indicator.version == _version))
    .order_by(_base.counted_on, _base.indicator, _base.division)
)


async def enter_baseline(
    session: AsyncSession, actor: Actor, plan: FormerPlan, indicator: str, put: PlanBaselinePut
) -> None:
    """Enter what a figure was at the end of an earlier plan, with its document; again, to correct it."""
    division = put.division or DISTRICT
    asked = {"indicator": indicator, "comparison": "ge", "threshold": put.value, "parameters": put.parameters}
    faults = await indicator_faults(session, asked)
    if not division.startswith(actor.divisions) or await session.get(Division, division) is None:
        said = "没有这个区划,或不在您的管理范围内。", "There is no such division in your scope."
        faults.append(Fault("/division", "division-unknown", *said))
    if put.counted_on > today():
        faults.append(Fault("/counted_on", "day-lies-ahead", "不得晚于今日。", "It is not after today."))
    refuse(faults)
    key = {"former_plan": plan.value, "indicator": indicator, "division": division}
    values = put.model_dump(exclude={"division"}) | {"better": put.better.value, "entered_by": actor.id}
    stored = insert(PlanBaseline).values(id=new_id(), **key, **values)
    await session.execute(stored.on_conflict_do_update(index_elements=list(key), set_=values))
    await announce(
        session,
        ENTERED,
        f"plan/baselines/{plan.value}/{indicator}",
        division=division,
        data=key | {"value": str(put.value), "counted_on": put.counted_on},
    )


async def compared(reader: Reader, on: date, division: str | None, plan: FormerPlan | None) -> PlanBaselines:
    """The baselines in scope beside the figures of the day."""
    rows = [
        row
        for row in json.loads((await reader.one(BASELINES, "baseline", as_of=on))[0])
        if division in (None, row["division"]) and plan in (None, row["former_plan"])
    ]
    now = await _figures(reader, rows, on)
    items = [_item(row, now.get(at)) for at, row in enumerate(rows)]
    return PlanBaselines(as_of=on, regressed=sum(each.regressed is True for each in items), items=items)


async def _figures(reader: Reader, rows: list[dict[str, Any]], on: date) -> Mapping[int, Decimal | None]:
    formulas = {at: Definition.read(row["definition"]).formula(row["parameters"]) for at, row in enumerate(rows)}
    found: dict[int, Decimal | None] = {}
    for division in sorted({row["division"] for row in rows if covers(reader.actor, row["division"])}):
        here = {at: formulas[at] for at, row in enumerate(rows) if row["division"] == division}
        sides = distinct(list(here.values()))
        tally = (await counted(reader, sides, division, [on]))[on]
        found |= {at: _value(formula, *counts(tally, sides, formula)) for at, formula in here.items()}
    return found


def _value(formula: Formula, over: int, under: int | None) -> Decimal | None:
    return shown(value_of(formula.kind, over, under or 0), formula.decimals, formula.scale)


def _item(row: dict[str, Any], now: Decimal | None) -> PlanBaselineOut:
    definition, then = row.pop("definition"), Decimal(row["value"])
    moved = change(then, now)
    return PlanBaselineOut(
        **row,
        indicator_name=definition["name_zh"],
        unit=definition["unit"],
        value_now=None if now is None else str(now),
        change=None if moved is None else str(moved),
        regressed=is_regression(then, now, row["better"]),
    )
