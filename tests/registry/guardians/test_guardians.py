"""监护人: seen with the child, telephone and document sealed."""

from typing import Any

import pytest

from services.registry.guardians.schemas import GuardianOut
from tests.registry import given
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
PHONE = "01000000123"  # no such subscriber: numbers in Beijing do not begin with 0


def new_guardian(**fields: Any) -> dict[str, Any]:
    return {"name": "张父(演示)", "relation": "51", "phone": PHONE} | fields


async def test_a_guardian_is_recorded_changed_and_removed(registry: Service):
    child = await given.child(registry)
    client, address = registry.client(REGISTRAR), f"/v1/children/{child}/guardians"
    number = given.resident_id(sex="2")
    answer = await client.post(address, json=new_guardian(document_type="1", document_number=number))
    assert answer.status_code == 201, answer.text
    made = GuardianOut.model_validate_json(answer.content)
    assert (made.child, made.synthetic, made.phone_mask) == (child, True, "010****0123")
    assert number not in answer.text
    one = f"{address}/{made.id}"
    changed = await client.patch(one, json={"relation": "52", "phone": None}, headers={"If-Match": '"1"'})
    after = GuardianOut.model_validate_json(changed.content)
    assert (after.relation, after.phone_mask, after.document_mask) == ("52", "", made.document_mask)
    listed = await client.get(address)
    assert [GuardianOut.model_validate(each) for each in listed.json()] == [after]
    assert GuardianOut.model_validate_json((await client.get(one)).content) == after
    assert (await client.delete(one)).status_code == 204
    assert (await client.get(address)).json() == []
    history = await registry.database.fetch(
        "SELECT operation FROM row_history WHERE table_name = 'guardians' ORDER BY id"
    )
    assert history == [("UPDATE",), ("DELETE",)]


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"relation": "88"}, "/relation"),
        ({"phone": "call me"}, "/phone"),
        ({"document_type": "1"}, "/"),
        ({"document_type": "1", "document_number": "110199202203150011"}, "/document_number"),
    ],
)
async def test_a_guardian_is_checked_like_a_child(registry: Service, fields: dict[str, Any], pointer: str):
    child = await given.child(registry)
    answer = await registry.client(REGISTRAR).post(f"/v1/children/{child}/guardians", json=new_guardian(**fields))
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer), answer.text


async def test_a_guardian_is_recorded_once_a_child(registry: Service):
    child, sibling = await given.child(registry), await given.child(registry)
    sent = new_guardian(document_type="1", document_number=given.resident_id(sex="2"))
    client = registry.client(REGISTRAR)
    assert (await client.post(f"/v1/children/{child}/guardians", json=sent)).status_code == 201
    assert (await client.post(f"/v1/children/{sibling}/guardians", json=sent)).status_code == 201
    again = await client.post(f"/v1/children/{child}/guardians", json=sent)
    assert (again.status_code, again.json()["code"]) == (409, "guardian-already-recorded")


async def test_guardians_are_seen_by_who_sees_the_child(registry: Service):
    kindergarten = await given.kindergarten(registry)
    inside, outside = await given.child(registry), await given.child(registry)
    await given.enrolment(registry, inside, await given.class_(registry, kindergarten))
    principal = registry.client(("principal", f"k:{kindergarten}"))
    assert (await principal.post(f"/v1/children/{inside}/guardians", json=new_guardian())).status_code == 201
    assert (await principal.post(f"/v1/children/{outside}/guardians", json=new_guardian())).status_code == 404
    assert (await principal.get(f"/v1/children/{outside}/guardians")).status_code == 404
    assert len((await principal.get(f"/v1/children/{inside}/guardians")).json()) == 1
