"""县域学前教育普及普惠督导评估 (教督〔2020〕1号): every indicator must pass. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

from services.quality.permissions import May
from services.quality.universality_reviews.codes import IndicatorRule
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than, states

BASIS = "县域学前教育普及普惠督导评估办法(教督〔2020〕1号)"


class IndicatorsUnanswered(DomainError):
    zh = "尚有指标无数据或无认定:{codes}。"
    en = "Indicators without a figure or a statement: {codes}."


MACHINE: Machine = {
    "enter": Verb("填报指标", May.KEEP_UNIVERSALITY, states("draft"), "entered", BASIS),
    "confirm": Verb(
        "确认自查",
        May.CONFIRM_UNIVERSALITY,
        states("draft"),
        "confirmed",
        BASIS,
        (other_than("确认自查", "opened_by"),),
    ),
    "reopen": Verb("退回修改", May.CONFIRM_UNIVERSALITY, states("confirmed"), "reopened", BASIS),
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the national list, with its threshold as data. `drawn` names the fact the system has."""

    code: str
    area: str
    name: str
    rule: IndicatorRule
    threshold: Decimal | None
    unit: str
    formula: str
    basis: str
    tag: str
    drawn: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Self:
        threshold = Decimal(row["threshold"]) if row["threshold"] else None
        said: dict[str, Any] = {name: row[name] for name in ("code", "area", "name", "unit", "formula", "basis", "tag")}
        return cls(**said, rule=IndicatorRule[row["rule"].upper()], threshold=threshold, drawn=row["drawn"])


def is_met(indicator: Indicator, value: Decimal | None, stated: bool | None) -> bool | None:
    """Whether it passes: by its figure where it has a threshold, else as stated. None: nothing is known yet."""
    if indicator.threshold is None:
        return stated
    if value is None:
        return None
    return {
        IndicatorRule.AT_LEAST: value >= indicator.threshold,
        IndicatorRule.ABOVE: value > indicator.threshold,
        IndicatorRule.AT_MOST: value <= indicator.threshold,
        IndicatorRule.NONE: value == 0,
    }[indicator.rule]


def gap(indicator: Indicator, value: Decimal | None) -> Decimal | None:
    """What is missing to the threshold, in the indicator's unit; 0 when nothing is."""
    if value is None or indicator.threshold is None:
        return None
    missing = indicator.threshold - value
    if indicator.rule in (IndicatorRule.AT_MOST, IndicatorRule.NONE):
        missing = -missing
    return max(Decimal(0), missing)
