import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.finance import given, recompute
from tests.finance.given import ok, refused
from tests.stack import Service

MONTH = "2025-10-01"


async def place(finance: Service, type: str = "public") -> UUID:
    """A kindergarten with a book, terms, 保教费 of 750 yuan a month and meals of 20 yuan a day, October certified."""
    of = await given.kindergarten(finance, type)
    await given.book(finance, of, "government" if type == "public" else "nonprofit")
    await given.terms(finance)
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750")
    await given.parameter(finance, "proration", "care_education", "1")
    await given.published(finance, of)
    await given.published(finance, of, name="伙食费", category="collected", unit="day", amount="20.00")
    await given.headcount(finance, of, MONTH, {"small": 3})
    return of


async def bill(finance: Service, of: UUID, days: dict[UUID, int] | None = None, **changes: Any) -> httpx.Response:
    said = [{"child": str(child), "days": number} for child, number in (days or {}).items()]
    sent = {"kindergarten": str(of), "month": MONTH, "charged_on": "2025-10-31", "days": said}
    return await given.accountant(finance, of).post("/v1/bill-runs", json=sent | changes)


async def charges(finance: Service, of: UUID) -> dict[tuple[str, str], dict[str, Any]]:
    found = ok(await given.accountant(finance, of).get("/v1/charges", params={"limit": "500"}))["items"]
    return {(each["child"], each["name"]): each for each in found}


async def test_a_month_is_split_over_those_who_pay(finance: Service):
    of = await place(finance)
    await given.parameter(finance, "free_year_standard", "public", None, "2025-09-01")
    await given.parameter(finance, "aid_share", "minimum_living/*", "0.5", "2025-09-01")
    plain, last_year, aided = [await given.enrolled(finance, of, kind) for kind in ("small", "large", "middle")]
    joined = await given.enrolled(finance, of, since="2025-10-17")
    await given.aid(finance, of, aided)
    run = ok(await bill(finance, of, {plain: 18, aided: 1}), 201)
    found = await charges(finance, of)
    numbers = {
        plain: recompute.bill(Decimal(750), 31, 31, None, Decimal(0)),
        last_year: recompute.bill(Decimal(750), 31, 31, Decimal(750), Decimal(0)),
        aided: recompute.bill(Decimal(750), 31, 31, None, Decimal("0.5")),
        joined: recompute.bill(Decimal(750), 15, 31, None, Decimal(0)),
    }
    for child, expected in numbers.items():
        charge = found[str(child), "保育教育费"]
        assert tuple(Decimal(charge[name]) for name in ("gross", "waived", "aided", "amount")) == expected
    assert found[str(plain), "伙食费"]["amount"] == "360.00"
    assert found[str(aided), "伙食费"]["basis"]["sentences"][-3:] == [
        "资助负担 10.00 元(示意〔2025〕1号)",
        "其中市级负担 0.00 元,区级负担 10.00 元",
        "家庭负担 10.00 元",
    ]
    assert (str(last_year), "伙食费") not in found
    assert (run["charges"], run["waived"], run["aided"]) == (6, "750.00", "385.00")
    sums = await finance.database.fetch("SELECT account, sum(amount)::text FROM postings GROUP BY 1 ORDER BY 1")
    family = Decimal(run["amount"])
    assert dict(sums) == {"1212": f"{family}", "1218": "385.00", "2103": f"{-family - 385 + 380}", "2307": "-380.00"}


async def test_billing_again_adds_only_what_is_missing(finance: Service):
    of = await place(finance)
    first = await given.enrolled(finance, of)
    answers = await asyncio.gather(*(bill(finance, of) for _ in range(4)))
    assert sorted(ok(answer, 201)["charges"] for answer in answers) == [0, 0, 0, 1]
    late = await given.enrolled(finance, of)
    assert ok(await bill(finance, of), 201)["charges"] == 1
    assert {child for child, _ in await charges(finance, of)} == {str(first), str(late)}


async def test_days_of_attendance_keep_to_what_is_certified(finance: Service):
    of = await place(finance)
    child = await given.enrolled(finance, of)
    stranger = await given.enrolled(finance, await given.kindergarten(finance))
    told = refused(await bill(finance, of, {child: 31, stranger: 30}), "days-do-not-fit", 422)
    assert [each["pointer"] for each in told["errors"]] == ["/days/1/child", "/days"]


async def test_a_month_that_is_not_certified_is_not_billed(finance: Service):
    of = await place(finance)
    await given.enrolled(finance, of)
    refused(await bill(finance, of, month="2025-11-01", charged_on="2025-11-30"), "month-not-certified")


async def test_a_guardians_statement_explains_each_line(finance: Service):
    of = await place(finance)
    child = await given.enrolled(finance, of)
    ok(await bill(finance, of, {child: 10}), 201)
    found = await charges(finance, of)
    pays = {
        "kindergarten": str(of),
        "child": str(child),
        "source_key": "bank-1",
        "received_on": "2025-11-02",
        "allocations": [{"charge": found[str(child), "保育教育费"]["id"], "amount": "700.00"}],
    }
    ok(await given.accountant(finance, of).post("/v1/receipts", json=pays), 201)
    told = ok(await given.accountant(finance, of).get(f"/v1/children/{child}/statement"))
    assert (told["open"], told["count"]) == ("250.00", 3)
    first = next(line for line in told["lines"] if line["name"] == "保育教育费")
    assert first["sentences"] == ["标准 750.00 元 × 1 = 750.00 元(示意备案〔2025〕3号)", "家庭负担 750.00 元"]


async def test_the_city_and_the_district_bear_what_the_family_does_not(finance: Service):
    of = await place(finance)
    await given.programme(finance, "free_year", "waived_fee", level="shared")
    await given.parameter(finance, "municipal_share", "free_year", "0.3333", "2025-09-01")
    await given.parameter(finance, "municipal_share", "aid", "0.5", "2025-09-01")
    await given.parameter(finance, "free_year_standard", "public", "600", "2025-09-01")
    await given.parameter(finance, "aid_share", "orphan/*", "0.0667", "2025-09-01")
    last_year = await given.enrolled(finance, of, "large")
    await given.aid(finance, of, last_year, "orphan")
    ok(await bill(finance, of), 201)
    charge = (await charges(finance, of))[str(last_year), "保育教育费"]
    # 600 waived of 750, 150 × 0.0667 = 10.005 aided; 600 × 0.3333 = 199.98 and 10.01 × 0.5 = 5.005 of the city.
    assert [charge[name] for name in ("gross", "waived", "aided", "amount", "municipal", "district")] == [
        "750.00",
        "600.00",
        "10.01",
        "139.99",
        "204.99",
        "405.02",
    ]
    assert charge["basis"]["sentences"][-2:] == ["其中市级负担 204.99 元,区级负担 405.02 元", "家庭负担 139.99 元"]


@pytest.mark.parametrize(("days", "amount"), [(0, "0"), (1, "375.00"), (10, "375.00"), (11, "750.00"), (23, "750.00")])
async def test_a_month_of_few_days_costs_what_the_dated_table_says(finance: Service, days: int, amount: str):
    of = await place(finance)
    await given.parameter(finance, "attendance_share", "care_education/0", "0", "2025-09-01")
    await given.parameter(finance, "attendance_share", "care_education/10", "0.5", "2025-09-01")
    child = await given.enrolled(finance, of)
    told = refused(await bill(finance, of), "days-do-not-fit", 422)
    assert [each["code"] for each in told["errors"]] == ["days-missing"]
    ok(await bill(finance, of, {child: days}), 201)
    found = (await charges(finance, of)).get((str(child), "保育教育费"))
    assert (found["amount"] if found else "0") == amount


async def test_a_fee_by_the_term_covers_the_term_and_is_billed_once(finance: Service):
    of = await place(finance)
    await given.published(finance, of, name="校服代收", category="collected", unit="term", amount="300.00")
    child = await given.enrolled(finance, of)
    await given.headcount(finance, of, "2025-09-01", {"small": 3})
    ok(await bill(finance, of, month="2025-09-01", charged_on="2025-09-30"), 201)
    ok(await bill(finance, of), 201)
    found = [row for row in (await all_charges(finance, of)) if row["name"] == "校服代收"]
    assert [(row["child"], row["covers_since"], row["covers_until"]) for row in found] == [
        (str(child), "2025-09-01", "2026-02-01")
    ]


async def all_charges(finance: Service, of: UUID) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(await given.accountant(finance, of).get("/v1/charges", params={"limit": "500"}))[
        "items"
    ]
    return found


async def test_what_was_charged_for_a_longer_period_is_not_billed_again(finance: Service):
    of = await place(finance)
    child = await given.enrolled(finance, of)
    item = ok(await given.accountant(finance, of).get("/v1/fee-items", params={"category": "care_education"}))["items"]
    sent = {"kindergarten": str(of), "child": str(child), "fee_item": item[0]["id"], "charged_on": "2025-09-01"}
    sent |= {"quantity": "2", "amount": "1500.00", "covers_since": "2025-09-01", "covers_until": "2025-11-01"}
    caller = given.accountant(finance, of)
    made = ok(await caller.post("/v1/charges", json=sent), 201)
    assert made["basis"]["sentences"] == [
        "标准 750.00 元 × 2,最多 1500.00 元(示意备案〔2025〕3号)",
        "家庭负担 1500.00 元",
    ]
    assert ok(await bill(finance, of), 201)["charges"] == 0
    again = sent | {"covers_since": "2025-10-31", "covers_until": "2025-11-30", "quantity": "1", "amount": "750.00"}
    refused(await caller.post("/v1/charges", json=again), "period-already-charged")
    ok(await caller.post("/v1/charges", json=again | {"covers_since": "2025-11-01"}), 201)


async def test_a_charge_made_by_hand_regards_aid(finance: Service):
    of = await place(finance)
    await given.parameter(finance, "aid_share", "minimum_living/*", "0.5", "2025-09-01")
    child = await given.enrolled(finance, of)
    await given.aid(finance, of, child)
    item = ok(await given.accountant(finance, of).get("/v1/fee-items", params={"category": "care_education"}))["items"]
    sent = {"kindergarten": str(of), "child": str(child), "fee_item": item[0]["id"], "charged_on": "2025-10-01"}
    sent |= {"covers_since": "2025-10-01", "covers_until": "2025-11-01"}
    caller = given.accountant(finance, of)
    refused(await caller.post("/v1/charges", json=sent | {"amount": "375.01"}), "aided-fee-charged")
    made = ok(await caller.post("/v1/charges", json=sent | {"amount": "375.00"}), 201)
    assert (made["gross"], made["aided"], made["district"]) == ("750.00", "375.00", "375.00")
    sums = await finance.database.fetch("SELECT account, sum(amount)::text FROM postings GROUP BY 1 ORDER BY 1")
    assert dict(sums) == {"1212": "375.00", "1218": "375.00", "2103": "-750.00"}
