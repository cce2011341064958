from decimal import Decimal
from typing import Any
from uuid import UUID

from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


async def spend(
    finance: Service, of: UUID, standard: str, *entries: dict[str, Any], opened_on: str = "2024-01-01"
) -> str:
    made = await given.book(finance, of, standard, opened_on)
    for each in entries:
        ok(await given.accountant(finance, of).post(f"/v1/books/{made['id']}/entries", json=each), 201)
    return str(made["id"])


async def test_the_cost_per_child_is_the_years_expense_over_its_children(finance: Service):
    public = await given.kindergarten(finance, name="甲园")
    other = await given.kindergarten(finance, name="乙园")
    private = await given.kindergarten(finance, "inclusive_private", name="丙园")
    await spend(
        finance,
        public,
        "government",
        given.entry("old", "2024-12-31", ("5001", "999999.00"), ("1002", "-999999.00")),
        given.entry("pay", "2025-01-01", ("5001", "70000.01"), ("2201", "-70000.01")),
        given.entry("office", "2025-12-31", ("5101", "10000.00"), ("1002", "-10000.00")),
        given.entry("asset", "2025-06-01", ("1601", "50000.00"), ("1002", "-50000.00")),
        given.entry("budget", "2025-06-01", ("7201", "50000.00"), ("8001", "-50000.00")),
    )
    await spend(
        finance, other, "government", given.entry("a", "2025-03-01", ("5001", "20000.00"), ("1002", "-20000.00"))
    )
    await spend(finance, private, "nonprofit", given.entry("a", "2025-03-01", ("5101", "300.00"), ("1002", "-300.00")))
    for month, children in (("2025-03-01", 50), ("2025-04-01", 53)):
        await given.headcount(finance, public, month, {"small": 1})
        await given.headcount(finance, public, month, {"small": children, "nursery": 2}, revision=2)
    await given.headcount(finance, other, "2025-03-01", {"small": 10})
    rows = ok(await given.preparer(finance).get("/v1/unit-costs", params={"year": 2025}))["items"]
    assert [row["name"] for row in rows] == ["丙园", "甲园", "乙园"]
    found = {row["name"]: row for row in rows}
    one = found["甲园"]
    assert (one["expense"], one["child_months"], one["months"]) == ("80000.01", 107, 2)
    assert one["cost"] == f"{(Decimal('80000.01') / 107).quantize(Decimal('0.01'))}" == "747.66"
    assert one["yearly_cost"] == "8971.96"
    assert [(each["account"], each["amount"]) for each in one["accounts"]] == [
        ("5001", "70000.01"),
        ("5101", "10000.00"),
    ]
    assert (found["丙园"]["cost"], found["丙园"]["child_months"]) == (None, 0)
    (by_type,) = ok(await given.preparer(finance).get("/v1/unit-costs/by-type", params={"year": 2025}))["items"]
    assert (by_type["type"], by_type["kindergartens"], by_type["cost"]) == ("public", 2, "854.70")
    assert (by_type["lowest"], by_type["highest"]) == ("747.66", "2000.00")


async def test_closing_the_year_does_not_change_what_it_cost(finance: Service):
    of = await given.kindergarten(finance)
    spent = given.entry("pay", "2024-05-01", ("5001", "1200.00"), ("1002", "-1200.00"))
    made = await spend(finance, of, "government", spent)
    await given.headcount(finance, of, "2024-05-01", {"small": 12})
    ok(await given.accountant(finance, of).post(f"/v1/books/{made}/year-ends/2024"), 201)
    (row,) = ok(await given.accountant(finance, of).get("/v1/unit-costs", params={"year": 2024}))["items"]
    assert (row["expense"], row["cost"]) == ("1200.00", "100.00")


async def test_subsidy_and_fees_stand_beside_the_cost(finance: Service):
    from tests.finance.subsidy_runs.test_subsidy_runs import quota  # noqa: PLC0415  # a test package: imported where it is needed

    await quota(finance)
    of = await given.kindergarten(finance)
    await spend(finance, of, "government", given.entry("a", "2025-09-01", ("5001", "10000.00"), ("1002", "-10000.00")))
    await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await given.approved(finance, "2025-09-01")
    await given.parameter(finance, "proration", "care_education", "0")
    await given.parameter(finance, "fee_ceiling", "care_education/public", "900")
    await given.published(finance, of, amount="600.00")
    await given.enrolled(finance, of)
    sent = {"kindergarten": str(of), "month": "2025-09-01", "charged_on": "2025-09-05"}
    ok(await given.accountant(finance, of).post("/v1/bill-runs", json=sent), 201)
    (row,) = ok(await given.preparer(finance).get("/v1/unit-costs", params={"year": 2025, "type": "public"}))["items"]
    assert (row["cost"], row["subsidy"], row["fee"]) == ("1000.00", "700.00", "60.00")


async def test_a_kindergarten_sees_its_own_cost_alone(finance: Service):
    mine, other = await given.kindergarten(finance), await given.kindergarten(finance)
    for of in (mine, other):
        await spend(finance, of, "government", given.entry("a", "2025-03-01", ("5001", "1.00"), ("1002", "-1.00")))
    caller = given.accountant(finance, mine)
    rows = ok(await caller.get("/v1/unit-costs", params={"year": 2025}))["items"]
    assert [row["kindergarten"] for row in rows] == [str(mine)]
    refused(await caller.get("/v1/unit-costs"), "invalid-input", 422)
