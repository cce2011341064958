"""Sending rolls and running their jobs in this process."""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.registry.rolls import processes
from shared.jobs import perform
from shared.settings import settings
from tests.registry.imports.planting import Expected
from tests.stack import FIELD_KEYS, Service

REGISTRAR = ("registrar", "110116")
# Tables an import may write to besides the register: its own, and the records of what was done.
OWN = ("imports", "import_", "jobs", "events", "event_", "row_history", "procrastinate_", "idempotency_", "access_log")


@pytest.fixture
def worker(registry: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """The registry, with the settings a worker would read."""
    monkeypatch.setenv("HUAIYOU_APP_DATABASE_URL", registry.database.app_url)
    monkeypatch.setenv("HUAIYOU_FIELD_KEYS", FIELD_KEYS)
    settings.cache_clear()
    yield registry
    settings.cache_clear()


@pytest.fixture(scope="package", autouse=True)
def no_process_stays() -> Iterator[None]:
    yield
    processes.dismiss()


async def send(client: httpx.AsyncClient, name: str, content: bytes, **asked: str) -> dict[str, Any]:
    answer = await client.post("/v1/imports", files={"file": (name, content)}, data=asked)
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def finished(registry: Service, client: httpx.AsyncClient, accepted: dict[str, Any]) -> dict[str, Any]:
    """Run the job and read the import."""
    await perform(registry.app.state.database, UUID(accepted["job"]))
    answer = await client.get(f"/v1/imports/{accepted['id']}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def imported(
    registry: Service, client: httpx.AsyncClient, name: str, content: bytes, **asked: str
) -> dict[str, Any]:
    return await finished(registry, client, await send(client, name, content, **asked))


async def findings(client: httpx.AsyncClient, id: str, **asked: Any) -> list[dict[str, Any]]:
    """All of them, page by page."""
    found: list[dict[str, Any]] = []
    query: dict[str, Any] = {"limit": 500} | asked
    while True:
        answer = await client.get(f"/v1/imports/{id}/findings", params=query)
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        if page["next"] is None:
            return found
        query["after"] = page["next"]


async def expected_of(client: httpx.AsyncClient, id: str) -> list[Expected]:
    return sorted(Expected(each["row"], each["field"], each["code"]) for each in await findings(client, id))


async def fingerprint(registry: Service) -> dict[str, str]:
    """A digest of every table of the register, row for row."""
    tables = await registry.database.fetch(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname"
    )
    made = {}
    for (table,) in tables:
        if not table.startswith(OWN):
            rows = await registry.database.fetch(f'SELECT t::text FROM "{table}" t ORDER BY t::text')
            made[table] = hashlib.sha256("\n".join(row for (row,) in rows).encode()).hexdigest()
    return made


async def counted(registry: Service) -> tuple[int, int, int]:
    """Children, guardians, enrolments."""
    found = await registry.database.fetch(
        "SELECT (SELECT count(*) FROM children), (SELECT count(*) FROM guardians), (SELECT count(*) FROM enrolments)"
    )
    return tuple(found[0])
