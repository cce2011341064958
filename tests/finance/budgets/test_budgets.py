from tests.finance import given
from tests.finance.given import ok, refused
from tests.finance.performance_reviews.test_performance_reviews import sheet
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
