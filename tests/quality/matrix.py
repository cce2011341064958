"""What is offered is accepted and what is not offered is refused with the reason given, for every state and role."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import httpx
from psycopg.types.json import Jsonb

from services.quality.permissions import ROLES
from shared.contracts.roles import Role
from tests.quality import given
from tests.stack import Service

Case = Mapping[str, Any]


def standing(
    prefix: str | tuple[str, ...], kindergarten: object, division: str = given.DISTRICT
) -> dict[frozenset[str], tuple[str, str]]:
    """One grant for each set of permissions so named which a role has: roles that may the same are one."""
    inside = {Role.PRINCIPAL, Role.ACCOUNTANT, Role.CLERK, Role.TEACHER}
    found: dict[frozenset[str], tuple[str, str]] = {}
    for role in Role:
        held = frozenset(each for each in ROLES[role] if each.startswith(prefix))
        found.setdefault(held, (role.value, f"k:{kindergarten}" if role in inside else division))
    return found


async def disagreements(
    service: Service,
    table: str,
    path: str,
    id: str,
    states: Mapping[str, Case],
    bodies: Mapping[str, tuple[str, Case]],
    grants: Iterable[tuple[str, str]],
    cleanup: str = "",
) -> list[str]:
    """Try every verb in every state as every role; say where the offer and the answer differ, and count all tries.

    `states` gives the columns that make the case stand there, `bodies` each verb's address and a body that is valid;
    `cleanup` removes what an accepted verb leaves in other tables.
    """
    wrong: list[str] = []
    tried = 0
    assert set(states) == await _every_state(service, table)
    (kept,) = (await service.database.fetch(f"SELECT to_jsonb(t) FROM {table} t WHERE id = %s", id))[0]
    columns = ", ".join(kept)
    back = (
        f"UPDATE {table} SET ({columns}) = (SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb))"
        f" WHERE id = '{id}'"
    )
    clients = {grant: service.client(grant, sub=f"{grant[0]} of the matrix") for grant in grants}
    for state, columns_there in states.items():
        row = dict(kept) | dict(columns_there) | {"state": state}
        await _put(service, back, row, cleanup)
        for grant, client in clients.items():
            answer = await client.get(f"{path}/{id}")
            unseen = answer.json().get("code")
            if answer.status_code in {403, 404}:
                offers: dict[str, dict[str, Any]] = {}
            else:
                assert answer.status_code == 200, answer.text
                offers = {each["action"]: each for each in answer.json()["actions"]}
                assert offers.keys() == bodies.keys()
            for verb, (address, body) in bodies.items():
                tried += 1
                offer = offers.get(verb, {"allowed": False, "code": unseen})
                tries = await client.post(f"{path}/{id}/{address}", json=dict(body))
                if fault := _differs(offer, tries):
                    wrong.append(f"{state} {grant[0]} {verb}: {fault}")
                if tries.is_success:
                    await _put(service, back, row, cleanup)
    assert tried == len(states) * len(clients) * len(bodies)
    return wrong


async def _every_state(service: Service, table: str) -> set[str]:
    """The states a case of that table may be in, as the database has them."""
    query = "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s"
    ((definition,),) = await service.database.fetch(query, f"ck_{table}_state")
    return set(re.findall(r"'([a-z_]+)'", definition))


def _differs(offer: Mapping[str, Any], answer: httpx.Response) -> str:
    if offer["allowed"]:
        return "" if answer.status_code == 201 else f"offered, answered {answer.status_code} {answer.text[:300]}"
    # Who does not see the case and lacks the permission too learns of either.
    codes = {offer["code"]} | ({"not-permitted"} if offer["code"] == "not-found" else set())
    if answer.is_success or answer.json()["code"] not in codes:
        return f"refused with {offer['code']}, answered {answer.status_code} {answer.text[:300]}"
    return ""


async def _put(service: Service, back: str, row: Case, cleanup: str) -> None:
    if cleanup:
        await service.database.fetch(cleanup)
    await service.database.fetch(back, Jsonb(dict(row)))
