"""配备计划: submitted, approved by another, delivered into the inventory; money to the fen."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from services.quality.equipment_plans.rules import total
from services.quality.equipment_plans.schemas import EquipmentPlanOut, EquipmentYear
from tests.quality import given, matrix
from tests.quality.equipment.test_equipment import house
from tests.stack import Service

LINES = [
    {"item": "C01", "quantity": 3, "unit_price": "199.99"},
    {"item": "P02", "quantity": 30, "unit_price": "12.5"},
]
CONTENT: dict[str, Any] = {"title": "补充建构材料", "funds": "公用经费", "lines": LINES, "rural": True}
NOTE = {"note": "同意"}


def test_the_amount_is_to_the_fen():
    assert total([(3, Decimal("199.99")), (30, Decimal("12.5"))]) == Decimal("974.97")
    assert str(total([])) == "0.00"


async def drafted(service: Service) -> tuple[UUID, UUID, str]:
    one, groups = await house(service)
    clerk = service.client(("clerk", f"k:{one}"), sub="clerk")
    made = await clerk.post("/v1/equipment-plans", json=CONTENT | {"kindergarten": str(one), "year": given.YEAR})
    assert made.status_code == 201, made.text
    return one, next(iter(groups)), f"/v1/equipment-plans/{made.json()['id']}"


async def test_a_plan_is_approved_by_another_and_delivered_into_the_inventory(quality: Service):
    one, group, path = await drafted(quality)
    clerk, officer = quality.client(("clerk", f"k:{one}"), sub="clerk"), quality.client(given.OFFICER)
    assert (await clerk.post(f"{path}/submissions")).json()["state"] == "submitted"
    assert (await officer.post(f"{path}/returns", json=NOTE)).json()["state"] == "returned"
    cheaper = CONTENT | {"lines": [LINES[0]]}
    assert (await clerk.post(f"{path}/revisions", json=cheaper)).json()["amount"] == "599.97"
    await clerk.post(f"{path}/submissions")
    assert (await officer.post(f"{path}/approvals", json=NOTE)).json()["state"] == "approved"
    arrival = {"item": "C01", "place": str(group), "quantity": 2}
    many = await clerk.post(f"{path}/deliveries", json={"arrivals": [arrival, arrival], "note": "验收"})
    assert (many.status_code, many.json()["code"]) == (422, "more-than-was-planned")
    misplaced = await clerk.post(
        f"{path}/deliveries", json={"arrivals": [arrival | {"place": "shared"}], "note": "验收"}
    )
    assert (misplaced.status_code, misplaced.json()["errors"][0]["pointer"]) == (422, "/arrivals/0/place")
    await clerk.put(f"/v1/equipment/{one}/{group}/C01", json={"quantity": 1, "usable": 0})
    done = await clerk.post(f"{path}/deliveries", json={"arrivals": [arrival], "note": "验收"})
    found = EquipmentPlanOut.model_validate_json(done.content)
    assert (found.state, found.delivered_on) == ("delivered", given.TODAY)
    held = await quality.database.fetch("SELECT quantity, usable FROM equipment_holdings")
    assert held == [(3, 2)]
    year = await officer.get("/v1/equipment-plans/figures", params={"year": given.YEAR})
    figures = EquipmentYear.model_validate_json(year.content)
    assert (figures.plans, figures.amount, figures.rural_delivered_amount) == (1, Decimal("599.97"), Decimal("599.97"))
    none = await officer.get("/v1/equipment-plans/figures", params={"year": given.YEAR + 1})
    assert (none.json()["plans"], none.json()["amount"]) == (0, "0.00")


async def test_a_plan_names_each_line_of_the_list_once(quality: Service):
    one, _ = await house(quality)
    clerk = quality.client(("clerk", f"k:{one}"))
    new = CONTENT | {"kindergarten": str(one), "year": given.YEAR}
    twice = await clerk.post("/v1/equipment-plans", json=new | {"lines": [LINES[0], LINES[0]]})
    assert (twice.status_code, twice.json()["code"]) == (422, "item-is-listed-twice")
    unknown = await clerk.post("/v1/equipment-plans", json=new | {"lines": [LINES[0] | {"item": "Z99"}]})
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (404, "/lines/0/item")
    fen = await clerk.post("/v1/equipment-plans", json=new | {"lines": [LINES[0] | {"unit_price": "1.001"}]})
    assert fen.status_code == 422


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, group, path = await drafted(quality)
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "revise": ("revisions", CONTENT),
        "submit": ("submissions", {}),
        "approve": ("approvals", NOTE),
        "return": ("returns", NOTE),
        "deliver": ("deliveries", {"arrivals": [{"item": "C01", "place": str(group), "quantity": 1}], "note": "验收"}),
        "cancel": ("cancellations", NOTE),
    }
    states: dict[str, dict[str, Any]] = {
        each: {"submitted_by": "clerk"}
        for each in ("drafted", "submitted", "returned", "approved", "delivered", "cancelled")
    }
    grants = matrix.standing("quality.equipment", one).values()
    wrong = await matrix.disagreements(
        quality, "equipment_plans", "/v1/equipment-plans", path.rsplit("/", 1)[-1], states, bodies, grants
    )
    assert wrong == []
