"""幼儿园登记: entering, changing and moving kindergartens."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from services.registry.kindergartens.schemas import Kindergarten
from shared.contracts.registry import KindergartenFact
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

OPERATING = {"status": "operating", "type": "public", "document": "演示〔2026〕1号", "reason": "演示"}


async def test_a_kindergarten_is_registered_and_read_back(registry: Service):
    client = registry.client(REGISTRAR)
    code = given.credit_code("12")
    body = given.new_kindergarten(first=OPERATING, credit_code=code, licence_number="教演1号", licensed_seats=180)
    answer = await client.post("/v1/kindergartens", json=body)
    assert answer.status_code == 201, answer.text
    made = Kindergarten.model_validate_json(answer.content)
    assert answer.headers["location"] == f"/v1/kindergartens/{made.id}"
    assert (made.type, made.status, made.opened_on, made.credit_code) == ("public", "operating", given.TODAY, code)
    assert (made.town, made.town_name, made.division_name) == (given.TOWN, "北房镇", made.division_name)
    read = await client.get(f"/v1/kindergartens/{made.id}")
    assert read.content == answer.content
    assert read.headers["etag"] == answer.headers["etag"] == '"1"'


async def test_a_kindergarten_begins_as_proposed_unless_told_otherwise(registry: Service):
    made = (await registry.client(REGISTRAR).post("/v1/kindergartens", json=given.new_kindergarten())).json()
    assert (made["status"], made["type"], made["opened_on"]) == ("proposed", None, None)


async def test_what_is_missing_from_the_licence_is_pointed_out(registry: Service):
    client = registry.client(REGISTRAR)
    soon = (given.TODAY + timedelta(days=30)).isoformat()
    licensed = {"licence_number": "教演2号", "licence_issued_on": "2022-01-01", "licence_expires_on": soon}
    made = await client.post("/v1/kindergartens", json=given.new_kindergarten(first=OPERATING, **licensed))
    assert [each["code"] for each in made.json()["findings"]] == ["licence-expiring", "licensed-not-registered"]


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"naem": "x"}, "/naem", "extra_forbidden"),
        ({"name": "长" * 101}, "/name", "string_too_long"),
        ({"name": "零\x00"}, "/name", "control_character"),
        ({"name": None}, "/name", "string_type"),
        ({"school_code": "2111990001"}, "/school_code", "school-code-class"),
        ({"school_code": "1144990001"}, "/school_code", "school-code-province"),
        ({"school_code": "12345"}, "/school_code", "school-code-shape"),
        ({"credit_code": "12110199YQ0000011X"}, "/credit_code", "credit-code-check-digit"),
        ({"credit_code": "IOSVZ"}, "/credit_code", "credit-code-shape"),
        ({"founder_code": "700"}, "/founder_code", "unknown-code"),
        ({"school_type": "999"}, "/school_type", "unknown-code"),
        ({"urban_rural_code": "1"}, "/urban_rural_code", "unknown-code"),
        ({"division": "11"}, "/division", "string_pattern_mismatch"),
        ({"division": "110116999"}, "/division", "division-unknown"),
        ({"division": "110116"}, "/division", "division-too-wide"),
        ({"division": "110105001"}, "/division", "division-out-of-scope"),
        ({"relation": "branch"}, "/parent", "branch-names-its-parent"),
        ({"relation": "attached"}, "/host_school", "attached-class-names-its-school"),
        ({"relation": "branch", "parent": str(uuid4())}, "/parent", "parent-unknown"),
        ({"group_id": str(uuid4())}, "/group_id", "group-unknown"),
        ({"licence_expires_on": "2101-01-01"}, "/licence_expires_on", "date_out_of_range"),
        ({"licence_expires_on": 20250101}, "/licence_expires_on", "date_type"),
        ({"licensed_seats": 10**9}, "/licensed_seats", "less_than_equal"),
        ({"licensed_seats": 2**70}, "/licensed_seats", "less_than_equal"),
        ({"latitude": 91}, "/latitude", "less_than_equal"),
        ({"phone": "<script>"}, "/phone", "string_pattern_mismatch"),
        ({"first": {"status": "open"}}, "/first/status", "enum"),
    ],
)
async def test_what_cannot_be_registered_is_refused_with_its_field(
    registry: Service, change: dict[str, Any], pointer: str, code: str
):
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=given.new_kindergarten() | change)
    assert answer.status_code == 422, answer.text
    assert {"pointer": pointer, "code": code}.items() <= answer.json()["errors"][0].items()
    assert (await registry.database.fetch("SELECT count(*) FROM kindergartens"))[0][0] == 0


async def test_a_misspelt_field_is_answered_with_the_one_meant(registry: Service):
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=given.new_kindergarten(adress="x"))
    assert "address" in answer.json()["errors"][0]["detail"]


async def test_all_faults_come_back_at_once(registry: Service):
    wrong = {"school_code": "1", "credit_code": "2", "founder_code": "3", "division": "110116"}
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=given.new_kindergarten() | wrong)
    assert {each["pointer"] for each in answer.json()["errors"]} == {f"/{name}" for name in wrong}


@pytest.mark.parametrize(
    ("first", "founder", "code"),
    [
        ({"status": "operating"}, "831", "operating-needs-a-type"),
        ({"status": "closed"}, "831", "status-is-no-beginning"),
        ({"status": "operating", "type": "private"}, "831", "founder-forbids-type"),
        ({"status": "operating", "type": "public"}, "999", "founder-forbids-type"),
    ],
)
async def test_a_beginning_the_rules_forbid_is_refused(
    registry: Service, first: dict[str, Any], founder: str, code: str
):
    body = given.new_kindergarten(first=first, founder_code=founder)
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, code)


async def test_a_for_profit_kindergarten_is_never_inclusive(registry: Service):
    first = OPERATING | {"type": "inclusive_private"}
    body = given.new_kindergarten(first=first, founder_code="999", for_profit=True)
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "for-profit-not-inclusive")


async def test_an_early_credit_code_passes_with_a_reason(registry: Service):
    client = registry.client(REGISTRAR)
    body = given.new_kindergarten(credit_code="12110199YQ0000011X")
    assert (await client.post("/v1/kindergartens", json=body)).status_code == 422
    body["credit_code_note"] = "试点期间核发的代码"
    assert (await client.post("/v1/kindergartens", json=body)).status_code == 201


async def test_codes_are_taken_once(registry: Service):
    client = registry.client(REGISTRAR)
    body = given.new_kindergarten(credit_code=given.credit_code())
    assert (await client.post("/v1/kindergartens", json=body)).status_code == 201
    again = await client.post("/v1/kindergartens", json=body | {"credit_code": None})
    assert (again.status_code, again.json()["code"]) == (409, "school-code-taken")
    again = await client.post("/v1/kindergartens", json=body | {"school_code": given.school_code()})
    assert (again.status_code, again.json()["code"]) == (409, "credit-code-taken")


async def test_identifiers_are_stored_in_their_normal_form(registry: Service):
    code = given.credit_code()
    body = given.new_kindergarten(credit_code=f" {code.lower()} ")
    made = (await registry.client(REGISTRAR).post("/v1/kindergartens", json=body)).json()
    assert made["credit_code"] == code


async def test_a_repeated_registration_happens_once(registry: Service):
    client = registry.client(REGISTRAR, **{"Idempotency-Key": "r-1"})
    body = given.new_kindergarten()
    first, second = [await client.post("/v1/kindergartens", json=body) for _ in range(2)]
    assert first.content == second.content
    assert second.headers["idempotency-replayed"] == "true"
    assert second.headers["location"] == first.headers["location"]
    assert (await registry.database.fetch("SELECT count(*) FROM kindergartens"))[0][0] == 1


async def test_an_edit_names_the_version_it_edits(registry: Service):
    client, key = registry.client(REGISTRAR), await given.kindergarten(registry)
    url = f"/v1/kindergartens/{key}"
    assert (await client.patch(url, json={"phone": "010-1"})).status_code == 428
    edited = await client.patch(
        url, json={"phone": "010-1", "name": "怀柔区新名幼儿园(演示)"}, headers={"If-Match": '"1"'}
    )
    assert (edited.status_code, edited.headers["etag"]) == (200, '"2"')
    assert edited.json()["phone"] == "010-1"
    stale = await client.patch(url, json={"phone": "010-2", "short_name": ""}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412
    assert stale.json()["current_version"] == 2
    assert stale.json()["differing"] == {"phone": "010-1"}
    pinyin = await registry.database.fetch("SELECT pinyin FROM kindergartens")
    assert pinyin[0][0].startswith("huai rou qu xin ming")


async def test_an_edit_that_changes_nothing_leaves_no_trace(registry: Service):
    client, key = registry.client(REGISTRAR), await given.kindergarten(registry)
    edited = await client.patch(f"/v1/kindergartens/{key}", json={"founder_code": "831"}, headers={"If-Match": '"1"'})
    assert (edited.status_code, edited.headers["etag"]) == (200, '"1"')
    assert await registry.database.fetch("SELECT 1 FROM events") == []


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"for_profit": True}, 409, "public-for-profit"),
        ({"founder_code": "999"}, 409, "founder-forbids-type"),
        ({"school_code": "11"}, 422, "invalid-input"),
        ({"name": None}, 422, "invalid-input"),
        ({"relation": "attached"}, 422, "invalid-input"),
        ({"licence_issued_on": "2026-01-02", "licence_expires_on": "2026-01-01"}, 409, "licence-act-needed"),
        ({"licence_number": "演示1号"}, 409, "licence-act-needed"),
        ({"synthetic": False}, 422, "invalid-input"),
        ({"type": "private"}, 422, "invalid-input"),
    ],
)
async def test_an_edit_the_rules_forbid_is_refused(registry: Service, change: dict[str, Any], status: int, code: str):
    key = await given.kindergarten(registry)
    url = f"/v1/kindergartens/{key}"
    answer = await registry.client(REGISTRAR).patch(url, json=change, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert (await registry.database.fetch("SELECT version FROM kindergartens"))[0][0] == 1


async def test_two_who_edit_the_same_version_do_not_overwrite_each_other(registry: Service):
    client, key = registry.client(REGISTRAR), await given.kindergarten(registry)
    edits = [
        client.patch(f"/v1/kindergartens/{key}", json={"phone": f"010-{n}"}, headers={"If-Match": '"1"'})
        for n in range(8)
    ]
    answers = await asyncio.gather(*edits)
    assert sorted(each.status_code for each in answers) == [200] + [412] * 7


async def test_only_a_registrar_writes(registry: Service):
    key = await given.kindergarten(registry)
    for caller in (TOWN, principal(key), ("integration", given.DISTRICT), ("leader", given.DISTRICT)):
        answer = await registry.client(caller).post("/v1/kindergartens", json=given.new_kindergarten())
        assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")


async def test_a_registrar_of_one_town_writes_in_that_town_only(registry: Service):
    client = registry.client(("registrar", given.TOWN))
    elsewhere = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    body = given.new_kindergarten(division=given.OTHER_VILLAGE)
    answer = await client.post("/v1/kindergartens", json=body)
    assert answer.json()["errors"][0]["code"] == "division-out-of-scope"
    answer = await client.patch(f"/v1/kindergartens/{elsewhere}", json={"phone": "1"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    own = (await client.post("/v1/kindergartens", json=given.new_kindergarten())).json()
    moved = {"division": given.OTHER_VILLAGE}
    answer = await client.patch(f"/v1/kindergartens/{own['id']}", json=moved, headers={"If-Match": '"1"'})
    assert answer.json()["errors"][0]["code"] == "division-out-of-scope"


async def test_a_kindergarten_that_moves_takes_everything_along(registry: Service):
    key = await given.kindergarten(registry)
    room = await given.class_(registry, key)
    child = await given.child(registry)
    await given.enrolment(registry, child, room)
    client = registry.client(REGISTRAR)
    await client.post(f"/v1/kindergartens/{key}/campuses", json={"name": "二部", "address": "演示路1号"})
    moved = {"division": given.OTHER_VILLAGE}
    answer = await client.patch(f"/v1/kindergartens/{key}", json=moved, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["town_name"]) == (200, "杨宋镇"), answer.text
    for table in ("kindergarten_types", "kindergarten_statuses", "campuses", "classes", "children", "enrolments"):
        assert await registry.database.fetch(f"SELECT division FROM {table}") == [(given.OTHER_VILLAGE,)]
    assert (await registry.client(TOWN).get(f"/v1/kindergartens/{key}")).status_code == 404
    assert (
        await registry.client(("town_officer", given.OTHER_TOWN)).get(f"/v1/kindergartens/{key}")
    ).status_code == 200
    await registry.numbered()
    left = (await registry.client(TOWN).get("/v1/events", params={"types": "registry.kindergarten."})).json()["items"]
    assert left[-1]["type"] == "registry.kindergarten.moved_away"
    assert left[-1]["data"] == {"id": str(key), "division": given.OTHER_VILLAGE}


async def test_every_change_is_announced_with_the_state_after_it(registry: Service):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/kindergartens", json=given.new_kindergarten(first=OPERATING))).json()
    await client.patch(
        f"/v1/kindergartens/{made['id']}", json={"name": "怀柔区改名幼儿园(演示)"}, headers={"If-Match": '"1"'}
    )
    await registry.numbered()
    page = (await client.get("/v1/events")).json()
    assert [each["type"] for each in page["items"]] == [
        "registry.kindergarten.registered",
        "registry.kindergarten.status_recorded",
        "registry.kindergarten.type_recorded",
        "registry.kindergarten.changed",
    ]
    whole = [each for each in page["items"] if each["subject"] == f"kindergartens/{made['id']}"]
    facts = [KindergartenFact.model_validate(each["data"]) for each in whole]
    assert [(fact.name, fact.version, fact.type) for fact in facts] == [
        (made["name"], 1, "public"),
        ("怀柔区改名幼儿园(演示)", 2, "public"),
    ]


async def test_branches_belong_to_a_kindergarten_that_is_none_itself(registry: Service):
    client, parent = registry.client(REGISTRAR), await given.kindergarten(registry)
    body = given.new_kindergarten(relation="branch", parent=str(parent), school_code=None)
    branch = await client.post("/v1/kindergartens", json=body)
    assert branch.status_code == 201, branch.text
    assert branch.json()["parent_name"] is not None
    again = given.new_kindergarten(relation="branch", parent=branch.json()["id"])
    answer = await client.post("/v1/kindergartens", json=again)
    assert answer.json()["errors"][0]["code"] == "parent-is-a-branch"
    listed = (await client.get(f"/v1/kindergartens/{parent}/branches")).json()["items"]
    assert [each["id"] for each in listed] == [branch.json()["id"]]
    assert (await client.get(f"/v1/kindergartens/{uuid4()}/branches")).status_code == 404


async def test_a_class_attached_to_a_school_has_no_code_of_its_own(registry: Service):
    body = given.new_kindergarten(relation="attached", host_school="演示小学", school_type="119", school_code=None)
    made = (await registry.client(REGISTRAR).post("/v1/kindergartens", json=body)).json()
    assert (made["relation"], made["school_code"], made["host_school"]) == ("attached", None, "演示小学")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b'{"name": 1e999}', b"null"])
async def test_a_body_that_is_none_is_refused(registry: Service, body: bytes):
    client = registry.client(REGISTRAR, **{"Content-Type": "application/json"})
    assert 400 <= (await client.post("/v1/kindergartens", content=body)).status_code < 500
