import asyncio

from tests.gateway.given import DISTRICT, bearing, person, refresh, sign_in
from tests.stack import Service


async def test_each_refresh_token_is_good_for_one_use(gateway: Service):
    who = await person(gateway, "wang")
    client = gateway.client()
    first = (await sign_in(client, who)).json()["refresh_token"]
    second = await refresh(client, first)
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first
    third = await refresh(client, second.json()["refresh_token"])
    assert third.status_code == 200


async def test_a_refresh_token_used_twice_ends_the_whole_session(gateway: Service):
    who = await person(gateway, "wang")
    client = gateway.client()
    stolen = (await sign_in(client, who)).json()["refresh_token"]
    newer = (await refresh(client, stolen)).json()["refresh_token"]
    again = await refresh(client, stolen)
    assert (again.status_code, again.json()["code"]) == (400, "invalid-grant")
    assert (await refresh(client, newer)).status_code == 400
    ended = await gateway.database.fetch("SELECT data->>'because' FROM events WHERE type = 'gateway.session.ended'")
    assert ended == [("refresh token used twice",)]


async def test_of_twenty_refreshes_with_one_token_at_most_one_succeeds_and_the_session_is_over(gateway: Service):
    who = await person(gateway, "wang")
    token = (await sign_in(gateway.client(), who)).json()["refresh_token"]
    answers = await asyncio.gather(*(refresh(gateway.client(), token) for _ in range(20)))
    won = [answer.json()["refresh_token"] for answer in answers if answer.status_code == 200]
    assert len(won) == 1
    assert (await refresh(gateway.client(), won[0])).status_code == 400
    alive = await gateway.database.fetch("SELECT count(*) FROM sessions WHERE ended_at IS NULL")
    assert alive == [(0,)]


async def test_other_sessions_of_the_person_live_on(gateway: Service):
    who = await person(gateway, "wang")
    one, two = [(await sign_in(gateway.client(), who)).json()["refresh_token"] for _ in range(2)]
    await refresh(gateway.client(), one)
    await refresh(gateway.client(), one)
    assert (await refresh(gateway.client(), two)).status_code == 200


async def test_an_expired_session_cannot_be_carried_on(gateway: Service):
    who = await person(gateway, "wang")
    token = (await sign_in(gateway.client(), who)).json()["refresh_token"]
    await gateway.database.fetch("UPDATE refresh_tokens SET expires_at = now() - interval '1 second'")
    assert (await refresh(gateway.client(), token)).status_code == 400
    other = (await sign_in(gateway.client(), who)).json()["refresh_token"]
    await gateway.database.fetch("UPDATE sessions SET ends_at = now() - interval '1 second'")
    assert (await refresh(gateway.client(), other)).status_code == 400


async def test_signing_out_ends_the_session(gateway: Service):
    who = await person(gateway, "wang")
    found = (await sign_in(gateway.client(), who)).json()
    assert (await bearing(gateway, found["access_token"]).delete("/auth/v1/tokens")).status_code == 204
    assert (await refresh(gateway.client(), found["refresh_token"])).status_code == 400
    assert (await gateway.client().delete("/auth/v1/tokens")).status_code == 401


async def test_a_refreshed_token_carries_todays_grants(gateway: Service):
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    found = (await sign_in(gateway.client(), who)).json()
    admin = gateway.client(("administrator", DISTRICT))
    grants = (await admin.get("/auth/v1/grants", params={"account": who.id})).json()["items"]
    assert (await admin.delete(f"/auth/v1/grants/{grants[0]['id']}")).status_code == 204
    renewed = (await refresh(gateway.client(), found["refresh_token"])).json()
    me = (await bearing(gateway, renewed["access_token"]).get("/auth/v1/me")).json()
    assert me["grants"] == []


async def test_a_new_password_ends_every_session(gateway: Service):
    who = await person(gateway, "wang")
    found = (await sign_in(gateway.client(), who)).json()
    mine = bearing(gateway, found["access_token"])
    wrong = await mine.put("/auth/v1/me/password", json={"current": "no", "new": "a better password"})
    assert wrong.status_code == 400
    short = await mine.put("/auth/v1/me/password", json={"current": who.password, "new": "short"})
    assert (short.status_code, short.json()["errors"][0]["pointer"]) == (422, "/new")
    changed = await mine.put("/auth/v1/me/password", json={"current": who.password, "new": "a better password"})
    assert changed.status_code == 204
    assert (await refresh(gateway.client(), found["refresh_token"])).status_code == 400
    assert (await sign_in(gateway.client(), who)).status_code == 400
    assert (await sign_in(gateway.client(), who, "a better password")).status_code == 200


async def test_refresh_tokens_are_kept_as_digests_only(gateway: Service):
    who = await person(gateway, "wang")
    token = (await sign_in(gateway.client(), who)).json()["refresh_token"]
    kept = await gateway.database.fetch("SELECT encode(digest, 'escape') FROM refresh_tokens")
    assert token not in kept[0][0]
