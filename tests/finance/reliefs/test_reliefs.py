from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service


async def test_a_relief_is_recorded_once_and_confirmed_by_another_person(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    sent = {"kindergarten": str(of), "kind": "property_tax", "since": "2025-01-01", "until": "2026-01-01"}
    sent |= {"amount": "12000.00", "document": "示意〔2025〕9号"}
    both = finance.client(("accountant", f"k:{of}"), given.PREPARER, sub="both")
    made = ok(await both.post("/v1/reliefs", json=sent), 201)
    refused(await both.post("/v1/reliefs", json=sent), "relief-is-recorded-once")
    refused(await both.post(f"/v1/reliefs/{made['id']}/confirmations"), "another-person-decides")
    assert ok(await given.preparer(finance).post(f"/v1/reliefs/{made['id']}/confirmations"))["state"] == "confirmed"
