from decimal import Decimal

import pytest

from services.finance.budgets.rules import (
    Allocation,
    below_last_year,
    less_per_child,
    performance_ignored,
    slow_spending,
)


def budget(year: int, amount: str, level: str = "district", explanation: str = "") -> Allocation:
    return Allocation(level, "quota", year, Decimal(amount), explanation)


@pytest.mark.parametrize(("amount", "warned"), [("99.99", 1), ("100.00", 0)])
def test_the_districts_total_does_not_fall(amount: str, warned: int):
    assert len(below_last_year([budget(2025, "100.00"), budget(2026, amount)], 2026)) == warned


@pytest.mark.parametrize(
    ("amount", "explanation", "warned"), [("90.00", "", 0), ("90.01", "", 1), ("100.00", "新增两园", 0)]
)
def test_a_weak_review_bounds_the_next_budget_or_it_is_explained(amount: str, explanation: str, warned: int):
    budgets = [budget(2025, "100.00"), budget(2026, amount, explanation=explanation)]
    found = performance_ignored(budgets, {"quota": "poor"}, {"poor": Decimal("0.9")}, 2026)
    assert [each.rule for each in found] == ["FIN-13"] * warned


@pytest.mark.parametrize(
    ("grade", "amount", "warned"),
    [("medium", "99.99", 0), ("medium", "100.00", 1), ("poor", "100.00", 1), ("good", "120.00", 0)],
)
def test_without_a_factor_a_weak_review_asks_for_any_cut(grade: str, amount: str, warned: int):
    budgets = [budget(2025, "100.00"), budget(2026, amount)]
    assert len(performance_ignored(budgets, {"quota": grade}, {}, 2026)) == warned


@pytest.mark.parametrize(("now", "warned"), [("99.99", 1), ("100.00", 0)])
def test_the_districts_money_a_child_does_not_fall(now: str, warned: int):
    assert len(less_per_child({2025: Decimal("100.00"), 2026: Decimal(now)}, 2026)) == warned
    assert less_per_child({2026: Decimal(now)}, 2026) == []


@pytest.mark.parametrize(("settled", "warned"), [("50.00", 0), ("49.99", 1)])
def test_money_ought_to_move_at_its_pace(settled: str, warned: int):
    spent = {("district", "quota"): Decimal(settled)}
    assert len(slow_spending([budget(2026, "100.00")], spent, Decimal("0.5"), 2026)) == warned
    assert slow_spending([budget(2026, "100.00")], spent, None, 2026) == []
