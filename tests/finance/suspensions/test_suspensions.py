from tests.finance import given
from tests.finance.given import ok
from tests.finance.subsidy_runs.test_subsidy_runs import quota
from tests.stack import Service


async def test_stopped_months_are_listed_until_they_are_released(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    for month in ("2025-09-01", "2025-10-01"):
        await given.headcount(finance, of, month, {"small": 10})
    await given.inspection(finance, of, "failed", "2025-09-10", year=2025)
    await given.approved(finance, "2025-09-01")
    caller = given.principal(finance, of)
    (found,) = ok(await caller.get("/v1/suspensions"))["items"]
    assert (found["month"], found["unmet"]) == ("2025-09-01", ["inspection"])
    told = ok(await caller.get(f"/v1/subsidy-lines/{found['line']}/explanation"))["sentences"]
    assert any("申诉" in each for each in told)
    await given.inspection(finance, of, "passed", "2025-09-10", year=2025, revision=2)
    await given.approved(finance, "2025-10-01")
    assert ok(await caller.get("/v1/suspensions"))["items"] == []
