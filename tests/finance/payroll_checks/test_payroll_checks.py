from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok
from tests.stack import Service

MONTH = "2025-10-01"
Found = set[tuple[str, str, str, str | None]]


async def number(finance: Service, key: str, value: str, since: str = "2025-01-01") -> None:
    await given.parameter(finance, "alert_number", key, value, since)


async def findings(finance: Service, of: UUID, as_of: str = "2025-11-10", **query: Any) -> Found:
    asked = {"month": MONTH, "as_of": as_of, "kindergarten": str(of)} | query
    rows = ok(await given.accountant(finance, of).get("/v1/payroll-findings", params=asked))["items"]
    return {(row["rule"], row["kind"], row["person"], row["amount"]) for row in rows}


async def test_a_month_in_order_gives_no_reason_to_ask(finance: Service):
    of = await given.kindergarten(finance)
    await number(finance, "fin_15/minimum_wage", "2420")
    await number(finance, "fin_14/pay_day", "10")
    await given.sheet(finance, of, MONTH, given.proof(await given.post(finance, of)))
    assert await findings(finance, of, as_of="2026-06-01") == set()


@pytest.mark.parametrize(("as_of", "missing"), [("2025-11-10", False), ("2025-11-11", True)])
async def test_a_proof_is_missing_from_the_day_after_it_was_due(finance: Service, as_of: str, missing: bool):
    of = await given.kindergarten(finance)
    await number(finance, "fin_14/pay_day", "10")
    person = str(await given.post(finance, of))
    await given.post(finance, of, since="2025-11-01")
    assert await findings(finance, of, as_of) == ({("FIN-14", "proof_missing", person, None)} if missing else set())


async def test_without_a_due_day_a_month_is_due_when_the_next_one_is_over(finance: Service):
    of = await given.kindergarten(finance)
    await given.post(finance, of)
    assert [len(await findings(finance, of, day)) for day in ("2025-11-30", "2025-12-01")] == [0, 1]


async def test_only_what_was_accepted_proves_anything(finance: Service):
    of = await given.kindergarten(finance)
    person = await given.post(finance, of)
    caller = given.accountant(finance, of)
    made = ok(await caller.put(f"/v1/payroll-sheets/{of}/{MONTH}", json={"rows": [given.proof(person)]}))
    assert len(await findings(finance, of, "2026-01-01")) == 1
    answer = await given.preparer(finance).post(f"/v1/payroll-sheets/{made['id']}/decisions", json={"accept": True})
    ok(answer)
    assert await findings(finance, of, "2026-01-01") == set()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"paid": "0.00", "paid_on": None}, {("FIN-14", "pay_missing", "8000.00")}),
        ({"paid": "7999.99"}, {("FIN-14", "arrears", "0.01")}),
        ({"insurances": given.INSURANCES[:4]}, {("FIN-14", "insurance_missing", None)}),
        ({"insurances": []}, {("FIN-14", "insurance_missing", None)}),
        ({"fund_paid": False}, {("FIN-14", "fund_missing", None)}),
        ({"insurances": [], "fund_paid": False, "exemption": "retired"}, set()),
        ({"payable": "2420.00", "paid": "2420.00"}, set()),
        ({"payable": "2419.99", "paid": "2419.99"}, {("FIN-15", "below_minimum_wage", "0.01")}),
        ({"payable": "2900.00", "paid": "2900.00", "contributions": "480.00"}, set()),
        (
            {"payable": "2900.00", "paid": "2900.00", "contributions": "480.01"},
            {("FIN-15", "below_minimum_wage", "0.01")},
        ),
        ({"payable": "0.00", "paid": "0.00", "paid_on": None, "leave": "病假"}, set()),
        ({"paid_on": "2025-11-15"}, set()),
        ({"paid_on": "2025-11-16"}, {("PAY-01", "late_pay", "8000.00")}),
        ({"insurance_base": "6821.00"}, set()),
        ({"insurance_base": "6820.99"}, {("PAY-02", "insurance_base_low", "0.01")}),
        ({"fund_base": "2419.99"}, {("PAY-02", "fund_base_low", "0.01")}),
    ],
)
async def test_each_limit_of_pay_and_insurance_from_both_sides(
    finance: Service, changes: dict[str, Any], expected: set[tuple[str, str, str | None]]
):
    of = await given.kindergarten(finance)
    for key, value in (
        ("fin_14/pay_day", "15"),
        ("fin_15/minimum_wage", "2420"),
        ("pay_02/insurance_floor", "6821"),
        ("pay_02/fund_floor", "2420"),
    ):
        await number(finance, key, value)
    await given.sheet(finance, of, MONTH, given.proof(await given.post(finance, of), **changes))
    assert {(rule, kind, amount) for rule, kind, _, amount in await findings(finance, of)} == expected


async def test_the_minimum_wage_of_the_month_counts_and_only_for_whole_months_of_full_time_work(finance: Service):
    of = await given.kindergarten(finance)
    await number(finance, "fin_15/minimum_wage", "2420", "2023-09-01")
    await number(finance, "fin_15/minimum_wage", "2540", "2025-10-01")
    poor = {"payable": "2500.00", "paid": "2500.00"}
    people = [
        await given.post(finance, of),
        await given.post(finance, of, since="2025-09-02"),
        await given.post(finance, of, until="2025-10-31", reason_out="left"),
        await given.post(finance, of, full_time=False),
    ]
    for month in ("2025-09-01", MONTH):
        await given.sheet(finance, of, month, *(given.proof(person, **poor) for person in people))
    assert await findings(finance, of, month="2025-09-01") == set()
    assert {(rule, person) for rule, _, person, _ in await findings(finance, of)} == {
        ("FIN-15", str(people[0])),
        ("FIN-15", str(people[1])),
    }


async def test_workers_of_a_purchased_service_are_proven_under_its_contract(finance: Service):
    of = await given.kindergarten(finance)
    guard = await given.post(finance, of, role="guard", employment="outsourced")
    sent: dict[str, Any] = {"kindergarten": str(of), "number": "GF-1", "kind": "guard", "supplier": "示例保安公司"}
    sent |= {"credit_code": "91110116MA00000000", "scope": "门卫", "workers": 1, "amount": "50000.00"}
    sent |= {"since": "2025-09-01", "until": "2026-09-01"}
    await number(finance, "svc_01/guard", "1")
    caller = given.accountant(finance, of)
    made = ok(await caller.post("/v1/service-contracts", json=sent), 201)
    assert made["in_catalogue"] is True
    row = given.proof(guard, contract="GF-1", labour_contract="LD-1")
    await given.sheet(finance, of, MONTH, row)
    person = str(guard)
    assert await findings(finance, of) == {("PAY-03", "contract_missing", person, None)}
    answer = await given.preparer(finance).post(f"/v1/service-contracts/{made['id']}/decisions", json={"accept": True})
    assert ok(answer)["state"] == "accepted"
    assert await findings(finance, of) == set()
    await given.sheet(finance, of, MONTH, given.proof(guard, contract="GF-2"))
    assert {kind for _, kind, _, _ in await findings(finance, of)} == {"contract_missing", "labour_contract_missing"}


async def test_a_run_raises_one_alert_a_month_and_kind_with_owner_and_deadline_and_never_twice(finance: Service):
    of = await given.kindergarten(finance)
    await number(finance, "deadline/working_days", "15")
    people = [await given.post(finance, of) for _ in range(3)]
    await given.sheet(finance, of, MONTH, *(given.proof(each, paid="7000.00") for each in people[:2]))
    officer = given.preparer(finance)
    sent = {"month": MONTH, "as_of": "2025-12-01"}
    for raised in (2, 0):
        (rule,) = ok(await officer.post("/v1/check-runs", json=sent))["rules"]
        assert (rule["rule"], rule["found"], rule["raised"]) == ("FIN-14", 2, raised)
    decider = given.approver(finance)
    rows = ok(await decider.get("/v1/account-alerts", params={"topic": "payroll", "sort": "raised_on"}))["items"]
    assert {row["summary"]: (row["amount"], len(row["evidence"])) for row in rows} == {
        "2025-10 欠发工资:2 人": ("2000.00", 2),
        "2025-10 缺少证明:1 人": ("0.00", 1),
    }
    assert all(row["due_on"] and "8000" not in str(row["evidence"]) for row in rows)
    first = rows[0]["id"]
    ok(await officer.post(f"/v1/account-alerts/{first}/assignments", json={"owner": "李示例"}))
    said = {"state": "confirmed", "outcome": "责令补发", "on": "2025-12-02"}
    ok(await decider.post(f"/v1/account-alerts/{first}/decisions", json=said))
    (precision,) = ok(await decider.get("/v1/account-alerts/precision"))
    assert (precision["rule"], precision["raised"], precision["confirmed"]) == ("FIN-14", 2, 1)


async def test_averages_are_those_of_a_slow_recount_and_small_groups_stay_hidden(finance: Service):
    pay: dict[str, list[tuple[str, Decimal]]] = {}
    await number(finance, "pay_04/ratio", "0.75")
    await number(finance, "pay_04/least_people", "3")
    for type_, groups in (
        ("public", [("established", 3, 10000), ("contract", 3, 7500)]),
        ("inclusive_private", [("contract", 2, 5000)]),
    ):
        of = await given.kindergarten(finance, type_)
        rows = []
        for employment, people, amount in groups:
            for extra in range(people):
                person = await given.post(finance, of, employment=employment)
                earned = Decimal(amount) + extra * 100
                pay.setdefault(type_, []).append((employment, earned))
                rows.append(given.proof(person, payable=str(earned), paid=str(earned)))
        away = await given.post(finance, of, employment="established")
        rows.append(given.proof(away, payable="1.00", paid="1.00", leave="产假"))
        await given.sheet(finance, of, MONTH, *rows)
    caller = finance.client(("leader", given.DISTRICT))
    rows = ok(await caller.get("/v1/pay-averages", params={"month": MONTH}))["items"]
    found = {row["type"]: row for row in rows}
    public = [amount for _, amount in pay["public"]]
    within = [amount for employment, amount in pay["public"] if employment == "established"]
    others = [amount for employment, amount in pay["public"] if employment != "established"]
    assert found["public"]["people"] == 6
    for name, amounts in (("average", public), ("established_average", within), ("others_average", others)):
        assert Decimal(found["public"][name]) == round(sum(amounts) / len(amounts), 2), name
    assert found["public"]["ratio"] == str(round(sum(others) / sum(within), 4))
    assert (found["public"]["meets"], found["public"]["least_ratio"]) == (True, "0.75")
    hidden = found["inclusive_private"]
    assert hidden["suppressed"] is True
    assert (hidden["people"], hidden["average"]) == (None, None)
    query = {"month": MONTH, "by": "kindergarten", "role": "cook"}
    assert ok(await caller.get("/v1/pay-averages", params=query))["items"] == []
    assert (await given.accountant(finance, new_id()).get("/v1/pay-averages", params=query)).status_code == 403


@pytest.mark.parametrize(("others", "meets"), [("7500.00", True), ("7499.99", False)])
async def test_equal_pay_is_met_at_exactly_the_dated_share(finance: Service, others: str, meets: bool):
    await number(finance, "pay_04/ratio", "0.75")
    await number(finance, "pay_04/least_people", "1")
    of = await given.kindergarten(finance)
    rows = [
        given.proof(await given.post(finance, of, employment=employment), payable=amount, paid=amount)
        for employment, amount in (("established", "10000.00"), ("quota", others))
    ]
    await given.sheet(finance, of, MONTH, *rows)
    query = {"month": MONTH, "by": "kindergarten"}
    (found,) = ok(await given.principal(finance, of).get("/v1/pay-averages", params=query))["items"]
    assert (found["kindergarten"], found["meets"]) == (str(of), meets)


async def test_coverage_counts_people_and_names_nobody(finance: Service):
    await number(finance, "fin_14/pay_day", "10")
    await number(finance, "fin_15/minimum_wage", "2420")
    of, other = await given.kindergarten(finance), await given.kindergarten(finance, "private")
    people = [await given.post(finance, of) for _ in range(3)]
    guard = await given.post(finance, of, role="guard", employment="outsourced")
    await given.post(finance, other)
    rows = [
        given.proof(people[0]),
        given.proof(people[1], paid="7000.00", insurances=given.INSURANCES[:3], fund_paid=False),
        given.proof(guard, payable="2400.00", paid="2400.00", paid_on="2025-11-11", exemption="retired"),
    ]
    await given.sheet(finance, of, MONTH, *rows)
    leader = finance.client(("leader", given.DISTRICT))
    query = {"month": MONTH, "as_of": "2025-11-11"}
    found = {row["kindergarten"]: row for row in ok(await leader.get("/v1/payroll-coverage", params=query))["items"]}
    expected = {"staff": 3, "outsourced": 1, "proven": 3, "paid_in_full": 2, "insured": 2, "with_fund": 2}
    expected |= {"exempt": 1, "at_least_minimum": 2, "paid_late": 1}
    assert {name: found[str(of)][name] for name in expected} == expected
    assert (found[str(of)]["arrears"], found[str(of)]["overdue"]) == ("1000.00", True)
    assert (found[str(other)]["proven"], found[str(other)]["overdue"]) == (0, True)
    early: dict[str, Any] = {"month": MONTH, "as_of": "2025-11-10", "overdue": True}
    assert ok(await leader.get("/v1/payroll-coverage", params=early))["items"] == []
    town = finance.client(("town_officer", "110116103"))
    assert ok(await town.get("/v1/payroll-coverage", params=query))["items"] == []


async def test_one_hidden_kindergarten_cannot_be_worked_out_from_the_total(finance: Service):
    await number(finance, "pay_04/least_people", "3")
    sizes = (2, 3, 4)
    places = []
    for size in sizes:
        of = await given.kindergarten(finance)
        places.append(str(of))
        await given.sheet(finance, of, MONTH, *[given.proof(await given.post(finance, of)) for _ in range(size)])
    caller = given.approver(finance)
    query = {"month": MONTH, "by": "kindergarten"}
    rows = ok(await caller.get("/v1/pay-averages", params=query))["items"]
    assert {row["kindergarten"]: row["people"] for row in rows} == dict(zip(places, (None, None, 4), strict=True))
    (total,) = ok(await caller.get("/v1/pay-averages", params={"month": MONTH}))["items"]
    assert total["people"] == 9
