from typing import Any

import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.scenarios.test_scenarios import RAISE, adopted, scenario
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service

KEPT = {"name": "subsidy_rate", "subject": "quota", "reviewed_on": "2026-05-01", "document": "示意〔2026〕1号"}


async def calendar(finance: Service, as_of: str, **more: Any) -> dict[tuple[str, str], dict[str, Any]]:
    query = {"as_of": as_of} | more
    rows = ok(await given.preparer(finance).get("/v1/standard-reviews/calendar", params=query))["items"]
    return {(row["name"], row["subject"]): row for row in rows}


@pytest.mark.parametrize(("as_of", "overdue"), [("2027-08-31", False), ("2027-09-01", True)])
async def test_a_standards_turn_comes_after_the_years_of_the_dated_interval(
    finance: Service, as_of: str, overdue: bool
):
    await quota(finance)
    await given.parameter(finance, "review_interval", "*", "5")
    await given.parameter(finance, "review_interval", "subsidy_rate", "3")
    await given.parameter(finance, "review_interval", "subsidy_rate/quota", "2")
    found = (await calendar(finance, as_of))["subsidy_rate", "quota"]
    assert (found["years"], found["due_on"], found["overdue"]) == (2, "2027-09-01", overdue)
    assert bool(await calendar(finance, as_of, overdue=True)) is overdue


async def test_without_an_interval_no_turn_is_guessed(finance: Service):
    await quota(finance)
    found = (await calendar(finance, "2027-09-01"))["subsidy_rate", "quota"]
    assert (found["years"], found["due_on"], found["overdue"], found["set_on"]) == (None, None, False, "2025-09-01")


async def test_keeping_a_standard_is_decided_by_two_and_moves_its_turn(finance: Service):
    await quota(finance)
    await given.parameter(finance, "review_interval", "*", "2")
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    made = ok(await both.post("/v1/standard-reviews", json=KEPT | {"reason": "成本未明显变化"}), 201)
    url = f"/v1/standard-reviews/{made['id']}/decisions"
    refused(await both.post(url, json={"approve": True}), "another-person-decides")
    assert (await calendar(finance, "2026-06-01"))["subsidy_rate", "quota"]["due_on"] == "2027-09-01"
    done = ok(await given.approver(finance).post(url, json={"approve": True}))
    assert (done["outcome"], done["state"]) == ("kept", "approved")
    refused(await given.approver(finance).post(url, json={"approve": True}), "no-such-step")
    assert (await calendar(finance, "2026-06-01"))["subsidy_rate", "quota"]["due_on"] == "2028-05-01"
    assert ok(await given.preparer(finance).get(f"/v1/standard-reviews/{made['id']}")) == done


async def test_an_approved_scenario_is_on_the_record_and_in_the_history_of_the_standard(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", {"small": 1})
    change = RAISE | {"since": "2025-09-01"}
    made = await adopted(finance, await scenario(finance, changes=[change]))
    (row,) = ok(await given.preparer(finance).get("/v1/standard-reviews", params={"outcome": "adjusted"}))["items"]
    assert (row["name"], row["subject"], row["scenario"]) == ("subsidy_rate", "quota", made["id"])
    assert (row["proposed_by"], row["decided_by"], row["reason"]) == (
        "preparer",
        "approver",
        "按成本和居民承受能力调整",
    )
    query = {"name": "subsidy_rate", "key": "quota", "sort": "since"}
    history = ok(await given.preparer(finance).get("/v1/parameters", params=query))["items"]
    assert sorted((each["value"], each["state"], each["scenario"]) for each in history) == [
        ("700.0000", "replaced", None),
        ("733.3300", "approved", made["id"]),
    ]


@pytest.mark.parametrize(("threshold", "triggered"), [("0.2000", True), ("0.2001", False)])
async def test_indicators_ask_for_a_review_at_their_threshold(finance: Service, threshold: str, triggered: bool):
    of = await given.kindergarten(finance)
    opened = await given.book(finance, of, opened_on="2024-01-01")
    for year, amount in ((2024, "1000.00"), (2025, "1200.00")):
        spent = given.entry(str(year), f"{year}-03-01", ("5001", amount), ("1002", f"-{amount}"))
        ok(await given.accountant(finance, of).post(f"/v1/books/{opened['id']}/entries", json=spent), 201)
        await given.headcount(finance, of, f"{year}-03-01", {"small": 10})
    await given.parameter(finance, "household_income", "110116", "50000", "2024-01-01")
    await given.parameter(finance, "household_income", "110116", "60000", "2025-01-01")
    await given.parameter(finance, "fee_ceiling", "care_education/public", "1000")
    await given.published(finance, of, amount="1000.00", since="2025-01-01")
    for indicator in ("cost", "income", "burden"):
        await given.parameter(finance, "review_trigger", indicator, threshold)
    await given.parameter(finance, "review_trigger", "coverage", "0.5")
    rows = ok(await given.preparer(finance).get("/v1/standard-reviews/triggers", params={"year": 2025}))["items"]
    found = {(row["indicator"], row["subject"]): row for row in rows}
    assert {key: (row["measure"], row["triggered"]) for key, row in found.items()} == {
        ("cost", "public"): ("0.2000", triggered),
        ("income", "110116"): ("0.2000", triggered),
        ("burden", "public"): ("0.2000", triggered),
        ("coverage", "public"): ("0.0000", True),
    }
    assert (found["cost", "public"]["former"], found["cost", "public"]["current"]) == ("100.00", "120.00")
