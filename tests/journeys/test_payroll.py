"""三(四)3-c: who is appointed in the registry is expected on finance's payroll, and who leaves is not paid for long."""

from datetime import timedelta

from tests.finance import given as money
from tests.finance.given import ok
from tests.journeys.test_kindergarten_copies import caught_up, following, register
from tests.registry import given
from tests.registry.staff import people
from tests.serving import serving
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
MONTH = given.TODAY.replace(day=1)
SATURDAY = given.TODAY + timedelta((5 - given.TODAY.weekday()) % 7)


async def test_an_appointment_is_expected_on_the_payroll_and_its_end_makes_pay_a_ghosts(
    registry: Service, finance: Service
):
    client = registry.client(REGISTRAR)
    async with serving(registry.app) as url, following(url, finance):
        made = await register(registry)
        whose = await people.person(registry)
        sent = people.new_post(made["id"], whose, since=MONTH)
        post = ok(await client.post("/v1/posts", json=sent), 201)["id"]
        room = {"kindergarten": made["id"], "school_year": given.SCHOOL_YEAR, "name": "小一班", "kind": "small"}
        ok(await client.post("/v1/classes", json=room), 201)
        swap = {"since": str(SATURDAY), "until": str(SATURDAY + timedelta(1)), "open": True, "reason": "调休"}
        ok(await client.post(f"/v1/kindergartens/{made['id']}/calendar", json=swap))
        await caught_up(registry, finance)
        accountant = money.accountant(finance, made["id"])
        rows = ok(await accountant.get("/v1/payroll-staff", params={"month": str(MONTH)}))["items"]
        assert [(row["person"], row["role"], row["employment"]) for row in rows] == [(str(whose), "worker", "contract")]
        assert await finance.database.fetch("SELECT day, open FROM calendar_days") == [(SATURDAY, True)]
        assert await finance.database.fetch("SELECT kind, hard_limit > 0 FROM class_copies") == [("small", True)]
        proof = money.proof(whose, paid_on=str(given.TODAY))
        await money.sheet(finance, made["id"], str(MONTH), proof)
        query = {"month": str(MONTH), "rule": "RAD-07"}
        officer = money.approver(finance)
        assert ok(await officer.get("/v1/improper-payments", params=query))["items"] == []
        wrong = {"since": str(given.TODAY + timedelta(40))}
        changed = await client.patch(f"/v1/posts/{post}", json=wrong, headers={"If-Match": '"1"'})
        assert changed.status_code == 200, changed.text
        await caught_up(registry, finance)
        (hit,) = ok(await officer.get("/v1/improper-payments", params=query))["items"]
        assert (hit["children"], hit["amount"]) == (1, "8000.00")
