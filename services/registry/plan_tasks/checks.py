"""What a task may name: units, the measure, an indicator of the registry with what it is held against."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.indicators.codes import Kind
from services.registry.indicators.definitions import Definition, ParameterOutOfRange, ParameterUnknown
from services.registry.indicators.models import Indicator
from services.registry.plan_units.models import PlanUnit
from services.registry.plans.models import Clause, Plan
from shared.errors import Fault


async def faults(session: AsyncSession, plan: Plan | None, task: Mapping[str, Any]) -> list[Fault]:
    """Everything wrong with the fields of a task."""
    if plan is None:
        return [Fault("/plan", "plan-unknown", "没有这个计划。", "There is no such plan.")]
    found = []
    if await session.get(Clause, (plan.code, task["clause"])) is None:
        found.append(Fault("/clause", "clause-unknown", "该计划没有这一条款。", "The plan has no such measure."))
    known = set(await session.scalars(select(PlanUnit.code).where(PlanUnit.code.in_([task["lead"], *task["assist"]]))))
    units = [("/lead", task["lead"]), *((f"/assist/{at}", each) for at, each in enumerate(task["assist"]))]
    found += [
        Fault(pointer, "unit-unknown", f"没有责任单位 {code}。", f"There is no unit {code}.")
        for pointer, code in units
        if code not in known
    ]
    if len(set(task["assist"])) < len(task["assist"]):
        found.append(Fault("/assist", "unit-named-twice", "协助单位重复。", "A unit is named twice."))
    if task["due_on"] < plan.since:
        found.append(
            Fault("/due_on", "due-before-the-plan", "完成期限早于计划起始日期。", "It is due before the plan begins.")
        )
    return found + await indicator_faults(session, task)


async def indicator_faults(session: AsyncSession, task: Mapping[str, Any]) -> list[Fault]:
    """An indicator stands with a comparison and a threshold, or none of the three does."""
    given = [task[name] is not None for name in ("indicator", "comparison", "threshold")]
    if not any(given):
        return []
    if not all(given):
        said = "指标、比较方式和目标值须同时填写。", "Indicator, comparison and threshold go together."
        return [Fault("/indicator", "indicator-incomplete", *said)]
    newest = select(Indicator).where(Indicator.code == task["indicator"]).order_by(Indicator.version.desc()).limit(1)
    row = await session.scalar(newest)
    if row is None or row.kind == Kind.DISTRIBUTION:
        said = "没有这个可与目标值比较的指标。", "There is no such indicator that a threshold can be held against."
        return [Fault("/indicator", "indicator-unknown", *said)]
    values = {name: getattr(row, name) for name in ("code", "version", "kind", "unit", "decimals", "definition")}
    try:
        Definition.read(values | {"since": row.since.isoformat()}).formula(task["parameters"])
    except (ParameterUnknown, ParameterOutOfRange) as error:
        said = "指标没有该参数或不接受该值。", "The indicator has no such parameter, or does not take the value."
        return [Fault(f"/parameters/{error.args[0]}", "parameter-unknown", *said)]
    return []
