from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.finance.meal_returns.rules import families_part, spread
from tests.finance import given
from tests.finance.adjustments.test_adjustments import pay
from tests.finance.bill_runs.test_bill_runs import MONTH, bill, charges, place
from tests.finance.given import ok, refused
from tests.stack import Service


@pytest.mark.parametrize(
    ("total", "weights", "expected"),
    [
        ("1.00", ["1", "1", "1"], ["0.34", "0.33", "0.33"]),
        ("0.02", ["1", "1", "1"], ["0.01", "0.01", "0.00"]),
        ("10.00", ["360", "200", "20"], ["6.21", "3.45", "0.34"]),
        ("0.01", ["5", "95"], ["0.00", "0.01"]),
    ],
)
def test_shares_add_up_to_the_fen(total: str, weights: list[str], expected: list[str]):
    found = spread(Decimal(total), {str(place): Decimal(each) for place, each in enumerate(weights)})
    assert [f"{each:.2f}" for each in found.values()] == expected


def test_what_aid_had_paid_of_a_surplus_is_not_the_families():
    assert families_part(Decimal("100.00"), Decimal("1000.00"), Decimal("900.00")) == Decimal("90.00")
    assert families_part(Decimal("100.00"), Decimal(0), Decimal(0)) == 0


async def kept(finance: Service, of: UUID, cost: str, month: str = "2025-10-01") -> None:
    answer = await given.accountant(finance, of).put(f"/v1/meal-accounts/{of}/{month}", json={"cost": cost})
    assert answer.is_success, answer.text


async def propose(finance: Service, of: UUID, **changes: Any) -> httpx.Response:
    sent = {"kindergarten": str(of), "since": MONTH, "until": "2025-11-01", "on_day": "2025-11-20"} | changes
    return await given.accountant(finance, of).post("/v1/meal-returns", json=sent)


async def test_what_meals_left_over_goes_back_by_what_each_was_charged(finance: Service):
    of = await place(finance)
    await given.parameter(finance, "aid_share", "minimum_living/*", "0.5", "2025-09-01")
    paid, owing, aided = [await given.enrolled(finance, of) for _ in range(3)]
    await given.aid(finance, of, aided)
    ok(await bill(finance, of, {paid: 20, owing: 20, aided: 20}), 201)
    found = await charges(finance, of)
    meals = {child: found[str(child), "伙食费"]["id"] for child in (paid, owing, aided)}
    ok(await pay(finance, of, paid, meals[paid], "400.00"), 201)
    refused(await propose(finance, of), "meal-month-not-kept")
    await kept(finance, of, "1140.00")
    # 1200 charged, 60 left: 1000 of 1200 were the families', so 50 of the 60 are: 20, 20 and 10.
    made = ok(await propose(finance, of), 201)
    assert (made["income"], made["surplus"], made["returned"]) == ("1200.00", "60.00", "50.00")
    assert {share["charge"]: share["amount"] for share in made["shares"]} == {
        meals[paid]: "20.00",
        meals[owing]: "20.00",
        meals[aided]: "10.00",
    }
    refused(await propose(finance, of, since="2025-09-01"), "meals-already-returned")
    both = finance.client(("accountant", f"k:{of}"), ("principal", f"k:{of}"), sub="accountant")
    url = f"/v1/meal-returns/{made['id']}"
    refused(await both.post(f"{url}/decisions", json={"approve": True}), "another-person-decides")
    done = ok(await given.principal(finance, of).post(f"{url}/decisions", json={"approve": True}))
    assert (done["state"], ok(await given.accountant(finance, of).get(url))) == ("approved", done)
    rows = ok(await given.accountant(finance, of).get("/v1/adjustments"))["items"]
    assert sorted((row["kind"], row["refund_case"], row["amount"]) for row in rows) == [
        ("credit_note", "meals_at_cost", "10.00"),
        ("credit_note", "meals_at_cost", "20.00"),
        ("refund", "meals_at_cost", "20.00"),
    ]
    told = ok(await given.accountant(finance, of).get(f"/v1/children/{owing}/statement"))
    assert told["open"] == "1130.00"
    refused(await given.principal(finance, of).post(f"{url}/decisions", json={"approve": True}), "no-such-step")


@pytest.mark.parametrize("cost", ["400.00", "400.01"])
async def test_meals_that_cost_what_they_took_leave_nothing(finance: Service, cost: str):
    of = await place(finance)
    child = await given.enrolled(finance, of)
    ok(await bill(finance, of, {child: 20}), 201)
    await kept(finance, of, cost)
    refused(await propose(finance, of), "nothing-left-over")
    refused(await propose(finance, of, until=MONTH), "invalid-input", 422)
