"""教职工: registered once in the district, seen by who runs the kindergarten, never in clear."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.staff.schemas import StaffMatches, StaffMember, StaffPage
from shared.contracts.registry import StaffFact
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)


async def test_a_person_is_registered_with_its_number_masked_and_sealed(registry: Service):
    sent = people.new_person(education="college", title="first", preschool_major=True, experience_months=24)
    answer = await registry.client(REGISTRAR).post("/v1/staff", json=sent)
    assert answer.status_code == 201, answer.text
    made = StaffMember.model_validate_json(answer.content)
    assert (made.education, made.title, made.posts, made.synthetic) == ("college", "first", [], True)
    assert sent["document_number"] not in answer.text
    rows = await registry.database.fetch("SELECT document_sealed, row_to_json(s)::text FROM staff s")
    assert given.KEYS.decrypt(bytes(rows[0][0]), made.id.bytes) == sent["document_number"]
    assert sent["document_number"] not in rows[0][1]


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"document_number": "110199199005060011"}, "resident-id-check-digit", "/document_number"),
        ({"document_number": given.resident_id(date(1990, 5, 7), "2")}, "resident-id-other-birth", "/birth_date"),
        ({"document_number": given.resident_id(people.BORN, "1")}, "resident-id-other-sex", "/sex"),
        ({"document_type": "7Z"}, "unknown-code", "/document_type"),
        ({"ethnicity": "99"}, "unknown-code", "/ethnicity"),
        ({"education": "none"}, "enum", "/education"),
        ({"experience_months": -1}, "greater_than_equal", "/experience_months"),
        ({"salary": 1}, "extra_forbidden", "/salary"),
    ],
)
async def test_what_does_not_agree_is_refused_with_its_field(
    registry: Service, fields: dict[str, Any], code: str, pointer: str
):
    answer = await registry.client(REGISTRAR).post("/v1/staff", json=people.new_person() | fields)
    assert answer.status_code == 422, answer.text
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in answer.json()["errors"]], answer.text


async def test_a_person_is_registered_once_in_the_district(registry: Service):
    sent = people.new_person()
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    first, second = (registry.client(("principal", f"k:{each}")) for each in (here, there))
    assert (await first.post("/v1/staff", json=sent)).status_code == 201
    again = await second.post("/v1/staff", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "person-already-registered")
    assert "identity" in again.json()["hint"]


async def test_a_document_finds_only_people_in_sight(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    number = given.resident_id(people.BORN, "2")
    whose = await people.person(registry, here, document=number)
    asked = {"document_type": "1", "document_number": f" {number.lower()} "}
    for grant, expected in {
        REGISTRAR: [whose],
        ("principal", f"k:{here}"): [whose],
        ("principal", f"k:{there}"): [],
        ("town_officer", given.OTHER_TOWN): [],
    }.items():
        answer = await registry.client(grant).post("/v1/staff/search", json=asked)
        assert [each.id for each in StaffMatches.model_validate_json(answer.content).items] == expected, grant


async def test_each_caller_sees_the_staff_of_its_scope(registry: Service):
    here, there = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    mine, theirs, both, gone, waiting = [await people.person(registry) for _ in range(5)]
    await people.post(registry, mine, here)
    await people.post(registry, theirs, there)
    await people.post(registry, both, here, full_time=False)
    await people.post(registry, both, there, full_time=False, since=people.LONG_AGO + timedelta(1))
    await people.post(registry, gone, here, until=given.TODAY)
    await people.post(registry, gone, there, since=given.TODAY)
    seen = {
        REGISTRAR: {mine, theirs, both, gone, waiting},
        ("town_officer", given.TOWN): {mine, both},
        ("principal", f"k:{here}"): {mine, both},
        ("clerk", f"k:{there}"): {theirs, both, gone},
        ("quality_officer", given.DISTRICT): {mine, theirs, both, gone, waiting},
    }
    for grant, expected in seen.items():
        client = registry.client(grant)
        page = StaffPage.model_validate_json((await client.get("/v1/staff", params={"count": True})).content)
        assert ({each.id for each in page.items}, page.total) == (expected, len(expected)), grant
        for each in (mine, theirs, both, gone, waiting):
            assert (await client.get(f"/v1/staff/{each}")).status_code == (200 if each in expected else 404)
    for role in ("leader", "teacher", "police", "auditor"):
        assert (await registry.client((role, given.DISTRICT)).get("/v1/staff")).status_code == 403, role


async def test_staff_are_found_by_every_filter_and_show_the_posts_of_the_day(registry: Service):
    place = await given.kindergarten(registry)
    wanted = await people.person(
        registry, name="章老师", birth_date=date(1980, 1, 2), education="master", title="senior"
    )
    await people.post(registry, wanted, place, role="teacher", employment="established", since=date(2020, 9, 1))
    await people.person(registry, name="张老师", education="college")
    client = registry.client(REGISTRAR)
    queries: list[dict[str, Any]] = [
        {"kindergarten": str(place)},
        {"division": given.TOWN},
        {"role": "teacher"},
        {"employment": "established"},
        {"education": "master"},
        {"title": "senior"},
        {"employed": True},
        {"q": "章"},
        {"as_of": "2020-09-01", "role": "teacher"},
    ]
    for params in queries:
        page = StaffPage.model_validate_json((await client.get("/v1/staff", params=params)).content)
        assert [each.id for each in page.items] == [wanted], params
        assert [(each.role, each.kindergarten) for each in page.items[0].posts] == [("teacher", place)]
    assert (await client.get("/v1/staff", params={"role": "teacher", "as_of": "2020-08-31"})).json()["items"] == []
    assert len((await client.get("/v1/staff", params={"q": "zhanglaoshi"})).json()["items"]) == 2
    assert (await client.get("/v1/staff", params={"document_number": "1"})).status_code == 422
    listed = await client.get("/v1/staff", headers={"Accept": "text/csv"})
    assert listed.text.count("\r\n") + listed.text.count("\n") >= 3


async def test_a_record_is_corrected_by_who_has_seen_it(registry: Service):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/staff", json=people.new_person())).json()
    address, number = f"/v1/staff/{made['id']}", given.resident_id(date(1990, 5, 7), "2")
    assert (await client.patch(address, json={"title": "first"})).status_code == 428
    wrong = await client.patch(address, json={"birth_date": "1990-05-07"}, headers={"If-Match": '"1"'})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/birth_date")
    change = {"birth_date": "1990-05-07", "document_number": number, "name": "王老师(演示)", "title": "first"}
    answer = await client.patch(address, json=change, headers={"If-Match": '"1"'})
    after = StaffMember.model_validate_json(answer.content)
    assert (after.name, after.birth_date, after.title, after.version) == ("王老师(演示)", date(1990, 5, 7), "first", 2)
    stale = await client.patch(address, json={"title": "second"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["differing"]) == (412, {"title": "first"})
    found = await client.post("/v1/staff/search", json={"document_type": "1", "document_number": number})
    assert [each["id"] for each in found.json()["items"]] == [made["id"]]


async def test_events_tell_that_a_record_changed_and_never_what_it_says(registry: Service):
    client, sent = registry.client(REGISTRAR), people.new_person()
    made = (await client.post("/v1/staff", json=sent)).json()
    await client.patch(f"/v1/staff/{made['id']}", json={"title": "first"}, headers={"If-Match": '"1"'})
    rows = await registry.database.fetch("SELECT type, data::text FROM events ORDER BY seq")
    assert [kind for kind, _ in rows] == ["registry.staff.registered", "registry.staff.changed"]
    facts = [StaffFact.model_validate_json(data) for _, data in rows]
    assert [each.changed for each in facts] == [[], ["title"]]
    assert all(word not in data for _, data in rows for word in ("老师", sent["document_number"], "1990", "first"))
