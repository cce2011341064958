"""The list of weak kindergartens equals the rule applied by hand to the same facts."""

import random
from datetime import date
from uuid import UUID

from services.quality.weak_kindergartens.rules import WeakFacts, is_weak, reasons
from services.quality.weak_kindergartens.schemas import WeakKindergartenPage, WeakKindergartenRow, WeakRuleLine
from shared.ids import new_id
from tests.quality import given
from tests.quality.head_copies.heads import certified, posted
from tests.quality.weak_kindergartens.facts import graded, hazard, inspected
from tests.quality.weak_kindergartens.test_rules import RULE
from tests.stack import Service

DAY = date(2026, 10, 15)
AFTER = date(2026, 10, 16)


async def listed(service: Service, **params: str) -> list[WeakKindergartenRow]:
    answer = await service.client(given.OFFICER).get("/v1/weak-kindergartens", params={"as_of": str(DAY)} | params)
    assert answer.status_code == 200, answer.text
    return WeakKindergartenPage.model_validate_json(answer.content).items


async def some_facts(service: Service, chance: random.Random, one: UUID) -> WeakFacts:
    """Record facts at random, some of them after the day asked for; return those that count."""
    results = [chance.choice(["passed", "passed", "conditional", "failed"]) for _ in range(2)]
    await inspected(service, one, results[0], date(2025, 12, 1), 2025)
    late = chance.random() < 0.5
    await inspected(service, one, results[1], AFTER if late else DAY)
    grades = [chance.choice(["good", "good", "unqualified"]) for _ in range(2)]
    await graded(service, one, grades[0], date(2024, 5, 1))
    await graded(service, one, grades[1], AFTER)
    staff = chance.randint(0, 8)
    await posted(service, one, staff)
    await posted(service, one, 1, since=str(AFTER))
    classes = [new_id() for _ in range(2)]
    counts = {id_: chance.randint(0, 30) for id_ in classes}
    for id_ in classes:
        row = {"id": id_, "kindergarten": one, "division": given.VILLAGE, "name": "x", "kind": "small"}
        row |= {"since": date(2026, 9, 1), "until": date(2027, 9, 1), "registry_version": 1, "standard_size": 25}
        await given.insert(service, "classes", **row)
    await certified(service, one, counts, month=date(2026, 10, 1))
    await certified(service, one, dict.fromkeys(classes, 99), month=date(2026, 11, 1))
    hazards = chance.randint(0, 1)
    for _ in range(hazards):
        await hazard(service, one, DAY)
    await hazard(service, one, AFTER)
    alerts = chance.randint(0, 1)
    await hazard(service, one, DAY, "account_alert", standing=alerts == 1)
    await hazard(service, one, DAY, standing=False)
    ethics = chance.random() < 0.3
    await hazard(service, one, date(2025, 10, 16) if ethics else date(2025, 10, 15), "serious_ethics_violation")
    return WeakFacts(
        inspection=results[0] if late else results[1],
        grade=grades[0],
        children=sum(counts.values()),
        staff=staff,
        carers=staff,
        large_classes=sum(count > 25 for count in counts.values()),
        major_hazards=hazards,
        account_alerts=alerts,
        ethics_cases=int(ethics),
    )


async def test_the_list_equals_the_rule_by_hand(quality: Service):
    chance = random.Random(15)  # noqa: S311  # a repeatable district
    known = {}
    for n in range(12):
        one = await given.kindergarten(quality, name=f"第{n}幼儿园")
        known[one] = await some_facts(quality, chance, one)
    rows = {each.kindergarten: each for each in await listed(quality)}
    assert rows.keys() == known.keys()
    for one, facts in known.items():
        row, found = rows[one], reasons(facts, RULE)
        shown = WeakFacts(
            row.inspection and row.inspection.value,
            row.grade and row.grade.value,
            row.children,
            row.staff,
            row.carers,
            row.large_classes,
            row.major_hazards,
            row.account_alerts,
            row.ethics_cases,
            row.style_cases,
        )
        assert (shown, [each.value for each in row.reasons], row.weak) == (facts, found, is_weak(found, RULE))
    weak = {one for one, row in rows.items() if row.weak}
    assert 0 < len(weak) < len(known)
    assert {each.kindergarten for each in await listed(quality, weak="true")} == weak


async def test_what_is_unknown_is_no_reason_and_only_ones_own_are_seen(quality: Service):
    one = await given.kindergarten(quality)
    await given.kindergarten(quality, status="closed")
    (row,) = await listed(quality)
    assert (row.kindergarten, row.children, row.reasons, row.weak) == (one, None, [], False)
    other = quality.client(("principal", f"k:{await given.kindergarten(quality)}"))
    assert str(one) not in (await other.get("/v1/weak-kindergartens")).text
    assert (await quality.client(("teacher", f"k:{one}")).get("/v1/weak-kindergartens")).status_code == 403


async def test_the_rule_can_be_read_with_its_authority(quality: Service):
    lines = (await quality.client(given.OFFICER).get("/v1/weak-rules")).json()
    found = [WeakRuleLine.model_validate(each) for each in lines]
    assert {each.tag for each in found} == {"illustrative"}
    assert {each.code for each in found} == {*RULE.thresholds, "reasons"}
    early = await quality.client(given.OFFICER).get("/v1/weak-rules", params={"as_of": "2022-12-31"})
    assert early.status_code < 500
    assert early.json()["code"] == "no-parameter-in-force"
