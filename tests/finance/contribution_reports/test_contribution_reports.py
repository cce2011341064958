from typing import Any

from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service

MONTH = "2025-10-01"


async def report(finance: Service, source: str, *rows: dict[str, Any]) -> dict[str, Any]:
    machine = finance.client(("integration", given.DISTRICT), sub="exchange")
    found: dict[str, Any] = ok(await machine.put(f"/v1/contribution-reports/2025-10-20/{source}", json={"rows": rows}))
    return found


async def test_departments_say_whether_and_the_joint_list_shows_where_it_does_not_agree(finance: Service):
    of = await given.kindergarten(finance)
    honest, denied = await given.post(finance, of), await given.post(finance, of)
    await given.sheet(finance, of, MONTH, given.proof(honest), given.proof(denied))
    rows = [
        {"person": str(honest), "insurances": ["pension", "unemployment", "injury"]},
        {"person": str(denied), "insurances": ["pension", "injury"]},
    ]
    stored = await report(finance, "social_security", *rows)
    assert (stored["month"], stored["people"], stored["changed"]) == (MONTH, 2, 2)
    assert (await report(finance, "social_security", *rows))["changed"] == 0
    await report(finance, "housing_fund", {"person": str(honest), "fund_paid": True}, {"person": str(denied)})
    officer = given.approver(finance)
    query = {"month": MONTH, "rule": "PAY-05"}
    found = ok(await officer.get("/v1/payroll-findings", params=query))["items"]
    assert {(row["kind"], row["person"]) for row in found} == {
        ("insurance_contradicted", str(denied)),
        ("fund_contradicted", str(denied)),
    }
    rows = ok(await officer.get("/v1/contribution-statuses", params={"month": MONTH}))["items"]
    assert {row["person"]: (row["insured"], row["fund_paid"], row["contradicted"]) for row in rows} == {
        str(honest): (True, True, False),
        str(denied): (True, True, True),
    }
    assert {tuple(row["sources"]) for row in rows} == {("housing_fund", "social_security")}
    assert not {"payable", "paid_on", "insurance_base"} & rows[0].keys()
    only: dict[str, Any] = {"month": MONTH, "contradicted": True}
    assert len(ok(await officer.get("/v1/contribution-statuses", params=only))["items"]) == 1
    await report(finance, "social_security", {"person": str(denied), "insurances": given.INSURANCES})
    await report(finance, "housing_fund", {"person": str(denied), "fund_paid": True})
    assert ok(await officer.get("/v1/payroll-findings", params=query))["items"] == []


async def test_a_department_is_heard_of_what_it_is_in_charge_of_alone(finance: Service):
    of = await given.kindergarten(finance)
    person = await given.post(finance, of)
    await given.sheet(finance, of, MONTH, given.proof(person))
    await report(finance, "medical_security", {"person": str(person), "insurances": ["medical", "maternity"]})
    query = {"month": MONTH, "rule": "PAY-05"}
    assert ok(await given.approver(finance).get("/v1/payroll-findings", params=query))["items"] == []


async def test_the_exchange_is_for_the_departments_and_the_districts_finance(finance: Service):
    of, person = await given.kindergarten(finance), new_id()
    address = "/v1/contribution-reports/2025-10-01/tax"
    sent: dict[str, Any] = {"rows": [{"person": str(person)}]}
    for caller in (given.accountant(finance, of), finance.client(("leader", given.DISTRICT))):
        refused(await caller.put(address, json=sent), "not-permitted", 403)
        assert (await caller.get("/v1/contribution-statuses", params={"month": MONTH})).status_code == 403
    machine = finance.client(("integration", given.DISTRICT))
    wrongs: list[dict[str, Any]] = [{"rows": []}, {"rows": [sent["rows"][0]] * 2}, {"rows": [{"person": "x"}]}]
    for wrong in wrongs:
        assert (await machine.put(address, json=wrong)).status_code == 422
    assert (await machine.put("/v1/contribution-reports/2025-10-01/police", json=sent)).status_code == 422
    assert ok(await given.accountant(finance, of).get("/v1/payroll-sheets"))["items"] == []
