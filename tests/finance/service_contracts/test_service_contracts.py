from typing import Any
from uuid import UUID

from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


def contract(of: UUID, **changes: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(of),
        "number": "GF-1",
        "kind": "catering",
        "supplier": "示例餐饮公司",
        "credit_code": "91110116MA00000000",
        "scope": "食堂服务",
        "workers": 4,
        "amount": "180000.00",
        "since": "2025-09-01",
        "until": "2026-09-01",
    } | changes


async def test_a_contract_is_filed_by_a_public_kindergarten_and_accepted_by_an_officer(finance: Service):
    of = await given.kindergarten(finance)
    caller = given.accountant(finance, of)
    made = ok(await caller.post("/v1/service-contracts", json=contract(of)), 201)
    assert (made["state"], made["in_catalogue"]) == ("filed", None)
    refused(await caller.post("/v1/service-contracts", json=contract(of)), "service-contract-already-filed")
    officer = given.preparer(finance)
    answer = {"accept": False, "remark": "缺少金额明细"}
    returned = ok(await officer.post(f"/v1/service-contracts/{made['id']}/decisions", json=answer))
    assert (returned["state"], returned["remark"]) == ("returned", "缺少金额明细")
    again = ok(await caller.post("/v1/service-contracts", json=contract(of)), 201)
    ok(await officer.post(f"/v1/service-contracts/{again['id']}/decisions", json={"accept": True}))
    refused(
        await officer.post(f"/v1/service-contracts/{again['id']}/decisions", json={"accept": True}), "not-in-this-state"
    )
    for day, held in (("2025-08-31", 0), ("2025-09-01", 1), ("2026-08-31", 1), ("2026-09-01", 0)):
        query = {"as_of": day, "state": "accepted"}
        assert len(ok(await caller.get("/v1/service-contracts", params=query))["items"]) == held, day


async def test_what_the_dated_catalogue_does_not_allow_is_marked(finance: Service):
    of = await given.kindergarten(finance)
    await given.parameter(finance, "alert_number", "svc_01/teaching", "0")
    await given.parameter(finance, "alert_number", "svc_01/catering", "1", "2025-09-01")
    caller = given.accountant(finance, of)
    for number, (kind, since, allowed) in enumerate(
        (("teaching", "2025-09-01", False), ("catering", "2025-09-01", True), ("catering", "2025-08-31", None))
    ):
        sent = contract(of, number=f"GF-{number}", kind=kind, since=since)
        assert ok(await caller.post("/v1/service-contracts", json=sent), 201)["in_catalogue"] is allowed


async def test_contracts_are_refused_where_they_make_no_sense(finance: Service):
    private = await given.kindergarten(finance, "private")
    caller = given.accountant(finance, private)
    refused(await caller.post("/v1/service-contracts", json=contract(private)), "only-public-kindergartens", 422)
    of = await given.kindergarten(finance)
    caller = given.accountant(finance, of)
    for wrong in ({"until": "2025-09-01"}, {"workers": 0}, {"amount": "-1"}, {"credit_code": "X"}, {"kind": "magic"}):
        assert (await caller.post("/v1/service-contracts", json=contract(of, **wrong))).status_code == 422, wrong
    refused(await caller.get(f"/v1/service-contracts/{private}"), "not-found", 404)
