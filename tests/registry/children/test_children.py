"""幼儿: registered once in the district, seen within one's scope, found by every filter, corrected with care."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.registry.children.schemas import ChildMatches, ChildOut, ChildPage, ChildState
from shared.contracts.registry import ChildFact
from tests.registry import given
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
BORN = date(2022, 3, 15)


def new_child(**fields: Any) -> dict[str, Any]:
    sex, birth = fields.get("sex", "1"), fields.get("birth_date", BORN)
    return {
        "name": "张三丰(演示)",
        "sex": sex,
        "birth_date": str(birth),
        "document_type": "1",
        "document_number": given.resident_id(birth, sex),
        "residence_division": given.VILLAGE,
    } | {name: str(value) if isinstance(value, date) else value for name, value in fields.items()}


async def test_a_child_is_registered_with_its_number_masked_and_sealed(registry: Service):
    sent = new_child(ethnicity="11", disability_kind="gb-2", special_care="食物过敏")
    answer = await registry.client(REGISTRAR).post("/v1/children", json=sent)
    assert answer.status_code == 201, answer.text
    made = ChildOut.model_validate_json(answer.content)
    assert (made.division, made.kindergarten, made.disability_scheme) == (given.VILLAGE, None, "GB/T 26341-2010")
    assert (made.synthetic, made.document_mask[:3], "*" in made.document_mask) == (True, "110", True)
    assert sent["document_number"] not in answer.text
    rows = await registry.database.fetch("SELECT document_sealed, row_to_json(c)::text FROM children c")
    assert given.KEYS.decrypt(bytes(rows[0][0]), made.id.bytes) == sent["document_number"]
    assert sent["document_number"] not in rows[0][1]


@pytest.mark.parametrize(
    ("fields", "code", "pointer"),
    [
        ({"document_number": "110199202203150011"}, "resident-id-check-digit", "/document_number"),
        ({"document_number": "123"}, "resident-id-shape", "/document_number"),
        ({"document_number": given.resident_id(date(2022, 3, 16))}, "resident-id-other-birth", "/birth_date"),
        ({"document_number": given.resident_id(BORN, "2")}, "resident-id-other-sex", "/sex"),
        ({"document_type": "H"}, "document-shape", "/document_number"),
        ({"document_type": "7Z"}, "unknown-code", "/document_type"),
        ({"ethnicity": "99"}, "unknown-code", "/ethnicity"),
        ({"household_kind": "x"}, "unknown-code", "/household_kind"),
        ({"residence_division": "110116999"}, "unknown-division", "/residence_division"),
        ({"birth_date": given.TODAY + timedelta(1), "document_type": "A"}, "birth-date-future", "/birth_date"),
        ({"birth_date": 20220315}, "date_type", "/birth_date"),
        ({"sex": "3"}, "literal_error", "/sex"),
        ({"score": 100}, "extra_forbidden", "/score"),
        ({"name": "张\u0000三"}, "control_character", "/name"),
    ],
)
async def test_what_does_not_agree_is_refused_with_its_field(
    registry: Service, fields: dict[str, Any], code: str, pointer: str
):
    sent = new_child() | {name: str(v) if isinstance(v, date) else v for name, v in fields.items()}
    answer = await registry.client(REGISTRAR).post("/v1/children", json=sent)
    assert answer.status_code == 422, answer.text
    assert (pointer, code) in [(each["pointer"], each["code"]) for each in answer.json()["errors"]], answer.text


async def test_every_fault_is_named_at_once(registry: Service):
    sent = new_child(ethnicity="99", residence_division="110116999", document_number=given.resident_id(BORN, "2"))
    answer = await registry.client(REGISTRAR).post("/v1/children", json=sent)
    assert [each["pointer"] for each in answer.json()["errors"]] == ["/ethnicity", "/sex", "/residence_division"]


@pytest.mark.parametrize(("kind", "number"), [("A", "E1234567"), ("D", "H12345678"), ("B", "110116000001")])
async def test_other_documents_are_accepted_in_their_own_shape(registry: Service, kind: str, number: str):
    sent = new_child(document_type=kind, document_number=number.lower())
    answer = await registry.client(REGISTRAR).post("/v1/children", json=sent)
    assert answer.status_code == 201, answer.text
    found = {"document_type": kind, "document_number": f" {number} "}
    matches = await registry.client(REGISTRAR).post("/v1/children/search", json=found)
    assert [str(each.id) for each in ChildMatches.model_validate_json(matches.content).items] == [answer.json()["id"]]


async def test_a_child_is_registered_once_in_the_district(registry: Service):
    sent = new_child()
    far = registry.client(("registrar", given.OTHER_TOWN))
    assert (await registry.client(REGISTRAR).post("/v1/children", json=sent)).status_code == 201
    again = await far.post("/v1/children", json=sent | {"residence_division": given.OTHER_VILLAGE})
    assert (again.status_code, again.json()["code"]) == (409, "child-already-registered")
    assert "入园" in again.json()["hint"]


async def test_a_kindergarten_registers_a_child_by_enrolling_it(registry: Service):
    principal = registry.client(("principal", f"k:{await given.kindergarten(registry)}"))
    answer = await principal.post("/v1/children", json=new_child())
    assert (answer.status_code, answer.json()["code"]) == (409, "child-needs-enrolment")


async def test_each_caller_sees_the_children_of_its_scope(registry: Service):
    here, there = (
        await given.kindergarten(registry),
        await given.kindergarten(registry, division=given.OTHER_VILLAGE),
    )
    mine = await given.pupils(registry, await given.class_(registry, here), 2)
    theirs = await given.pupils(registry, await given.class_(registry, there), 1)
    nowhere = await given.child(registry, residence=given.OTHER_VILLAGE)
    seen = {
        REGISTRAR: {*mine, *theirs, nowhere},
        ("town_officer", given.TOWN): {*mine},
        ("town_officer", given.OTHER_TOWN): {*theirs, nowhere},
        ("principal", f"k:{here}"): {*mine},
        ("teacher", f"k:{there}"): {*theirs},
    }
    for grant, expected in seen.items():
        client = registry.client(grant)
        page = ChildPage.model_validate_json((await client.get("/v1/children", params={"count": True})).content)
        assert ({each.id for each in page.items}, page.total) == (expected, len(expected)), grant
        for child in (*mine, *theirs, nowhere):
            assert (await client.get(f"/v1/children/{child}")).status_code == (200 if child in expected else 404)
    assert (await registry.client(("leader", given.DISTRICT)).get("/v1/children")).status_code == 403


async def test_children_are_found_by_every_filter(registry: Service):
    kindergarten = await given.kindergarten(registry)
    room = await given.class_(registry, kindergarten)
    wanted = await given.child(
        registry,
        name="章小满",
        sex="2",
        birth=date(2022, 5, 21),
        ethnicity="11",
        special_care="哮喘",
    )
    await given.enrolment(registry, wanted, room)
    await given.child(registry, name="张小满", birth=date(2021, 5, 21), residence=given.OTHER_VILLAGE, ethnicity="01")
    queries: list[dict[str, Any]] = [
        {"kindergarten": str(kindergarten)},
        {"class_id": str(room)},
        {"division": given.TOWN},
        {"residence": given.VILLAGE},
        {"born_from": "2022-05-21"},
        {"born_from": "2022-05-21", "born_to": "2022-05-21"},
        {"sex": "2"},
        {"ethnicity": "11"},
        {"needs": True},
        {"enrolled": True},
        {"q": "章小"},
        {"q": "zhangxiao", "sex": "2"},
        {"q": "Zhang Xiao man", "enrolled": True},
    ]
    client = registry.client(REGISTRAR)
    for params in queries:
        page = ChildPage.model_validate_json((await client.get("/v1/children", params=params)).content)
        assert [each.id for each in page.items] == [wanted], params
    assert len((await client.get("/v1/children", params={"q": "zhangxiaoman"})).json()["items"]) == 2
    none: list[dict[str, Any]] = [{"born_to": "2021-05-20"}, {"q": "zhan g xia ox"}, {"enrolled": True, "needs": False}]
    for params in none:
        assert (await client.get("/v1/children", params=params)).json()["items"] == [], params
    assert (await client.get("/v1/children", params={"document_number": "1"})).status_code == 422


async def test_kindergarten_and_class_are_those_of_the_day_asked_for(registry: Service):
    first, second = await given.kindergarten(registry), await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    year = given.SCHOOL_YEAR
    then, now = await given.class_(registry, first, year=year - 1), await given.class_(registry, second, year=year)
    child = await given.child(registry)
    begins = date(year, 9, 1)
    await given.enrolment(registry, child, then, until=begins, reason_out="transfer")
    await given.enrolment(registry, child, now, previous_until=begins)
    client = registry.client(REGISTRAR)
    places: list[tuple[date, Any, Any]] = [
        (date(year - 1, 8, 31), None, given.VILLAGE),
        (date(year - 1, 9, 1), first, given.VILLAGE),
        (begins - timedelta(1), first, given.VILLAGE),
        (begins, second, given.OTHER_VILLAGE),
        (given.TODAY, second, given.OTHER_VILLAGE),
    ]
    for day, kindergarten, division in places:
        answer = await client.get(f"/v1/children/{child}", params={"as_of": str(day)})
        found = ChildOut.model_validate_json(answer.content)
        assert (found.kindergarten, found.division) == (kindergarten, division), day
        listed = (await client.get("/v1/children", params={"as_of": str(day), "kindergarten": str(first)})).json()
        assert bool(listed["items"]) == (kindergarten == first)
    roster = await client.get(f"/v1/classes/{then}/children", params={"as_of": str(begins - timedelta(1))})
    assert [each.id for each in ChildPage.model_validate_json(roster.content).items] == [child]
    assert (await client.get(f"/v1/classes/{then}/children")).json()["items"] == []
    outsider = registry.client(("principal", f"k:{second}"))
    assert (await outsider.get(f"/v1/classes/{then}/children")).status_code == 404


async def test_a_record_is_corrected_and_its_former_state_is_kept(registry: Service):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/children", json=new_child(ethnicity="01"))).json()
    address = f"/v1/children/{made['id']}"
    number = given.resident_id(date(2022, 3, 16))
    change = {"birth_date": "2022-03-16", "document_number": number, "ethnicity": None, "name": "李四(演示)"}
    answer = await client.patch(address, json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    after = ChildOut.model_validate_json(answer.content)
    assert (after.name, after.birth_date, after.ethnicity, after.version) == ("李四(演示)", date(2022, 3, 16), None, 2)
    search = await client.post("/v1/children/search", json={"document_type": "1", "document_number": number})
    assert [each["id"] for each in search.json()["items"]] == [made["id"]]
    history = (await client.get(f"{address}/history")).json()
    states = [ChildState.model_validate(each) for each in history["items"]]
    assert [(each.operation, each.before["name"], each.before["version"]) for each in states] == [
        ("UPDATE", "张三丰(演示)", 1)
    ]
    assert not {"document_sealed", "document_index"} & states[0].before.keys()


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"birth_date": "2022-03-16"}, "/birth_date"),
        ({"sex": "2"}, "/sex"),
        ({"document_type": "H"}, "/document_number"),
        ({"name": None}, "/name"),
        ({"residence_division": None}, "/residence_division"),
        ({"overseas_kind": None}, "/overseas_kind"),
        ({"left_behind": "sometimes"}, "/left_behind"),
        ({"division": given.OTHER_VILLAGE}, "/division"),
    ],
)
async def test_a_correction_must_agree_with_the_number_on_record(
    registry: Service, change: dict[str, Any], pointer: str
):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/children", json=new_child())).json()
    answer = await client.patch(f"/v1/children/{made['id']}", json=change, headers={"If-Match": '"1"'})
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_stale_correction_is_told_what_differs(registry: Service):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/children", json=new_child())).json()
    address = f"/v1/children/{made['id']}"
    assert (await client.patch(address, json={"ethnicity": "11"}, headers={"If-Match": '"1"'})).status_code == 200
    stale = await client.patch(address, json={"ethnicity": "01"}, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["current_version"], stale.json()["differing"]) == (
        412,
        2,
        {"ethnicity": "11"},
    )


async def test_a_child_in_no_kindergarten_moves_with_its_residence(registry: Service):
    client = registry.client(REGISTRAR)
    made = (await client.post("/v1/children", json=new_child())).json()
    change = {"residence_division": given.OTHER_VILLAGE}
    await client.patch(f"/v1/children/{made['id']}", json=change, headers={"If-Match": '"1"'})
    town = registry.client(("town_officer", given.OTHER_TOWN))
    assert (await town.get(f"/v1/children/{made['id']}")).status_code == 200


async def test_events_tell_ids_and_fields_never_what_they_say(registry: Service):
    client = registry.client(REGISTRAR)
    sent = new_child(special_care="癫痫")
    made = (await client.post("/v1/children", json=sent)).json()
    await client.patch(f"/v1/children/{made['id']}", json={"name": "王五"}, headers={"If-Match": '"1"'})
    await registry.numbered()
    answer = await client.get("/v1/events", params={"types": "registry.child."})
    facts = [ChildFact.model_validate(each["data"]) for each in answer.json()["items"]]
    assert [(each.version, each.changed) for each in facts] == [(1, []), (2, ["name"])]
    for personal in ("张三丰", "王五", "癫痫", sent["document_number"], "2022-03-15"):
        assert personal not in answer.text


async def test_the_list_is_exported_without_identifiers(registry: Service):
    client = registry.client(REGISTRAR)
    sent = new_child()
    await client.post("/v1/children", json=sent)
    answer = await client.get("/v1/children", headers={"Accept": "text/csv"})
    assert answer.headers["content-type"].startswith("text/csv")
    assert "张三丰(演示)" in answer.text
    assert sent["document_number"] not in answer.text
