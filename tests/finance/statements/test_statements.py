import io
import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.finance import given, recompute
from tests.finance.books.test_books import close
from tests.finance.given import entry, ok
from tests.stack import Service

CREDIT_SIDED = "234"
ACCOUNTS = ["1002", "1212", "2307", "4101", "4001", "5001", "5101"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def balances(finance: Service, book: str, **query: Any) -> dict[str, dict[str, Any]]:
    found = ok(await given.preparer(finance).get(f"/v1/books/{book}/balances", params=query | {"limit": 500}))
    return {row["code"]: row for row in found["items"]}


async def posted(finance: Service, book: str, seed: int, entries: int = 60) -> None:
    dice = random.Random(seed)  # noqa: S311 - the same entries every time
    made = []
    for n in range(entries):
        amount = Decimal(dice.randint(1, 999_999)) / 100
        debit, credit = dice.sample(ACCOUNTS, 2)
        on = date(2025, 1, 1) + timedelta(dice.randrange(180))
        made.append(entry(f"{seed}-{n}", on.isoformat(), (debit, f"{amount:.2f}"), (credit, f"-{amount:.2f}")))
    ok(await given.preparer(finance).post(f"/v1/books/{book}/entry-batches", json={"entries": made}), 201)


@pytest.mark.parametrize("closed", [0, 3])
async def test_balances_agree_with_an_independent_sum_before_and_after_closing(finance: Service, closed: int):
    book = (await given.book(finance, None))["id"]
    await posted(finance, book, seed=7)
    for month in range(1, closed + 1):
        await close(finance, book, f"2025-{month:02}-01")
    rows: Any = await finance.database.fetch("SELECT account, amount, effective_on, recorded_at FROM postings")
    for since, until in [("2025-01-01", "2025-07-01"), ("2025-02-10", "2025-05-20"), ("2025-04-01", "2025-05-01")]:
        expected = recompute.trial_balance(rows, date.fromisoformat(since), date.fromisoformat(until))
        found = await balances(finance, book, since=since, until=until)
        assert found.keys() == expected.keys()
        for account, row in found.items():
            sign = -1 if account[0] in CREDIT_SIDED else 1
            opening, debit, credit, closing = expected[account]
            assert [Decimal(row[name]) for name in ("opening", "debit", "credit", "closing")] == [
                opening * sign,
                debit,
                credit,
                closing * sign,
            ]


async def test_what_was_believed_then_and_what_is_known_now(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller, url = given.preparer(finance), f"/v1/books/{book}/entries"
    ok(await caller.post(url, json=entry("a", "2025-12-20", ("1002", "100.00"), ("4101", "-100.00"))), 201)
    ((then,),) = await finance.database.fetch("SELECT now()")
    ok(await caller.post(url, json=entry("b", "2025-12-21", ("1002", "7.00"), ("4101", "-7.00"))), 201)
    year = {"since": "2025-01-01", "until": "2026-01-01"}
    assert (await balances(finance, book, **year))["1002"]["closing"] == "107.00"
    assert (await balances(finance, book, **year, known_at=then.isoformat()))["1002"]["closing"] == "100.00"


async def test_the_ledger_of_an_account_runs_its_balance(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller = given.preparer(finance)
    amounts = [("a", "2025-01-10", "100.00"), ("b", "2025-02-03", "50.00"), ("c", "2025-02-02", "5.00")]
    for key, on, amount in amounts:
        sent = entry(key, on, ("1002", amount), ("4101", f"-{amount}"))
        ok(await caller.post(f"/v1/books/{book}/entries", json=sent), 201)
    await close(finance, book, "2025-01-01")
    span = {"since": "2025-02-01", "until": "2025-03-01"}
    rows = ok(await caller.get(f"/v1/books/{book}/ledgers/1002", params=span))["items"]
    assert [(row["effective_on"], row["debit"], row["balance"]) for row in rows] == [
        ("2025-02-02", "5.00", "105.00"),
        ("2025-02-03", "50.00", "155.00"),
    ]


async def test_income_and_expense_of_a_month_and_of_the_year(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller = given.preparer(finance)
    for key, on, lines in [
        ("a", "2025-01-10", (("1002", "900.00"), ("4101", "-900.00"))),
        ("b", "2025-03-10", (("1002", "100.00"), ("4101", "-100.00"))),
        ("c", "2025-03-12", (("5001", "40.00"), ("1002", "-40.00"))),
    ]:
        ok(await caller.post(f"/v1/books/{book}/entries", json=entry(key, on, *lines)), 201)
    rows = ok(await caller.get(f"/v1/books/{book}/results", params={"month": "2025-03-31"}))["items"]
    assert [(row["code"], row["name"], row["month"], row["year_to_date"]) for row in rows] == [
        ("4101", "事业收入", "100.00", "1000.00"),
        ("5001", "业务活动费用", "40.00", "40.00"),
    ]


async def test_every_statement_comes_as_a_workbook(finance: Service):
    book = (await given.book(finance, None))["id"]
    await posted(finance, book, seed=3, entries=5)
    caller = given.preparer(finance)
    for path, query in [
        ("balances", {"since": "2025-01-01", "until": "2025-07-01"}),
        ("ledgers/1002", {"since": "2025-01-01", "until": "2025-07-01"}),
        ("results", {"month": "2025-03-01"}),
        ("entries", {}),
    ]:
        answer = await caller.get(f"/v1/books/{book}/{path}", params=query, headers={"Accept": XLSX})
        assert answer.status_code == 200
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
        assert len(sheet.to_python()) >= 1


async def test_another_town_sees_no_book_and_no_balance(finance: Service):
    of = await given.kindergarten(finance)
    book = (await given.book(finance, of))["id"]
    await posted(finance, book, seed=5, entries=3)
    stranger = finance.client(("auditor", "110116103"))
    assert (await stranger.get(f"/v1/books/{book}")).status_code == 404
    span = {"since": "2025-01-01", "until": "2025-07-01"}
    assert ok(await stranger.get(f"/v1/books/{book}/balances", params=span))["items"] == []
