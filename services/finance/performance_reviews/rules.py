"""项目支出绩效评价 (财预〔2020〕10号): weights, score and grade."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.finance.performance_reviews.codes import ReviewGrade

GROUPS: Final = ("decision", "process", "output", "benefit")  # 决策, 过程, 产出, 效益
FULL: Final = Decimal(100)
LEAST_RESULTS: Final = Decimal(60)  # 产出 and 效益 together weigh at least 60 %
FLOORS: Final = (
    (Decimal(90), ReviewGrade.EXCELLENT),
    (Decimal(80), ReviewGrade.GOOD),
    (Decimal(60), ReviewGrade.MEDIUM),
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`weight` points at most, of which `score` were given."""

    group: str
    weight: Decimal
    score: Decimal


def faults(indicators: Mapping[str, Indicator]) -> list[str]:
    """What is wrong with a sheet of indicators; nothing when it can be added up."""
    found = []
    if sum(each.weight for each in indicators.values()) != FULL:
        found.append("weights do not add up to 100")
    if sum(each.weight for each in indicators.values() if each.group in ("output", "benefit")) < LEAST_RESULTS:
        found.append("output and benefit weigh less than 60")
    found += [f"{name} scores above its weight" for name, each in indicators.items() if each.score > each.weight]
    return found


def total(indicators: Mapping[str, Indicator]) -> Decimal:
    """The score, to two places."""
    return sum((each.score for each in indicators.values()), Decimal(0)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def grade(score: Decimal) -> ReviewGrade:
    return next((reached for floor, reached in FLOORS if score >= floor), ReviewGrade.POOR)
