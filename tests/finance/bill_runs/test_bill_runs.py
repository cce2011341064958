import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

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
    assert found[str(aided), "伙食费"]["basis"]["sentences"][-2:] == [
        "资助负担 10.00 元(示意〔2025〕1号)",
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
