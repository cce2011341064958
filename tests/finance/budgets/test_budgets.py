from typing import Any

import pytest

from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.performance_reviews.test_performance_reviews import sheet
from tests.finance.subsidy_payments.test_subsidy_payments import disbursed, result, take
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service


async def budget(finance: Service, year: int, amount: str, level: str = "municipal", **more: str) -> None:
    sent = {"level": level, "programme": "quota", "year": year, "amount": amount, "document": "示意〔2025〕7号"}
    made = ok(await given.preparer(finance).post("/v1/budgets", json=sent | more), 201)
    ok(await given.approver(finance).post(f"/v1/budgets/{made['id']}/decisions", json={"approve": True}))


async def test_execution_is_what_runs_settled_of_the_budget(finance: Service):
    await quota(finance)
    await budget(finance, 2025, "50000.00")
    await budget(finance, 2025, "28000.00")
    of = await given.kindergarten(finance)
    for month in ("2025-09-01", "2025-10-01"):
        await given.headcount(finance, of, month, {"small": 10})
        await given.approved(finance, month)
    query = {"year": 2025, "limit": 500}
    rows = ok(await given.preparer(finance).get("/v1/budgets/execution", params=query))["items"]
    found = {(row["level"], row["month"]): row for row in rows}
    october = found["municipal", 10]
    assert [october[name] for name in ("allocated", "settled", "cumulative", "balance", "rate")] == [
        "28000.00",
        "7000.00",
        "14000.00",
        "14000.00",
        "0.5000",
    ]
    assert found["municipal", 8]["cumulative"] == "0.00"


async def test_two_persons_approve_a_budget(finance: Service):
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    sent = {"level": "district", "programme": "quota", "year": 2026, "amount": "1.00", "document": "示意"}
    made = ok(await both.post("/v1/budgets", json=sent), 201)["id"]
    refused(await both.post(f"/v1/budgets/{made}/decisions", json={"approve": True}), "another-person-decides")


async def test_a_budget_is_warned_of_what_it_ignores(finance: Service):
    for year, amount in ((2025, "100000.00"), (2026, "95000.00")):
        await budget(finance, year, amount, "district")
    await given.parameter(finance, "review_effect", "poor", "0.9")
    await given.parameter(finance, "alert_number", "budget_pace/11", "0.8")
    sent = {"programme": "quota", "year": 2025, "indicators": sheet("10")}
    made = ok(await given.preparer(finance).post("/v1/performance-reviews", json=sent), 201)["id"]
    said = {"indicators": sheet("10"), "opinion": "效益不明显"}
    ok(await given.approver(finance).post(f"/v1/performance-reviews/{made}/evaluations", json=said))
    query = {"year": "2026", "as_of": "2026-11-20"}
    found = ok(await given.preparer(finance).get("/v1/budgets/warnings", params=query))
    assert [each["rule"] for each in found] == ["BUD-01", "FIN-13", "BUD-02"]


STAGES = ("settled", "distributed", "spent", "cumulative_distributed", "undistributed", "unspent", "distribution_rate")


async def paid(finance: Service, run: dict[str, Any], on: str, *refused_by_bank: str) -> None:
    """The bank's answer to the file of a run: paid, but for these account numbers."""
    file, instructions = await disbursed(finance, run["id"])
    results = [
        result(line, "failed" if line["number"] in refused_by_bank else "paid", settled_on=on) for line in instructions
    ]
    ok(await take(finance, file, *results))


async def execution(finance: Service, year: int, **more: Any) -> dict[int, dict[str, Any]]:
    query: dict[str, Any] = {"year": year, "limit": 500, "level": "municipal", "programme": "quota"} | more
    rows = ok(await given.preparer(finance).get("/v1/budgets/execution", params=query))["items"]
    return {row["month"]: row for row in rows}


async def moved(finance: Service, table: str) -> str:
    return str((await finance.database.fetch(f"SELECT coalesce(sum(amount), 0)::text FROM {table}"))[0][0])


async def test_money_is_followed_from_the_budget_to_its_use(finance: Service):
    await quota(finance)
    await budget(finance, 2025, "50000.00")
    one, other = await given.kindergarten(finance), await given.kindergarten(finance)
    for place, of in enumerate((one, other)):
        await given.account(finance, of, f"8800000{place}")
        await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await paid(finance, await given.approved(finance, "2025-09-01"), "2025-11-03", "88000001")
    use = {"kindergarten": str(one), "programme": "quota", "level": "municipal", "used_on": "2025-12-01"}
    use |= {"amount": "2000.00", "use": "pay", "description": "工资", "evidence": "示意凭证"}
    ok(await given.accountant(finance, one).post("/v1/subsidy-uses", json=use), 201)
    found = await execution(finance, 2025)
    # The failed half is settled and not distributed.
    assert [found[9][name] for name in STAGES] == ["14000.00", "0.00", "0.00", "0.00", "14000.00", "0.00", "0.0000"]
    assert [found[11][name] for name in STAGES] == [
        "0.00",
        "7000.00",
        "0.00",
        "7000.00",
        "7000.00",
        "7000.00",
        "0.1400",
    ]
    assert [found[12][name] for name in STAGES] == [
        "0.00",
        "0.00",
        "2000.00",
        "7000.00",
        "7000.00",
        "5000.00",
        "0.1400",
    ]
    assert (found[12]["rate"], found[12]["balance"]) == ("0.2800", "36000.00")
    assert set(await execution(finance, 2025, month=12)) == {12}


async def test_what_is_clawed_back_is_dated_by_the_payment_it_is_set_off_against(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.account(finance, of, "88000001")
    await given.headcount(finance, of, "2025-09-01", {"small": 10})
    await paid(finance, await given.approved(finance, "2025-09-01"), "2025-10-10")
    # 7,000 too much is known with the next run, which owes nothing of its own yet.
    await given.headcount(finance, of, "2025-09-01", {"nursery": 10}, revision=2)
    await given.approved(finance, "2025-10-01")
    assert (await execution(finance, 2025))[12]["cumulative_distributed"] == "7000.00"
    for month in ("2025-10-01", "2025-11-01"):
        await given.headcount(finance, of, month, {"small": 10})
    await paid(finance, await given.approved(finance, "2025-11-01"), "2025-12-20")
    found = await execution(finance, 2025)
    assert (found[12]["distributed"], found[12]["cumulative_distributed"]) == ("7000.00", "14000.00")
    assert await moved(finance, "payment_instructions") == "14000.00"


async def test_the_result_of_a_review_bounds_the_next_allocation(finance: Service):
    await budget(finance, 2025, "100000.00")
    await given.parameter(finance, "review_effect", "poor", "0.85")
    sent = {"programme": "quota", "year": 2025, "indicators": sheet("10")}
    made = ok(await given.preparer(finance).post("/v1/performance-reviews", json=sent), 201)["id"]
    said = {"indicators": sheet("10"), "opinion": "效益不明显", "rectification_due": "2026-03-01"}
    url = f"/v1/performance-reviews/{made}"
    ok(await given.approver(finance).post(f"{url}/evaluations", json=said))
    caller = given.preparer(finance)
    query = {"year": "2026", "as_of": "2026-03-01"}
    (asked,) = ok(await caller.get("/v1/budgets/guidance", params=query))
    assert (asked["grade"], asked["last"], asked["factor"], asked["most"]) == (
        "poor",
        "100000.00",
        "0.8500",
        "85000.00",
    )
    assert (asked["planned"], asked["followed"]) == (None, True)
    for amount, explanation, followed, warned in (
        ("85000.00", "", True, []),
        ("85000.01", "", False, ["FIN-13"]),
        ("90000.00", "新增两园", False, []),
    ):
        await budget(finance, 2026, amount, explanation=explanation)
        (asked,) = ok(await caller.get("/v1/budgets/guidance", params=query))
        assert (asked["planned"], asked["followed"]) == (amount, followed)
        assert [each["rule"] for each in ok(await caller.get("/v1/budgets/warnings", params=query))] == warned
    late = ok(await caller.get("/v1/budgets/warnings", params=query | {"as_of": "2026-03-02"}))
    assert [each["rule"] for each in late] == ["BUD-05"]
    ok(await caller.post(f"{url}/rectifications", json={"rectification": "已整改"}))
    assert ok(await caller.get(url))["state"] == "rectified"
    assert ok(await caller.get("/v1/budgets/warnings", params=query | {"as_of": "2026-03-02"})) == []


async def test_the_districts_money_is_compared_with_last_year_in_total_and_a_child(finance: Service):
    await quota(finance)
    await given.programme(finance, "district", level="district", since="2024-09-01")
    await given.parameter(finance, "subsidy_rate", "district/*/*", "100", "2024-09-01")
    await given.parameter(finance, "subsidy_rate", "district/*/*", "99.99", "2025-01-01")
    for year, amount in ((2024, "100.00"), (2025, "100.00")):
        await budget(finance, year, amount, "district")
    of = await given.kindergarten(finance)
    for month, children in (("2024-12-01", 10), ("2025-09-01", 30)):
        await given.headcount(finance, of, month, {"small": children})
    await given.approved(finance, "2025-09-01", programmes=["district"])
    rows = ok(await given.preparer(finance).get("/v1/budgets/trend", params={"level": "district"}))["items"]
    assert [(row["year"], row["settled"], row["child_months"], row["per_child"]) for row in rows] == [
        (2025, "2999.70", 30, "99.99"),
        (2024, "1000.00", 10, "100.00"),
    ]
    assert (rows[0]["change"], rows[0]["change_per_child"], rows[0]["below_last_year"]) == ("0.00", "-0.01", False)
    found = ok(
        await given.preparer(finance).get("/v1/budgets/warnings", params={"year": "2025", "as_of": "2025-10-01"})
    )
    assert [(each["rule"], each["actual"], each["bound"]) for each in found] == [("BUD-04", "99.99", "100.00")]


@pytest.mark.parametrize(("as_of", "expected"), [("2026-08-31", []), ("2026-09-01", ["BUD-02"])])
async def test_the_pace_that_was_named_last_counts_until_the_next(finance: Service, as_of: str, expected: list[str]):
    await budget(finance, 2026, "100.00")
    await given.parameter(finance, "alert_number", "budget_pace/06", "0")
    await given.parameter(finance, "alert_number", "budget_pace/09", "0.65")
    found = ok(await given.preparer(finance).get("/v1/budgets/warnings", params={"year": "2026", "as_of": as_of}))
    assert [each["rule"] for each in found] == expected
