"""A scenario pays, once approved, to the fen what it simulated; where facts change afterwards it says why not."""

import random
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from shared.jobs import perform
from tests.finance import given, recompute
from tests.finance.given import OTHER_VILLAGE, ok, refused
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

Amounts = dict[tuple[str, str, Any], tuple[Decimal, Decimal]]
MONTHS = ("2025-09-01", "2025-10-01", "2025-11-01")
FRAME = {"since": "2025-09-01", "until": "2025-12-01"}
RAISE = {"name": "subsidy_rate", "key": "quota/*/*", "value": "733.33", "since": "2025-10-01"}
SIGNED = {"document": "示意〔2025〕9号", "tag": "illustrative", "reason": "按成本和居民承受能力调整"}


async def scenario(finance: Service, **more: Any) -> dict[str, Any]:
    """A scenario, simulated."""
    caller = given.preparer(finance)
    made = ok(await caller.post("/v1/scenarios", json={"name": "调标方案"} | FRAME | more), 201)
    asked = ok(await caller.post(f"/v1/scenarios/{made['id']}/simulations"), 202)
    assert asked["state"] == "simulating"
    await given.performed(finance, asked["job"])
    found: dict[str, Any] = ok(await caller.get(f"/v1/scenarios/{made['id']}"))
    assert found["state"] == "simulated", ok(await caller.get(f"/v1/jobs/{asked['job']}"))
    return found


async def adopted(finance: Service, made: dict[str, Any]) -> dict[str, Any]:
    """The scenario, proposed and approved by two persons."""
    url = f"/v1/scenarios/{made['id']}"
    ok(await given.preparer(finance).post(f"{url}/proposals", json=SIGNED))
    found: dict[str, Any] = ok(await given.approver(finance).post(f"{url}/decisions", json={"approve": True}))
    assert found["state"] == "approved"
    return found


async def rows(finance: Service, path: str, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(
        await given.preparer(finance).get(f"/v1/scenarios/{path}", params={"limit": "500"} | query)
    )["items"]
    return found


async def settled(finance: Service) -> Amounts:
    found = await finance.database.fetch(
        "SELECT programme, kindergarten::text, month, sum(amount), sum(municipal) FROM subsidy_lines GROUP BY 1, 2, 3"
    )
    return {(code, of, month): (amount, municipal) for code, of, month, amount, municipal in found}


async def simulated(finance: Service, id: str) -> Amounts:
    found = await finance.database.fetch(
        "SELECT programme, kindergarten::text, month, entitled, municipal FROM scenario_lines"
        " WHERE scenario = %s AND rules = 'scenario'",
        UUID(id),
    )
    return {(code, of, month): (amount, municipal) for code, of, month, amount, municipal in found}


async def district(finance: Service) -> list[UUID]:
    """A village-level, another public, an inclusive and a private kindergarten with four programmes."""
    await quota(finance)
    await given.programme(finance, "shared", level="shared", types=["public"])
    await given.parameter(finance, "subsidy_rate", "shared/*/*", "33.33", "2025-09-01")
    await given.parameter(finance, "municipal_share", "shared", "0.3333", "2025-09-01")
    await given.parameter(finance, "subsidy_tilt", "quota/village_level", "1.1", "2025-09-01")
    await given.parameter(finance, "fee_ceiling", "care_education/public", "800", "2025-09-01")
    await given.programme(finance, "free_year", "waived_fee", types=["public", "inclusive_private", "private"])
    await given.parameter(finance, "free_year_standard", "public", None, "2025-09-01")
    await given.parameter(finance, "free_year_standard", "inclusive_private", None, "2025-09-01")
    await given.parameter(finance, "free_year_standard", "private", "750", "2025-09-01")
    village = await given.kindergarten(finance, name="甲村幼儿园")
    town = await given.kindergarten(finance, name="乙镇幼儿园", division=OTHER_VILLAGE)
    inclusive = await given.kindergarten(finance, "inclusive_private", name="丙普惠园")
    private = await given.kindergarten(finance, "private", name="丁民办园")
    await given.attribute(finance, village, "village_level", "1")
    await given.recognition(finance, inclusive, "granted", "2024-09-01", None, "850.00")
    for of, fee in ((village, "600.00"), (town, "750.00"), (inclusive, "900.00"), (private, "3000.00")):
        await given.published(finance, of, amount=fee)
    for month in MONTHS:
        for place, of in enumerate((village, town, inclusive, private)):
            await given.headcount(finance, of, month, {"large": 11 + place, "small": 20}, last_year=10)
    return [village, town, inclusive, private]


async def test_an_approved_scenario_pays_exactly_what_was_simulated(finance: Service):
    await district(finance)
    await given.approved(finance, MONTHS[0])
    changes = [
        RAISE,
        {"name": "subsidy_rate", "key": "quota/public/large", "value": "801.07", "since": "2025-09-01"},
        {"name": "subsidy_tilt", "key": "quota/village_level", "value": "1.175", "since": "2025-09-01"},
        {"name": "subsidy_cap", "key": "quota/inclusive_private", "value": "22000.01", "since": "2025-11-01"},
        {"name": "municipal_share", "key": "shared", "value": "0.6667", "since": "2025-10-01"},
        {"name": "fee_ceiling", "key": "care_education/public", "value": "700", "since": "2025-10-01"},
        {"name": "free_year_standard", "key": "private", "value": "666.66", "since": "2025-11-01"},
        {"name": "subsidy_months", "key": "shared/11", "value": "0", "since": "2025-09-01"},
    ]
    made = await scenario(finance, changes=changes)
    expected = await simulated(finance, made["id"])
    assert len(expected) == 3 * (3 + 2 + 4)
    assert made["scenario"] == f"{sum(amount for amount, _ in expected.values())}"
    await adopted(finance, made)
    for month in MONTHS[1:]:
        await given.approved(finance, month)
    assert await settled(finance) == expected
    assert await rows(finance, f"{made['id']}/deviations", differs=True) == []
    assert {len(row["causes"]) for row in await rows(finance, f"{made['id']}/deviations")} == {0}


async def test_what_changes_afterwards_is_explained_line_by_line(finance: Service):
    of, *_ = await district(finance)
    made = await adopted(finance, await scenario(finance, changes=[RAISE]))
    url = f"{made['id']}/deviations"
    assert {tuple(row["causes"]) for row in await rows(finance, url)} == {("not_settled",)}
    await given.headcount(finance, of, "2025-10-01", {"large": 10, "small": 20}, revision=2, last_year=10)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "740", "2025-11-01")
    await given.approved(finance, MONTHS[-1])
    quota_rows = await rows(finance, url, differs=True, programme="quota")
    october = [row for row in quota_rows if row["month"] == "2025-10-01"]
    assert [(row["kindergarten"], row["causes"], row["difference"]) for row in october] == [
        (str(of), ["children"], "-806.66")  # 1 child × 733.33 × 1.1
    ]
    assert {tuple(row["causes"]) for row in quota_rows if row["month"] == "2025-11-01"} == {("rate",)}
    line = october[0]["line"]
    told = ok(await given.preparer(finance).get(f"/v1/scenarios/lines/{line}/explanation"))
    assert told["deviation"][0] == "大班数量由 11 变为 10。"
    assert told["deviation"][-1].startswith("测算 25006.55 元,核定 24199.89 元")


async def test_where_no_month_is_certified_the_last_one_stands_in_scaled_as_assumed(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    other = await given.kindergarten(finance, division=OTHER_VILLAGE, name="另一园")
    for each in (of, other):
        await given.headcount(finance, each, "2025-09-01", {"small": 25})
    frame = {"since": "2025-09-01", "until": "2026-03-01"}
    enrolment = [{"division": "110116102", "factor": "0.9"}, {"type": "public", "factor": "1.2"}]
    made = await scenario(finance, **frame, enrolment=enrolment, changes=[RAISE])
    found = {
        (row["kindergarten"], row["month"][:7], row["rules"]): row["entitled"]
        for row in await rows(finance, f"{made['id']}/lines")
    }
    assert len(found) == 2 * 6 * 2
    # 25 × 0.9 is 23 children, 25 × 1.2 is 30; the town comes before the type.
    assert found[str(of), "2026-02", "scenario"] == f"{23 * Decimal('733.33')}"
    assert found[str(of), "2025-09", "scenario"] == "16100.00"
    assert found[str(other), "2026-02", "in_force"] == "21000.00"
    assert made["enrolment"] == enrolment


async def test_the_budget_by_every_dimension_adds_up(finance: Service):
    await district(finance)
    made = await scenario(finance, changes=[RAISE])
    before, after = Decimal(made["in_force"]), Decimal(made["scenario"])
    dimensions = ("total", "year", "month", "town", "nature", "tilt", "purpose", "programme", "level", "kindergarten")
    for by in dimensions:
        found = await rows(finance, f"{made['id']}/budget", by=by)
        assert sum(Decimal(row["in_force"]) for row in found) == before, by
        assert sum(Decimal(row["scenario"]) for row in found) == after, by
        assert sum(Decimal(row["share"]) for row in found) == pytest.approx(Decimal(1), abs=Decimal("0.001")), by
    tilt = {row["key"]: row for row in await rows(finance, f"{made['id']}/budget", by="tilt", programme="quota")}
    assert {key: row["label"] for key, row in tilt.items()} == {
        "village_public": "村级公办园",
        "other_public": "其他公办园",
        "inclusive_private": "普惠性民办园",
    }
    # 31 children × (700 + 2 × 733.33) × 1.1 over 93 child-months; the others have no tilt.
    assert tilt["village_public"]["child_months"] == 93
    assert (tilt["village_public"]["per_child_in_force"], tilt["village_public"]["per_child"]) == ("770.00", "794.44")
    assert tilt["other_public"]["per_child_in_force"] == "700.00"
    level = {row["key"]: row for row in await rows(finance, f"{made['id']}/budget", by="level", programme="shared")}
    # 63 children × 33.33 = 1033.23 and 1066.56, of which 0.3333 is the city's, to the fen each month.
    assert level["municipal"]["in_force"] == f"{3 * (Decimal('344.38') + Decimal('355.48'))}"


async def test_winners_and_losers_with_fee_burden_and_uncovered_cost(finance: Service):
    village, town, inclusive, private = await district(finance)
    await given.parameter(finance, "household_income", "110116", "90000")
    await given.parameter(finance, "household_income", "110116103", "120000")
    opened = await given.book(finance, village, opened_on="2024-09-01")
    spent = given.entry("c1", "2024-12-01", ("5001", "96000.00"), ("1002", "-96000.00"))
    ok(await given.accountant(finance, village).post(f"/v1/books/{opened['id']}/entries", json=spent), 201)
    await given.headcount(finance, village, "2025-03-01", {"small": 60})
    changes = [
        {"name": "subsidy_rate", "key": "quota/public/*", "value": "650", "since": "2025-09-01"},
        {"name": "subsidy_rate", "key": "quota/inclusive_private/*", "value": "720", "since": "2025-09-01"},
        {"name": "fee_ceiling", "key": "care_education/public", "value": "900", "since": "2025-09-01"},
    ]
    fees = [{"type": "public", "amount": "950.00"}, {"type": "inclusive_private", "factor": "1.1"}]
    made = await scenario(finance, changes=changes, fees=fees, programmes=["quota"])
    found = {row["kindergarten"]: row for row in await rows(finance, f"{made['id']}/effects")}
    assert [found[str(of)]["outcome"] for of in (village, town, inclusive, private)] == [
        "loses",
        "loses",
        "gains",
        "same",
    ]
    one = found[str(village)]
    assert (one["subsidy_in_force"], one["subsidy"], one["difference"]) == ("770.00", "715.00", "-5115.00")
    # The ceiling cuts the assumed 950 to 900; 600 × 12 / 90000.
    assert (one["fee_in_force"], one["fee"], one["burden_in_force"], one["burden"]) == (
        "600.00",
        "900.00",
        "0.0800",
        "0.1200",
    )
    assert (one["cost"], one["gap_in_force"], one["gap"]) == ("1600.00", "230.00", "-15.00")
    assert found[str(town)]["burden_in_force"] == "0.0750"
    assert (found[str(inclusive)]["fee_in_force"], found[str(inclusive)]["fee"]) == ("850.00", "935.00")
    assert [row["name"] for row in await rows(finance, f"{made['id']}/effects", outcome="gains")] == ["丙普惠园"]
    ordered = [Decimal(row["difference"]) for row in await rows(finance, f"{made['id']}/effects", sort="-difference")]
    assert ordered == sorted(ordered, reverse=True)


async def test_a_higher_fee_raises_the_subsidy_for_the_free_year(finance: Service):
    await district(finance)
    fees = [{"division": "110116103", "amount": "790.00"}]
    made = await scenario(finance, fees=fees, programmes=["free_year"])
    found = await rows(finance, f"{made['id']}/budget", by="town")
    assert {row["key"]: row["difference"] for row in found} == {"110116102": "0.00", "110116103": "1200.00"}


@pytest.mark.parametrize("seed", range(3))
async def test_any_scenario_is_what_an_independent_sum_gives_and_what_runs_pay(finance: Service, seed: int):
    dice = random.Random(seed)  # noqa: S311 - the same story every time

    def some(most: int, places: int) -> Decimal:
        return Decimal(dice.randint(1, most * 10**places)).scaleb(-places)

    await quota(finance, ("certified",))
    kinds = ("nursery", "small", "middle", "large", "mixed")
    crowds = {
        await given.kindergarten(finance, division=dice.choice([given.VILLAGE, OTHER_VILLAGE])): {
            kind: dice.randint(0, 40) for kind in kinds
        }
        for _ in range(6)
    }
    villages = set(dice.sample(list(crowds), 2))
    for of, children in crowds.items():
        await given.headcount(finance, of, MONTHS[0], children)
        if of in villages:
            await given.attribute(finance, of, "village_level", "1")
    rates: dict[str | None, Decimal] = {"large": some(1000, 4), "nursery": some(900, 4), None: some(800, 4)}
    tilt, cap = some(2, 4), some(60000, 2)
    changes = [
        {"name": "subsidy_rate", "key": f"quota/public/{kind or '*'}", "value": str(rate), "since": MONTHS[1]}
        for kind, rate in rates.items()
    ]
    changes.append({"name": "subsidy_tilt", "key": "quota/village_level", "value": str(tilt), "since": MONTHS[1]})
    changes.append({"name": "subsidy_cap", "key": "quota/*", "value": str(cap), "since": MONTHS[1]})
    factor = some(2, 1)
    made = await scenario(finance, changes=changes, enrolment=[{"factor": str(factor)}])
    found = await simulated(finance, made["id"])
    rules = {of: recompute.Rules(rates, tilt if of in villages else Decimal(1), cap) for of in crowds}
    for of, children in crowds.items():
        expected = recompute.subsidy(children, rules[of], factor)
        assert found["quota", str(of), date.fromisoformat(MONTHS[2])] == expected
    # The children come as assumed: runs pay the same.
    for month in MONTHS:
        for of, children in crowds.items():
            come = {kind: recompute.scaled(number, factor) for kind, number in children.items()}
            await given.headcount(finance, of, month, come, revision=2)
    await adopted(finance, made)
    await given.approved(finance, MONTHS[2])
    assert await settled(finance) == found


async def test_two_persons_sign_and_neither_made_it(finance: Service):
    await district(finance)
    made = await scenario(finance, changes=[RAISE])
    url = f"/v1/scenarios/{made['id']}"
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    maker = finance.client(given.PREPARER, given.APPROVER, sub="preparer")
    refused(await given.approver(finance).post(f"{url}/decisions", json={"approve": True}), "not-in-this-state")
    ok(await both.post(f"{url}/proposals", json=SIGNED))
    for who in (both, maker):
        offered = {each["action"]: each for each in ok(await who.get(url))["actions"]}
        assert (offered["decide"]["allowed"], offered["decide"]["code"]) == (False, "another-person-needed")
        refused(await who.post(f"{url}/decisions", json={"approve": True}), "another-person-needed", 403)
    refused(await given.preparer(finance).post(f"{url}/decisions", json={"approve": True}), "not-permitted", 403)
    found = ok(await given.approver(finance).post(f"{url}/decisions", json={"approve": True, "remark": "同意"}))
    assert (found["proposed_by"], found["decided_by"], found["remark"]) == ("both", "approver", "同意")
    query = {"name": "subsidy_rate", "key": "quota", "scenario": made["id"]}
    (rate,) = ok(await given.preparer(finance).get("/v1/parameters", params=query))["items"]
    assert (rate["value"], rate["since"], rate["document"], rate["proposed_by"], rate["decided_by"]) == (
        "733.3300",
        "2025-10-01",
        SIGNED["document"],
        "both",
        "approver",
    )
    refused(await given.preparer(finance).put(f"{url}/numbers", json=RAISE), "not-in-this-state")


async def test_a_rule_set_meanwhile_stops_the_approval(finance: Service):
    await district(finance)
    made = await scenario(finance, changes=[RAISE])
    url = f"/v1/scenarios/{made['id']}"
    ok(await given.preparer(finance).post(f"{url}/proposals", json=SIGNED))
    await given.parameter(finance, "subsidy_rate", "quota/public/*", "710", "2025-11-01")
    refused(await given.approver(finance).post(f"{url}/decisions", json={"approve": True}), "rules-have-changed")
    found = ok(await given.approver(finance).post(f"{url}/decisions", json={"approve": False}))
    assert found["state"] == "rejected"
    again = ok(
        await given.preparer(finance).post("/v1/scenarios", json={"name": "再测", "based_on": made["id"]} | FRAME), 201
    )
    assert again["changes"] == 1


async def test_numbers_are_changed_and_put_back(finance: Service):
    await district(finance)
    made = await scenario(finance, changes=[RAISE])
    url = f"/v1/scenarios/{made['id']}"
    caller = given.preparer(finance)
    change = {"name": "subsidy_rate", "key": "quota/*/*", "value": "690", "since": "2025-09-01"}
    first = ok(await caller.put(f"{url}/numbers", json=change))
    assert (first["former"], first["value"], first["changed"]) == ("700.0000", "690.0000", True)
    assert ok(await caller.put(f"{url}/numbers", json=change)) == first
    found = ok(await caller.get(url))
    assert (found["state"], found["changes"], found["scenario"]) == ("draft", 2, None)
    for row in await rows(finance, f"{made['id']}/numbers", changed=True):
        ok(await caller.delete(f"{url}/numbers/{row['id']}"))
    assert ok(await caller.get(url))["changes"] == 0
    refused(await caller.delete(f"{url}/numbers/{first['id']}"), "no-such-number", 404)
    asked = ok(await caller.post(f"{url}/simulations"), 202)
    refused(await caller.put(f"{url}/numbers", json=change), "not-in-this-state")
    await given.performed(finance, asked["job"])
    same = ok(await caller.get(url))
    assert same["difference"] == "0.00"
    refused(await caller.post(f"{url}/proposals", json=SIGNED), "nothing-is-changed")


@pytest.mark.parametrize(
    ("sent", "code", "status"),
    [
        ({"until": "2025-09-30"}, "invalid-input", 422),
        ({"until": "2028-10-01"}, "invalid-input", 422),
        ({"programmes": ["unheard_of"]}, "no-programme", 409),
        ({"changes": [RAISE | {"since": "2025-08-31"}]}, "before-the-scenario", 422),
        ({"changes": [RAISE | {"name": "term_start"}]}, "not-a-rule-of-scenarios", 422),
        ({"fees": [{"type": "public"}]}, "invalid-input", 422),
        ({"based_on": "0199d0a0-0000-7000-8000-000000000000"}, "not-found", 404),
    ],
)
async def test_a_scenario_that_cannot_be_is_refused(finance: Service, sent: dict[str, Any], code: str, status: int):
    await quota(finance)
    answer = await given.preparer(finance).post("/v1/scenarios", json={"name": "方案"} | FRAME | sent)
    refused(answer, code, status)


async def test_a_proposed_programme_is_simulated_and_approved_with_the_scenario(finance: Service):
    await district(finance)
    sent = {"code": "meals", "name": "伙食补助", "shape": "per_child_month", "level": "district", "types": ["public"]}
    sent |= {
        "since": "2025-10-01",
        "permitted_use": "伙食",
        "claw_back": "抵扣",
        "document": "示意",
        "tag": "illustrative",
    }
    ok(await given.preparer(finance, "another").post("/v1/subsidy-programmes", json=sent), 201)
    rate = {"name": "subsidy_rate", "key": "meals/*/*", "value": "5.5", "since": "2025-10-01"}
    made = await scenario(finance, changes=[rate], programmes=["meals", "quota"])
    found = {row["key"]: row for row in await rows(finance, f"{made['id']}/budget", by="programme")}
    assert (found["meals"]["in_force"], found["meals"]["scenario"]) == ("0.00", f"{Decimal('5.5') * (31 + 32) * 2:.2f}")
    await adopted(finance, made)
    await given.approved(finance, MONTHS[-1], programmes=["meals", "quota"])
    assert await settled(finance) == await simulated(finance, made["id"])


async def test_a_job_done_twice_simulates_once(finance: Service):
    await district(finance)
    made = await scenario(finance)
    before = await simulated(finance, made["id"])
    await finance.database.fetch("UPDATE jobs SET status = 'running' WHERE id = %s", made["job"])
    await perform(finance.app.state.database, UUID(made["job"]))
    assert await simulated(finance, made["id"]) == before


async def test_those_of_a_town_or_a_kindergarten_make_no_scenarios(finance: Service):
    await quota(finance)
    town = finance.client(("finance_preparer", "110116102"), sub="town")
    refused(await town.post("/v1/scenarios", json={"name": "方案"} | FRAME), "district-decides", 403)
    of = await given.kindergarten(finance)
    refused(await given.principal(finance, of).get("/v1/scenarios"), "not-permitted", 403)
