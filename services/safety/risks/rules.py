"""How urgently a kindergarten should be looked at: points with their reasons, nothing hidden. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.safety.parameters.rules import Parameter, number

# What is counted, the parameter that weighs it, and how it is said.
FACTORS: Mapping[str, tuple[str, str]] = {
    "major": ("risk_major_open", "未销号重大隐患 {count} 项"),
    "overdue": ("risk_overdue", "逾期隐患 {count} 项"),
    "general": ("risk_general_open", "未销号一般隐患 {count} 项"),
    "missed": ("risk_missed_check", "三十日内漏查 {count} 次"),
    "grave_incidents": ("risk_grave_incident", "一百八十日内严重事件 {count} 起"),
    "incidents": ("risk_incident", "一百八十日内其他事件 {count} 起"),
    "disputes": ("risk_dispute", "未结高风险矛盾纠纷 {count} 件"),
    "reopened": ("risk_reopened", "一年内复核未通过或重新整改 {count} 次"),
    "complaints": ("risk_complaint", "一百八十日内投诉 {count} 件"),
    "ratio_high": ("risk_ratio_high", "教职工与幼儿比例低于标准"),
    "not_inspected": ("risk_never_inspected", "一年内未检查"),
    "low_score": ("risk_low_score", "上次检查得分不合格"),
    "guards_missing": ("risk_guards_short", "保安员缺 {count} 名"),
    "not_filed": ("risk_not_filed", "未填报防护情况"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    factor: str
    count: int
    points: int
    zh: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The weights in force on a day; one factor counts up to `most`, so that none drowns the others."""

    weights: Mapping[str, int]
    most: int

    @classmethod
    def on(cls, parameters: Iterable[Parameter], day: date) -> "Scale":
        numbers = [each for each in parameters if each.name.startswith("risk_")]
        weights = {name: number(numbers, weight, day) for name, (weight, _) in FACTORS.items()}
        return cls(weights, number(numbers, "risk_most_each", day))

    def reasons(self, counts: Mapping[str, int]) -> list[Reason]:
        """Points by factor, the gravest first."""
        found = [
            Reason(name, count, min(count * self.weights[name], self.most), said.format(count=count))
            for name, (_, said) in FACTORS.items()
            if (count := counts.get(name, 0))
        ]
        return sorted(found, key=lambda each: (-each.points, each.factor))


def reasons(parameters: Iterable[Parameter], counts: Mapping[str, int], on: date) -> list[Reason]:
    """The reasons of one kindergarten."""
    return Scale.on(parameters, on).reasons(counts)


# 三(二)3-c: the seven areas of daily supervision, and the categories of findings each is made of.
AREAS: Mapping[str, tuple[str, frozenset[str]]] = {
    "conditions": ("办园条件", frozenset({"building", "facility", "utilities"})),
    "staff": ("教师资格与配备", frozenset({"staff"})),
    "protection": (
        "安全防护",
        frozenset({"duty", "guards", "closed_management", "alarm", "video", "fire", "bus", "drill", "surroundings"}),
    ),
    "fees": ("收费行为", frozenset({"fees"})),
    "health": ("卫生保健", frozenset({"health", "food"})),
    "education": ("保育教育", frozenset({"conduct"})),
    "finance": ("财务管理", frozenset({"finance"})),
}
