import asyncio
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.finance import given
from tests.finance.bill_runs.test_bill_runs import bill, charges, place
from tests.finance.given import ok, refused
from tests.stack import Service


async def charged(finance: Service, paid: str | None = "750.00") -> tuple[UUID, UUID, str]:
    """A child billed 750 yuan for October, of which `paid` was paid."""
    of = await place(finance)
    child = await given.enrolled(finance, of)
    ok(await bill(finance, of), 201)
    charge = (await charges(finance, of))[str(child), "保育教育费"]["id"]
    if paid:
        ok(await pay(finance, of, child, charge, paid), 201)
    return of, child, charge


async def pay(finance: Service, of: UUID, child: UUID, charge: str, amount: str, key: str = "bank-1") -> httpx.Response:
    sent = {"kindergarten": str(of), "child": str(child), "source_key": key, "received_on": "2025-11-02"}
    sent_all: dict[str, Any] = sent | {"allocations": [{"charge": charge, "amount": amount}]}
    return await given.accountant(finance, of).post("/v1/receipts", json=sent_all)


async def propose(finance: Service, of: UUID, charge: str, **changes: Any) -> httpx.Response:
    sent = {"kind": "refund", "refund_case": "wrong_charge", "on_day": "2025-11-05", "amount": "100.00"}
    sent |= {"reason": "示意"} | changes
    return await given.accountant(finance, of).post(f"/v1/charges/{charge}/adjustments", json=sent)


async def decide(finance: Service, of: UUID, id: str, *, approve: bool = True) -> httpx.Response:
    return await given.principal(finance, of).post(f"/v1/adjustments/{id}/decisions", json={"approve": approve})


async def test_a_refund_takes_two_persons_and_stands_in_the_books(finance: Service):
    of, _, charge = await charged(finance)
    made = ok(await propose(finance, of, charge), 201)
    both = finance.client(("accountant", f"k:{of}"), ("principal", f"k:{of}"), sub="accountant")
    refused(
        await both.post(f"/v1/adjustments/{made['id']}/decisions", json={"approve": True}), "another-person-decides"
    )
    assert ok(await decide(finance, of, made["id"]))["state"] == "approved"
    sums = await finance.database.fetch("SELECT account, sum(amount)::text FROM postings GROUP BY 1 ORDER BY 1")
    assert dict(sums) == {"1002": "650.00", "1212": "0.00", "2103": "-650.00"}
    refused(await decide(finance, of, made["id"]), "no-such-step")


async def test_a_refund_never_exceeds_what_was_paid_even_when_many_are_approved_at_once(finance: Service):
    of, _, charge = await charged(finance, "250.00")
    made = [ok(await propose(finance, of, charge), 201)["id"] for _ in range(4)]
    answers = await asyncio.gather(*(decide(finance, of, each) for each in made))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {
        "a-refund-never-exceeds-what-was-paid"
    }


async def test_the_rule_in_force_says_how_much_comes_back(finance: Service):
    of, _, charge = await charged(finance)
    left = {"refund_case": "left_early", "left_on": "2025-10-17", "amount": None}
    refused(await propose(finance, of, charge, **left), "number-missing")
    await given.parameter(finance, "refund_share", "care_education/left_early", "0.5", "2025-09-01")
    made = ok(await propose(finance, of, charge, **left), 201)
    assert (made["amount"], made["basis"]["share"], made["basis"]["document"]) == (
        "181.45",
        "0.5000",
        "示意〔2025〕1号",
    )


async def test_a_charge_is_paid_once_and_not_beyond_its_amount(finance: Service):
    of, child, charge = await charged(finance, None)
    ok(await pay(finance, of, child, charge, "700.00"), 201)
    refused(await pay(finance, of, child, charge, "700.00"), "receipt-is-recorded-once")
    refused(await pay(finance, of, child, charge, "50.01", key="bank-2"), "a-charge-is-not-paid-beyond-its-amount")
    ok(await pay(finance, of, child, charge, "50.00", key="bank-3"), 201)


async def test_money_of_one_child_pays_no_other(finance: Service):
    of, _, charge = await charged(finance, None)
    other = await given.enrolled(finance, of)
    refused(await pay(finance, of, other, charge, "10.00"), "not-this-child")


async def test_a_credit_note_lowers_what_is_owed(finance: Service):
    of, child, charge = await charged(finance, "700.00")
    made = ok(await propose(finance, of, charge, kind="credit_note", amount="50.01"), 201)["id"]
    refused(await decide(finance, of, made), "a-charge-is-not-paid-beyond-its-amount")
    made = ok(await propose(finance, of, charge, kind="credit_note", amount="50.00"), 201)["id"]
    ok(await decide(finance, of, made))
    assert ok(await given.accountant(finance, of).get(f"/v1/children/{child}/statement"))["open"] == "0.00"


async def test_asked_twice_the_rule_gives_once(finance: Service):
    of, _, charge = await charged(finance)
    await given.parameter(finance, "refund_share", "care_education/left_early", "0.5", "2025-09-01")
    left = {"refund_case": "left_early", "left_on": "2025-10-17", "amount": None}
    made = ok(await propose(finance, of, charge, **left), 201)
    ok(await decide(finance, of, made["id"]))
    refused(await propose(finance, of, charge, **left), "invalid-input", 422)
    # Found to have left two days earlier: the difference alone. 750 × 17/31 × 0.5 = 205.65.
    more = ok(await propose(finance, of, charge, **left | {"left_on": "2025-10-15"}), 201)
    assert (more["amount"], more["basis"]["before"]) == ("24.20", "181.45")


@pytest.mark.parametrize(("days", "amount"), [(1, "30.00"), (20, "600.00"), (21, None), (None, None)])
async def test_absent_days_come_back_by_the_days_that_were_certified(
    finance: Service, days: int | None, amount: str | None
):
    of, _, charge = await charged(finance)
    await given.parameter(finance, "refund_share", "care_education/absent_days", "0.8", "2025-09-01")
    answer = await propose(finance, of, charge, refund_case="absent_days", absent_days=days, amount=None)
    if amount is None:
        refused(answer, "invalid-input", 422)
    else:
        assert ok(answer, 201)["amount"] == amount


async def test_payments_and_refunds_are_listed_with_what_they_are_for(finance: Service):
    of, child, charge = await charged(finance)
    made = ok(await propose(finance, of, charge), 201)
    caller = given.accountant(finance, of)
    (receipt,) = ok(await caller.get("/v1/receipts", params={"child": str(child), "since": "2025-11-02"}))["items"]
    assert receipt["allocations"] == [{"charge": charge, "amount": "750.00"}]
    assert ok(await caller.get(f"/v1/receipts/{receipt['id']}")) == receipt
    assert ok(await caller.get("/v1/receipts", params={"until": "2025-11-02"}))["items"] == []
    (row,) = ok(await caller.get("/v1/adjustments", params={"child": str(child), "kind": "refund"}))["items"]
    assert row == made
    stranger = given.accountant(finance, await given.kindergarten(finance))
    assert ok(await stranger.get("/v1/receipts"))["items"] == []
    assert ok(await stranger.get("/v1/adjustments"))["items"] == []
