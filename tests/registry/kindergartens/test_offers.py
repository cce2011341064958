"""What a kindergarten's page offers is what a request will be answered with, for every state and caller."""

from typing import Any
from uuid import UUID

import pytest

from services.registry.kindergartens.codes import Status
from tests.registry import given
from tests.registry.kindergartens.callers import MACHINE, REGISTRAR, TOWN, Grant, principal
from tests.stack import Service

TODAY = given.TODAY.isoformat()


async def asked(registry: Service, caller: Grant, key: UUID, action: str, to: str | None) -> tuple[bool, str | None]:
    """Whether a request of that kind is accepted, or the code it is refused with."""
    client, url = registry.client(caller), f"/v1/kindergartens/{key}"
    if action == "edit":
        answer = await client.patch(url, json={"phone": "010-1"}, headers={"If-Match": '"1"'})
    elif action == "change_type":
        answer = await client.post(f"{url}/types", json={"type": to, "since": TODAY, "document": "演示"})
    elif action == "change_status":
        answer = await client.post(f"{url}/statuses", json={"status": to, "since": TODAY, "reason": "演示"})
    elif action == "add_campus":
        answer = await client.post(f"{url}/campuses", json={"name": "二部", "address": "演示路"})
    else:
        body = given.new_kindergarten(relation="branch", parent=str(key), school_code=None)
        answer = await client.post("/v1/kindergartens", json=body)
    if answer.status_code in (200, 201):
        return True, None
    problem = answer.json()
    return False, problem["errors"][0]["code"] if problem["code"] == "invalid-input" else problem["code"]


STATES: list[dict[str, Any]] = [
    *({"type": "public", "status": each.value} for each in Status),
    {"type": "private", "status": "operating"},
    {"type": "private", "status": "operating", "for_profit": True},
    {"type": "inclusive_private", "status": "suspended"},
    {"type": None, "status": "preparing"},
    {"type": "public", "status": "operating", "children": 1},
]


async def placed(registry: Service, state: dict[str, Any]) -> UUID:
    fields = {name: value for name, value in state.items() if name != "children"}
    key = await given.kindergarten(registry, **fields)
    if state.get("children"):
        await given.pupils(registry, await given.class_(registry, key), state["children"])
    return key


@pytest.mark.parametrize("state", STATES, ids=str)
@pytest.mark.parametrize("who", ["registrar", "town officer", "principal", "integration", "registrar elsewhere"])
async def test_what_is_offered_is_accepted_and_what_is_not_is_refused(
    registry: Service, state: dict[str, Any], who: str
):
    key = await placed(registry, state)
    callers = {
        "registrar": [REGISTRAR],
        "town officer": [TOWN],
        "principal": [principal(key)],
        "integration": [MACHINE],
        "registrar elsewhere": [("registrar", given.OTHER_TOWN), TOWN],
    }[who]
    entry = (await registry.client(*callers).get(f"/v1/kindergartens/{key}")).json()
    assert len(entry["actions"]) == 11
    for offer in entry["actions"]:
        registry.database.clean()
        fresh = await placed(registry, state)
        accepted, code = await asked(registry, callers[0], fresh, offer["action"], offer["to"])
        assert offer["allowed"] == accepted, offer
        if who != "registrar elsewhere":
            assert offer["code"] == code, offer
        if not accepted:
            assert offer["zh"]
            assert offer["en"]
