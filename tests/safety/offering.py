"""For every role: what a case offers is what the service accepts, and nothing else."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

import httpx

from services.safety.permissions import ROLES
from shared.contracts.roles import KINDERGARTEN, Role
from shared.machine import Machine
from tests.safety import given
from tests.stack import Service

# What a verb is asked with: the sub-resource and the body.
Ways = Mapping[str, tuple[str, Mapping[str, Any]]]


async def accepted(
    safety: Service, path: str, machine: Machine, ways: Ways, garden: UUID, stored: Callable[[], Awaitable[UUID]]
) -> int:
    """Try every verb as every role on cases `stored` makes alike; return how often it was accepted."""
    assert set(ways) == set(machine)
    total = 0
    for role in _kinds(machine):
        scope = f"k:{garden}" if role in KINDERGARTEN else given.DISTRICT
        client = safety.client((role.value, scope), sub="me")
        case = await stored()
        offers = await _offers(client, f"/v1/{path}/{case}", ways)
        # A verb that is refused changes nothing, so all of those can be tried on one case.
        targets = [await stored() if offers[verb]["allowed"] else case for verb in ways]
        calls = [
            client.post(f"/v1/{path}/{target}/{sub}", json=dict(body))
            for (sub, body), target in zip(ways.values(), targets, strict=True)
        ]
        for verb, answer in zip(ways, await asyncio.gather(*calls), strict=True):
            happened = (True, None) if answer.status_code == 201 else (False, answer.json()["code"])
            assert (offers[verb]["allowed"], offers[verb]["code"]) == happened, (role, verb, answer.text)
            total += answer.status_code == 201
    return total


def _kinds(machine: Machine) -> list[Role]:
    """One role of each kind: roles with the same scope and the same permissions for these verbs cannot differ here."""
    verbs = {verb.permission for verb in machine.values()}
    (concept, _), *_ = Counter(each.split(".")[1] for each in verbs).most_common()
    asked = verbs | {f"safety.{concept}.read"}
    kinds: dict[object, Role] = {}
    for role in Role:
        held = frozenset(ROLES[role] & asked)
        kinds.setdefault((role in KINDERGARTEN, held), role)
    return list(kinds.values())


async def _offers(client: httpx.AsyncClient, path: str, ways: Ways) -> dict[str, Any]:
    seen = await client.get(path)
    if seen.status_code == 403:  # who may not read may do nothing
        return {verb: {"allowed": False, "code": "not-permitted"} for verb in ways}
    assert seen.status_code == 200, seen.text
    offers = {each["action"]: each for each in seen.json()["actions"]}
    assert set(offers) == set(ways)
    return offers
