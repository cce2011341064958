"""What may be varied, which step a scenario may take, and in words why money came out otherwise than simulated."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from services.finance.parameters.codes import ParameterName
from services.finance.permissions import May
from services.finance.subsidy_runs.rules import PARTS, UNMET
from shared.machine import Machine, Verb, other_than, states

MOST_MONTHS: Final = 36
# The rules a scenario copies and may change; `household_income` is copied as a fact.
VARIED: Final = (
    ParameterName.FEE_CEILING,
    ParameterName.FREE_YEAR_STANDARD,
    ParameterName.SUBSIDY_RATE,
    ParameterName.SUBSIDY_TILT,
    ParameterName.SUBSIDY_CAP,
    ParameterName.SUBSIDY_MONTHS,
    ParameterName.MUNICIPAL_SHARE,
    ParameterName.ELIGIBILITY,
)
COPIED: Final = (*VARIED, ParameterName.HOUSEHOLD_INCOME)
OPEN: Final = states("draft", "simulated")
MACHINE: Final[Machine] = {
    "change": Verb("修改", May.PROPOSE_SCENARIOS, OPEN),
    "simulate": Verb("测算", May.PROPOSE_SCENARIOS, OPEN),
    "propose": Verb("提请审批", May.PROPOSE_SCENARIOS, states("simulated")),
    "decide": Verb(
        "审批", May.DECIDE_SCENARIOS, states("proposed"), guards=(other_than("审批", "made_by", "proposed_by"),)
    ),
}


def months_between(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month


def last_month(until: date) -> date:
    """The last month of a scenario that ends before `until`."""
    return date(until.year - (until.month == 1), (until.month - 2) % 12 + 1, 1)


def deviation(simulated: Mapping[str, Any], settled: Mapping[str, Any]) -> list[str]:
    """Why the settled amount is not the simulated one: the explanations of both, compared, in Chinese."""
    return [
        *_type(simulated, settled),
        *_parts(_by_part(simulated), _by_part(settled)),
        *_conditions(set(simulated.get("unmet", ())), set(settled.get("unmet", ()))),
        *_factors(simulated, settled),
        f"测算 {simulated['entitled']} 元,核定 {settled['entitled']} 元。",
    ]


def _type(simulated: Mapping[str, Any], settled: Mapping[str, Any]) -> Iterator[str]:
    if simulated.get("type") != settled.get("type"):
        yield f"办园性质由 {simulated.get('type')} 变为 {settled.get('type')}。"


def _by_part(facts: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    parts: Sequence[Mapping[str, Any]] = facts.get("parts") or ()
    return {each["part"]: each for each in parts}


def _parts(simulated: Mapping[str, Mapping[str, Any]], settled: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for part in sorted({*simulated, *settled}):
        before, now = simulated.get(part, {}), settled.get(part, {})
        name = PARTS.get(part, part)
        if before.get("quantity", "0") != now.get("quantity", "0"):
            yield f"{name}数量由 {before.get('quantity', '0')} 变为 {now.get('quantity', '0')}。"
        if before and now and before.get("rate") != now.get("rate"):
            yield f"{name}标准由 {before.get('rate', '无')} 元变为 {now.get('rate', '无')} 元。"


def _conditions(before: set[str], now: set[str]) -> Iterator[str]:
    for condition in sorted(now - before):
        yield f"不再满足条件:{UNMET.get(condition, condition)}。"
    for condition in sorted(before - now):
        yield f"已满足测算时不满足的条件:{UNMET.get(condition, condition)}已消除。"


def _factors(simulated: Mapping[str, Any], settled: Mapping[str, Any]) -> Iterator[str]:
    for name, key, zh in (
        ("tilt", "factor", "倾斜系数"),
        ("cap", "value", "每月上限"),
        ("share", "municipal", "市级负担比例"),
    ):
        before, now = (facts.get(name, {}).get(key, "无") for facts in (simulated, settled))
        if before != now:
            yield f"{zh}由 {before} 变为 {now}。"
