from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service

CEILING = {"name": "fee_ceiling", "key": "care_education/public", "value": "750", "since": "2025-09-01"}
CEILING |= {"document": "示意〔2025〕1号", "tag": "illustrative"}


async def test_a_number_counts_once_a_second_person_approved_it(finance: Service):
    made = ok(await given.preparer(finance).post("/v1/parameters", json=CEILING), 201)
    assert (made["state"], made["proposed_by"]) == ("proposed", "preparer")
    url = f"/v1/parameters/{made['id']}/decisions"
    refused(await given.preparer(finance).post(url, json={"approve": True}), "not-permitted", 403)
    found = ok(await given.approver(finance).post(url, json={"approve": True}))
    assert (found["state"], found["value"], found["decided_by"]) == ("approved", "750.0000", "approver")
    refused(await given.approver(finance).post(url, json={"approve": True}), "no-such-step")


async def test_nobody_approves_their_own_number(finance: Service):
    both = finance.client(given.PREPARER, given.APPROVER, sub="both")
    made = ok(await both.post("/v1/parameters", json=CEILING), 201)
    refused(await both.post(f"/v1/parameters/{made['id']}/decisions", json={"approve": True}), "another-person-decides")


async def test_a_corrected_number_replaces_the_one_with_the_same_first_day(finance: Service):
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750", "2025-09-01")
    await given.parameter(finance, "fee_ceiling", "care_education/public", "780", "2025-09-01")
    listed = ok(await given.preparer(finance).get("/v1/parameters", params={"sort": "key"}))["items"]
    assert sorted((row["value"], row["state"]) for row in listed) == [
        ("750.0000", "replaced"),
        ("780.0000", "approved"),
    ]


async def test_a_kindergarten_reads_the_numbers_and_a_towns_officer_cannot_write_them(finance: Service):
    await given.parameter(finance, "fee_ceiling", "care_education/public", "750")
    of = await given.kindergarten(finance)
    assert len(ok(await given.accountant(finance, of).get("/v1/parameters"))["items"]) == 1
    refused(await given.accountant(finance, of).post("/v1/parameters", json=CEILING), "not-permitted", 403)
    assert (await finance.client(("town_officer", "110116102")).post("/v1/parameters", json=CEILING)).status_code == 403


async def test_a_town_decides_nothing_for_the_whole_district(finance: Service):
    town = finance.client(("finance_preparer", "110116102"))
    refused(await town.post("/v1/parameters", json=CEILING), "district-decides", 403)
    budget = {"level": "district", "programme": "quota", "year": 2026, "amount": "1.00", "document": "示意"}
    refused(await town.post("/v1/budgets", json=budget), "district-decides", 403)
    book = {"kindergarten": None, "standard": "government", "opened_on": "2025-01-01"}
    refused(await town.post("/v1/books", json=book), "district-decides", 403)
