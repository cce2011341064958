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


async def test_who_stands_suspended_is_seen_before_any_run_and_as_of_any_day(finance: Service):
    await quota(finance)
    of, other = await given.kindergarten(finance), await given.kindergarten(finance)
    await given.inspection(finance, of, "passed", "2025-09-10", year=2025)
    await given.inspection(finance, of, "failed", "2025-10-10", year=2025, revision=2, vetoed=True)
    caller = given.preparer(finance)

    async def standing(day: str, **more: str) -> list[tuple[str, bool, list[str], str | None]]:
        found = ok(await caller.get("/v1/subsidy-standings", params={"as_of": day} | more))["items"]
        return [(e["kindergarten"], e["suspended"], e["programmes"], e["since"]) for e in found]

    assert await standing("2025-10-10", suspended="true") == [(str(of), True, ["quota"], "2025-10-10")]
    assert await standing("2025-10-09", kindergarten=str(of)) == [(str(of), False, [], "2025-09-10")]
    assert await standing("2025-10-10", kindergarten=str(other)) == [(str(other), False, [], None)]
    await given.inspection(finance, of, "passed", "2025-09-10", year=2025, revision=3)
    assert await standing("2025-10-10", suspended="true") == []
    own = ok(await given.principal(finance, other).get("/v1/subsidy-standings"))["items"]
    assert [each["kindergarten"] for each in own] == [str(other)]
