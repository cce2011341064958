from typing import Any
from uuid import UUID

import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


def report(**changes: Any) -> dict[str, Any]:
    return {
        "auditor": "示例会计师事务所",
        "report_number": "示审〔2026〕1号",
        "opinion": "unqualified",
        "opening_net_assets": "100000.00",
        "closing_net_assets": "150000.00",
        "development_fund": "5000.00",
        "handed_in_on": "2026-04-30",
    } | changes


async def numbers(finance: Service) -> None:
    await given.parameter(finance, "alert_number", "fin_08/share", "0.1")
    await given.parameter(finance, "alert_number", "fin_09/due", "430")


async def filed(finance: Service, of: UUID, **changes: Any) -> dict[str, Any]:
    answer = await given.accountant(finance, of).put(f"/v1/yearly-reports/{of}/2025", json=report(**changes))
    found: dict[str, Any] = ok(answer)
    return found


async def rules(finance: Service, as_of: str = "2026-11-01", **query: Any) -> list[tuple[str, str, str]]:
    asked: dict[str, Any] = {"year": 2025, "as_of": as_of} | query
    rows = ok(await given.preparer(finance).get("/v1/yearly-reports/findings", params=asked))
    return [(row["rule"], row["kindergarten"], row["amount"]) for row in rows]


@pytest.mark.parametrize(
    ("changes", "as_of", "expected"),
    [
        ({}, "2026-11-01", []),
        ({"development_fund": "4999.99"}, "2026-11-01", [("FIN-08", "0.01")]),
        ({"closing_net_assets": "90000.00", "development_fund": "0.00"}, "2026-11-01", []),
        ({"handed_in_on": "2026-05-01"}, "2026-11-01", [("FIN-09", "0.00")]),
        ({"handed_in_on": "2026-05-01"}, "2026-04-30", []),
        ({"opinion": "emphasis"}, "2026-11-01", []),
        ({"opinion": "qualified"}, "2026-11-01", [("AUD-01", "0.00")]),
    ],
)
async def test_each_rule_of_the_yearly_report_from_both_sides(
    finance: Service, changes: dict[str, Any], as_of: str, expected: list[tuple[str, str]]
):
    await numbers(finance)
    of = await given.kindergarten(finance, "inclusive_private")
    await filed(finance, of, **changes)
    assert await rules(finance, as_of) == [(rule, str(of), amount) for rule, amount in expected]


async def test_a_report_that_never_came_is_missing_and_public_kindergartens_owe_none(finance: Service):
    await given.kindergarten(finance)
    owing = await given.kindergarten(finance, "private")
    await given.kindergarten(finance, "private", opened_on="2026-01-01")
    await given.kindergarten(finance, "private", closed_on="2025-12-31")
    assert await rules(finance) == []  # no due day, no report is late
    await numbers(finance)
    assert await rules(finance, "2026-04-30") == []
    assert await rules(finance, "2026-05-01") == [("FIN-09", str(owing), "0.00")]
    made = await filed(finance, owing)
    assert await rules(finance) == []
    said = {"accept": False, "remark": "缺少附注"}
    ok(await given.preparer(finance).post(f"/v1/yearly-reports/{made['id']}/decisions", json=said))
    assert await rules(finance) == [("FIN-09", str(owing), "0.00")]


@pytest.mark.parametrize(("fund", "expected"), [("3000.00", []), ("2999.99", ["FIN-08"])])
async def test_fin_08_of_a_for_profit_kindergarten_is_a_tenth_of_its_net_income(
    finance: Service, fund: str, expected: list[str]
):
    await numbers(finance)
    of = await given.kindergarten(finance, "private", for_profit=True)
    await filed(finance, of, development_fund=fund, net_income="30000.00")
    assert [rule for rule, _, _ in await rules(finance)] == expected


async def test_a_report_is_handed_in_once_however_often_it_is_sent(finance: Service):
    of = await given.kindergarten(finance, "private")
    first = await filed(finance, of)
    assert (await filed(finance, of))["id"] == first["id"]
    second = await filed(finance, of, development_fund="6000.00")
    assert (second["revision"], second["state"]) == (2, "filed")
    officer = given.preparer(finance)
    accepted = ok(await officer.post(f"/v1/yearly-reports/{second['id']}/decisions", json={"accept": True}))
    assert accepted["state"] == "accepted"
    third = await filed(finance, of, development_fund="7000.00")
    ok(await officer.post(f"/v1/yearly-reports/{third['id']}/decisions", json={"accept": True}))
    rows = ok(await officer.get("/v1/yearly-reports", params={"year": 2025, "kindergarten": str(of)}))["items"]
    assert {row["revision"]: row["state"] for row in rows} == {1: "replaced", 2: "replaced", 3: "accepted"}


async def test_reports_are_refused_where_they_make_no_sense(finance: Service):
    of = await given.kindergarten(finance, "private")
    caller = given.accountant(finance, of)
    address = f"/v1/yearly-reports/{of}/2025"
    refused(await caller.put(f"/v1/yearly-reports/{of}/2026", json=report()), "reported-year-is-not-over", 422)
    for day in ("2025-12-31", "2099-01-01"):
        refused(await caller.put(address, json=report(handed_in_on=day)), "invalid-input", 422)
    for wrong in ({"development_fund": "-1"}, {"opinion": "fine"}, {"auditor": ""}):
        assert (await caller.put(address, json=report(**wrong))).status_code == 422, wrong
    both = finance.client(("accountant", f"k:{of}"), given.PREPARER, sub="both")
    made = ok(await both.put(address, json=report()))
    answer = await both.post(f"/v1/yearly-reports/{made['id']}/decisions", json={"accept": True})
    refused(answer, "another-person-needed", 403)
    stranger = given.accountant(finance, await given.kindergarten(finance, "private"))
    refused(await stranger.put(address, json=report()), "not-found", 404)


async def test_the_report_stands_beside_what_the_book_says_of_the_same_account(finance: Service):
    of = await given.kindergarten(finance, "private")
    book = (await given.book(finance, of, "nonprofit", "2024-01-01"))["id"]
    caller = given.accountant(finance, of)
    for key, on, amount in (("o", "2024-06-01", "100000.00"), ("c", "2025-12-31", "50000.00")):
        sent = given.entry(key, on, ("1002", amount), ("3101", f"-{amount}"))
        ok(await caller.post(f"/v1/books/{book}/entries", json=sent), 201)
    made = await filed(finance, of)
    assert (made["ledger_opening"], made["ledger_closing"]) == ("100000.00", "150000.00")
    assert ok(await caller.get(f"/v1/yearly-reports/{made['id']}")) == made
    without = await filed(finance, await given.kindergarten(finance, "private"))
    assert (without["ledger_opening"], without["ledger_closing"]) == (None, None)


async def test_a_check_run_raises_what_the_reports_of_last_year_lack(finance: Service):
    await numbers(finance)
    of = await given.kindergarten(finance, "private")
    await filed(finance, of, development_fund="0.00", handed_in_on="2026-05-02")
    sent = {"month": "2026-04-01", "as_of": "2026-06-01"}
    found = ok(await given.preparer(finance).post("/v1/check-runs", json=sent))["rules"]
    assert [(row["rule"], row["raised"]) for row in found] == [("FIN-08", 1), ("FIN-09", 1)]
    query = {"topic": "reporting", "sort": "raised_on"}
    rows = ok(await given.approver(finance).get("/v1/account-alerts", params=query))["items"]
    assert {row["rule"]: row["amount"] for row in rows} == {"FIN-08": "5000.00", "FIN-09": "0.00"}
