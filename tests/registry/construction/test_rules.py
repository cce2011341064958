"""配套园五同步: what is late by the rules, at their boundaries."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.registry.construction.rules import (
    Milestone,
    Site,
    findings,
    opening_refusal,
    property_days_late,
    property_due,
    seats_needed,
)
from services.registry.parameters.published import PARAMETERS

ON = date(2026, 3, 20)
SITE = Site("underway", "residential", ON, (), None, None, (), ())


def mile(track: str, step: str, **days: date) -> Milestone:
    given = {"planned_on": None, "forecast_on": None, "actual_on": None} | days
    return Milestone(track, step, **given)


def found(*milestones: Milestone, on: date = ON) -> list[tuple[str, str, int]]:
    late = findings(replace(SITE, milestones=milestones), PARAMETERS, on)
    return [(each.rule or each.kind.value, each.severity.value, each.days) for each in late]


def test_a_kindergarten_as_far_as_the_housing_is_in_step():
    housing = mile("housing", "build", actual_on=ON - timedelta(10))
    assert found(housing, mile("kindergarten", "build", actual_on=ON - timedelta(10))) == []
    assert found(housing, mile("kindergarten", "build", actual_on=ON - timedelta(9))) == [("REG-17", "red", 1)]
    assert found(housing) == [("REG-17", "red", 10)]


def test_a_step_expected_later_than_the_housing_is_warned_of():
    housing = mile("housing", "deliver", planned_on=ON + timedelta(30))
    later = mile("kindergarten", "deliver", planned_on=ON + timedelta(30), forecast_on=ON + timedelta(31))
    assert found(housing, later) == [("REG-17", "warn", 1)]
    assert found(housing, mile("kindergarten", "deliver", planned_on=ON + timedelta(30))) == []
    assert found(housing) == [("REG-17", "warn", 0)]


@pytest.mark.parametrize(("on", "rules"), [(date(2026, 4, 15), []), (date(2026, 4, 16), ["REG-18"])])
def test_the_property_right_is_handed_over_three_months_after_acceptance(on: date, rules: list[str]):
    accepted = mile("kindergarten", "accept", actual_on=date(2026, 1, 15))
    site = replace(SITE, milestones=(accepted,), since=on)
    assert property_due(site, PARAMETERS) == date(2026, 4, 15)
    assert [each.rule for each in findings(site, PARAMETERS, on)] == rules
    assert findings(replace(site, property_on=on), PARAMETERS, on) == ()
    assert property_due(replace(site, kind="new"), PARAMETERS) is None


@pytest.mark.parametrize(("late", "level"), [(1, 0), (29, 0), (30, 1), (59, 1), (60, 2)])
def test_what_is_late_is_escalated_by_its_days(late: int, level: int):
    due = mile("kindergarten", "design", planned_on=ON - timedelta(late))
    (only,) = findings(replace(SITE, milestones=(due,)), PARAMETERS, ON)
    assert (only.kind, only.level, only.days) == ("milestone_overdue", level, late)


def test_the_report_of_last_month_is_due_on_the_fifth_working_day():
    site = replace(SITE, since=date(2026, 4, 20))
    assert findings(site, PARAMETERS, date(2026, 6, 5)) == ()  # 1 to 5 June 2026 are working days
    (missing,) = findings(site, PARAMETERS, date(2026, 6, 6))
    assert (missing.kind, missing.subject, missing.due_on) == ("report_missing", "2026-05", date(2026, 6, 5))
    assert findings(replace(site, reported=(date(2026, 5, 1),)), PARAMETERS, date(2026, 6, 6)) == ()
    assert findings(replace(site, since=date(2026, 6, 1)), PARAMETERS, date(2026, 6, 30)) == ()


def test_a_project_that_is_over_is_never_late():
    late = replace(SITE, obstacles=(ON - timedelta(1),))
    assert [each.kind for each in findings(late, PARAMETERS, ON)] == ["obstacle_overdue"]
    assert findings(replace(late, state="opened"), PARAMETERS, ON) == ()


def test_a_residential_kindergarten_opens_delivered_handed_over_and_with_its_nature_decided():
    delivered = (mile("kindergarten", "deliver", actual_on=ON),)
    ready = replace(SITE, milestones=delivered, property_on=ON, nature="public", seats=180, classes=6)
    assert opening_refusal(ready) is None
    for missing in (
        replace(ready, milestones=()),
        replace(ready, property_on=None),
        replace(ready, nature=None),
        replace(ready, seats=0),
    ):
        assert opening_refusal(missing) is not None
    assert opening_refusal(replace(ready, property_on=None, kind="new")) is None


@pytest.mark.parametrize(("residents", "needed"), [(0, 0), (1, 1), (1000, 30), (1001, 31), (12_000, 360)])
def test_a_part_of_a_seat_is_a_seat(residents: int, needed: int):
    assert seats_needed(residents, PARAMETERS, ON) == needed


def test_the_right_is_late_from_the_day_after_its_last():
    accepted = mile("kindergarten", "accept", actual_on=date(2025, 11, 30))
    site = replace(SITE, milestones=(accepted,))
    assert property_due(site, PARAMETERS) == date(2026, 2, 28)
    late = [
        property_days_late(replace(site, property_on=date(2026, 2, 28 - 1) + timedelta(n)), PARAMETERS)
        for n in (0, 1, 2)
    ]
    assert late == [0, 0, 1]
