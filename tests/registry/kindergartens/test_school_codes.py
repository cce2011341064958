"""PUT by 学校标识码: the same entry, however often it is brought."""

import asyncio

import pytest

from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR
from tests.stack import Service

FIRST = {"status": "operating", "type": "public", "since": "2020-09-01"}
REGISTERED = "SELECT count(*) FROM events WHERE type = 'registry.kindergarten.registered'"


def entry(**fields: object) -> tuple[str, dict[str, object]]:
    body = given.new_kindergarten(first=FIRST) | fields
    return f"/v1/kindergartens/by-school-code/{body.pop('school_code')}", body


async def test_an_entry_brought_twice_is_stored_once(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    first, second = await client.put(url, json=body), await client.put(url, json=body)
    assert (first.status_code, second.status_code) == (201, 200), first.text
    assert second.json() == first.json()
    assert first.json()["opened_on"] == "2020-09-01"
    assert await registry.database.fetch(REGISTERED) == [(1,)]


async def test_an_entry_that_differs_is_changed(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    await client.put(url, json=body)
    changed = await client.put(url, json=body | {"phone": "010-60000000"})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    emptied = await client.put(url, json=body)
    assert (emptied.json()["phone"], emptied.headers["etag"]) == ("", '"3"')


async def test_what_began_otherwise_is_not_begun_again(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    await client.put(url, json=body)
    for first in (FIRST | {"status": "proposed"}, FIRST | {"type": "private"}, FIRST | {"since": "2021-09-01"}):
        answer = await client.put(url, json=body | {"first": first})
        assert (answer.status_code, answer.json()["code"]) == (409, "first-entry-differs")
    del body["first"]
    assert (await client.put(url, json=body)).status_code == 200


async def test_the_mark_of_demonstration_data_stays(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    await client.put(url, json=body)
    answer = await client.put(url, json=body | {"synthetic": False})
    assert answer.json()["errors"][0]["pointer"] == "/synthetic"


async def test_twenty_who_bring_the_same_new_entry_make_one(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    answers = await asyncio.gather(*(client.put(url, json=body) for _ in range(20)))
    assert sorted(each.status_code for each in answers) == [200] * 19 + [201]
    assert await registry.database.fetch("SELECT count(*) FROM kindergartens") == [(1,)]
    assert await registry.database.fetch(REGISTERED) == [(1,)]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("12", "school-code-shape"),
        ("%31%32%00", "string_pattern_mismatch"),
        ("=Ñ", "string_pattern_mismatch"),
        ("1" * 31, "string_too_long"),
    ],
)
async def test_a_code_that_is_none_is_refused(registry: Service, code: str, fault: str):
    _, body = entry()
    answer = await registry.client(REGISTRAR).put(f"/v1/kindergartens/by-school-code/{code}", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, fault)


async def test_a_code_in_full_width_is_the_same_code(registry: Service):
    client, (url, body) = registry.client(REGISTRAR), entry()
    await client.put(url, json=body)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in url.rsplit("/", 1)[1])
    assert (await client.put(f"/v1/kindergartens/by-school-code/{wide}", json=body)).status_code == 200
