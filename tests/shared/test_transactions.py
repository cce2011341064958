"""One request, one transaction: committed before the answer, repeated without effect, refused without a trace."""

import asyncio
from uuid import uuid4

import pytest
from psycopg.errors import ReadOnlySqlTransaction
from sqlalchemy import text

from tests.stack import Service

OFFICER = ("registrar", "110116")
NEW = {"division": "110116102001", "name": "甲"}


async def stored(specimen: Service) -> int:
    return int((await specimen.database.fetch("SELECT count(*) FROM kindergartens"))[0][0])


async def test_what_was_acknowledged_is_there_with_its_event(specimen: Service):
    answer = await specimen.client(OFFICER).post("/v1/specimens", json=NEW)
    assert answer.status_code == 201, answer.text
    found = await specimen.database.fetch("SELECT type, subject, actor, data::text FROM events")
    assert found == [
        ("specimen.stored", f"specimens/{answer.json()['id']}", "registrar@110116", '{"name":"甲"}'),
    ]


async def test_a_refusal_after_the_write_leaves_nothing(specimen: Service):
    client = specimen.client(OFFICER)
    refused = await client.post("/v1/specimens", json=NEW | {"name": "fail late"})
    crashed = await client.post("/v1/specimens", json=NEW | {"name": "crash"})
    assert (refused.status_code, refused.json()["code"]) == (409, "broken")
    assert (crashed.status_code, crashed.json()["code"]) == (500, "internal-fault")
    assert crashed.json()["trace_id"]
    assert await stored(specimen) == 0
    assert await specimen.database.fetch("SELECT * FROM events") == []


async def test_a_repeat_with_the_same_key_gets_the_same_bytes_and_no_second_effect(specimen: Service):
    client = specimen.client(OFFICER)
    key = {"Idempotency-Key": str(uuid4())}
    first = await client.post("/v1/specimens", json=NEW, headers=key)
    again = await client.post("/v1/specimens", json=NEW, headers=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert await stored(specimen) == 1


async def test_twenty_repeats_at_once_have_one_effect(specimen: Service):
    client = specimen.client(OFFICER)
    key = {"Idempotency-Key": "the-same"}
    answers = await asyncio.gather(*(client.post("/v1/specimens", json=NEW, headers=key) for _ in range(20)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert await stored(specimen) == 1


async def test_a_key_belongs_to_one_request_of_one_caller(specimen: Service):
    key = {"Idempotency-Key": "k"}
    await specimen.client(OFFICER).post("/v1/specimens", json=NEW, headers=key)
    other_body = await specimen.client(OFFICER).post("/v1/specimens", json=NEW | {"name": "乙"}, headers=key)
    other_caller = await specimen.client(("registrar", "110116102")).post("/v1/specimens", json=NEW, headers=key)
    assert (other_body.status_code, other_body.json()["code"]) == (422, "idempotency-key-reused")
    assert other_caller.status_code == 201


async def test_a_failed_request_may_be_tried_again_with_its_key(specimen: Service):
    client = specimen.client(OFFICER)
    key = {"Idempotency-Key": "k"}
    refused = await client.post("/v1/specimens", json=NEW | {"name": "refuse"}, headers=key)
    assert refused.status_code == 409
    assert (await client.post("/v1/specimens", json=NEW, headers=key)).status_code == 201


async def test_writing_outside_ones_scope_is_as_if_the_place_did_not_exist(specimen: Service):
    answer = await specimen.client(("town_officer", "110116103")).post("/v1/specimens", json=NEW)
    assert answer.status_code == 404
    assert await stored(specimen) == 0


async def test_a_query_without_any_scope_leaks_nothing(specimen: Service):
    await specimen.client(OFFICER).post("/v1/specimens", json=NEW)
    database = specimen.app.state.database
    async with database.reads.connection() as connection:
        cursor = await connection.execute("SELECT * FROM kindergartens")
        assert await cursor.fetchall() == []
        cursor = await connection.execute("SELECT * FROM events")
        assert await cursor.fetchall() == []
    async with database.sessions() as session:
        assert (await session.execute(text("SELECT count(*) FROM kindergartens"))).scalar_one() == 0


async def test_the_scope_of_one_request_never_reaches_the_next(specimen: Service):
    client = specimen.client(OFFICER)
    await client.post("/v1/specimens", json=NEW)
    await asyncio.gather(*(client.get("/v1/specimens") for _ in range(20)))
    async with specimen.app.state.database.reads.connection() as connection:
        cursor = await connection.execute("SELECT count(*) FROM kindergartens")
        assert await cursor.fetchone() == (0,)


async def test_a_read_cannot_write(specimen: Service):
    async with specimen.app.state.database.reads.connection() as connection:
        with pytest.raises(ReadOnlySqlTransaction):
            await connection.execute("INSERT INTO feed_cursors (feed) VALUES ('x')")


async def test_a_key_is_forgotten_after_a_week_and_not_before(specimen: Service):
    client = specimen.client(OFFICER)
    for key in ("old", "new"):
        await client.post("/v1/specimens", json=NEW, headers={"Idempotency-Key": key})
    await specimen.database.fetch(
        "UPDATE idempotency_keys SET claimed_at = now() - interval '8 days' WHERE key = 'old'"
    )
    async with specimen.app.state.database.sessions.begin() as session:
        assert (await session.execute(text("SELECT forget_old_keys()"))).scalar_one() == 1
    assert await specimen.database.fetch("SELECT key FROM idempotency_keys") == [("new",)]


async def test_a_form_may_carry_a_key_too(specimen: Service):
    client = specimen.client(OFFICER)
    key = {"Idempotency-Key": "form"}
    first = await client.post("/v1/specimens/forms", data=NEW, headers=key)
    again = await client.post("/v1/specimens/forms", data=NEW, headers=key)
    other = await client.post("/v1/specimens/forms", data=NEW | {"name": "乙"}, headers=key)
    assert (first.status_code, again.content, other.status_code) == (201, first.content, 422)
    assert await stored(specimen) == 1
