"""SAF-13: a bus that is not in order is not let go; both sides of each boundary."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.safety.buses.rules import Bus, obstacles
from services.safety.buses.schemas import SchoolBusOut
from services.safety.parameters.published import PARAMETERS
from services.safety.timers.rules import months_after
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

ON = date(2026, 11, 4)
SOUND: dict[str, Any] = {
    "dedicated": True, "licence_until": ON, "inspected_on": date(2026, 5, 4), "responsibility_filed_on": ON,
    "seats": 20, "driver_born_on": date(2001, 11, 4), "driver_licensed_on": date(2023, 11, 4),
    "driver_checked_on": date(2025, 11, 4),
}  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({}, []),
        ({"dedicated": False}, ["不是幼儿专用校车"]),
        ({"licence_until": ON - timedelta(1)}, ["无校车使用许可或已过期"]),
        ({"licence_until": None}, ["无校车使用许可或已过期"]),
        ({"inspected_on": date(2026, 5, 3)}, ["未按期安全技术检验"]),
        ({"responsibility_filed_on": None}, ["未签订并备案校车安全管理责任书"]),
        ({"driver_born_on": date(2001, 11, 5)}, ["驾驶人年龄不符"]),  # 25 tomorrow
        ({"driver_born_on": date(1965, 11, 5)}, []),  # 61 tomorrow
        ({"driver_born_on": date(1965, 11, 4)}, ["驾驶人年龄不符"]),
        ({"driver_licensed_on": date(2023, 11, 5)}, ["驾驶人驾龄不足"]),
        ({"driver_checked_on": date(2025, 11, 3)}, ["驾驶人未按期审验"]),
    ],
)
def test_each_obstacle_on_both_sides_of_its_boundary(fields: dict[str, Any], found: list[str]):
    assert [each.zh for each in obstacles(PARAMETERS, Bus(**SOUND | fields), ON)] == found


async def test_a_bus_in_order_is_let_go_and_another_is_not(safety: Service):
    garden = await given.kindergarten(safety)
    clerk = safety.client(("clerk", f"k:{garden}"))
    papers = {
        "dedicated": True, "licence_until": str(TODAY), "inspected_on": str(TODAY),
        "responsibility_filed_on": str(TODAY), "seats": 20, "driver": "D1",
        "driver_born_on": str(months_after(TODAY, -12 * 40)),
        "driver_licensed_on": str(months_after(TODAY, -36)), "driver_checked_on": str(TODAY), "synthetic": True,
    }  # fmt: skip
    address = f"/v1/school-buses/{garden}/京A00000校"
    run = {"run": "早一", "boarded": 20, "attendant": True}
    assert (await clerk.post(f"{address}/departures", json=run)).status_code == 404
    answer = await clerk.put(address, json=papers)
    assert answer.status_code == 200, answer.text
    assert SchoolBusOut.model_validate_json(answer.content).may_run
    assert (await clerk.post(f"{address}/departures", json=run)).status_code == 201
    for bad in ({"boarded": 21}, {"attendant": False}):
        assert (await clerk.post(f"{address}/departures", json=run | bad)).json()["code"] == "bus-must-not-run"
    await clerk.put(address, json=papers | {"licence_until": str(TODAY - timedelta(1))})
    refused = await clerk.post(f"{address}/departures", json=run)
    assert (refused.status_code, refused.json()["code"]) == (409, "bus-must-not-run")
    officer = safety.client(OFFICER)
    (stopped,) = (await officer.get("/v1/school-buses", params={"may_run": False})).json()
    assert [each["zh"] for each in stopped["obstacles"]] == ["无校车使用许可或已过期"]
    before: dict[str, Any] = {"may_run": True, "as_of": str(TODAY - timedelta(1))}
    assert (await officer.get("/v1/school-buses", params=before)).json() == []  # its other papers are of today
