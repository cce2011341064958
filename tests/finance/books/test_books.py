import asyncio

from tests.finance import given
from tests.finance.given import entry, ok, refused
from tests.stack import Service

FEE = (("1002", "900.00"), ("4101", "-900.00"))


async def close(finance: Service, book: str, month: str) -> None:
    url = f"/v1/books/{book}/periods/{month}"
    ok(await given.preparer(finance).post(f"{url}/closing-proposals", json={"reason": "月结"}))
    ok(await given.approver(finance).post(f"{url}/closings"))


async def test_a_unit_has_one_book(finance: Service):
    of = await given.kindergarten(finance)
    await given.book(finance, of)
    await given.book(finance, None)
    for kindergarten in (str(of), None):
        sent = {"kindergarten": kindergarten, "standard": "government", "opened_on": "2025-01-01"}
        refused(await given.preparer(finance).post("/v1/books", json=sent), "book-already-open")


async def test_two_persons_close_a_month_and_nothing_is_posted_into_it(finance: Service):
    book = (await given.book(finance, None))["id"]
    await close(finance, book, "2025-01-01")
    caller = given.preparer(finance)
    url = f"/v1/books/{book}/entries"
    refused(await caller.post(url, json=entry("a", "2025-01-31", *FEE)), "period-is-closed")
    ok(await caller.post(url, json=entry("a", "2025-02-01", *FEE)), 201)
    assert ok(await caller.get(f"/v1/books/{book}"))["closed_until"] == "2025-02-01"


async def test_nobody_decides_what_they_proposed_whatever_roles_they_hold(finance: Service):
    book = (await given.book(finance, None))["id"]
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    url = f"/v1/books/{book}/periods/2025-01-01"
    ok(await both.post(f"{url}/closing-proposals", json={"reason": "月结"}))
    refused(await both.post(f"{url}/closings"), "another-person-decides")
    refused(await given.preparer(finance).post(f"{url}/closings"), "not-permitted", 403)
    ok(await given.approver(finance).post(f"{url}/closings"))


async def test_months_close_in_order_and_reopen_from_the_last(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller = given.preparer(finance)
    url = f"/v1/books/{book}/periods"
    early = await caller.post(f"{url}/2025-02-01/closing-proposals", json={"reason": "x"})
    refused(early, "months-close-in-order")
    await close(finance, book, "2025-01-01")
    await close(finance, book, "2025-02-01")
    refused(
        await caller.post(f"{url}/2025-01-01/reopening-proposals", json={"reason": "x"}), "only-the-last-month-reopens"
    )
    ok(await caller.post(f"{url}/2025-02-15/reopening-proposals", json={"reason": "更正"}))
    refused(await caller.post(f"{url}/2025-02-15/reopening-proposals", json={"reason": "更正"}), "no-such-step")
    ok(await given.approver(finance).post(f"{url}/2025-02-15/reopenings"))
    ok(await caller.post(f"/v1/books/{book}/entries", json=entry("late", "2025-02-27", *FEE)), 201)
    states = {each["month"]: each["state"] for each in ok(await caller.get(url))["items"]}
    assert states == {"2025-01-01": "closed", "2025-02-01": "open"}


async def test_a_month_proposed_before_the_one_before_it_was_reopened_has_to_wait(finance: Service):
    book = (await given.book(finance, None))["id"]
    first, second = (f"/v1/books/{book}/periods/2025-0{month}-01" for month in (1, 2))
    caller, other = given.preparer(finance), given.approver(finance)
    await close(finance, book, "2025-01-01")
    ok(await caller.post(f"{second}/closing-proposals", json={"reason": "月结"}))
    ok(await caller.post(f"{first}/reopening-proposals", json={"reason": "更正"}))
    ok(await other.post(f"{first}/reopenings"))
    refused(await other.post(f"{second}/closings"), "months-close-in-order")
    await close(finance, book, "2025-01-01")
    ok(await other.post(f"{second}/closings"))


async def test_a_month_that_is_not_over_stays_open(finance: Service):
    book = (await given.book(finance, None, opened_on="2090-01-01"))["id"]
    url = f"/v1/books/{book}/periods/2090-01-01/closing-proposals"
    refused(await given.preparer(finance).post(url, json={"reason": "x"}), "month-is-not-over")


async def test_closing_and_posting_at_once_leave_totals_that_hold(finance: Service):
    book = (await given.book(finance, None))["id"]
    caller, url = given.preparer(finance), f"/v1/books/{book}"
    ok(await caller.post(f"{url}/periods/2025-01-01/closing-proposals", json={"reason": "月结"}))
    posting = [caller.post(f"{url}/entries", json=entry(f"n-{n}", "2025-01-20", *FEE)) for n in range(12)]
    answers = await asyncio.gather(
        *posting[:6], given.approver(finance).post(f"{url}/periods/2025-01-01/closings"), *posting[6:]
    )
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    differing = await finance.database.fetch(
        "SELECT account FROM (SELECT account, sum(amount) AS net FROM postings GROUP BY account) p"
        " FULL JOIN closed_totals t USING (account) WHERE p.net IS DISTINCT FROM t.debit - t.credit"
    )
    assert differing == []


async def test_steps_are_announced(finance: Service):
    book = (await given.book(finance, None))["id"]
    await close(finance, book, "2025-01-01")
    await finance.numbered()
    events = ok(await given.preparer(finance).get("/v1/events", params={"after": 0}))["items"]
    kinds = [event["type"] for event in events]
    assert kinds == ["finance.book.opened", "finance.book.month_closing", "finance.book.month_closed"]
