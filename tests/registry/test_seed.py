"""The demonstration district in the register: whole, marked, once."""

import psycopg

from services.registry.seed.loading import load
from services.registry.seed.synthetic import district
from tests.registry.given import KEYS
from tests.stack import Service

MADE = district()


def fill(registry: Service) -> bool:
    with psycopg.connect(registry.database.app_url) as connection:
        return load(connection, MADE, KEYS, "110116")


async def test_the_seed_fills_the_register_once_marked_sealed_and_announced(registry: Service):
    assert fill(registry)
    assert not fill(registry)
    for table, rows in {
        "kindergartens": len(MADE.kindergartens),
        "classes": len(MADE.classes),
        "children": len(MADE.children),
        "guardians": len(MADE.guardians),
        "enrolments": len(MADE.enrolments),
    }.items():
        found = await registry.database.fetch(f"SELECT count(*), bool_and(synthetic) FROM {table}")
        assert found == [(rows, True)], table

    await identifiers_are_sealed(registry)
    await the_other_services_learn_of_every_kindergarten(registry)


async def identifiers_are_sealed(registry: Service):
    stored = await registry.database.fetch("SELECT id, document_sealed, document_type FROM children LIMIT 50")
    numbers = {each.id: each.document_number for each in MADE.children}
    assert all(KEYS.decrypt(sealed, key.bytes) == numbers[key] for key, sealed, _ in stored)
    clear = await registry.database.fetch("SELECT count(*) FROM children WHERE document_mask !~ '[*]'")
    assert clear == [(0,)]


async def the_other_services_learn_of_every_kindergarten(registry: Service):
    await registry.numbered()
    answer = await registry.client(("service", "110116")).get("/v1/events", params={"limit": 500})
    assert len(answer.json()["items"]) == len(MADE.kindergartens) == 75
