from typing import Any
from uuid import UUID

import pytest

from tests.finance import given
from tests.finance.budgets.test_budgets import paid
from tests.finance.given import ok, refused
from tests.stack import Service


async def funded(finance: Service) -> UUID:
    """A kindergarten that got 7,000 yuan of the quota on 10 October, for pay and conditions."""
    await given.book(finance, None)
    await given.programme(finance, permitted_uses=["pay", "conditions"])
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700", "2025-09-01")
    of = await given.kindergarten(finance)
    await given.account(finance, of, "77000001")
    await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await paid(finance, await given.approved(finance, "2025-09-01"), "2025-10-10")
    return of


def use(of: UUID, amount: str, **changes: Any) -> dict[str, Any]:
    sent = {"kindergarten": str(of), "programme": "quota", "level": "municipal", "used_on": "2025-10-10"}
    return sent | {"amount": amount, "use": "pay", "description": "工资", "evidence": "示意凭证"} | changes


async def test_no_more_is_spent_than_was_received_by_that_day(finance: Service):
    of = await funded(finance)
    caller = given.accountant(finance, of)
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "0.01", used_on="2025-10-09")), "more-than-was-received")
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "7000.01")), "more-than-was-received")
    made = ok(await caller.post("/v1/subsidy-uses", json=use(of, "7000.00")), 201)
    assert (made["outside"], made["state"]) == (False, "reported")
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "0.01")), "more-than-was-received")
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "1.00", level="district")), "not-that-level")
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "1.00", programme="none")), "not-found", 404)
    url = f"/v1/subsidy-uses/{made['id']}"
    done = ok(await given.preparer(finance).post(f"{url}/checks", json={"accept": False, "remark": "凭证不符"}))
    assert (done["state"], done["checked_by"]) == ("rejected", "preparer")
    ok(await caller.post("/v1/subsidy-uses", json=use(of, "7000.00")), 201)
    refused(await given.preparer(finance).post(f"{url}/checks", json={"accept": True}), "no-such-step")


async def test_a_use_outside_the_purpose_is_marked_and_warned_of(finance: Service):
    of = await funded(finance)
    made = ok(await given.accountant(finance, of).post("/v1/subsidy-uses", json=use(of, "300.00", use="meals")), 201)
    assert made["outside"] is True
    rows = ok(await given.preparer(finance).get("/v1/subsidy-uses", params={"outside": True}))["items"]
    assert [row["id"] for row in rows] == [made["id"]]
    query = {"year": "2025", "as_of": "2025-12-01"}
    (found,) = ok(await given.preparer(finance).get("/v1/budgets/warnings", params=query))
    assert (found["rule"], found["programme"], found["level"], found["actual"]) == (
        "BUD-03",
        "quota",
        "municipal",
        "300.00",
    )
    url = f"/v1/subsidy-uses/{made['id']}/checks"
    both = finance.client(("principal", f"k:{of}"), given.PREPARER, sub="accountant")
    refused(await both.post(url, json={"accept": True}), "another-person-decides")
    ok(await given.preparer(finance).post(url, json={"accept": False}))
    assert ok(await given.preparer(finance).get("/v1/budgets/warnings", params=query)) == []


async def test_a_use_rests_on_a_payment_out_of_the_account_and_never_on_more_than_it(finance: Service):
    of = await funded(finance)
    rows = [
        "交易日期,流水号,收入金额,支出金额,对方户名,对方账号,摘要",
        "2025-10-10,A1,,500.00,示例商店,1,采购",
        "2025-10-10,A2,9.00,,某,2,缴费",
    ]
    account = ok(await given.preparer(finance).get("/v1/bank-accounts"))["items"][0]["id"]
    files = {"file": ("a.csv", "\n".join(rows).encode(), "text/csv")}
    ok(await given.accountant(finance, of).post(f"/v1/bank-accounts/{account}/statements", files=files), 201)
    lines = ok(await given.preparer(finance).get("/v1/bank-lines"))["items"]
    out, came = (next(x["id"] for x in lines if x["reference"] == name) for name in ("A1", "A2"))
    caller = given.accountant(finance, of)
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "500.01", bank_line=out)), "line-is-used-up")
    ok(await caller.post("/v1/subsidy-uses", json=use(of, "499.99", bank_line=out)), 201)
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "0.02", bank_line=out)), "line-is-used-up")
    refused(await caller.post("/v1/subsidy-uses", json=use(of, "0.01", bank_line=came)), "not-found", 404)


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
async def test_nothing_is_no_use(finance: Service, amount: str):
    of = await given.kindergarten(finance)
    refused(await given.accountant(finance, of).post("/v1/subsidy-uses", json=use(of, amount)), "invalid-input", 422)


async def test_a_kindergarten_reports_and_sees_its_own_alone(finance: Service):
    of = await funded(finance)
    other = await given.kindergarten(finance)
    ok(await given.accountant(finance, of).post("/v1/subsidy-uses", json=use(of, "1.00")), 201)
    stranger = given.accountant(finance, other)
    assert ok(await stranger.get("/v1/subsidy-uses"))["items"] == []
    refused(await stranger.post("/v1/subsidy-uses", json=use(of, "1.00")), "not-found", 404)
