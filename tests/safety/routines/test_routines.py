"""Daily records: illness that gathers is seen, meals, buses and drills are held against the rules."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.safety.parameters.published import PARAMETERS
from services.safety.routines.rules import Absence, bus_faults, meal_faults, outbreaks, quarter
from services.safety.routines.schemas import OutbreakSignal, RoutineGap
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

ON = date(2026, 11, 4)


@pytest.mark.parametrize(
    ("counts", "signals"),
    [
        ([("a", 0, 2)], []),
        ([("a", 0, 3)], ["a"]),
        ([("a", 2, 3)], ["a"]),  # within three days
        ([("a", 3, 3)], []),  # before them
        ([("a", 0, 2), ("a", 1, 2)], []),  # the same children on two days
        ([("a", 0, 2), ("b", 0, 2), ("c", 1, 2), ("d", 0, 1)], []),
        ([("a", 0, 2), ("b", 0, 2), ("c", 1, 2), ("d", 0, 2)], [None]),
    ],
)
def test_illness_that_gathers_is_signalled(counts: list[tuple[str, int, int]], signals: list[str | None]):
    rows = [Absence("k", group, ON - timedelta(back), "fever", children) for group, back, children in counts]
    assert [each.group for each in outbreaks(PARAMETERS, rows, ON)] == signals


def test_quarters_begin_and_end_where_they_should():
    assert quarter(date(2026, 3, 31)) == (date(2026, 1, 1), date(2026, 3, 31))
    assert quarter(date(2026, 12, 1)) == (date(2026, 10, 1), date(2026, 12, 31))
    assert quarter(date(2026, 4, 1)) == (date(2026, 4, 1), date(2026, 6, 30))


@pytest.mark.parametrize(
    ("fields", "faults"),
    [({}, 0), ({"accompanied": False}, 1), ({"samples": 3}, 1), ({"least_grams": 124}, 1), ({"least_grams": 125}, 0)],
)
def test_a_meal_has_company_and_samples(fields: dict[str, Any], faults: int):
    meal: dict[str, Any] = {"accompanied": True, "dishes": 4, "samples": 4, "least_grams": 125, "on": ON}
    assert len(meal_faults(PARAMETERS, **meal | fields)) == faults


@pytest.mark.parametrize(
    ("fields", "faults"),
    [({}, 0), ({"alighted": 19}, 1), ({"licence_until": ON - timedelta(1)}, 1), ({"dedicated": False}, 1)],
)
def test_a_bus_is_licensed_and_leaves_nobody(fields: dict[str, Any], faults: int):
    run: dict[str, Any] = {"dedicated": True, "licence_until": ON, "boarded": 20, "alighted": 20, "on": ON}
    assert len(bus_faults(**run | fields)) == faults


async def test_morning_checks_are_put_and_signal(safety: Service):
    garden = await given.kindergarten(safety)
    teacher, officer = safety.client(("teacher", f"k:{garden}")), safety.client(OFFICER)
    address = f"/v1/morning-checks/{garden}/大一班/{TODAY}"
    sent = {"present": 20, "absent": 4, "causes": [{"cause": "fever", "children": 3}]}
    for _ in range(2):
        answer = await teacher.put(address, json=sent)
        assert answer.status_code == 200, answer.text
    found = [OutbreakSignal.model_validate(each) for each in (await officer.get("/v1/outbreak-signals")).json()]
    assert [(each.group, each.cause, each.children) for each in found] == [("大一班", "fever", 3)]
    bad = sent | {"absent": 2}
    assert (await teacher.put(address, json=bad)).status_code == 422


async def test_a_fault_of_a_meal_or_a_bus_becomes_a_hazard_once(safety: Service):
    garden = await given.kindergarten(safety)
    clerk = safety.client(("clerk", f"k:{garden}"))
    meal = {"dishes": 4, "samples": 4, "least_grams": 125, "supplier_checked": True}
    first = await clerk.put(f"/v1/meals/{garden}/{TODAY}/lunch", json=meal)
    assert first.json()["faults"] == ["无负责人陪餐"]
    assert (await clerk.put(f"/v1/meals/{garden}/{TODAY}/lunch", json=meal)).json()["hazard"] == first.json()["hazard"]
    run = {"plate": "京A00000校", "dedicated": True, "licence_until": TODAY.isoformat(), "attendant": True}
    left = await clerk.put(f"/v1/bus-runs/{garden}/{TODAY}/am", json=run | {"boarded": 20, "alighted": 19})
    assert left.json()["faults"] == ["上车 20 人,下车 19 人"]
    good = await clerk.put(f"/v1/bus-runs/{garden}/{TODAY}/pm", json=run | {"boarded": 20, "alighted": 20})
    assert good.json()["hazard"] is None
    assert len((await clerk.get("/v1/hazards")).json()["items"]) == 2


async def test_who_held_no_drill_this_quarter_is_listed(safety: Service):
    garden, other = await given.kindergarten(safety), await given.kindergarten(safety)
    clerk, officer = safety.client(("clerk", f"k:{garden}")), safety.client(OFFICER)
    drill = {"kindergarten": str(garden), "kind": "evacuation", "held_on": TODAY.isoformat(), "people": 200}
    assert (await clerk.post("/v1/drills", json=drill | {"seconds": 150})).status_code == 201
    gaps = [RoutineGap.model_validate(each) for each in (await officer.get("/v1/routine-gaps")).json()]
    assert [(each.kindergarten, each.rule) for each in gaps] == [(other, "SAF-11")]
