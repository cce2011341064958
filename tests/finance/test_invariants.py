"""Random operations of several persons at once; whatever happens, the money adds up.

`HUAIYOU_OPERATIONS=10000` makes it long; by default it takes seconds.
"""

import asyncio
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx

import services.finance.jobs  # noqa: F401  # the kinds of work
from shared.jobs import perform
from tests.finance import given, recompute
from tests.finance.given import ok
from tests.stack import Service

OPERATIONS = int(os.environ.get("HUAIYOU_OPERATIONS", "150"))
MONTHS = ["2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01"]


@dataclass
class World:
    """What the random persons know of: nothing but ids the service gave them."""

    finance: Service
    dice: random.Random
    places: dict[UUID, tuple[str, str, list[UUID]]]  # kindergarten → book, item, children
    charges: list[tuple[UUID, UUID, str]] = field(default_factory=list)
    adjustments: list[tuple[UUID, str]] = field(default_factory=list)
    entries: list[tuple[UUID, str]] = field(default_factory=list)
    runs: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    revisions: Counter[tuple[UUID, str]] = field(default_factory=Counter)
    answers: Counter[int] = field(default_factory=Counter)
    keys: int = 0

    def key(self) -> str:
        self.keys += 1
        return f"k{self.keys}"

    def money(self, most: int = 100_000) -> str:
        return f"{Decimal(self.dice.randint(1, most)) / 100:.2f}"

    def day(self) -> date:
        return date(2025, 9, 1) + timedelta(self.dice.randrange(100))

    def note(self, answer: httpx.Response) -> Any:
        self.answers[answer.status_code] += 1
        assert answer.status_code < 500, answer.text
        return answer.json() if answer.is_success else None

    def person(self, role: str, of: UUID) -> httpx.AsyncClient:
        """One of three persons who each hold several roles: only the service keeps them apart."""
        everyone = [("accountant", f"k:{of}"), ("principal", f"k:{of}"), given.PREPARER, given.APPROVER]
        held = [grant for grant in everyone if grant[0] == role]
        return self.finance.client(*held, sub=f"person-{self.dice.randint(1, 3)}")


async def post_entry(world: World) -> None:
    of = world.dice.choice(list(world.places))
    amount = world.money()
    debit, credit = world.dice.sample(["1002", "1212", "2103", "4101", "5001"], 2)
    sent = given.entry(world.key(), world.day().isoformat(), (debit, amount), (credit, f"-{amount}"))
    found = world.note(await world.person("accountant", of).post(f"/v1/books/{world.places[of][0]}/entries", json=sent))
    if found:
        world.entries.append((of, found["id"]))


async def reverse_entry(world: World) -> None:
    if world.entries:
        of, made = world.dice.choice(world.entries)
        sent = {"effective_on": world.day().isoformat(), "reason": "更正"}
        world.note(await world.person("accountant", of).post(f"/v1/entries/{made}/reversals", json=sent))


async def close_or_reopen(world: World) -> None:
    of = world.dice.choice(list(world.places))
    month, step = world.dice.choice(MONTHS), world.dice.choice(["closing", "reopening"])
    url = f"/v1/books/{world.places[of][0]}/periods/{month}"
    world.note(await world.person("accountant", of).post(f"{url}/{step}-proposals", json={"reason": "月结"}))
    world.note(await world.person("principal", of).post(f"{url}/{step}s"))


async def charge(world: World) -> None:
    of = world.dice.choice(list(world.places))
    _, item, children = world.places[of]
    child, month = world.dice.choice(children), date.fromisoformat(world.dice.choice(MONTHS))
    sent = {"kindergarten": str(of), "child": str(child), "fee_item": item, "amount": world.money(75_000)}
    sent |= {"covers_since": month.isoformat(), "covers_until": (month + timedelta(28)).isoformat()}
    sent |= {"charged_on": month.isoformat()}
    found = world.note(await world.person("accountant", of).post("/v1/charges", json=sent))
    if found:
        world.charges.append((of, child, found["id"]))


async def receive(world: World) -> None:
    if world.charges:
        of, child, charged = world.dice.choice(world.charges)
        sent = {"kindergarten": str(of), "child": str(child), "source_key": world.key()}
        spread: dict[str, Any] = {"allocations": [{"charge": charged, "amount": world.money(50_000)}]}
        spread |= {"received_on": world.day().isoformat()}
        world.note(await world.person("accountant", of).post("/v1/receipts", json=sent | spread))


async def adjust(world: World) -> None:
    if world.charges:
        of, _, charged = world.dice.choice(world.charges)
        kind = world.dice.choice(["refund", "credit_note"])
        sent = {"kind": kind, "refund_case": "wrong_charge", "on_day": world.day().isoformat()}
        sent |= {"amount": world.money(30_000), "reason": "错收"}
        url = f"/v1/charges/{charged}/adjustments"
        if found := world.note(await world.person("accountant", of).post(url, json=sent)):
            world.adjustments.append((of, found["id"]))


async def decide(world: World) -> None:
    if world.adjustments:
        of, made = world.dice.choice(world.adjustments)
        sent = {"approve": world.dice.random() < 0.8}
        world.note(await world.person("principal", of).post(f"/v1/adjustments/{made}/decisions", json=sent))


async def certify(world: World) -> None:
    of, month = world.dice.choice(list(world.places)), world.dice.choice(MONTHS)
    world.revisions[of, month] += 1
    children = {"small": world.dice.randint(1, 30), "large": world.dice.randint(1, 30)}
    await given.headcount(world.finance, of, month, children, revision=world.revisions[of, month])


async def subsidise(world: World) -> None:
    of = world.dice.choice(list(world.places))
    sent = {"month": world.dice.choice(MONTHS)}
    found = world.note(await world.person("finance_preparer", of).post("/v1/subsidy-runs", json=sent))
    if found:
        await perform(world.finance.app.state.database, UUID(found["job"]))
        url = f"/v1/subsidy-runs/{found['id']}"
        if world.note(await world.person("finance_approver", of).post(f"{url}/approvals")):
            world.runs.append(found["id"])
        else:
            world.note(await world.person("finance_preparer", of).post(f"{url}/cancellations"))


async def disburse(world: World) -> None:
    if world.runs:
        of, run = world.dice.choice(list(world.places)), world.dice.choice(world.runs)
        payer = world.person("finance_preparer", of)
        if found := world.note(await payer.post(f"/v1/subsidy-runs/{run}/disbursements")):
            world.files.append(found["id"])


async def answer(world: World) -> None:
    if world.files:
        file = world.dice.choice(world.files)
        payer = world.person("finance_preparer", next(iter(world.places)))
        lines = ok(await payer.get(f"/v1/disbursements/{file}/instructions"))["items"]
        said = [
            {"reference": line["reference"], "amount": line["amount"], "settled_on": "2026-01-05"}
            | {"outcome": world.dice.choice(["paid", "failed"])}
            for line in lines
        ]
        world.note(await payer.post(f"/v1/disbursements/{file}/results", json={"results": said}))


ACTS = [
    post_entry,
    post_entry,
    reverse_entry,
    close_or_reopen,
    charge,
    charge,
    receive,
    receive,
    receive,
    adjust,
    decide,
]
ACTS += [decide, certify, certify, subsidise, disburse, answer]


async def begin(finance: Service) -> World:
    await given.book(finance, None)
    await given.terms(finance)
    await given.programme(finance)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700.33", "2025-09-01")
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750")
    places = {}
    for place in range(3):
        of = await given.kindergarten(finance)
        await given.account(finance, of, f"9900000{place}")
        book = (await given.book(finance, of, opened_on="2025-09-01"))["id"]
        item = (await given.published(finance, of))["id"]
        places[of] = (book, item, [await given.enrolled(finance, of) for _ in range(6)])
    return World(finance, random.Random(4), places)  # noqa: S311 - the same persons every time


async def test_whatever_happens_the_money_adds_up(finance: Service):
    world = await begin(finance)

    async def person(operations: int) -> None:
        for _ in range(operations):
            await world.dice.choice(ACTS)(world)

    await asyncio.gather(*(person(OPERATIONS // 5) for _ in range(5)))
    assert world.answers[201] > OPERATIONS / 8, world.answers
    fetch = finance.database.fetch
    assert await fetch("SELECT entry FROM postings GROUP BY entry, account >= '6' HAVING sum(amount) <> 0") == []
    assert await fetch("SELECT id FROM entries e WHERE NOT EXISTS (SELECT FROM postings WHERE entry = e.id)") == []
    await the_balances_are_those_of_an_independent_sum(world)
    await nothing_is_refunded_that_was_not_paid(world)
    await nothing_is_paid_twice(world)
    await nobody_decided_what_they_proposed(world)
    await every_line_is_what_other_code_computes(world)


async def the_balances_are_those_of_an_independent_sum(world: World) -> None:
    for book, _, _ in world.places.values():
        rows: Any = await world.finance.database.fetch(
            "SELECT account, amount, effective_on, recorded_at FROM postings WHERE book = %s", book
        )
        expected = recompute.trial_balance(rows, date(2025, 10, 1), date(2026, 2, 1))
        query = {"since": "2025-10-01", "until": "2026-02-01", "limit": "500"}
        found = ok(await given.preparer(world.finance).get(f"/v1/books/{book}/balances", params=query))["items"]
        told = {row["code"]: Decimal(row["closing"]) * (-1 if row["side"] == "credit" else 1) for row in found}
        assert told == {account: amounts[3] for account, amounts in expected.items()}


async def nothing_is_refunded_that_was_not_paid(world: World) -> None:
    fetch = world.finance.database.fetch
    sums = (
        "SELECT b.charge FROM charge_balances b"
        " LEFT JOIN (SELECT charge, sum(amount) AS paid FROM allocations GROUP BY 1) a USING (charge)"
        " LEFT JOIN (SELECT charge, sum(amount) FILTER (WHERE kind = 'refund') AS refunded,"
        "   sum(amount) FILTER (WHERE kind = 'credit_note') AS credited FROM adjustments WHERE state = 'approved'"
        "   GROUP BY 1) d USING (charge)"
        " WHERE b.paid <> coalesce(a.paid, 0) OR b.refunded <> coalesce(d.refunded, 0)"
        " OR b.credited <> coalesce(d.credited, 0) OR b.refunded > b.paid OR b.paid + b.credited > b.amount"
    )
    assert await fetch(sums) == []
    owed = (
        "SELECT (SELECT coalesce(sum(p.amount), 0) FROM postings p JOIN entries e ON e.id = p.entry"
        "  WHERE account = '1212' AND e.source IN ('charge', 'receipt', 'adjustment'))"
        " - (SELECT coalesce(sum(amount - paid - credited), 0) FROM charge_balances)"
    )
    assert await fetch(owed) == [(Decimal(0),)]


async def nothing_is_paid_twice(world: World) -> None:
    fetch = world.finance.database.fetch
    twice = "SELECT payment FROM payment_instructions WHERE outcome = 'paid' GROUP BY 1 HAVING count(*) > 1"
    assert await fetch(twice) == []
    differing = (
        "SELECT r.id FROM subsidy_runs r WHERE state NOT IN ('preparing', 'prepared', 'cancelled') AND"
        " (SELECT sum(amount) FROM subsidy_lines WHERE run = r.id) <>"
        " (SELECT sum(lines) FROM subsidy_payments WHERE run = r.id)"
    )
    assert await fetch(differing) == []
    payable = (
        "SELECT (SELECT coalesce(sum(p.amount), 0) FROM postings p JOIN books b ON b.id = p.book"
        "  WHERE b.kindergarten IS NULL AND p.account = '2307')"
        " + (SELECT coalesce(sum(lines), 0) FROM subsidy_payments)"
        " - (SELECT coalesce(sum(amount), 0) FROM payment_instructions WHERE outcome = 'paid')"
    )
    assert await fetch(payable) == [(Decimal(0),)]


async def nobody_decided_what_they_proposed(world: World) -> None:
    pairs = {
        "periods": ("proposed_by", "decided_by"),
        "adjustments": ("proposed_by", "decided_by"),
        "subsidy_runs": ("prepared_by", "approved_by"),
        "parameters": ("proposed_by", "decided_by"),
        "fee_items": ("filed_by", "accepted_by"),
    }
    for table, (first, second) in pairs.items():
        assert await world.finance.database.fetch(f"SELECT 1 FROM {table} WHERE {first} = {second}") == []


async def every_line_is_what_other_code_computes(world: World) -> None:
    """To the fen: what a line entitles to by the certified month it names, and what approved runs settled before it."""
    fetch = world.finance.database.fetch
    counted: dict[tuple[Any, ...], dict[str, int]] = {}
    for of, month, revision, kind, children in await fetch(
        "SELECT kindergarten, month, revision, kind, sum(children)::int FROM class_headcounts GROUP BY 1, 2, 3, 4"
    ):
        counted.setdefault((of, month, revision), {})[kind] = children
    rules = recompute.Rules({None: Decimal("700.33")})
    settled: Counter[tuple[Any, ...]] = Counter()
    lines = await fetch(
        "SELECT l.kindergarten, l.month, l.headcount_revision, l.entitled, l.settled, l.amount, l.municipal, r.state"
        " FROM subsidy_lines l JOIN subsidy_runs r ON r.id = l.run ORDER BY r.created_at, l.id"
    )
    assert len(lines) > OPERATIONS / 50
    for of, month, revision, entitled, before, amount, municipal, state in lines:
        due = recompute.subsidy(counted[of, month, revision], rules)[0] if revision is not None else Decimal(0)
        assert (entitled, before, amount, municipal) == (due, settled[of, month], due - before, due - before), of
        if state not in ("preparing", "prepared", "cancelled"):
            settled[of, month] += amount
