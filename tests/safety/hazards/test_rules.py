"""Levels and deadlines of hazards, at their boundaries."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from services.safety.hazards.catalogue import ITEMS
from services.safety.hazards.rules import deadline, grade, ladder
from services.safety.parameters.published import PARAMETERS
from services.safety.timers.rules import last_working_day_of_month, working_days_before
from shared.workdays import is_working_day, working_days_between


@pytest.mark.parametrize(
    ("item", "on", "level"),
    [
        (None, date(2026, 1, 5), "general"),
        ("F-02", date(2026, 1, 5), "major"),
        ("F-02", date(2024, 6, 24), "major"),
        ("F-02", date(2024, 6, 23), None),  # the day before the guide
        ("V-01", date(2026, 1, 5), "general"),
        ("X-99", date(2026, 1, 5), None),
    ],
)
def test_the_catalogue_in_force_decides_the_level(item: str | None, on: date, level: str | None):
    found = grade(ITEMS, item, on)
    assert (found and found.level) == level


def test_every_item_names_its_authority():
    assert [each.code for each in ITEMS if not each.document or each.tag not in ("verified", "known")] == []
    assert {each.code for each in ITEMS if each.level == "major"} == {"F-01", "F-02", "F-03", "F-04"}


@pytest.mark.parametrize(
    ("level", "on", "due"),
    [
        ("general", date(2026, 3, 2), date(2026, 3, 16)),  # two plain weeks
        ("general", date(2026, 9, 28), date(2026, 10, 17)),  # over the National Day holiday with its moved days
        ("general", date(2026, 3, 7), date(2026, 3, 20)),  # graded on a Saturday
    ],
)
def test_deadlines_count_working_days(level: str, on: date, due: date):
    found = deadline(PARAMETERS, level, on)
    assert is_working_day(found)
    assert working_days_between(on, found) == 10
    if on.month == 3:
        assert found == due


def test_the_month_ends_on_its_last_working_day():
    assert last_working_day_of_month(date(2026, 5, 3)) == date(2026, 5, 29)  # 30 and 31 May are a weekend
    assert last_working_day_of_month(date(2026, 12, 1)) == date(2026, 12, 31)
    assert working_days_before(date(2026, 3, 16), 1) == date(2026, 3, 13)


def hazard(**fields: Any) -> SimpleNamespace:
    known = {"state": "assigned", "level": "general", "listed": False, "due_on": date(2026, 3, 16)}
    return SimpleNamespace(**known | fields)


def test_an_overdue_hazard_climbs_from_the_garden_to_the_leader():
    found = ladder(PARAMETERS, hazard(), date(2026, 3, 2), frozenset())
    assert [(each.step, each.on) for each in found] == [
        ("due_soon", date(2026, 3, 12)),
        ("overdue", date(2026, 3, 17)),
        ("overdue_district", date(2026, 3, 23)),
        ("overdue_leader", date(2026, 3, 30)),
    ]
    assert "leader" in found[-1].told


def test_a_listed_hazard_reports_every_month_until_it_is_gone():
    listed = hazard(level="major", listed=True, due_on=date(2026, 4, 13))
    found = ladder(PARAMETERS, listed, date(2026, 3, 2), frozenset({"2026-03"}))
    months = [each.step for each in found if each.step.startswith("progress_missing")]
    assert months == [f"progress_missing 2026-{month:02}" for month in range(4, 11)]


def test_nothing_more_happens_to_a_closed_hazard():
    assert ladder(PARAMETERS, hazard(state="closed"), date(2026, 3, 2), frozenset()) == []
