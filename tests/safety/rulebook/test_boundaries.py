"""SAF-01 to SAF-15 of the catalogue: on one side of each boundary the rule stands, on the other it does not."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.safety import data
from services.safety.absences.rules import last_return_without_exam
from services.safety.buses.rules import Bus, obstacles
from services.safety.hazards.catalogue import ITEMS
from services.safety.hazards.rules import grade, ladder
from services.safety.parameters.published import PARAMETERS
from services.safety.protections.codes import CameraArea
from services.safety.protections.rules import REQUIRED, Camera, Guard, Profile, gaps
from services.safety.routines.rules import bus_faults, meal_faults, quarter
from services.safety.timers.rules import fallen_due
from services.safety.video_accesses.rules import MACHINE as VIDEO
from shared.machine import refusal

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = NOW.date()
DAY, HOUR, MINUTE = timedelta(1), timedelta(hours=1), timedelta(minutes=1)
SOUND = Profile(
    children=200, staff=30, boarders=0, safety_body=True, officer_full_time=True, closed_management=True,
    gate_duty=True, alarm_linked=True, alarm_tested_on=ON, alarm_passed=True, insurance_until=ON,
    video_used_since=ON, video_filed_on=ON, guards=tuple(Guard(str(number), True, ON) for number in range(3)),
    cameras=tuple(Camera(area.value, area.value, True, None, 30, "") for area in REQUIRED),
)  # fmt: skip
FIRST, *OTHERS = SOUND.cameras
BUS = Bus(True, ON, ON, ON, 20, date(1990, 1, 1), date(2015, 1, 1), ON)


def gap(rule: str, at: datetime = NOW, **fields: Any) -> bool:
    return rule in {each.rule for each in gaps(PARAMETERS, replace(SOUND, **fields), at)}


def camera(**fields: Any) -> tuple[Camera, ...]:
    return (replace(FIRST, **fields), *OTHERS)


def refused(state: str) -> bool:
    return refusal(VIDEO, "view", SimpleNamespace(state=state, mode="view"), "x", ON) is not None


def graded(item: str | None) -> bool:
    found = grade(ITEMS, item, ON)
    return found is not None and found.level == "major"


def escalated(on: date) -> bool:
    hazard = SimpleNamespace(state="assigned", level="general", listed=False, due_on=ON)
    steps = fallen_due(ladder(PARAMETERS, hazard, ON - 10 * DAY, frozenset()), on)
    return "overdue" in {each.step for each in steps}


def undrilled(held_on: date) -> bool:
    first, last = quarter(ON)
    return not first <= held_on <= last


def meal(**fields: Any) -> bool:
    sound: dict[str, Any] = {"accompanied": True, "dishes": 4, "samples": 4, "least_grams": 125, "on": ON}
    return bool(meal_faults(PARAMETERS, **sound | fields))


def bus(**fields: Any) -> bool:
    return bool(obstacles(PARAMETERS, replace(BUS, **fields), ON))


def counted(on: int, off: int) -> bool:
    return bool(bus_faults(dedicated=True, licence_until=ON, boarded=on, alighted=off, on=ON))


def away(last_present_on: date) -> bool:
    return last_return_without_exam(PARAMETERS, last_present_on, ON) < ON


TOILET = Camera("x", CameraArea.TOILET.value, True, None, 30, "")
CORRIDOR = replace(TOILET, area=CameraArea.CORRIDOR.value)
Side = Callable[[], bool]
# rule, what is told apart, the side on which it does not stand, the side on which it does
BOUNDARIES: list[tuple[str, str, Side, Side]] = [
    ("SAF-01", "three guards, or two", lambda: gap("SAF-01"), lambda: gap("SAF-01", guards=SOUND.guards[:2])),
    ("SAF-01", "valid to the day", lambda: gap("SAF-01"), lambda: gap("SAF-01", at=NOW + DAY)),
    ("SAF-01", "1,499 people, or 1,500", lambda: gap("SAF-01", children=1299, staff=200),
     lambda: gap("SAF-01", children=1300, staff=200)),
    ("SAF-02", "a full-time officer", lambda: gap("SAF-02"), lambda: gap("SAF-02", officer_full_time=False)),
    ("SAF-02", "a safety body", lambda: gap("SAF-02"), lambda: gap("SAF-02", safety_body=False)),
    ("SAF-03", "every area", lambda: gap("SAF-03"), lambda: gap("SAF-03", cameras=SOUND.cameras[1:])),
    ("SAF-03", "offline 24 hours, or more",
     lambda: gap("SAF-03", cameras=camera(online=False, offline_since=NOW - 24 * HOUR)),
     lambda: gap("SAF-03", cameras=camera(online=False, offline_since=NOW - 24 * HOUR - MINUTE))),
    ("SAF-03", "kept thirty days, or 29", lambda: gap("SAF-03"),
     lambda: gap("SAF-03", cameras=camera(retention_days=29))),
    ("SAF-04", "a corridor, or a toilet", lambda: gap("SAF-04", cameras=(CORRIDOR, *SOUND.cameras)),
     lambda: gap("SAF-04", cameras=(TOILET, *SOUND.cameras))),
    ("SAF-05", "thirty days, or 31", lambda: gap("SAF-05", video_filed_on=None, video_used_since=ON - 30 * DAY),
     lambda: gap("SAF-05", video_filed_on=None, video_used_since=ON - 31 * DAY)),
    ("SAF-06", "approved, or only asked for", lambda: refused("approved"), lambda: refused("requested")),
    ("SAF-07", "thirty days, or 31 without reason", lambda: gap("SAF-07"),
     lambda: gap("SAF-07", cameras=camera(retention_days=31))),
    ("SAF-07", "with a reason, or without",
     lambda: gap("SAF-07", cameras=camera(retention_days=90, retention_reason="公安")),
     lambda: gap("SAF-07", cameras=camera(retention_days=90))),
    ("SAF-08", "tested 31 days ago, or 32", lambda: gap("SAF-08", alarm_tested_on=ON - 31 * DAY),
     lambda: gap("SAF-08", alarm_tested_on=ON - 32 * DAY)),
    ("SAF-08", "linked with the police", lambda: gap("SAF-08"), lambda: gap("SAF-08", alarm_linked=False)),
    ("SAF-09", "no item, or a direct one", lambda: graded(None), lambda: graded("F-02")),
    ("SAF-10", "on the last day, or after it", lambda: escalated(ON), lambda: escalated(ON + DAY)),
    ("SAF-11", "in the quarter, or before it", lambda: undrilled(date(2026, 10, 1)),
     lambda: undrilled(date(2026, 9, 30))),
    ("SAF-12", "company", meal, lambda: meal(accompanied=False)),
    ("SAF-12", "125 grams, or 124", meal, lambda: meal(least_grams=124)),
    ("SAF-12", "48 hours, or 47", lambda: meal(kept_hours=48), lambda: meal(kept_hours=47)),
    ("SAF-13", "licensed to the day", bus, lambda: bus(licence_until=ON - DAY)),
    ("SAF-13", "made for children", bus, lambda: bus(dedicated=False)),
    ("SAF-13", "as many off as on", lambda: counted(20, 20), lambda: counted(20, 19)),
    ("SAF-14", "three months, or a day more", lambda: away(date(2026, 8, 2)), lambda: away(date(2026, 8, 1))),
    ("SAF-15", "insured to the day", lambda: gap("SAF-15"), lambda: gap("SAF-15", at=NOW + DAY)),
    ("SAF-15", "insured at all", lambda: gap("SAF-15"), lambda: gap("SAF-15", insurance_until=None)),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "what", "free", "caught"), BOUNDARIES, ids=[f"{e[0]} {e[1]}" for e in BOUNDARIES])
def test_a_rule_stands_on_one_side_only(rule: str, what: str, free: Side, caught: Side):
    assert (free(), caught()) == (False, True), (rule, what)


def test_every_rule_of_the_catalogue_has_a_boundary_here():
    known = {row["rule"] for row in data.rows("rules")}
    assert known == {f"SAF-{number:02}" for number in range(1, 16)}
    assert {rule for rule, *_ in BOUNDARIES} == known
