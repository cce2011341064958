"""举办者 and 实际控制人: who founds and controls a kindergarten, dated, with share, assets and document."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.registry.founders.rules import exceeding
from services.registry.founders.schemas import BarredFounders, FounderOut
from shared.contracts.registry import FounderFact
from shared.tables import FOREVER
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.registry.licences.asking import application, licensed, placed
from tests.registry.staff import people
from tests.stack import Service

DAY = timedelta(1)
SINCE = "2024-03-01"
BORN = date(1980, 5, 1)


def person(key: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(key),
        "role": "founder",
        "nature": "person",
        "name": "钱某(演示)",
        "document_type": "1",
        "document_number": given.resident_id(BORN),
        "share": "60.00",
        "document": "演示出资协议1号",
        "since": SINCE,
    } | fields


def organisation(key: UUID, **fields: Any) -> dict[str, Any]:
    body = person(key) | {"nature": "organisation", "name": "演示教育公司", "credit_code": given.credit_code("91")}
    del body["document_type"], body["document_number"]
    return body | fields


async def recorded(registry: Service, body: dict[str, Any]) -> FounderOut:
    answer = await registry.client(REGISTRAR).post("/v1/founders", json=body)
    assert answer.status_code == 201, answer.text
    return FounderOut.model_validate_json(answer.content)


async def test_founders_and_controllers_are_kept_with_share_and_document(registry: Service):
    key = await given.kindergarten(registry, type="private")
    body = person(key)
    made = await recorded(registry, body)
    assert (made.name, made.share, made.until, made.document_mask) == (
        "钱某(演示)",
        Decimal("60.00"),
        None,
        f"{body['document_number'][:3]}{'*' * 11}{body['document_number'][-4:]}",
    )
    await recorded(registry, organisation(key, share="40.00"))
    await recorded(registry, person(key, role="controller", share="100.00"))
    client = registry.client(REGISTRAR)
    listed = await client.get("/v1/founders", params={"kindergarten": str(key), "count": True})
    assert listed.json()["total"] == 3
    assert body["document_number"] not in listed.text
    for params, count in (({"role": "controller"}, 1), ({"nature": "organisation"}, 1), ({"q": "钱"}, 2)):
        assert len((await client.get("/v1/founders", params=params)).json()["items"]) == count
    assert (await client.get("/v1/founders", params={"as_of": "2024-02-29"})).json()["items"] == []
    found = await registry.database.fetch("SELECT data FROM events WHERE type = 'registry.founder.recorded'")
    assert len([FounderFact.model_validate(data) for (data,) in found]) == 3
    assert "钱某" not in str(found)


async def test_a_share_ends_by_its_document_and_another_takes_over(registry: Service):
    key = await given.kindergarten(registry, type="private")
    made = await recorded(registry, person(key, share="100.00"))
    client, url = registry.client(REGISTRAR), f"/v1/founders/{made.id}"
    ending = {"until": "2025-01-01", "because": "股权转让", "document": "演示转让协议"}
    assert (await client.post(f"{url}/endings", json=ending)).status_code == 428
    early = await client.post(f"{url}/endings", json=ending | {"until": SINCE}, headers={"If-Match": '"1"'})
    assert (early.status_code, early.json()["code"]) == (409, "founder-ends-before-it-begins")
    answer = await client.post("/v1/founders", json=organisation(key, share="0.01", since="2024-12-31"))
    assert (answer.status_code, answer.json()["code"]) == (409, "shares-exceed-whole")
    ended = await client.post(f"{url}/endings", json=ending, headers={"If-Match": '"1"'})
    assert (ended.status_code, ended.json()["until"]) == (201, "2025-01-01"), ended.text
    again = await client.post(f"{url}/endings", json=ending, headers={"If-Match": ended.headers["etag"]})
    assert (again.status_code, again.json()["code"]) == (409, "founder-has-ended")
    await recorded(registry, organisation(key, share="100.00", since="2025-01-01"))
    for day, name in (("2024-12-31", "钱某(演示)"), ("2025-01-01", "演示教育公司")):
        held = await client.get("/v1/founders", params={"as_of": day})
        assert [each["name"] for each in held.json()["items"]] == [name]


async def test_a_slip_is_set_right_within_the_whole(registry: Service):
    key = await given.kindergarten(registry, type="private")
    await recorded(registry, organisation(key, share="40.00"))
    made = await recorded(registry, person(key))
    client, url = registry.client(REGISTRAR), f"/v1/founders/{made.id}"
    over = await client.patch(url, json={"share": "60.01"}, headers={"If-Match": '"1"'})
    assert (over.status_code, over.json()["code"]) == (409, "shares-exceed-whole")
    right = await client.patch(url, json={"share": "55.00", "name": "钱某某(演示)"}, headers={"If-Match": '"1"'})
    assert (right.status_code, right.json()["share"], right.headers["etag"]) == (200, "55.00", '"2"'), right.text
    stale = await client.patch(url, json={"share": "50.00"}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("bar", "refused"),
    [
        ((date(2020, 1, 1), FOREVER), True),
        ((date(2020, 1, 1), given.TODAY), False),  # its last day was yesterday
        ((date(2020, 1, 1), given.TODAY + DAY), True),
        ((given.TODAY + DAY, FOREVER), True),  # it begins while the share lasts
    ],
)
async def test_who_is_barred_neither_founds_nor_controls(registry: Service, bar: tuple[date, date], refused: bool):
    number = given.resident_id(BORN)
    await people.bar(registry, number, *bar)
    key = await given.kindergarten(registry, type="private")
    for role in ("founder", "controller"):
        body = person(key, role=role, document_number=number, share="10.00")
        # A registrar of one town does not see the district's list, and learns yes or no all the same.
        answer = await registry.client(("registrar", given.TOWN)).post("/v1/founders", json=body)
        if refused:
            assert (answer.status_code, answer.json()["code"]) == (409, "founder-barred"), answer.text
            assert answer.json()["rule"] == "REG-13"
            assert "violence" not in answer.text
        else:
            assert answer.status_code == 201, answer.text


async def test_a_founder_who_is_barred_later_is_listed_with_the_day_to_change_by(registry: Service):
    key = await given.kindergarten(registry, type="private")
    number = given.resident_id(BORN)
    made = await recorded(registry, person(key, document_number=number))
    await recorded(registry, organisation(key, share="40.00"))
    keeper = registry.client(REGISTRAR)
    assert (await keeper.get("/v1/founders/barred")).json() == {"items": []}
    await people.bar(registry, number, date(2026, 1, 31))
    answer = await keeper.get("/v1/founders/barred")
    [found] = BarredFounders.model_validate_json(answer.content).items
    assert (found.founder, found.rule, found.change_due_on) == (made.id, "REG-13", date(2026, 7, 31))
    assert found.overdue == (date(2026, 7, 31) < given.TODAY)
    for caller in (TOWN, principal(key)):
        assert (await registry.client(caller).get("/v1/founders/barred")).status_code == 403


async def test_no_licence_is_granted_under_a_barred_founder(registry: Service):
    key = await licensed(registry)
    number = given.resident_id(BORN)
    await recorded(registry, person(key, document_number=number))
    bar = await people.bar(registry, number)
    case = await placed(registry, key, "renew", "examined")
    body = {"since": str(given.TODAY), "expires_on": str(given.TODAY + timedelta(900)), "document": "演示"}
    decider, url = registry.client(REGISTRAR), f"/v1/licence-applications/{case}/approvals"
    answer = await decider.post(url, json=body)
    assert (answer.status_code, answer.json()["code"], answer.json()["rule"]) == (409, "founder-barred", "REG-13")
    await registry.database.fetch("UPDATE bars SET until = %s WHERE id = %s", given.TODAY, bar)
    assert (await decider.post(url, json=body)).status_code == 201


@pytest.mark.parametrize("assets", ["fiscal", "state", "collective", "donated", "own"])
async def test_public_assets_do_not_serve_a_for_profit_kindergarten(registry: Service, assets: str):
    client = registry.client(REGISTRAR)
    profit = await given.kindergarten(registry, type="private", for_profit=True)
    answer = await client.post("/v1/founders", json=organisation(profit, assets=assets))
    other = await licensed(registry)
    await recorded(registry, organisation(other, assets=assets))
    turned = await client.post(
        "/v1/licence-applications", json=application(other, "change", changes={"for_profit": True})
    )
    free = await given.kindergarten(registry, type="private", status="preparing")
    await recorded(registry, organisation(free, assets=assets))
    patched = await client.patch(f"/v1/kindergartens/{free}", json={"for_profit": True}, headers={"If-Match": '"1"'})
    filed = await client.post("/v1/filings", json={"kindergarten": str(free), "changes": {"for_profit": True}})
    if assets == "own":
        assert [each.status_code for each in (answer, turned, patched)] == [201, 201, 200]
        return
    for each in (answer, turned, patched, filed):
        assert (each.status_code, each.json()["code"]) == (409, "public-assets-for-profit"), each.text
        assert each.json()["rule"] == "REG-15"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"credit_code": "91110000802100433B"}, "/"),
        ({"document_number": "11019919800501001X"}, "/document_number"),
        ({"document_type": "zz"}, "/document_type"),
        ({"share": "0.00"}, "/share"),
        ({"share": "100.01"}, "/share"),
        ({"nature": "organisation"}, "/"),
    ],
)
async def test_what_cannot_be_entered_is_refused(registry: Service, fields: dict[str, Any], pointer: str):
    key = await given.kindergarten(registry, type="private")
    answer = await registry.client(REGISTRAR).post("/v1/founders", json=person(key, **fields))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_who_reads_and_who_writes(registry: Service):
    key = await given.kindergarten(registry, type="private")
    made = await recorded(registry, person(key))
    owner = registry.client(principal(key))
    assert (await owner.get(f"/v1/founders/{made.id}")).status_code == 200
    assert (await owner.post("/v1/founders", json=person(key))).status_code == 403
    other = await given.kindergarten(registry)
    assert (await registry.client(principal(other)).get(f"/v1/founders/{made.id}")).status_code == 404
    assert (await registry.client(("teacher", f"k:{key}")).get("/v1/founders")).status_code == 403


@pytest.mark.parametrize(
    ("share", "since", "until", "over"),
    [
        (50, date(2024, 1, 1), date(2025, 1, 1), None),
        (51, date(2024, 1, 1), date(2025, 1, 1), (date(2024, 1, 1), Decimal(101))),
        (51, date(2025, 1, 1), FOREVER, None),
        (51, date(2023, 1, 1), FOREVER, (date(2024, 1, 1), Decimal(101))),
        (70, date(2025, 1, 1), FOREVER, None),
        (71, date(2025, 1, 1), FOREVER, (date(2025, 6, 1), Decimal(101))),
    ],
)
def test_shares_come_to_the_whole_at_most_on_every_day(share: int, since: date, until: date, over: Any):
    held = [(Decimal(50), date(2024, 1, 1), date(2025, 1, 1)), (Decimal(30), date(2025, 6, 1), FOREVER)]
    assert exceeding(held, Decimal(share), since, until) == over
