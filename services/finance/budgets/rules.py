"""What a budget ought to have regarded: last year's total, the review of the money, the pace of spending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """Yuan of one level for one programme in one year; `explanation` says why it departs from the rule."""

    level: str
    programme: str
    year: int
    amount: Decimal
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Warned:
    rule: str
    zh: str


def below_last_year(budgets: Sequence[Allocation], year: int) -> list[Warned]:
    """三(二)1-g 不断提高区级补助资金: the district's total may not fall."""
    totals = {
        each: sum((b.amount for b in budgets if b.level == "district" and b.year == each), Decimal(0))
        for each in (year - 1, year)
    }
    if totals[year - 1] and totals[year] < totals[year - 1]:
        said = f"{year} 年区级预算 {totals[year]} 元,低于上年的 {totals[year - 1]} 元"
        return [Warned("BUD-01", said)]
    return []


def performance_ignored(
    budgets: Sequence[Allocation], grades: Mapping[str, str], factors: Mapping[str, Decimal], year: int
) -> list[Warned]:
    """FIN-13: last year's grade of a programme bounds this year's amount by a dated factor, or it is explained.

    `grades` by programme, of the year before; `factors` by grade.
    """
    found = []
    for now in (each for each in budgets if each.year == year and not each.explanation):
        before = sum(
            (b.amount for b in budgets if (b.year, b.level, b.programme) == (year - 1, now.level, now.programme)),
            Decimal(0),
        )
        factor = factors.get(grades.get(now.programme, ""))
        if before and factor is not None and now.amount > before * factor:
            said = f"{now.programme} 上年绩效为“{grades[now.programme]}”,预算应不超过上年的 {factor.normalize():f} 倍"
            found.append(Warned("FIN-13", said))
    return found


def slow_spending(
    budgets: Sequence[Allocation], settled: Mapping[tuple[str, str], Decimal], expected: Decimal | None, year: int
) -> list[Warned]:
    """用足用好: by this month less than the expected share was settled. `settled` by (level, programme)."""
    if expected is None:
        return []
    return [
        Warned("BUD-02", f"{each.programme}({each.level})已执行 {settled.get((each.level, each.programme), 0)} 元")
        for each in budgets
        if each.year == year and settled.get((each.level, each.programme), Decimal(0)) < each.amount * expected
    ]
