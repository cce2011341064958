"""Loading the plan again changes nothing; what is in use is never rewritten."""

import psycopg
import pytest

from services.registry import data
from services.registry.plans import reference
from tests.stack import Service

TABLES = ("plans", "clauses", "target_sets", "targets", "indicators", "projects")
KEYS = {"plans": "code", "indicators": "code"}


async def contents(registry: Service) -> list[object]:
    return [await registry.database.fetch(f"SELECT t::text FROM {table} t ORDER BY 1") for table in TABLES]


async def test_loading_again_changes_nothing(registry: Service):
    before = await contents(registry)
    with psycopg.connect(registry.database.owner_url) as owner:
        reference.load(owner)
    assert await contents(registry) == before


async def test_recorded_progress_outlives_a_load(registry: Service):
    change = "UPDATE projects SET status = %s WHERE id = 'science-city-international'"
    await registry.database.fetch(change, "approved")
    try:
        with psycopg.connect(registry.database.owner_url) as owner:
            reference.load(owner)
        found = await registry.database.fetch("SELECT status FROM projects WHERE id = 'science-city-international'")
        assert found == [("approved",)]
    finally:
        await registry.database.fetch(change, "stated")


async def test_a_definition_in_use_cannot_be_rewritten(registry: Service, monkeypatch: pytest.MonkeyPatch):
    original = data.document

    def rewritten(name: str) -> object:
        found = original(name)
        if name == "plan/indicators":
            found["indicators"][0]["decimals"] = 9
        return found

    monkeypatch.setattr(data, "document", rewritten)
    with psycopg.connect(registry.database.owner_url) as owner, pytest.raises(reference.DefinitionRewritten):
        reference.load(owner)


async def test_the_plan_cannot_be_changed_by_the_application(registry: Service):
    for table in TABLES:
        for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET {KEYS.get(table, 'plan')} = 'x'"):
            with psycopg.connect(registry.database.app_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(statement)
    with psycopg.connect(registry.database.app_url) as app, pytest.raises(psycopg.errors.InsufficientPrivilege):
        app.execute("UPDATE projects SET name = 'x'")
