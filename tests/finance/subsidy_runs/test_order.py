"""Late facts in any order, runs anywhere between them: the same balance, and the one an independent sum gives."""

import random
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from tests.finance import given, recompute
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

MONTHS = [date(2025, 9, 1), date(2025, 10, 1), date(2025, 11, 1), date(2025, 12, 1)]
KINDS = ("nursery", "small", "middle", "large", "mixed")
Tell = Callable[[Service, UUID], Awaitable[None]]


def headcount(facts: recompute.Facts, month: date, revision: int, children: dict[str, int]) -> Tell:
    facts.headcounts[month, revision] = children

    async def tell(finance: Service, of: UUID) -> None:
        await given.headcount(finance, of, month.isoformat(), children, revision=revision)

    return tell


def inspection(facts: recompute.Facts, year: int, revision: int, good: bool, since: date) -> Tell:
    facts.inspections.append((year, revision, good, since))

    async def tell(finance: Service, of: UUID) -> None:
        result = "passed" if good else "failed"
        await given.inspection(finance, of, result, since.isoformat(), year=year, revision=revision)

    return tell


def recognition(facts: recompute.Facts, since: date, decision: str, until: date | None) -> Tell:
    facts.recognitions.append((since, decision, until))

    async def tell(finance: Service, of: UUID) -> None:
        await given.recognition(finance, of, decision, since.isoformat(), until.isoformat() if until else None)

    return tell


def story(dice: random.Random, facts: recompute.Facts) -> list[Tell]:
    """Facts of half a year as they might come: certified months with corrections, inspections, recognitions."""
    told = [
        headcount(facts, month, revision, {kind: dice.randint(1, 30) for kind in dice.sample(KINDS, 3)})
        for month in MONTHS
        for revision in range(1, dice.randint(1, 3) + 1)
    ]
    day = dice.choice([date(2025, 9, 20), date(2025, 10, 15), date(2025, 11, 3)])
    days = [day, dice.choice([day, date(2025, 11, 20)]), day]
    told += [
        inspection(facts, 2025, revision, dice.random() < 0.5, since)
        for revision, since in enumerate(days[: dice.randint(1, 3)], 1)
    ]
    told.append(inspection(facts, 2024, 1, dice.random() < 0.5, date(2025, 5, 1)))
    told.append(recognition(facts, date(2024, 9, 1), "granted", dice.choice([None, date(2025, 11, 30)])))
    for since in dice.sample([date(2025, 10, 1), date(2025, 10, 20), date(2025, 12, 1)], dice.randint(0, 2)):
        told.append(recognition(facts, since, dice.choice(["renewed", "withdrawn"]), None))
    return told


@pytest.mark.parametrize("seed", range(5))
async def test_any_order_of_late_facts_ends_in_the_same_balance(finance: Service, seed: int):
    dice = random.Random(seed)  # noqa: S311 - the same story every time
    await quota(finance)
    facts = recompute.Facts(rates=[(date(2025, 9, 1), Decimal(700))])
    told = story(dice, facts)
    twins = [await given.kindergarten(finance, "inclusive_private") for _ in range(4)]
    orders = [told, told[::-1], dice.sample(told, len(told)), dice.sample(told, len(told))]
    breaks = sorted(dice.sample(range(len(told)), 3))
    for place in range(len(told)):
        for of, order in zip(twins, orders, strict=True):
            await order[place](finance, of)
        if place in breaks:
            await given.approved(finance, MONTHS[breaks.index(place)].isoformat())
        if place == breaks[1]:
            await given.parameter(finance, "subsidy_rate", "quota/inclusive_private/*", "712.34", "2025-10-01")
            facts.rates.append((date(2025, 10, 1), Decimal("712.34")))
    await given.approved(finance, MONTHS[-1].isoformat())
    rows = await finance.database.fetch(
        "SELECT kindergarten, month, sum(amount) FROM subsidy_lines GROUP BY 1, 2 ORDER BY 1, 2"
    )
    found = {(of, month): amount for of, month, amount in rows}
    expected = {(of, month): recompute.entitlement(facts, month) for of in twins for month in MONTHS}
    assert {key: found.get(key, Decimal(0)) for key in expected} == expected
