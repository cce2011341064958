from decimal import Decimal

from services.finance.year_ends.rules import carried_forward
from tests.finance import given
from tests.finance.given import entry, ok, refused
from tests.stack import Service


def test_restricted_income_goes_into_restricted_net_assets():
    lines = carried_forward("nonprofit", {"4301": Decimal(-100), "440102": Decimal(-30), "5101": Decimal(80)})
    assert [(line.account, line.amount) for line in lines] == [
        ("4301", Decimal(100)),
        ("440102", Decimal(30)),
        ("5101", Decimal(-80)),
        ("3101", Decimal(-20)),
        ("3102", Decimal(-30)),
    ]
    assert sum(line.amount for line in lines) == 0


async def test_a_year_is_carried_into_net_assets_and_the_statement_of_results_stays(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller = given.preparer(finance)
    for key, on, lines in [
        ("a", "2025-05-10", (("1002", "900.00"), ("4101", "-900.00"))),
        ("b", "2025-12-30", (("5001", "400.00"), ("1002", "-400.00"))),
    ]:
        ok(await caller.post(f"/v1/books/{book}/entries", json=entry(key, on, *lines)), 201)
    ok(await caller.post(f"/v1/books/{book}/year-ends/2025"), 201)
    query = {"since": "2026-01-01", "until": "2026-02-01"}
    rows = ok(await caller.get(f"/v1/books/{book}/balances", params=query))["items"]
    assert {row["code"]: row["closing"] for row in rows} == {
        "1002": "500.00",
        "3001": "500.00",
        "4101": "0.00",
        "5001": "0.00",
    }
    results = ok(await caller.get(f"/v1/books/{book}/results", params={"month": "2025-12-01"}))["items"]
    assert {row["code"]: row["year_to_date"] for row in results} == {"4101": "900.00", "5001": "400.00"}
    refused(await caller.post(f"/v1/books/{book}/year-ends/2025"), "nothing-to-carry")
    late = entry("c", "2025-12-31", ("1002", "1.00"), ("4101", "-1.00"))
    ok(await caller.post(f"/v1/books/{book}/entries", json=late), 201)
    ok(await caller.post(f"/v1/books/{book}/year-ends/2025"), 201)


async def test_a_year_that_is_not_over_is_not_carried(finance: Service):
    book = (await given.book(finance, None))["id"]
    refused(await given.preparer(finance).post(f"/v1/books/{book}/year-ends/2099"), "year-is-not-over")
