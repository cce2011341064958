from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from shared.jobs import perform
from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service

CLASSES = {"small": 25, "large": 30}


async def lines(finance: Service, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ok(
        await given.preparer(finance).get("/v1/subsidy-lines", params=query | {"limit": "500"})
    )["items"]
    return found


async def quota(finance: Service, conditions: tuple[str, ...] = ("certified", "inspection", "recognised")) -> None:
    """生均定额补助: 700 yuan a child and month, conditions counting from its first day; and the district's book."""
    await given.book(finance, None)
    await given.programme(finance)
    await given.parameter(finance, "subsidy_rate", "quota/*/*", "700", "2025-09-01")
    for condition in conditions:
        await given.parameter(finance, "eligibility", f"quota/{condition}", "1", "2025-09-01")


async def test_a_line_is_children_times_rate_and_says_so(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    made = await given.run(finance, "2025-09-20")
    assert (made["month"], made["lines"], made["total"], made["prepared_by"]) == (
        "2025-09-01",
        1,
        "38500.00",
        "preparer",
    )
    (line,) = await lines(finance)
    assert (line["entitled"], line["settled"], line["municipal"], line["district"]) == (
        "38500.00",
        "0.00",
        "38500.00",
        "0.00",
    )
    told = ok(await given.accountant(finance, of).get(f"/v1/subsidy-lines/{line['id']}/explanation"))
    assert told["sentences"] == [
        "在园人数以 2025-09-15 为计数日,采用第 1 次核定(核定人 registrar,摘要 h1)。",
        "大班 30 × 700 元 = 21000.00 元(标准依据:示意〔2025〕1号,自 2025-09-01 起,示意值)。",
        "小班 25 × 700 元 = 17500.00 元(标准依据:示意〔2025〕1号,自 2025-09-01 起,示意值)。",
        "当月应享受 38500.00 元(每月按分四舍五入一次)。",
    ]
    assert told["facts"]["headcount"]["hash"] == "h1"


@pytest.mark.parametrize(
    ("given_children", "expected"), [({"nursery": 20, "small": 10}, "7000.00"), ({"nursery": 20}, "0.00")]
)
async def test_children_under_three_need_a_rate_of_their_own(
    finance: Service, given_children: dict[str, int], expected: str
):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", given_children)
    assert (await given.run(finance, "2025-09-01"))["total"] == expected
    (line,) = await lines(finance)
    assert line["unmet"] == []


async def test_who_prepared_a_run_cannot_approve_it(finance: Service):
    await quota(finance)
    both = finance.client(given.PREPARER, given.APPROVER, sub="preparer")
    made = await given.run(finance, "2025-09-01")
    refused(await both.post(f"/v1/subsidy-runs/{made['id']}/approvals"), "another-person-decides")
    refused(await given.preparer(finance).post(f"/v1/subsidy-runs/{made['id']}/approvals"), "not-permitted", 403)
    found = ok(await given.approver(finance).post(f"/v1/subsidy-runs/{made['id']}/approvals"))
    assert (found["state"], found["approved_by"]) == ("approved", "approver")
    refused(await given.approver(finance).post(f"/v1/subsidy-runs/{made['id']}/approvals"), "no-such-step")


async def test_fin_12_a_run_is_approved_only_on_the_facts_it_was_prepared_from(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    made = await given.run(finance, "2025-09-01")
    await given.headcount(finance, of, "2025-09-01", {"small": 24, "large": 30}, revision=2)
    refused(await given.approver(finance).post(f"/v1/subsidy-runs/{made['id']}/approvals"), "inputs-have-changed")
    ok(await given.preparer(finance).post(f"/v1/subsidy-runs/{made['id']}/cancellations"))
    assert (await given.approved(finance, "2025-09-01"))["total"] == "37800.00"


async def test_only_one_run_is_open_at_a_time(finance: Service):
    await quota(finance)
    await given.run(finance, "2025-09-01")
    answer = await given.preparer(finance).post("/v1/subsidy-runs", json={"month": "2025-10-01"})
    refused(answer, "one-run-is-open-at-a-time")


async def test_a_late_correction_becomes_a_difference_in_the_next_run(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    first = await given.approved(finance, "2025-09-01")
    await given.headcount(finance, of, "2025-09-01", {"small": 20, "large": 30}, revision=2)
    await given.headcount(finance, of, "2025-10-01", CLASSES)
    second = await given.run(finance, "2025-10-01")
    found = {line["month"]: line for line in await lines(finance, run=second["id"])}
    assert {month: line["amount"] for month, line in found.items()} == {
        "2025-09-01": "-3500.00",
        "2025-10-01": "38500.00",
    }
    told = ok(await given.preparer(finance).get(f"/v1/subsidy-lines/{found['2025-09-01']['id']}/explanation"))
    assert told["sentences"][-1] == "以前批次已核定 38500.00 元,本次按差额计 -3500.00 元。"
    assert [line["amount"] for line in await lines(finance, run=first["id"])] == ["38500.00"]
    (beside,) = ok(await given.preparer(finance).get(f"/v1/subsidy-runs/{second['id']}/comparison"))["items"]
    assert (beside["current"], beside["corrections"], beside["former"], beside["difference"]) == (
        "38500.00",
        "-3500.00",
        "38500.00",
        "0.00",
    )


async def test_a_failed_inspection_stops_the_subsidy_and_an_upheld_appeal_pays_it_back(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    for month in ("2025-09-01", "2025-10-01", "2025-11-01"):
        await given.headcount(finance, of, month, CLASSES)
    await given.approved(finance, "2025-09-01")
    await given.inspection(finance, of, "failed", "2025-10-10", year=2025)
    second = await given.approved(finance, "2025-10-01")
    (stopped,) = await lines(finance, run=second["id"])
    assert (stopped["amount"], stopped["unmet"]) == ("0.00", ["inspection"])
    told = ok(await given.accountant(finance, of).get(f"/v1/subsidy-lines/{stopped['id']}/explanation"))["sentences"]
    assert any("年检不合格或被一票否决(2025 年度,自 2025-10-10 起" in each for each in told)
    assert any("申诉" in each and "行政复议" in each for each in told)
    await given.inspection(finance, of, "passed", "2025-10-10", year=2025, revision=2)
    third = await given.approved(finance, "2025-11-01")
    assert {line["month"]: line["amount"] for line in await lines(finance, run=third["id"])} == {
        "2025-10-01": "38500.00",
        "2025-11-01": "38500.00",
    }


async def test_a_veto_stops_the_subsidy_whatever_the_result(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    await given.inspection(finance, of, "passed", "2025-09-15", year=2025, vetoed=True)
    await given.run(finance, "2025-09-01")
    assert [line["unmet"] for line in await lines(finance)] == [["inspection"]]


@pytest.mark.parametrize(
    ("decisions", "unmet"),
    [
        ([], ["recognised"]),
        ([("granted", "2025-09-15", "2028-09-15")], []),
        ([("granted", "2025-09-16", "2028-09-15")], ["recognised"]),
        ([("granted", "2022-09-15", "2025-09-15")], ["recognised"]),
        ([("granted", "2022-09-15", "2025-09-16")], []),
        ([("granted", "2022-09-15", "2028-09-15"), ("withdrawn", "2025-09-15", None)], ["recognised"]),
        ([("withdrawn", "2025-09-01", None), ("granted", "2022-09-15", "2028-09-15")], ["recognised"]),
        ([("withdrawn", "2025-09-01", None), ("granted", "2025-09-10", "2028-09-15")], []),
    ],
)
async def test_recognition_counts_on_the_day_the_children_are_counted(
    finance: Service, decisions: list[tuple[str, str, str | None]], unmet: list[str]
):
    await quota(finance)
    of = await given.kindergarten(finance, "inclusive_private")
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    for decision, since, until in decisions:
        await given.recognition(finance, of, decision, since, until)
    await given.run(finance, "2025-09-01")
    assert [line["unmet"] for line in await lines(finance)] == [unmet]


async def test_a_month_that_is_not_certified_pays_nothing_and_says_why(finance: Service):
    await quota(finance)
    await given.kindergarten(finance)
    await given.run(finance, "2025-09-01")
    assert [(line["amount"], line["unmet"]) for line in await lines(finance)] == [("0.00", ["certified"])]


async def test_without_a_rate_nothing_is_guessed(finance: Service):
    await given.programme(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    await given.run(finance, "2025-09-01")
    assert [(line["amount"], line["unmet"]) for line in await lines(finance)] == [("0.00", ["rate"])]


async def test_tilt_cap_and_shares_are_dated_numbers(finance: Service):
    await given.book(finance, None)
    await given.programme(finance, level="shared")
    await given.parameter(finance, "subsidy_rate", "quota/public/*", "700.01", "2025-09-01")
    await given.parameter(finance, "subsidy_tilt", "quota/village_level", "1.1", "2025-09-01")
    await given.parameter(finance, "subsidy_cap", "quota", "20000", "2025-09-01")
    await given.parameter(finance, "municipal_share", "quota", "0.33", "2025-09-01")
    village, town = await given.kindergarten(finance), await given.kindergarten(finance)
    await given.attribute(finance, village, "village_level", "1")
    for of, children in ((village, 9), (town, 30)):
        await given.headcount(finance, of, "2025-09-01", {"small": children})
    await given.run(finance, "2025-09-01")
    found = {line["kindergarten"]: line for line in await lines(finance)}
    # 9 × 700.01 × 1.1 = 6930.099; 30 × 700.01 is cut to 20000.
    for of, amount, municipal in ((village, "6930.10", "2286.93"), (town, "20000.00", "6600.00")):
        line = found[str(of)]
        assert (line["amount"], line["municipal"]) == (amount, municipal)
        assert Decimal(line["municipal"]) + Decimal(line["district"]) == Decimal(line["amount"])


async def test_the_waived_fee_is_made_good_by_type(finance: Service):
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750")
    await given.programme(finance, "free_year", "waived_fee", types=["public", "inclusive_private", "private"])
    await given.parameter(finance, "free_year_standard", "public", None, "2025-09-01")
    await given.parameter(finance, "free_year_standard", "inclusive_private", None, "2025-09-01")
    await given.parameter(finance, "free_year_standard", "private", "750", "2025-09-01")
    expected: dict[str, tuple[str, list[str]]] = {}
    for type_, fee, agreed, amount in (
        ("public", "600.00", None, "6000.00"),
        ("inclusive_private", "900.00", "850.00", "8500.00"),
        ("private", "3000.00", None, "7500.00"),
    ):
        of = await given.kindergarten(finance, type_)
        await given.published(finance, of, amount=fee)
        if agreed:
            await given.recognition(finance, of, "granted", "2024-09-01", None, agreed)
        await given.headcount(finance, of, "2025-09-01", {"large": 12}, last_year=10)
        expected[str(of)] = (amount, [])
    silent = await given.kindergarten(finance)
    await given.headcount(finance, silent, "2025-09-01", {"large": 12}, last_year=10)
    expected[str(silent)] = ("0.00", ["rate"])
    await given.run(finance, "2025-09-01")
    assert {line["kindergarten"]: (line["amount"], line["unmet"]) for line in await lines(finance)} == expected


async def test_rent_places_projects_and_grades(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    await given.programme(finance, "rent", "rent")
    await given.parameter(finance, "subsidy_rate", "rent/*/*", "2", "2025-09-01")
    await given.attribute(finance, of, "rented_area", "800.50")
    await given.attribute(finance, of, "rent_price", "1.25")
    await given.programme(finance, "places", "per_place")
    await given.parameter(finance, "subsidy_rate", "places/*/*", "10000", "2025-09-01")
    await given.attribute(finance, of, "places_added", "30", "2025-09-20")
    await given.programme(finance, "rural", "project")
    await given.attribute(finance, of, "project_amount", "123456.78", "2025-09-30", programme="rural")
    await given.programme(finance, "quality", "per_grade")
    await given.parameter(finance, "subsidy_rate", "quality/*/a", "50", "2025-09-01")
    await given.headcount(finance, of, "2025-09-01", {"small": 20, "nursery": 10})
    await given.evaluation(finance, of, "a", "2025-09-10")
    await given.book(finance, None)
    await given.approved(finance, "2025-09-01")
    await given.headcount(finance, of, "2025-10-01", {"small": 20})
    await given.run(finance, "2025-10-01")
    found = {(line["programme"], line["month"][:7]): line["amount"] for line in await lines(finance)}
    assert found == {
        ("rent", "2025-09"): "30018.75",
        ("rent", "2025-10"): "31019.38",
        ("places", "2025-09"): "300000.00",
        ("places", "2025-10"): "0.00",
        ("rural", "2025-09"): "123456.78",
        ("rural", "2025-10"): "0.00",
        ("quality", "2025-09"): "1000.00",
        ("quality", "2025-10"): "1000.00",
    }


async def test_a_job_done_twice_settles_each_line_once(finance: Service):
    await quota(finance)
    of = await given.kindergarten(finance)
    await given.headcount(finance, of, "2025-09-01", CLASSES)
    made = await given.run(finance, "2025-09-01")
    await finance.database.fetch("UPDATE jobs SET status = 'running' WHERE id = %s", made["job"])
    await perform(finance.app.state.database, UUID(made["job"]))
    assert len(await lines(finance)) == 1


async def test_a_kindergarten_sees_its_own_lines_alone(finance: Service):
    await quota(finance)
    mine, other = await given.kindergarten(finance), await given.kindergarten(finance)
    for of in (mine, other):
        await given.headcount(finance, of, "2025-09-01", CLASSES)
    made = await given.run(finance, "2025-09-01")
    caller = given.accountant(finance, mine)
    assert [line["kindergarten"] for line in ok(await caller.get("/v1/subsidy-lines"))["items"]] == [str(mine)]
    refused(await caller.get(f"/v1/subsidy-runs/{made['id']}"), "not-permitted", 403)
