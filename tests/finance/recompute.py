"""The amounts a second time, in plain Python from plain rows. Imports nothing of the service."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

Posting = tuple[str, Decimal, date, datetime]  # account, amount, effective, recorded


def trial_balance(
    postings: Iterable[Posting], since: date, until: date, known_at: datetime | None = None
) -> dict[str, tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Opening, debit, credit and closing (debit minus credit) of each account that moved before `until`."""
    found: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0), Decimal(0)])
    for account, amount, effective, recorded in postings:
        if effective >= until or (known_at is not None and recorded > known_at):
            continue
        if effective < since:
            found[account][0] += amount
        elif amount > 0:
            found[account][1] += amount
        else:
            found[account][2] -= amount
    return {a: (opening, debit, credit, opening + debit - credit) for a, (opening, debit, credit) in found.items()}


@dataclass
class Facts:
    """Everything a subsidy depends on, for one kindergarten and one programme of rate × children."""

    headcounts: dict[tuple[date, int], dict[str, int]] = field(default_factory=dict)  # (month, revision) → by kind
    inspections: list[tuple[int, int, bool, date]] = field(default_factory=list)  # year, revision, good, from
    recognitions: list[tuple[date, str, date | None]] = field(default_factory=list)  # since, decision, until
    rates: list[tuple[date, Decimal]] = field(default_factory=list)  # since, yuan a child and month


def entitlement(facts: Facts, month: date) -> Decimal:
    """What the kindergarten is due for the month by everything known."""
    revisions = [revision for counted, revision in facts.headcounts if counted == month]
    rates = [rate for since, rate in sorted(facts.rates) if since <= month]
    if not revisions or not rates:
        return Decimal(0)
    day = month.replace(day=15)
    if not _recognised(facts, day) or not _inspected(facts, day):
        return Decimal(0)
    children = facts.headcounts[month, max(revisions)]
    return Decimal(sum(n for kind, n in children.items() if kind != "nursery")) * rates[-1]


def _recognised(facts: Facts, day: date) -> bool:
    known = sorted((each for each in facts.recognitions if each[0] <= day), key=lambda each: each[0])
    return bool(known) and known[-1][1] != "withdrawn" and (known[-1][2] is None or day < known[-1][2])


def _inspected(facts: Facts, day: date) -> bool:
    begun = [each for each in facts.inspections if each[3] <= day]
    return not begun or max(begun, key=lambda each: (each[0], each[1]))[2]


def scaled(number: int, factor: Decimal) -> int:
    """So many times as many children, in whole ones, half up."""
    halves = int(number * factor * 2)
    return halves // 2 + halves % 2


@dataclass(frozen=True)
class Rules:
    """The numbers of one programme of rate × children in one month. A rate's kind None stands for any but nursery."""

    rates: dict[str | None, Decimal]
    tilt: Decimal = Decimal(1)
    cap: Decimal | None = None
    city: Decimal = Decimal(1)


def subsidy(children: dict[str, int], rules: Rules, factor: Decimal = Decimal(1)) -> tuple[Decimal, Decimal]:
    """What a month gives, and the city's part of it, for children scaled by a factor."""
    gross = Decimal(0)
    for kind, number in children.items():
        rate = rules.rates.get(kind, Decimal(0) if kind == "nursery" else rules.rates.get(None, Decimal(0)))
        gross += scaled(number, factor) * rate
    gross *= rules.tilt
    amount = _fen(gross if rules.cap is None else min(gross, rules.cap))
    return amount, _fen(amount * rules.city)


def _fen(amount: Decimal) -> Decimal:
    """Half away from zero, in whole fen, by integers."""
    fen = int(abs(amount) * 1000)
    rounded = (fen + 5) // 10
    return Decimal(rounded if amount >= 0 else -rounded) / 100


def bill(
    price: Decimal, days: int, days_in_month: int, waiver: Decimal | None, aid: Decimal
) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Gross, waived, aided, family of one month's fee; `waiver` caps what is waived (None: nothing is)."""
    gross = _fen(price * days / days_in_month)
    waived = min(gross, _fen(waiver * days / days_in_month)) if waiver is not None else Decimal(0)
    aided = _fen((gross - waived) * aid)
    return gross, waived, aided, gross - waived - aided
