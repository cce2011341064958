import asyncio

import psycopg
import pytest

from tests.finance import given
from tests.finance.given import entry, ok, refused
from tests.stack import Service

FEE = (("1002", "900.00"), ("4101", "-900.00"))


@pytest.fixture
async def book(finance: Service) -> str:
    return str((await given.book(finance, None))["id"])


async def test_an_entry_is_posted_once_however_often_it_is_sent(finance: Service, book: str):
    caller = given.preparer(finance)
    sent = entry("r-1", "2025-03-01", *FEE)
    first = ok(await caller.post(f"/v1/books/{book}/entries", json=sent), 201)
    again = ok(await caller.post(f"/v1/books/{book}/entries", json=sent))
    assert (again["id"], again["repeated"]) == (first["id"], True)
    assert await finance.database.fetch("SELECT count(*), sum(amount) FROM postings") == [(2, 0)]


async def test_the_same_key_with_other_content_is_refused(finance: Service, book: str):
    caller = given.preparer(finance)
    ok(await caller.post(f"/v1/books/{book}/entries", json=entry("r-1", "2025-03-01", *FEE)), 201)
    other = entry("r-1", "2025-03-01", ("1002", "901.00"), ("4101", "-901.00"))
    refused(await caller.post(f"/v1/books/{book}/entries", json=other), "entry-differs")


async def test_simultaneous_repeats_leave_one_entry(finance: Service, book: str):
    caller = given.preparer(finance)
    sent = entry("r-1", "2025-03-01", *FEE)
    answers = await asyncio.gather(*(caller.post(f"/v1/books/{book}/entries", json=sent) for _ in range(8)))
    assert sorted(answer.status_code for answer in answers) == [200] * 7 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ((("1002", "900.00"), ("4101", "-899.99")), "entry-does-not-balance"),
        ((("1002", "900.00"), ("6101", "-900.00")), "entry-does-not-balance"),
        ((("1002", "900.00"), ("4321", "-900.00")), "account-is-not-in-the-chart"),
    ],
)
async def test_what_is_wrong_in_the_ledger_never_commits(
    finance: Service, book: str, lines: tuple[tuple[str, str], ...], code: str
):
    refused(
        await given.preparer(finance).post(f"/v1/books/{book}/entries", json=entry("x", "2025-03-01", *lines)), code
    )
    assert await finance.database.fetch("SELECT count(*) FROM entries") == [(0,)]


async def test_a_line_is_a_debit_or_a_credit_and_above_zero(finance: Service, book: str):
    caller = given.preparer(finance)
    for line in ({"account": "1002"}, {"account": "1002", "debit": "1.00", "credit": "1.00"}, {"debit": "-1.00"}):
        sent = entry("x", "2025-03-01", *FEE)
        sent["lines"][0] = {"account": "1002"} | line
        refused(await caller.post(f"/v1/books/{book}/entries", json=sent), "invalid-input", 422)


async def test_codes_of_the_nonprofit_standard_change_their_meaning_in_2026(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    book = (await given.book(finance, of, "nonprofit"))["id"]
    caller = given.accountant(finance, of)
    url = f"/v1/books/{book}/entries"
    old = entry("a", "2025-12-31", ("5401", "10.00"), ("1002", "-10.00"))
    ok(await caller.post(url, json=old), 201)
    early = entry("b", "2025-12-31", ("5901", "10.00"), ("1002", "-10.00"))
    refused(await caller.post(url, json=early), "account-is-not-in-the-chart")
    ok(await caller.post(url, json=early | {"effective_on": "2026-01-01"}), 201)


async def test_a_batch_is_posted_whole_or_not_at_all(finance: Service, book: str):
    caller = given.preparer(finance)
    good = [entry(f"b-{n}", "2025-03-01", *FEE) for n in range(3)]
    bad = entry("b-9", "2025-03-01", ("1002", "1.00"), ("4101", "-2.00"))
    url = f"/v1/books/{book}/entry-batches"
    refused(await caller.post(url, json={"entries": [*good, bad]}), "entry-does-not-balance")
    assert await finance.database.fetch("SELECT count(*) FROM entries") == [(0,)]
    ok(await caller.post(url, json={"entries": good[:2]}), 201)
    items = ok(await caller.post(url, json={"entries": [*good, good[2]]}), 201)["items"]
    assert [item["repeated"] for item in items] == [True, True, False, True]
    assert items[2]["id"] == items[3]["id"]


async def test_a_reversal_stands_beside_the_original(finance: Service, book: str):
    caller = given.preparer(finance)
    made = ok(await caller.post(f"/v1/books/{book}/entries", json=entry("r", "2025-03-01", *FEE)), 201)["id"]
    url = f"/v1/entries/{made}/reversals"
    told = ok(await caller.post(url, json={"effective_on": "2025-04-02", "reason": "重复入账"}), 201)
    assert [(line["account"], line["debit"], line["credit"]) for line in told["lines"]] == [
        ("1002", None, "900.00"),
        ("4101", "900.00", None),
    ]
    assert ok(await caller.get(f"/v1/entries/{made}"))["reversed_by"] == told["id"]
    refused(await caller.post(url, json={"effective_on": "2025-04-03", "reason": "重复入账"}), "entry-differs")
    again = f"/v1/entries/{told['id']}/reversals"
    refused(await caller.post(again, json={"effective_on": "2025-04-03", "reason": "x"}), "reversal-stands")


async def test_the_app_can_neither_change_nor_complete_what_is_posted(finance: Service, book: str):
    made = ok(await given.preparer(finance).post(f"/v1/books/{book}/entries", json=entry("r", "2025-03-01", *FEE)), 201)
    columns = "entry, line, book, kindergarten, division, account, amount, memo, effective_on"
    copied = columns.replace("line", "line + %s", 1)
    attempts = {
        "UPDATE postings SET amount = 1": "permission denied",
        "DELETE FROM postings": "permission denied",
        "UPDATE entries SET summary = ''": "permission denied",
        "DELETE FROM entries": "permission denied",
        f"INSERT INTO postings (recorded_at, {columns}) SELECT now(), {columns} FROM postings": "permission denied",
        f"INSERT INTO postings ({columns}) SELECT {copied % 9} FROM postings": "lines are written with their entry",
    }
    for statement, said in attempts.items():
        with psycopg.connect(finance.database.app_url) as connection:
            connection.execute("SELECT set_config('app.divisions', '110116', true)")
            with pytest.raises(psycopg.Error, match=said):
                connection.execute(statement)
    assert await finance.database.fetch("SELECT count(*) FROM postings WHERE entry = %s", made["id"]) == [(2,)]


async def test_an_accountant_posts_to_the_own_book_alone(finance: Service, book: str):
    mine, other = await given.kindergarten(finance), await given.kindergarten(finance, division=given.OTHER_VILLAGE)
    foreign = (await given.book(finance, other))["id"]
    caller = given.accountant(finance, mine)
    for ledger in (book, foreign):
        refused(await caller.post(f"/v1/books/{ledger}/entries", json=entry("x", "2025-03-01", *FEE)), "not-found", 404)
    refused(
        await given.principal(finance, mine).post(f"/v1/books/{book}/entries", json=entry("x", "2025-03-01", *FEE)),
        "not-permitted",
        403,
    )
