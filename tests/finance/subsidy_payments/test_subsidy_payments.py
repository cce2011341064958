from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

MONTH = "2025-09-01"


async def approved(finance: Service, *, accounts: int = 2, kindergartens: int = 2) -> tuple[str, list[UUID]]:
    """A run that owes each kindergarten 7,000 yuan; the first of them have an account on file."""
    await quota(finance)
    found = []
    for place in range(kindergartens):
        of = await given.kindergarten(finance)
        await given.headcount(finance, of, MONTH, {"small": 10})
        if place < accounts:
            await given.account(finance, of, f"9900000{place}")
        found.append(of)
    return (await given.approved(finance, MONTH))["id"], found


async def disbursed(finance: Service, run: str) -> tuple[str, list[dict[str, Any]]]:
    caller = given.preparer(finance)
    file = ok(await caller.post(f"/v1/subsidy-runs/{run}/disbursements"), 201)["id"]
    return file, ok(await caller.get(f"/v1/disbursements/{file}/instructions"))["items"]


def result(line: dict[str, Any], outcome: str = "paid", **changes: Any) -> dict[str, Any]:
    said = {"reference": line["reference"], "outcome": outcome, "amount": line["amount"], "settled_on": "2026-01-05"}
    return said | changes


async def take(finance: Service, file: str, *results: dict[str, Any]) -> Any:
    return await given.preparer(finance).post(f"/v1/disbursements/{file}/results", json={"results": results})


async def state(finance: Service, run: str) -> str:
    return str(ok(await given.preparer(finance).get(f"/v1/subsidy-runs/{run}"))["state"])


async def balance(finance: Service, book: str, account: str) -> str:
    rows = await finance.database.fetch(
        "SELECT coalesce(sum(amount), 0.00)::text FROM postings p JOIN books b ON b.id = p.book"
        " WHERE account = %s AND (b.kindergarten::text = %s OR (%s = 'district' AND b.kindergarten IS NULL))",
        account,
        book,
        book,
    )
    return str(rows[0][0])


async def test_from_approval_to_receipt_the_books_follow(finance: Service):
    run, (one, _) = await approved(finance)
    await given.book(finance, one)
    assert await balance(finance, "district", "5001") == "14000.00"
    assert await balance(finance, "district", "2307") == "-14000.00"
    file, instructions = await disbursed(finance, run)
    assert [line["amount"] for line in instructions] == ["7000.00", "7000.00"]
    assert await state(finance, run) == "paying"
    taken = ok(await take(finance, file, *map(result, instructions)))
    assert taken == {"paid": 2, "failed": 0, "repeated": 0, "state": "paid"}
    assert await balance(finance, "district", "2307") == "0.00"
    assert await balance(finance, "district", "1011") == "-14000.00"
    caller = given.accountant(finance, one)
    (payment,) = ok(await caller.get("/v1/subsidy-payments"))["items"]
    for _again in range(2):
        url = f"/v1/subsidy-payments/{payment['id']}/receipts"
        assert ok(await caller.post(url, json={"received_on": "2026-01-06"}))["received_on"] == "2026-01-06"
    assert await balance(finance, str(one), "4001") == "-7000.00"
    closed = ok(await given.approver(finance).post(f"/v1/subsidy-runs/{run}/closings"))
    assert closed["state"] == "closed"


async def test_what_failed_is_paid_by_the_next_file_and_what_was_paid_never_again(finance: Service):
    run, _ = await approved(finance)
    file, (first, second) = await disbursed(finance, run)
    taken = ok(await take(finance, file, result(first), result(second, "failed", reason="账号户名不符")))
    assert (taken["paid"], taken["failed"], taken["state"]) == (1, 1, "partly_paid")
    refused(await given.approver(finance).post(f"/v1/subsidy-runs/{run}/closings"), "no-such-step")
    again, (retried,) = await disbursed(finance, run)
    assert (retried["reference"][:32], retried["reference"][32:]) == (second["reference"][:32], "02")
    assert ok(await take(finance, again, result(retried)))["state"] == "paid"
    refused(await given.preparer(finance).post(f"/v1/subsidy-runs/{run}/disbursements"), "no-such-step")


async def test_an_answer_taken_twice_changes_nothing(finance: Service):
    run, _ = await approved(finance)
    file, instructions = await disbursed(finance, run)
    results = [result(line) for line in instructions]
    ok(await take(finance, file, *results))
    assert ok(await take(finance, file, *results)) == {"paid": 0, "failed": 0, "repeated": 2, "state": "paid"}
    assert await balance(finance, "district", "1011") == "-14000.00"


async def test_an_answer_that_does_not_fit_is_not_taken_at_all(finance: Service):
    run, _ = await approved(finance)
    file, (first, second) = await disbursed(finance, run)
    told = refused(
        await take(finance, file, result(first), result(second, amount="7000.01"), result(first, reference="x" * 34)),
        "results-do-not-fit",
        422,
    )
    assert [each["pointer"] for each in told["errors"]] == ["/results/1/amount", "/results/2/reference"]
    assert await state(finance, run) == "paying"
    ok(await take(finance, file, result(first), result(second)))
    refused(await take(finance, file, result(first, "failed")), "results-do-not-fit", 422)


async def test_a_kindergarten_without_a_filed_account_waits_until_it_has_one(finance: Service):
    run, (_, waiting) = await approved(finance, accounts=1)
    file, (line,) = await disbursed(finance, run)
    ok(await take(finance, file, result(line)))
    assert await state(finance, run) == "partly_paid"
    refused(await given.preparer(finance).post(f"/v1/subsidy-runs/{run}/disbursements"), "nothing-to-instruct")
    await given.account(finance, waiting, "99000009")
    file, (line,) = await disbursed(finance, run)
    assert line["number"] == "99000009"
    assert ok(await take(finance, file, result(line)))["state"] == "paid"


async def test_too_much_is_carried_into_the_next_run(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.account(finance, of, "99000001")
    await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await given.approved(finance, "2025-09-01")
    await given.headcount(finance, of, "2025-09-01", {"small": 1}, revision=2)
    await given.headcount(finance, of, "2025-10-01", {"small": 2})
    await given.approved(finance, "2025-10-01")
    await given.headcount(finance, of, "2025-11-01", {"small": 10})
    await given.approved(finance, "2025-11-01")
    payments = ok(await given.preparer(finance).get("/v1/subsidy-payments", params={"sort": "id"}))["items"]
    told = [
        (each["lines"], each["carried_in"], each["amount"], each["carried_out"], each["state"]) for each in payments
    ]
    assert told == [
        ("7000.00", "0.00", "7000.00", "0.00", "ready"),
        ("-4900.00", "0.00", "0.00", "-4900.00", "nothing"),
        ("7000.00", "-4900.00", "2100.00", "0.00", "ready"),
    ]


async def test_the_database_refuses_a_second_open_instruction_and_any_change_of_a_line(finance: Service):
    run, _ = await approved(finance)
    await disbursed(finance, run)
    columns = "disbursement, attempt, kindergarten, division, holder, bank, number, amount"
    attempts = {
        f"INSERT INTO payment_instructions (reference, payment, {columns}) SELECT 'x', payment,"
        f" {columns.replace('attempt', 'attempt + 1')} FROM payment_instructions LIMIT 1": "payment_is_made_once",
        "UPDATE payment_instructions SET amount = 1": "permission denied",
        "UPDATE subsidy_lines SET amount = 1": "permission denied",
        "DELETE FROM subsidy_lines": "permission denied",
    }
    for statement, said in attempts.items():
        with psycopg.connect(finance.database.app_url) as connection:
            connection.execute("SELECT set_config('app.divisions', '110116', true)")
            with pytest.raises(psycopg.Error, match=said):
                connection.execute(statement)


async def test_whoever_approves_does_not_pay(finance: Service):
    run, _ = await approved(finance)
    refused(await given.approver(finance).post(f"/v1/subsidy-runs/{run}/disbursements"), "not-permitted", 403)


async def test_money_is_received_once_it_is_paid(finance: Service):
    _, (one, _) = await approved(finance)
    caller = given.accountant(finance, one)
    (payment,) = ok(await caller.get("/v1/subsidy-payments"))["items"]
    url = f"/v1/subsidy-payments/{payment['id']}/receipts"
    refused(await caller.post(url, json={"received_on": "2026-01-06"}), "not-paid-yet")
