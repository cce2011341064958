"""Identifiers in clear: for a purpose, by those who may, and always with a line in the access log."""

from datetime import timedelta
from typing import Any

import pytest

from services.registry.disclosures.schemas import AccessPage, ChildIdentifiers
from tests.registry import given
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
AUDITOR = ("auditor", given.DISTRICT)
WHY = {"purpose": "verification", "reason": "入园材料核验"}


async def test_identifiers_are_shown_for_a_purpose_and_logged(registry: Service):
    number = given.resident_id()
    child = await given.child(registry, document=number)
    client = registry.client(REGISTRAR, sub="officer-7")
    guardian = {"name": "母(演示)", "relation": "52", "phone": "01000000123"}
    await client.post(f"/v1/children/{child}/guardians", json=guardian)
    answer = await client.post(f"/v1/children/{child}/identifiers", json=WHY)
    shown = ChildIdentifiers.model_validate_json(answer.content)
    assert (shown.document_number, [each.phone for each in shown.guardians]) == (number, ["01000000123"])
    assert answer.headers["cache-control"] == "no-store"
    log = AccessPage.model_validate_json((await registry.client(AUDITOR).get("/v1/access-log")).content)
    assert [(each.actor, each.purpose.value, each.reason, each.subject) for each in log.items] == [
        ("officer-7", "verification", "入园材料核验", f"children/{child}")
    ]
    assert "document_number" in log.items[0].fields


async def test_nothing_keeps_the_answer(registry: Service):
    number = given.resident_id()
    child = await given.child(registry, document=number)
    client = registry.client(REGISTRAR)
    for _ in range(2):
        answer = await client.post(
            f"/v1/children/{child}/identifiers", json=WHY, headers={"Idempotency-Key": "show-it"}
        )
        assert answer.json()["document_number"] == number
    assert await registry.database.fetch("SELECT count(*) FROM idempotency_keys") == [(0,)]
    assert await registry.database.fetch("SELECT count(*) FROM access_log") == [(2,)]


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [({"purpose": "curiosity", "reason": "好奇看看"}, "/purpose"), ({"purpose": "aid"}, "/reason"), ({}, "/purpose")],
)
async def test_without_a_purpose_nothing_is_shown(registry: Service, sent: dict[str, Any], pointer: str):
    child = await given.child(registry)
    answer = await registry.client(REGISTRAR).post(f"/v1/children/{child}/identifiers", json=sent)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)
    assert await registry.database.fetch("SELECT count(*) FROM access_log") == [(0,)]


async def test_only_who_may_identify_a_child_in_scope_sees_it(registry: Service):
    kindergarten = await given.kindergarten(registry)
    child = await given.child(registry)
    teacher = registry.client(("teacher", f"k:{kindergarten}"))
    assert (await teacher.post(f"/v1/children/{child}/identifiers", json=WHY)).status_code == 403
    principal = registry.client(("principal", f"k:{kindergarten}"))
    assert (await principal.post(f"/v1/children/{child}/identifiers", json=WHY)).status_code == 404
    assert await registry.database.fetch("SELECT count(*) FROM access_log") == [(0,)]
    assert (await principal.get("/v1/access-log")).status_code == 403


async def test_the_log_is_searched_by_who_whom_why_and_when(registry: Service):
    here, there = await given.child(registry), await given.child(registry, residence=given.OTHER_VILLAGE)
    for sub, child, purpose in (("anna", here, "aid"), ("boris", there, "emergency")):
        client = registry.client(REGISTRAR, sub=sub)
        await client.post(f"/v1/children/{child}/identifiers", json={"purpose": purpose, "reason": "演示事由"})
    queries: list[dict[str, Any]] = [
        {"actor": "anna"},
        {"purpose": "aid"},
        {"child": str(here)},
        {"division": given.TOWN},
        {"actor": "anna", "since": str(given.TODAY), "until": str(given.TODAY + timedelta(1))},
    ]
    client = registry.client(AUDITOR)
    for params in queries:
        page = AccessPage.model_validate_json((await client.get("/v1/access-log", params=params)).content)
        assert [each.actor for each in page.items] == ["anna"], params
    assert (await client.get("/v1/access-log", params={"until": str(given.TODAY)})).json()["items"] == []
    town = registry.client(("auditor", given.OTHER_TOWN))
    assert [each["actor"] for each in (await town.get("/v1/access-log")).json()["items"]] == ["boris"]
