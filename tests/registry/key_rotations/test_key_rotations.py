"""Keys rotate while the register is in use: every row is readable before, half-way and after."""

import json
from typing import Any
from uuid import UUID

import pytest

from services.registry.children.sealing import seal_document, seal_phone
from services.registry.key_rotations import jobs
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.jobs import perform
from shared.settings import settings
from tests.registry import given
from tests.stack import FIELD_KEYS, Service

OFFICER = ("data_protection", given.DISTRICT)
OLD = KeyRing.parse(json.dumps(json.loads(FIELD_KEYS) | {"current": "k0"}))
WHY = {"purpose": "verification", "reason": "密钥轮换核对"}


@pytest.fixture(autouse=True)
def ring_of_the_worker(registry: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HUAIYOU_APP_DATABASE_URL", registry.database.app_url)
    monkeypatch.setenv("HUAIYOU_FIELD_KEYS", FIELD_KEYS)
    settings.cache_clear()
    yield
    settings.cache_clear()


async def sealed_with_the_old_key(registry: Service, count: int) -> dict[UUID, str]:
    numbers = {}
    for _ in range(count):
        number = given.resident_id()
        child, guardian = await given.child(registry, document=number), new_id()
        await registry.database.fetch(
            "UPDATE children SET document_sealed = %s WHERE id = %s",
            seal_document(OLD, "1", number, child).sealed,
            child,
        )
        phone = seal_phone(OLD, "01000000123", guardian)
        row = {"id": guardian, "child": child, "name": "父(演示)", "relation": "51", **phone.columns("phone")}
        await given.insert(registry, "guardians", row)
        numbers[child] = number
    return numbers


async def started(registry: Service) -> UUID:
    answer = await registry.client(OFFICER).post("/v1/key-rotations")
    assert (answer.status_code, answer.json()["key"]) == (202, "k1")
    return UUID(answer.json()["job"])


async def shown(registry: Service, children: dict[UUID, str]) -> dict[UUID, str]:
    found = {}
    for child in children:
        answer = await registry.client(OFFICER).post(f"/v1/children/{child}/identifiers", json=WHY)
        assert [each["phone"] for each in answer.json()["guardians"]] == ["01000000123"]
        found[child] = answer.json()["document_number"]
    return found


async def keys_in_use(registry: Service) -> dict[str, int]:
    rows = await registry.database.fetch(
        "SELECT convert_from(substring(sealed FROM 2 FOR 2), 'UTF8'), count(*) FROM (SELECT document_sealed AS sealed"
        " FROM children UNION ALL SELECT phone_sealed FROM guardians) s GROUP BY 1"
    )
    return dict(rows)


async def test_every_identifier_is_sealed_anew_without_a_trace_in_versions_or_history(registry: Service):
    numbers = await sealed_with_the_old_key(registry, 3)
    assert await keys_in_use(registry) == {"k0": 6}
    versions = await registry.database.fetch("SELECT id, version FROM children ORDER BY id")
    made = await started(registry)
    await perform(registry.app.state.database, made)
    assert await keys_in_use(registry) == {"k1": 6}
    assert await shown(registry, numbers) == numbers
    assert await registry.database.fetch("SELECT id, version FROM children ORDER BY id") == versions
    assert await registry.database.fetch("SELECT count(*) FROM row_history") == [(0,)]
    job = await registry.database.fetch("SELECT status, result FROM jobs")
    assert job == [
        (
            "succeeded",
            {
                "key": "k1",
                "children.document_sealed": 3,
                "guardians.document_sealed": 0,
                "guardians.phone_sealed": 3,
                "staff.document_sealed": 0,
                "bars.document_sealed": 0,
                "founders.document_sealed": 0,
                "admission_seeds.sealed": 0,
            },
        )
    ]


async def test_half_way_everything_is_readable_and_a_restart_goes_on(
    registry: Service, monkeypatch: pytest.MonkeyPatch
):
    numbers = await sealed_with_the_old_key(registry, 5)
    monkeypatch.setattr(jobs, "BATCH", 2)
    original, calls = jobs.rotate_batch, 0

    async def dies_in_the_third(*batch: Any) -> tuple[UUID | None, int]:
        nonlocal calls
        calls += 1
        done = await original(*batch)
        if calls == 3:
            raise ConnectionError
        return done

    monkeypatch.setattr(jobs, "rotate_batch", dies_in_the_third)
    made = await started(registry)
    with pytest.raises(ConnectionError):
        await perform(registry.app.state.database, made)
    assert await keys_in_use(registry) == {"k0": 6, "k1": 4}
    assert await shown(registry, numbers) == numbers
    # A number corrected meanwhile is sealed with the current key, and the job does not undo it.
    child, corrected = next(iter(numbers)), given.resident_id()
    registrar = registry.client(("registrar", given.DISTRICT))
    etag = (await registrar.get(f"/v1/children/{child}")).headers["etag"]
    change = {"document_number": corrected}
    answer = await registrar.patch(f"/v1/children/{child}", json=change, headers={"If-Match": etag})
    assert answer.status_code == 200, answer.text
    monkeypatch.setattr(jobs, "rotate_batch", original)
    await perform(registry.app.state.database, made)
    assert await keys_in_use(registry) == {"k1": 10}
    assert await shown(registry, numbers) == numbers | {child: corrected}


async def test_only_the_data_protection_officer_of_a_division_rotates(registry: Service):
    assert (await registry.client(("registrar", given.DISTRICT)).post("/v1/key-rotations")).status_code == 403
    kindergarten = await given.kindergarten(registry)
    assert (
        await registry.client(("data_protection", f"k:{kindergarten}")).post("/v1/key-rotations")
    ).status_code == 403
