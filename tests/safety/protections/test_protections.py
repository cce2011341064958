"""Protection against the standard: both sides of each boundary, gaps listed, the 4×100 % computed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.safety.parameters.published import PARAMETERS
from services.safety.protections.codes import CameraArea
from services.safety.protections.rules import (
    FORBIDDEN,
    REQUIRED,
    Camera,
    Guard,
    Profile,
    four_hundreds,
    gaps,
    required_guards,
)
from services.safety.protections.schemas import ProtectionOut, ProtectionRates
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ON = NOW.date()


@pytest.mark.parametrize(
    ("children", "staff", "boarders", "needed"),
    [
        (99, 10, 0, 3),  # Beijing's three are stricter than the nation's one
        (300, 50, 0, 3),
        (300, 50, 1, 4),
        (300, 50, 300, 5),
        (949, 50, 0, 3),
        (950, 50, 0, 3),  # a thousand people, and not yet five hundred more
        (1450, 50, 0, 4),
        (1499, 0, 0, 3),
        (1500, 0, 0, 4),
    ],
)
def test_guards_follow_the_stricter_standard(children: int, staff: int, boarders: int, needed: int):
    assert required_guards(PARAMETERS, children, staff, boarders, ON) == needed


def sound(**fields: Any) -> Profile:
    """A kindergarten that lacks nothing."""
    cameras = tuple(Camera(area.value, area.value, True, None, 30, "") for area in REQUIRED)
    guards = tuple(Guard(str(number), True, ON) for number in range(3))
    whole = Profile(
        children=200, staff=30, boarders=0, safety_body=True, officer_full_time=True, closed_management=True,
        gate_duty=True, alarm_linked=True, alarm_tested_on=ON - timedelta(31), alarm_passed=True, insurance_until=ON,
        video_used_since=date(2026, 10, 3), video_filed_on=None, guards=guards, cameras=cameras,
    )  # fmt: skip
    return replace(whole, **fields)


def camera(**fields: Any) -> tuple[Camera, ...]:
    first, *others = sound().cameras
    return (replace(first, **fields), *others)


HOURS = timedelta(hours=24)
EXTRA = Camera("x", CameraArea.TOILET.value, True, None, 30, "")


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, set()),
        ({"guards": sound().guards[:2]}, {"SAF-01"}),
        ({"guards": (Guard("a", True, ON - timedelta(1)), *sound().guards)}, {"SAF-01"}),
        ({"guards": (Guard("a", False, ON), *sound().guards)}, set()),
        ({"officer_full_time": False}, {"SAF-02"}),
        ({"cameras": sound().cameras[1:]}, {"SAF-03"}),
        ({"cameras": camera(online=False, offline_since=NOW - HOURS)}, set()),
        ({"cameras": camera(online=False, offline_since=NOW - HOURS - timedelta(minutes=1))}, {"SAF-03"}),
        ({"cameras": camera(retention_days=29)}, {"SAF-03"}),
        ({"cameras": camera(retention_days=31)}, {"SAF-07"}),
        ({"cameras": camera(retention_days=90, retention_reason="公安要求")}, set()),
        ({"cameras": (EXTRA, *sound().cameras)}, {"SAF-04"}),
        ({"video_used_since": date(2026, 10, 2)}, {"SAF-05"}),
        ({"video_used_since": date(2026, 10, 2), "video_filed_on": ON}, set()),
        ({"alarm_tested_on": ON - timedelta(32)}, {"SAF-08"}),
        ({"alarm_tested_on": None}, {"SAF-08"}),
        ({"alarm_passed": False}, {"SAF-08"}),
        ({"insurance_until": ON - timedelta(1)}, {"SAF-15"}),
        ({"closed_management": False}, {"4x100-2"}),
        ({"gate_duty": False}, {"4x100-4"}),
    ],
)
def test_each_rule_on_both_sides_of_its_boundary(fields: dict[str, Any], rules: set[str]):
    assert {each.rule for each in gaps(PARAMETERS, sound(**fields), NOW)} == rules


def test_a_system_older_than_the_regulation_had_ninety_days():
    before = sound(video_used_since=date(2020, 1, 1))
    last = datetime(2025, 6, 30, 9, 0, tzinfo=NOW.tzinfo)  # ninety days after 1 April 2025
    within = {each.rule for each in gaps(PARAMETERS, before, last)}
    after = {each.rule for each in gaps(PARAMETERS, before, last + timedelta(1))}
    assert ("SAF-05" in within, "SAF-05" in after) == (False, True)


def test_the_four_hundreds_follow_from_the_gaps():
    assert all(four_hundreds(gaps(PARAMETERS, sound(), NOW)).values())
    found = four_hundreds(gaps(PARAMETERS, sound(gate_duty=False, alarm_passed=False), NOW))
    assert found == {"guards": True, "closed_management": True, "alarm_and_video": False, "gate_duty": False}
    assert not FORBIDDEN & set(REQUIRED)


def filed(**fields: Any) -> dict[str, Any]:
    return {
        "principal": "演示园长", "children": 200, "staff": 30, "safety_body": True, "officer": "演示",
        "officer_full_time": True, "closed_management": True, "gate_duty": True, "alarm_linked": True,
        "insurance_until": TODAY.isoformat(), "video_used_since": TODAY.isoformat(),
        "guards": [{"code": str(n), "full_time": True, "certificate_until": TODAY.isoformat()} for n in range(3)],
        "cameras": [{"code": area.value, "area": area.value, "retention_days": 30} for area in REQUIRED],
    } | fields  # fmt: skip


async def test_a_profile_is_filed_and_its_gaps_are_seen(safety: Service):
    garden, silent = await given.kindergarten(safety), await given.kindergarten(safety)
    principal, officer = safety.client(("principal", f"k:{garden}")), safety.client(OFFICER)
    assert (await principal.get(f"/v1/protections/{garden}")).status_code == 404
    answer = await principal.put(f"/v1/protections/{garden}", json=filed())
    assert answer.status_code == 200, answer.text
    found = ProtectionOut.model_validate_json(answer.content)
    assert ([each.rule for each in found.gaps], found.online_rate) == (["SAF-08"], 1.0)
    test = {"tested_on": TODAY.isoformat(), "passed": True, "answered_by": "北房派出所(演示)"}
    assert (await principal.post(f"/v1/protections/{garden}/alarm-tests", json=test)).status_code == 201
    assert (await principal.get(f"/v1/protections/{garden}")).json()["gaps"] == []
    rates = ProtectionRates.model_validate_json((await officer.get("/v1/protection-rates")).content)
    assert (rates.guards.met, rates.guards.all, rates.gate_duty.percent) == (1, 2, 50.0)
    assert [(each.kindergarten, each.filed) for each in rates.kindergartens] == [(silent, False)]


async def test_machines_tell_device_states_in_any_order(safety: Service):
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"))
    machine = safety.client(("integration", given.DISTRICT))
    await principal.put(f"/v1/protections/{garden}", json=filed())
    later = datetime.now(NOW.tzinfo) + timedelta(minutes=1)
    state = {"kindergarten": str(garden), "code": "gate", "online": False, "retention_days": 20}
    states = [
        state | {"at": later.isoformat()},
        state | {"at": (later - timedelta(days=1)).isoformat(), "online": True},
        state | {"code": "nobody", "at": later.isoformat()},
    ]
    answer = (await machine.post("/v1/device-states", json={"states": states})).json()
    assert (answer["taken"], answer["older"], len(answer["unknown"])) == (1, 1, 1)
    found = (await principal.get(f"/v1/protections/{garden}")).json()
    (camera_,) = [each for each in found["cameras"] if each["code"] == "gate"]
    assert (camera_["online"], camera_["retention_days"]) == (False, 20)
    assert "SAF-03" in {each["rule"] for each in found["gaps"]}
    # Filing the profile again does not make a dead camera live.
    await principal.put(f"/v1/protections/{garden}", json=filed())
    again = (await principal.get(f"/v1/protections/{garden}")).json()
    assert again["online_rate"] < 1
