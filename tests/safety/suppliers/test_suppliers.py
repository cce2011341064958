"""Food suppliers: licences watched, warned of in time, and nobody eats what an unlicensed firm delivered unnoticed."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.safety.parameters.published import PARAMETERS
from services.safety.suppliers.rules import standing
from services.safety.suppliers.schemas import SupplierOut, SupplierPage
from services.safety.timers.actions import fire
from shared.workdays import is_working_day
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

ON = date(2026, 11, 4)
STANDINGS = [
    (ON - timedelta(1), None, "expired"),
    (ON, None, "expiring"),
    (ON + timedelta(30), None, "expiring"),
    (ON + timedelta(31), None, "valid"),
    (ON + timedelta(31), ON, "ended"),
    (ON + timedelta(31), ON + timedelta(1), "valid"),
]


@pytest.mark.parametrize(("licence_until", "until", "found"), STANDINGS)
def test_a_licence_holds_on_its_last_day(licence_until: date, until: date | None, found: str):
    assert standing(PARAMETERS, licence_until, date(2026, 1, 1), until, ON) == found


def supplier(licence_until: date, **fields: Any) -> dict[str, Any]:
    return {
        "name": "演示蔬菜公司", "kinds": ["vegetables"], "licence_number": "JY1110000000000",
        "licence_until": licence_until.isoformat(), "since": "2026-01-01", "synthetic": True,
    } | fields  # fmt: skip


async def test_the_list_says_the_same_standing_as_the_rule(safety: Service):
    garden = await given.kindergarten(safety)
    clerk = safety.client(("clerk", f"k:{garden}"))
    for number, (licence_until, until, _) in enumerate(STANDINGS):
        sent = supplier(licence_until, until=until and until.isoformat())
        answer = await clerk.put(f"/v1/suppliers/{garden}/s{number}", json=sent)
        assert answer.status_code == 200, answer.text
        SupplierOut.model_validate_json(answer.content)
    listed = await clerk.get("/v1/suppliers", params={"as_of": ON.isoformat(), "limit": 50})
    found = {each.code: each.standing for each in SupplierPage.model_validate_json(listed.content).items}
    assert found == {f"s{number}": each for number, (_, _, each) in enumerate(STANDINGS)}
    expired = await clerk.get("/v1/suppliers", params={"as_of": ON.isoformat(), "standing": "expired"})
    assert [each["code"] for each in expired.json()["items"]] == ["s0"]
    stranger = safety.client(("clerk", f"k:{await given.kindergarten(safety)}"))
    assert (await stranger.get(f"/v1/suppliers/{garden}/s0")).status_code == 404


async def test_who_watches_hears_before_and_after_the_licence_ends_once(safety: Service):
    garden, end = await given.kindergarten(safety), TODAY + timedelta(40)
    clerk = safety.client(("clerk", f"k:{garden}"))
    photo = await given.photo(clerk, garden)
    for _ in range(2):
        await clerk.put(f"/v1/suppliers/{garden}/a", json=supplier(end, files=[photo]))
    for day in range(60):
        await fire(safety.app.state.database, TODAY + timedelta(day))
    told = (await safety.client(OFFICER).get("/v1/timers", params={"concept": "supplier"})).json()["items"]
    assert [(each["step"], each["fired_on"]) for each in told] == [
        ("licence_expiring", str(end - timedelta(30))), ("licence_expired", str(end + timedelta(1))),
    ]  # fmt: skip
    renewed = await clerk.put(f"/v1/suppliers/{garden}/b", json=supplier(end, until=(end - timedelta(35)).isoformat()))
    assert renewed.status_code == 200
    assert len((await clerk.get("/v1/timers", params={"concept": "supplier"})).json()["items"]) == 2
    foreign = await clerk.put(f"/v1/suppliers/{garden}/c", json=supplier(end, files=[str(garden)]))
    assert foreign.json()["code"] == "file-unknown"
    backwards = await clerk.put(f"/v1/suppliers/{garden}/d", json=supplier(end, until="2025-12-31"))
    assert backwards.json()["code"] == "supply-ends-after-it-begins"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"suppliers": ["good"]}, []),
        ({"suppliers": ["late"]}, ["供应商 late 许可证过期"]),
        ({"suppliers": ["nobody"]}, ["供应商 nobody 未建档"]),
        ({"supplier_checked": False}, ["未进货查验"]),
        ({"kept_hours": 47}, ["留样保存不足 48 小时"]),
        ({"kept_hours": 48, "kept_celsius": "8.0"}, []),
        ({"kept_celsius": "8.1"}, ["留样温度不在 0 至 8 ℃"]),
        ({"kept_celsius": "-0.1"}, ["留样温度不在 0 至 8 ℃"]),
    ],
)
async def test_a_meal_is_held_against_its_suppliers_and_samples(
    safety: Service, fields: dict[str, Any], faults: list[str]
):
    garden = await given.kindergarten(safety)
    clerk = safety.client(("clerk", f"k:{garden}"))
    await clerk.put(f"/v1/suppliers/{garden}/good", json=supplier(TODAY))
    await clerk.put(f"/v1/suppliers/{garden}/late", json=supplier(TODAY - timedelta(1)))
    meal: dict[str, Any] = {
        "accompanied_by": "园长", "dishes": 4, "samples": 4, "least_grams": 125, "supplier_checked": True, "parents": 1
    } | fields  # fmt: skip
    answer = await clerk.put(f"/v1/meals/{garden}/{TODAY}/lunch", json=meal)
    assert answer.json()["faults"] == faults, answer.text
    listed = (await clerk.get("/v1/meals", params={"faulty": bool(faults)})).json()["items"]
    assert [each["faults"] for each in listed] == [faults]


async def test_a_working_day_without_a_meal_on_record_is_a_gap(safety: Service):
    garden, other = await given.kindergarten(safety), await given.kindergarten(safety)
    clerk, officer = safety.client(("clerk", f"k:{garden}")), safety.client(OFFICER)
    friday = TODAY - timedelta(3)
    while not is_working_day(friday) or is_working_day(friday + timedelta(1)):
        friday -= timedelta(1)
    meal = {"accompanied_by": "园长", "dishes": 1, "samples": 1, "least_grams": 125, "supplier_checked": True}
    await clerk.put(f"/v1/meals/{garden}/{friday}/lunch", json=meal)
    asked = {"since": str(friday), "until": str(friday + timedelta(1))}  # a day off asks for nothing
    answer = await officer.get("/v1/meal-gaps", params=asked)
    assert answer.status_code == 200, answer.text
    gaps = answer.json()
    assert [(each["kindergarten"], each["day"], each["recorded"]) for each in gaps] == [
        (str(other), str(friday), False)
    ]
    await clerk.put(f"/v1/meals/{garden}/{friday}/lunch", json=meal | {"accompanied_by": ""})
    gaps = (await officer.get("/v1/meal-gaps", params=asked)).json()
    assert [(each["recorded"], each["faults"]) for each in gaps] == [(True, ["无负责人陪餐"]), (False, [])]
    too_long = await officer.get("/v1/meal-gaps", params=asked | {"since": str(friday - timedelta(62))})
    assert too_long.status_code == 422
