import pytest

from tests.finance import given
from tests.finance.given import fee, ok, refused
from tests.stack import Service

KEY = "care_education/public"


async def test_three_persons_bring_a_standard_to_the_public_notice(finance: Service):
    of = await given.kindergarten(finance)
    await given.parameter(finance, "fee_ceiling", KEY, "750")
    made = await given.published(finance, of)
    people = [made["filed_by"], made["accepted_by"], made["published_by"]]
    assert (made["state"], people) == ("published", ["principal", "preparer", "approver"])
    anyone = finance.client(("integration", given.DISTRICT))
    (notice,) = ok(await anyone.get("/v1/fee-notices", params={"kindergarten": str(of)}))["items"]
    assert (notice["name"], notice["amount"], notice["document"]) == ("保育教育费", "750.00", "示意备案〔2025〕3号")
    assert not notice.keys() & {"filed_by", "accepted_by", "published_by"}
    await finance.numbered()
    (fact,) = ok(await anyone.get("/v1/events", params={"types": "finance.fee_standard.filed"}))["items"]
    assert (fact["data"]["kindergarten"], fact["data"]["amount"]) == (str(of), "750.00")


async def test_nobody_takes_two_steps_in_a_row(finance: Service):
    of = await given.kindergarten(finance)
    await given.parameter(finance, "fee_ceiling", KEY, "750")
    everything = ("principal", given.DISTRICT), given.PREPARER, given.APPROVER
    one, other = finance.client(*everything, sub="one"), finance.client(*everything, sub="other")
    made = ok(await one.post("/v1/fee-items", json=fee(of)), 201)["id"]
    refused(await one.post(f"/v1/fee-items/{made}/acceptances"), "another-person-decides")
    ok(await other.post(f"/v1/fee-items/{made}/acceptances"))
    refused(await other.post(f"/v1/fee-items/{made}/publications"), "another-person-decides")
    ok(await one.post(f"/v1/fee-items/{made}/publications"))


@pytest.mark.parametrize(("amount", "code"), [("750.00", None), ("750.01", "above-ceiling")])
async def test_a_standard_above_its_ceiling_is_not_accepted(finance: Service, amount: str, code: str | None):
    of = await given.kindergarten(finance)
    await given.parameter(finance, "fee_ceiling", KEY, "750")
    made = ok(await given.principal(finance, of).post("/v1/fee-items", json=fee(of, amount=amount)), 201)["id"]
    answer = await given.preparer(finance).post(f"/v1/fee-items/{made}/acceptances")
    assert answer.status_code == (409 if code else 200)
    assert code is None or answer.json()["code"] == code


async def test_a_public_kindergartens_fee_needs_a_ceiling_and_a_private_ones_does_not(finance: Service):
    public, private = await given.kindergarten(finance), await given.kindergarten(finance, "private")
    codes = []
    for of in (public, private):
        made = ok(await given.principal(finance, of).post("/v1/fee-items", json=fee(of, amount="3000.00")), 201)["id"]
        answer = await given.preparer(finance).post(f"/v1/fee-items/{made}/acceptances")
        codes.append(answer.json().get("code"))
    assert codes == ["no-ceiling-in-force", None]


async def test_a_forbidden_charge_cannot_be_filed(finance: Service):
    of = await given.kindergarten(finance)
    answer = await given.principal(finance, of).post(
        "/v1/fee-items", json=fee(of, name="入园赞助费", category="service")
    )
    told = refused(answer, "forbidden-charge")
    assert told["errors"][0]["pointer"] == "/name"


async def test_a_new_standard_ends_the_one_before(finance: Service):
    of = await given.kindergarten(finance, "private")
    await given.published(finance, of)
    await given.published(finance, of, amount="900.00", since="2026-02-01")
    caller = given.preparer(finance)
    for day, amount in (("2026-01-31", "750.00"), ("2026-02-01", "900.00")):
        (notice,) = ok(await caller.get("/v1/fee-notices", params={"as_of": day}))["items"]
        assert notice["amount"] == amount


async def test_two_standards_of_one_item_never_hold_on_the_same_day(finance: Service):
    of = await given.kindergarten(finance, "private")
    await given.published(finance, of, since="2026-02-01")
    made = ok(await given.principal(finance, of).post("/v1/fee-items", json=fee(of, amount="800.00")), 201)["id"]
    ok(await given.preparer(finance).post(f"/v1/fee-items/{made}/acceptances"))
    refused(await given.approver(finance).post(f"/v1/fee-items/{made}/publications"), "fee-item-already-published")


async def test_a_returned_filing_says_why_and_goes_no_further(finance: Service):
    of = await given.kindergarten(finance, "private")
    made = ok(await given.principal(finance, of).post("/v1/fee-items", json=fee(of)), 201)["id"]
    caller = given.preparer(finance)
    found = ok(await caller.post(f"/v1/fee-items/{made}/returns", json={"remark": "缺少退费细则"}))
    assert (found["state"], found["remark"]) == ("returned", "缺少退费细则")
    refused(await caller.post(f"/v1/fee-items/{made}/acceptances"), "no-such-step")


async def test_a_kindergarten_files_for_itself_alone(finance: Service):
    mine, other = await given.kindergarten(finance), await given.kindergarten(finance, division=given.OTHER_VILLAGE)
    refused(await given.principal(finance, mine).post("/v1/fee-items", json=fee(other)), "not-found", 404)


async def test_an_item_ends_on_the_day_the_kindergarten_says(finance: Service):
    of = await given.kindergarten(finance, "inclusive_private")
    made = await given.published(finance, of)
    url, caller = f"/v1/fee-items/{made['id']}/endings", given.principal(finance, of)
    for until in ("2025-09-01", "9999-12-31"):
        refused(await caller.post(url, json={"until": until, "remark": "停止"}), "invalid-input", 422)
    assert ok(await caller.post(url, json={"until": "2026-02-01", "remark": "停止收取"}))["until"] == "2026-02-01"
    for day, shown in (("2026-01-31", 1), ("2026-02-01", 0)):
        query = {"as_of": day, "kindergarten": str(of)}
        assert len(ok(await caller.get("/v1/fee-notices", params=query))["items"]) == shown
    filed = ok(await caller.post("/v1/fee-items", json=given.fee(of, name="延时服务费", category="service")), 201)["id"]
    answer = await caller.post(f"/v1/fee-items/{filed}/endings", json={"until": "2026-02-01", "remark": "停止"})
    refused(answer, "no-such-step")


@pytest.mark.parametrize("name", ["入园赞助费", "英语课程费", "入园测试费", "兴趣班费", "捐资助学款", "教材费"])
async def test_a_charge_of_a_forbidden_kind_cannot_be_filed(finance: Service, name: str):
    of = await given.kindergarten(finance)
    answer = await given.principal(finance, of).post("/v1/fee-items", json=given.fee(of, name=name))
    refused(answer, "forbidden-charge")
