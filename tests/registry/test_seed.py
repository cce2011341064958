"""The demonstration district in the register: whole, marked, once."""

import psycopg

from services.registry.seed.loading import load
from services.registry.seed.staff import staff
from services.registry.seed.synthetic import district
from tests.registry.given import KEYS
from tests.stack import Service

MADE = district()
STAFF = staff(MADE)


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
    await premises_come_to_what_c1_asks_for(registry)
    await the_other_services_learn_who_is_there(registry)


async def identifiers_are_sealed(registry: Service):
    stored = await registry.database.fetch("SELECT id, document_sealed, document_type FROM children LIMIT 50")
    numbers = {each.id: each.document_number for each in MADE.children}
    assert all(KEYS.decrypt(sealed, key.bytes) == numbers[key] for key, sealed, _ in stored)
    clear = await registry.database.fetch("SELECT count(*) FROM children WHERE document_mask !~ '[*]'")
    assert clear == [(0,)]


async def premises_come_to_what_c1_asks_for(registry: Service):
    answer = await registry.client(("leader", "110116")).get("/v1/premises-report", params={"as_of": str(MADE.on)})
    found = answer.json()
    assert found["c1_reached"], found["rates"]
    assert sum(each["unknown"] for each in found["rates"]) == 0
    assert sum(each["unmet"] for each in found["rates"]) > 0


async def the_other_services_learn_who_is_there(registry: Service):
    await registry.numbered()
    told = dict(await registry.database.fetch("SELECT type, count(*) FROM events GROUP BY type"))
    on = MADE.on
    assert told == {
        "registry.kindergarten.registered": len(MADE.kindergartens),
        "registry.kindergarten.status_recorded": len(MADE.statuses),
        "registry.kindergarten.type_recorded": len(MADE.types),
        "registry.class.formed": sum(each.since <= on < each.until for each in MADE.classes),
        "registry.enrolment.began": sum(each.since <= on < each.until for each in MADE.enrolments),
        "registry.post.began": sum(each.since <= on < each.until for each in STAFF.posts),
    }
