from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.finance import given
from tests.finance.bank_statements.test_reading import table
from tests.finance.given import ok, refused
from tests.stack import Service

Row = list[str]


def came(reference: str, amount: str, purpose: str, on: str = "2025-10-08", name: str = "家长") -> Row:
    return [on, reference, amount, "", name, "", purpose]


def went(reference: str, amount: str, purpose: str, name: str, on: str = "2025-10-08") -> Row:
    return [on, reference, "", amount, name, "", purpose]


async def upload(finance: Service, account: str, *rows: Row) -> httpx.Response:
    files = {"file": ("statement.csv", table(list(rows)).encode(), "text/csv")}
    return await given.preparer(finance).post(f"/v1/bank-accounts/{account}/statements", files=files)


async def place(finance: Service) -> tuple[UUID, str]:
    """A kindergarten with an account on file and 保教费 of 750 yuan a month on the notice."""
    of = await given.kindergarten(finance, "inclusive_private")
    await given.published(finance, of, since="2025-01-01")
    return of, (await given.account(finance, of, "99000001"))["id"]


async def alerts(finance: Service, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(await given.approver(finance).get("/v1/account-alerts", params=query))["items"]
    return found


async def founder(finance: Service, of: UUID, agreement: str = "") -> str:
    sent = {"kindergarten": str(of), "relation": "founder", "name": "示例投资公司", "since": "2020-01-01"}
    answer = await given.preparer(finance).post("/v1/related-parties", json=sent | {"agreement": agreement})
    return str(ok(answer, 201)["id"])


async def test_each_booking_is_taken_once(finance: Service):
    _, account = await place(finance)
    rows = [came("R1", "750.00", "保教费"), came("R2", "750.00", "保教费")]
    first = ok(await upload(finance, account, *rows), 201)
    assert (first["lines"], first["added"], first["unmatched"]) == (2, 2, 2)
    again = ok(await upload(finance, account, *rows, came("R3", "1.00", "利息")), 201)
    assert (again["lines"], again["added"]) == (3, 1)


async def test_money_is_matched_to_receipts_and_subsidies_with_a_reason(finance: Service):
    of, account = await place(finance)
    await given.book(finance, of, "nonprofit")
    await given.terms(finance)
    item = ok(await given.principal(finance, of).get("/v1/fee-items"))["items"][0]["id"]
    child = await given.enrolled(finance, of)
    sent = {"kindergarten": str(of), "child": str(child), "fee_item": item, "amount": "750.00"}
    sent |= {"covers_since": "2025-10-01", "covers_until": "2025-11-01", "charged_on": "2025-10-08"}
    caller = given.accountant(finance, of)
    charge = ok(await caller.post("/v1/charges", json=sent), 201)["id"]
    paid: dict[str, Any] = {
        "kindergarten": str(of),
        "child": str(child),
        "source_key": "R1",
        "received_on": "2025-10-08",
    }
    ok(await caller.post("/v1/receipts", json=paid | {"allocations": [{"charge": charge, "amount": "750.00"}]}), 201)
    rows = [came("R1", "750.00", "保教费"), came("R2", "750.00", "保教费"), went("R3", "10.00", "水费", "自来水")]
    made = ok(await upload(finance, account, *rows), 201)
    assert made["unmatched"] == 1
    lines = ok(await caller.get("/v1/bank-lines", params={"sort": "booked_on"}))["items"]
    assert {line["reference"]: (line["match"], line["use"]) for line in lines} == {
        "R1": ("receipt", None),
        "R2": ("unmatched", None),
        "R3": ("outflow", "conditions"),
    }


async def test_planted_frauds_are_found_and_nothing_else(finance: Service):
    of, account = await place(finance)
    await founder(finance, of)
    honest = [came(f"H{n}", "750.00", "保教费") for n in range(30)]
    honest += [went(f"W{n}", "3000.00", "教师工资", f"教职工{n}") for n in range(10)]
    planted = [
        went("F1", "50000.00", "往来款", "示例投资公司"),
        went("F2", "20000.00", "2025年办学结余分配", "某自然人"),
        came("F3", "10000.00", "入园赞助费"),
    ]
    made = ok(await upload(finance, account, *honest, *planted), 201)
    assert made["alerts"] == 3
    found = await alerts(finance)
    assert {(each["rule"], each["evidence"][0]["reference"], each["amount"]) for each in found} == {
        ("FIN-06", "F1", "50000.00"),
        ("FIN-07", "F2", "20000.00"),
        ("FIN-01", "F3", "10000.00"),
    }
    await finance.numbered()
    query = {"types": "finance.account_alert.raised"}
    told = ok(await given.preparer(finance).get("/v1/events", params=query))["items"]
    assert sorted(event["data"]["rule"] for event in told) == ["FIN-01", "FIN-06", "FIN-07"]
    assert not any("示例投资公司" in str(event) for event in told)


async def test_a_reviewed_agreement_is_in_order_and_takes_two_persons(finance: Service):
    of, account = await place(finance)
    party = await founder(finance, of, agreement="房屋租赁协议〔2024〕1号")
    both = finance.client(given.PREPARER, given.APPROVER, sub="preparer")
    refused(await both.post(f"/v1/related-parties/{party}/reviews"), "another-person-decides")
    ok(await given.approver(finance).post(f"/v1/related-parties/{party}/reviews"))
    assert ok(await upload(finance, account, went("R1", "9000.00", "房租", "示例投资公司")), 201)["alerts"] == 0


async def test_an_account_not_on_file_raises_an_alert_for_each_booking(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    sent = {"kindergarten": str(of), "holder": "示例", "bank": "示例银行", "number": "99000002", "purpose": "基本户"}
    filed = ok(await given.principal(finance, of).post("/v1/bank-accounts", json=sent | {"since": "2025-01-01"}), 201)
    ok(await upload(finance, filed["id"], came("R1", "750.00", "往来款")), 201)
    assert [each["rule"] for each in await alerts(finance)] == ["FIN-05"]


async def test_draining_an_account_is_seen_once_its_numbers_are_set(finance: Service):
    _, account = await place(finance)
    await given.parameter(finance, "alert_number", "fin_16/days", "30")
    await given.parameter(finance, "alert_number", "fin_16/share", "0.8")
    rows = [came("R1", "100000.00", "保教费", on="2025-06-01"), went("R2", "90000.00", "取现", "现金")]
    assert ok(await upload(finance, account, *rows), 201)["alerts"] == 1
    ok(await upload(finance, account, went("R3", "1.00", "取现", "现金", on="2025-10-09")), 201)
    (alert,) = await alerts(finance, rule="FIN-16")
    assert (alert["amount"], len(alert["evidence"])) == ("90000.00", 1)


async def test_a_confirmed_alert_stops_subsidies_until_it_is_resolved(finance: Service):
    await given.book(finance, None)
    of, account = await place(finance)
    await given.programme(finance)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700", "2025-09-01")
    await given.parameter(finance, "eligibility", "quota/alert", "1", "2025-09-01")
    for month in ("2025-10-01", "2025-11-01", "2025-12-01"):
        await given.headcount(finance, of, month, {"small": 10})
    ok(await upload(finance, account, went("F2", "20000.00", "利润分配", "某自然人")), 201)
    (alert,) = await alerts(finance)
    caller, url = given.approver(finance), f"/v1/account-alerts/{alert['id']}/decisions"
    early = {"state": "resolved", "outcome": "x", "on": "2025-12-01"}
    refused(await caller.post(url, json=early), "not-in-this-state")
    ok(await caller.post(url, json={"state": "confirmed", "outcome": "查实", "on": "2025-11-10"}))
    ok(await caller.post(url, json={"state": "resolved", "outcome": "已退回", "on": "2025-12-10"}))
    await given.approved(finance, "2025-12-01")
    rows = await finance.database.fetch("SELECT month::text, entitled FROM subsidy_lines ORDER BY month")
    assert rows == [("2025-10-01", Decimal(7000)), ("2025-12-01", Decimal(7000))]
    (precision,) = ok(await caller.get("/v1/account-alerts/precision"))
    assert (precision["rule"], precision["raised"], precision["confirmed"]) == ("FIN-07", 1, 1)


async def test_what_income_was_spent_on(finance: Service):
    of, account = await place(finance)
    rows = [
        came("R1", "10000.00", "保教费"),
        went("R2", "6000.00", "工资", "教职工"),
        went("R3", "500.00", "培训费", "某校"),
    ]
    ok(await upload(finance, account, *rows), 201)
    found = ok(await given.accountant(finance, of).get("/v1/spending", params={"year": 2025}))["items"]
    assert {row["use"]: (row["spent"], row["share"]) for row in found} == {
        "pay": ("6000.00", "0.6000"),
        "quality": ("500.00", "0.0500"),
    }


async def test_who_imports_does_not_decide(finance: Service):
    _, account = await place(finance)
    ok(await upload(finance, account, went("F2", "20000.00", "分红", "某自然人")), 201)
    (alert,) = await alerts(finance)
    sent = {"state": "dismissed", "outcome": "x", "on": "2025-11-10"}
    url = f"/v1/account-alerts/{alert['id']}/decisions"
    refused(await given.preparer(finance).post(url, json=sent), "not-permitted", 403)


@pytest.mark.parametrize(
    ("purpose", "amount", "rule"),
    [
        ("10月保教费", "750.00", None),
        ("10月保教费", "750.01", "FIN-02"),
        ("9月10月保教费", "1500.00", None),
        ("小明 保育教育费", "3750.00", None),
        ("托管费", "200.00", "FIN-01"),
        ("英语课程费", "980.00", "FIN-01"),
        ("入园赞助款", "10000.00", "FIN-01"),
        ("入园测试费", "50.00", "FIN-01"),
        ("全年保教费", "9000.00", "FIN-04"),
        ("预交下学期保教费", "3750.00", "FIN-04"),
        ("缴费", "750.00", None),
        ("利息", "1.20", None),
    ],
)
async def test_what_families_paid_is_held_against_the_notice(
    finance: Service, purpose: str, amount: str, rule: str | None
):
    _, account = await place(finance)
    ok(await upload(finance, account, came("R1", amount, purpose)), 201)
    assert [each["rule"] for each in await alerts(finance)] == ([rule] if rule else [])


async def test_one_fee_that_is_not_filed_is_one_alert_a_month_with_every_booking(finance: Service):
    _, account = await place(finance)
    rows = [came(f"R{n}", "200.00", "托管费") for n in range(3)]
    ok(await upload(finance, account, *rows, came("R9", "200.00", "托管费", on="2025-11-08")), 201)
    found = await alerts(finance)
    assert sorted((each["amount"], len(each["evidence"])) for each in found) == [("200.00", 1), ("600.00", 3)]
