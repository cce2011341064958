"""What a budget ought to have regarded: last year's total, the review of the money, the pace of spending."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from services.finance.budgets.codes import FundLevel
from services.finance.parameters.codes import ParameterName
from services.finance.parameters.rules import Dated, in_force
from services.finance.performance_reviews.codes import ReviewGrade

FEN: Final = Decimal("0.01")
WEAK: Final = (ReviewGrade.MEDIUM.value, ReviewGrade.POOR.value)


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
    """What is warned of: `actual` against the `bound` to keep, of one programme and level if there is one."""

    rule: str
    zh: str
    level: str | None = None
    programme: str | None = None
    actual: Decimal | None = None
    bound: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Guidance:
    """绩效结果应用: the most this year's allocation may be by last year's grade. Without a factor any cut keeps it."""

    level: str
    programme: str
    last: Decimal
    grade: str | None
    factor: Decimal | None
    planned: Decimal | None
    explanation: str

    @property
    def most(self) -> Decimal | None:
        return None if self.factor is None else (self.last * self.factor).quantize(FEN, ROUND_HALF_UP)

    @property
    def followed(self) -> bool:
        if self.planned is None or not self.last:
            return True
        if self.factor is None:
            return self.grade not in WEAK or self.planned < self.last
        return self.planned <= self.last * self.factor


def below_last_year(budgets: Sequence[Allocation], year: int) -> list[Warned]:
    """三(二)1-g 不断提高区级补助资金: the district's total may not fall."""
    totals = {
        each: sum((b.amount for b in budgets if b.level == "district" and b.year == each), Decimal(0))
        for each in (year - 1, year)
    }
    if totals[year - 1] and totals[year] < totals[year - 1]:
        said = f"{year} 年区级预算 {totals[year]} 元,低于上年的 {totals[year - 1]} 元"
        return [Warned("BUD-01", said, "district", None, totals[year], totals[year - 1])]
    return []


def less_per_child(per_child: Mapping[int, Decimal], year: int) -> list[Warned]:
    """三(二)1-g: what the district settled a child and month may not fall either. `per_child` by year."""
    now, before = per_child.get(year), per_child.get(year - 1)
    if now is None or before is None or now >= before:
        return []
    said = f"{year} 年区级资金每生每月 {now} 元,低于上年的 {before} 元"
    return [Warned("BUD-04", said, "district", None, now, before)]


def guidance(
    budgets: Sequence[Allocation], grades: Mapping[str, str], factors: Mapping[str, Decimal], year: int
) -> list[Guidance]:
    """Every allocation of last year or this one beside what last year's review asks for. `factors` by grade."""
    held = {(b.level, b.programme, b.year): b for b in budgets}
    found = []
    for level, programme in sorted({(b.level, b.programme) for b in budgets if b.year in (year - 1, year)}):
        before, now = held.get((level, programme, year - 1)), held.get((level, programme, year))
        grade = grades.get(programme)
        found.append(
            Guidance(
                level,
                programme,
                before.amount if before else Decimal(0),
                grade,
                factors.get(grade) if grade else None,
                now.amount if now else None,
                now.explanation if now else "",
            )
        )
    return found


def performance_ignored(
    budgets: Sequence[Allocation], grades: Mapping[str, str], factors: Mapping[str, Decimal], year: int
) -> list[Warned]:
    """FIN-13: after a medium or poor review the amount falls by the dated factor, or it is explained.

    `grades` by programme, of the year before; `factors` by grade.
    """
    found = []
    for each in guidance(budgets, grades, factors, year):
        if each.followed or each.explanation or each.grade is None:
            continue
        asked = "低于上年" if each.factor is None else f"不超过上年的 {each.factor.normalize():f} 倍"
        said = f"{each.programme} 上年绩效为“{ReviewGrade[each.grade.upper()].zh}”,预算应{asked}"
        bound = each.last if each.most is None else each.most
        found.append(Warned("FIN-13", said, each.level, each.programme, each.planned, bound))
    return found


def slow_spending(
    budgets: Sequence[Allocation], settled: Mapping[tuple[str, str], Decimal], expected: Decimal | None, year: int
) -> list[Warned]:
    """用足用好: by this month less than the expected share was settled. `settled` by (level, programme)."""
    if expected is None:
        return []
    found = []
    for each in (b for b in budgets if b.year == year):
        moved, bound = settled.get((each.level, each.programme), Decimal(0)), each.amount * expected
        if moved < bound:
            said = f"{each.programme}({FundLevel[each.level.upper()].zh})已执行 {moved} 元,进度应达 {bound:.2f} 元"
            found.append(Warned("BUD-02", said, each.level, each.programme, moved, bound.quantize(FEN, ROUND_HALF_UP)))
    return found


def pace(numbers: Sequence[Dated], on: date) -> Decimal | None:
    """The share that ought to have moved: of the months named (budget_pace/06 …) the last that has come."""
    names = (f"budget_pace/{month:02}" for month in range(on.month, 0, -1))
    found = (in_force(numbers, ParameterName.ALERT_NUMBER.value, name, on) for name in names)
    return next((each.value for each in found if each is not None), None)
