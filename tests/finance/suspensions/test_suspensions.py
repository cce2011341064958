from decimal import Decimal
from uuid import UUID

import pytest

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


async def confirmed(finance: Service, of: UUID, on: str, rule: str = "FIN-07") -> str:
    """An alert about the kindergarten's account, or about its pay, confirmed from a day on."""
    account = (await given.account(finance, of, "99000011"))["id"]
    row = "2025-09-20,R1,,20000.00,某自然人,,利润分配\n"
    files = {"file": ("s.csv", f"交易日期,流水号,收入金额,支出金额,对方户名,对方账号,摘要\n{row}".encode(), "text/csv")}
    ok(await given.preparer(finance).post(f"/v1/bank-accounts/{account}/statements", files=files), 201)
    caller = given.approver(finance)
    (alert,) = ok(await caller.get("/v1/account-alerts", params={"rule": rule}))["items"]
    said = {"state": "confirmed", "outcome": "查实", "on": on}
    ok(await caller.post(f"/v1/account-alerts/{alert['id']}/decisions", json=said))
    return str(alert["id"])


MONTHS = ("2025-09-01", "2025-10-01", "2025-11-01", "2025-12-01")


async def due(finance: Service) -> dict[str, tuple[Decimal, list[str]]]:
    """What each month comes to in a run of December, and what it lacks."""
    made = await given.run(finance, "2025-12-01")
    query = {"run": made["id"], "limit": 500}
    rows = ok(await given.preparer(finance).get("/v1/subsidy-lines", params=query))["items"]
    ok(await given.preparer(finance).post(f"/v1/subsidy-runs/{made['id']}/cancellations"))
    return {row["month"]: (Decimal(row["entitled"]), row["unmet"]) for row in rows}


@pytest.mark.parametrize(("back_pay_from", "paid"), [(None, 2), ("2025-09-01", 4), ("2025-11-01", 3)])
async def test_after_an_alert_is_put_right_the_stopped_months_are_paid_as_the_dated_rule_says(
    finance: Service, back_pay_from: str | None, paid: int
):
    await quota(finance, ("certified", "alert"))
    of = await given.kindergarten(finance, "inclusive_private")
    for month in MONTHS:
        await given.headcount(finance, of, month, {"small": 10})
    alert = await confirmed(finance, of, "2025-10-15")
    found = await due(finance)
    assert found == {"2025-09-01": (Decimal(7000), []), "2025-12-01": (Decimal(0), ["alert"])}
    if back_pay_from:
        await given.parameter(finance, "eligibility", "quota/back_pay", "1", back_pay_from)
    assert await due(finance) == found  # not before it is put right
    said = {"state": "resolved", "outcome": "已退回", "on": "2025-12-15"}
    ok(await given.approver(finance).post(f"/v1/account-alerts/{alert}/decisions", json=said))
    assert sum(amount for amount, _ in (await due(finance)).values()) == 7000 * paid


@pytest.mark.parametrize(("back_pay", "paid"), [(False, 3), (True, 4)])
async def test_after_a_second_inspection_the_stopped_months_are_paid_as_the_dated_rule_says(
    finance: Service, back_pay: bool, paid: int
):
    await quota(finance)
    of = await given.kindergarten(finance)
    for month in MONTHS:
        await given.headcount(finance, of, month, {"small": 10})
    if back_pay:
        await given.parameter(finance, "eligibility", "quota/back_pay", "1", "2025-09-01")
    await given.inspection(finance, of, "failed", "2025-10-15", year=2025)
    assert sum(amount for amount, _ in (await due(finance)).values()) == 7000
    await given.inspection(finance, of, "passed", "2025-11-15", year=2025, revision=2)
    assert sum(amount for amount, _ in (await due(finance)).values()) == 7000 * paid


async def test_a_stop_says_since_when_by_what_and_what_can_be_done(finance: Service):
    await quota(finance, ("certified", "alert"))
    of = await given.kindergarten(finance, "inclusive_private")
    await given.headcount(finance, of, "2025-10-01", {"small": 10})
    await confirmed(finance, of, "2025-10-15")
    await given.approved(finance, "2025-10-01")
    caller = given.principal(finance, of)
    (found,) = ok(await caller.get("/v1/suspensions"))["items"]
    told = ok(await caller.get(f"/v1/subsidy-lines/{found['line']}/explanation"))["sentences"]
    assert any("FIN-07,自 2025-10-15 起" in each for each in told)
    assert any("不补发" in each for each in told)
    assert any("申诉" in each for each in told)


async def test_a_confirmed_alert_about_pay_stops_no_subsidy(finance: Service):
    await quota(finance, ("certified", "alert"))
    of = await given.kindergarten(finance)
    await given.post(finance, of)
    await given.headcount(finance, of, "2025-12-01", {"small": 10})
    sent = {"month": "2025-09-01", "as_of": "2025-11-30"}
    ok(await given.preparer(finance).post("/v1/check-runs", json=sent))
    caller = given.approver(finance)
    (alert,) = ok(await caller.get("/v1/account-alerts", params={"topic": "payroll"}))["items"]
    said = {"state": "confirmed", "outcome": "查实", "on": "2025-11-30"}
    ok(await caller.post(f"/v1/account-alerts/{alert['id']}/decisions", json=said))
    assert await due(finance) == {"2025-12-01": (Decimal(7000), [])}


async def test_standings_tell_every_condition_that_is_asked_for_and_not_met(finance: Service):
    await quota(finance, ("recognised", "alert"))
    of = await given.kindergarten(finance, "inclusive_private")
    await given.recognition(finance, of, "granted", "2024-09-01", "2025-11-01")
    await confirmed(finance, of, "2025-10-15")
    caller = given.preparer(finance)
    for day, unmet in (
        ("2025-10-14", []),
        ("2025-10-15", ["alert"]),
        ("2025-10-31", ["alert"]),
        ("2025-11-01", ["recognised", "alert"]),
    ):
        (found,) = ok(await caller.get("/v1/subsidy-standings", params={"as_of": day}))["items"]
        assert (found["unmet"], found["suspended"]) == (unmet, bool(unmet)), day
        assert (found["appeal"] is not None) == bool(unmet)
    assert (found["programmes"], found["alert_since"], found["recognised_until"]) == (
        ["quota"],
        "2025-10-15",
        "2025-11-01",
    )
