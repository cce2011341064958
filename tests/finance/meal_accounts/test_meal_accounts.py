from typing import Any
from uuid import UUID

import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


async def kept(finance: Service, of: UUID, month: str, **said: Any) -> dict[str, Any]:
    answer = await given.accountant(finance, of).put(f"/v1/meal-accounts/{of}/{month}", json=said)
    found: dict[str, Any] = ok(answer)
    return found


async def term(finance: Service, as_of: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(await given.preparer(finance).get("/v1/meal-terms", params={"as_of": as_of}))
    return found


async def numbers(finance: Service) -> None:
    await given.terms(finance)
    await given.parameter(finance, "alert_number", "fin_10/share", "0.02")
    await given.parameter(finance, "alert_number", "fin_10/publish_day", "10")


@pytest.mark.parametrize(
    ("costs", "exceeded", "share"),
    [
        (("9800.00", "9800.00"), False, "0.0200"),
        (("9800.00", "9799.99"), True, "0.0200"),
        (("9000.00", "10800.00"), False, "0.0100"),
        (("10200.00", "10200.01"), True, "-0.0200"),
    ],
)
async def test_fin_10_the_months_of_a_term_are_settled_together(
    finance: Service, costs: tuple[str, str], exceeded: bool, share: str
):
    await numbers(finance)
    of = await given.kindergarten(finance)
    for month, cost in zip(("2025-09-01", "2026-01-15"), costs, strict=True):
        await kept(finance, of, month, income="10000.00", cost=cost, published_on="2026-02-05")
    await kept(finance, of, "2026-02-01", income="1.00", cost="0.00")  # the next term
    (found,) = await term(finance, "2026-01-31")
    assert (found["since"], found["until"], found["months"]) == ("2025-09-01", "2026-02-01", 2)
    assert (found["exceeded"], found["share"], found["limit"]) == (exceeded, share, "0.02")


@pytest.mark.parametrize(
    ("published", "as_of", "late"),
    [
        (None, "2025-10-10", []),
        (None, "2025-10-11", ["2025-09-01"]),
        ("2025-10-10", "2025-10-11", []),
        ("2025-10-12", "2025-10-11", ["2025-09-01"]),
        ("2025-10-12", "2025-10-12", []),
    ],
)
async def test_fin_10_a_month_is_published_by_its_day(
    finance: Service, published: str | None, as_of: str, late: list[str]
):
    await numbers(finance)
    of = await given.kindergarten(finance)
    await kept(finance, of, "2025-09-01", income="100.00", cost="100.00", published_on=published)
    (found,) = await term(finance, as_of)
    assert found["unpublished"] == late


async def test_who_charges_for_meals_and_keeps_no_account_is_late_as_well(finance: Service):
    await numbers(finance)
    of = await given.kindergarten(finance)
    await given.kindergarten(finance)
    await given.published(finance, of, category="collected", name="伙食费", unit="day", amount="20.00")
    (found,) = await term(finance, "2025-11-11")
    assert (found["kindergarten"], found["months"]) == (str(of), 0)
    assert found["unpublished"] == ["2025-09-01", "2025-10-01"]


async def test_what_is_not_entered_comes_from_the_bills_and_the_filed_account(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    await given.book(finance, of, "nonprofit")
    await given.terms(finance)
    meals = await given.published(finance, of, category="collected", name="伙食费", unit="month", amount="500.00")
    child = await given.enrolled(finance, of)
    sent = {"kindergarten": str(of), "child": str(child), "fee_item": meals["id"], "amount": "480.00"}
    sent |= {"covers_since": "2025-10-01", "covers_until": "2025-11-01", "charged_on": "2025-10-08"}
    ok(await given.accountant(finance, of).post("/v1/charges", json=sent), 201)
    account = (await given.account(finance, of, "99000077"))["id"]
    rows = "交易日期,流水号,收入金额,支出金额,对方户名,对方账号,摘要\n2025-10-20,M1,,470.00,示例粮油,,食材\n"
    files = {"file": ("s.csv", rows.encode(), "text/csv")}
    ok(await given.preparer(finance).post(f"/v1/bank-accounts/{account}/statements", files=files), 201)
    made = await kept(finance, of, "2025-10-01")
    assert (made["income"], made["income_source"]) == ("480.00", "bills")
    assert (made["cost"], made["cost_source"], made["difference"]) == ("470.00", "bank", "10.00")
    entered = await kept(finance, of, "2025-10-31", income="481.00", cost="470.50", staff_income="50.00")
    assert (entered["income_source"], entered["difference"], entered["staff_income"]) == ("entered", "10.50", "50.00")
    assert entered["id"] == made["id"]


async def test_accounts_are_refused_where_they_make_no_sense(finance: Service):
    of = await given.kindergarten(finance)
    caller = given.accountant(finance, of)
    address = f"/v1/meal-accounts/{of}/2025-09-01"
    for wrong in ({"income": "-1"}, {"published_on": "2025-08-31"}, {"published_on": "2099-01-01"}, {"other": 1}):
        assert (await caller.put(address, json=wrong)).status_code == 422, wrong
    answer = await caller.put(f"/v1/meal-accounts/{of}/2099-01-01", json={})
    refused(answer, "month-of-meals-not-begun", 422)
    refused(await given.preparer(finance).put(address, json={}), "not-permitted", 403)
    refused(await given.preparer(finance).get("/v1/meal-terms"), "no-parameter-in-force", 422)
    same = await kept(finance, of, "2025-09-01", income="1.00", cost="1.00")
    assert (await kept(finance, of, "2025-09-01", income="1.00", cost="1.00"))["version"] == same["version"]


async def test_a_check_run_raises_months_not_published_and_terms_out_of_balance(finance: Service):
    await numbers(finance)
    of = await given.kindergarten(finance)
    await kept(finance, of, "2026-01-01", income="1000.00", cost="900.00")
    for as_of, expected in (("2026-01-31", []), ("2026-02-10", [("FIN-10", 1)]), ("2026-02-11", [("FIN-10", 1)])):
        sent = {"month": "2026-01-01", "as_of": as_of}
        found = ok(await given.preparer(finance).post("/v1/check-runs", json=sent))["rules"]
        assert [(row["rule"], row["raised"]) for row in found] == expected, as_of
    rows = ok(await given.approver(finance).get("/v1/account-alerts", params={"sort": "raised_on"}))["items"]
    assert {row["summary"]: row["amount"] for row in rows} == {
        "2025-09-01 起的学期伙食费盈亏率 0.1000,超过 0.02": "100.00",
        "2026-01 伙食账到期未公布": "0.00",
    }
