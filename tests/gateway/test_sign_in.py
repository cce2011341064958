import asyncio
import statistics
import time
from base64 import b64encode

import jwt

from gateway.settings import Settings
from tests.gateway.given import DISTRICT, TOWN, bearing, machine, person, refresh, sign_in
from tests.stack import Service

NOBODY = {"grant_type": "password", "username": "nobody", "password": "a wrong password"}


async def test_a_person_signs_in_and_is_told_who_they_are(gateway: Service):
    who = await person(gateway, "wang", ("town_officer", TOWN), ("inspector", DISTRICT))
    answer = await sign_in(gateway.client(), who)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    found = answer.json()
    assert found["token_type"] == "Bearer"
    assert found["expires_in"] == 600
    me = (await bearing(gateway, found["access_token"]).get("/auth/v1/me")).json()
    assert me["id"] == who.id
    assert {(each["role"], each["scope"]) for each in me["grants"]} == {("town_officer", TOWN), ("inspector", DISTRICT)}


async def test_the_token_says_what_services_need_and_nothing_of_the_account(gateway: Service):
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    token = (await sign_in(gateway.client(), who)).json()["access_token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == {"iss", "aud", "sub", "name", "iat", "exp", "grants", "sid"}
    assert claims["grants"] == [["registrar", DISTRICT]]
    assert jwt.get_unverified_header(token)["alg"] == "ES256"
    published = (await gateway.client().get("/.well-known/jwks.json")).json()
    key = jwt.PyJWKSet.from_dict(published)[jwt.get_unverified_header(token)["kid"]]
    assert jwt.decode(token, key, ["ES256"], audience="huaiyou", issuer="huaiyou")["sub"] == who.id


async def test_the_sign_in_name_is_told_apart_without_regard_to_case(gateway: Service):
    who = await person(gateway, "wang.li")
    answer = await gateway.client().post(
        "/auth/v1/tokens", data={"grant_type": "password", "username": " Wang.Li ", "password": who.password}
    )
    assert answer.status_code == 200


async def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(gateway: Service):
    who = await person(gateway, "wang")
    unknown = await gateway.client().post("/auth/v1/tokens", data=NOBODY)
    wrong = await sign_in(gateway.client(), who, "not the password")
    assert unknown.status_code == wrong.status_code == 400
    assert unknown.json() | {"trace_id": ""} == wrong.json() | {"trace_id": ""}
    assert unknown.json()["error"] == "invalid_grant"


async def test_an_unknown_account_takes_as_long_as_a_wrong_password(gateway: Service):
    await person(gateway, "wang")
    client = gateway.client()

    async def took(name: str) -> float:
        begin = time.perf_counter()
        await client.post("/auth/v1/tokens", data=NOBODY | {"username": name})
        return time.perf_counter() - begin

    known = statistics.median([await took("wang") for _ in range(4)])
    unknown = statistics.median([await took(f"nobody{n}") for n in range(4)])
    assert 0.25 < known / unknown < 4  # without the work of a hash it would be ten times faster


async def test_after_five_failures_the_name_waits_whether_it_exists_or_not(gateway: Service):
    who = await person(gateway, "wang")
    client = gateway.client()
    for name in ("wang", "nobody"):
        for _ in range(5):
            assert (await client.post("/auth/v1/tokens", data=NOBODY | {"username": name})).status_code == 400
        delays = await gateway.database.fetch(
            "SELECT extract(epoch FROM blocked_until - last_at)::int FROM sign_in_attempts"
            " WHERE starts_with(key, 'name:') ORDER BY last_at DESC LIMIT 1"
        )
        assert delays == [(1,)]
    await gateway.database.fetch("UPDATE sign_in_attempts SET blocked_until = now() + interval '30 seconds'")
    await gateway.database.fetch("DELETE FROM sign_in_attempts WHERE starts_with(key, 'address:')")
    for name in ("wang", "nobody"):
        refused = await client.post("/auth/v1/tokens", data=NOBODY | {"username": name})
        assert (refused.status_code, refused.json()["code"]) == (429, "too-many-attempts")
        assert 20 < int(refused.headers["retry-after"]) <= 30
    assert (await sign_in(client, who)).status_code == 429  # even the right password waits
    await gateway.database.fetch("UPDATE sign_in_attempts SET blocked_until = now()")
    assert (await sign_in(client, who)).status_code == 200
    left = await gateway.database.fetch("SELECT count(*) FROM sign_in_attempts WHERE starts_with(key, 'name:')")
    assert left == [(1,)]  # success begins afresh


async def test_guesses_at_the_same_time_count_like_guesses_in_a_row(gateway: Service):
    who = await person(gateway, "wang")
    answers = await asyncio.gather(*(sign_in(gateway.client(), who, f"guess {n}") for n in range(20)))
    assert sorted({answer.status_code for answer in answers}) == [400, 429]
    # On a busy machine a delay of one second may pass meanwhile.
    assert sum(answer.status_code == 400 for answer in answers) <= 7


async def test_an_address_that_tries_many_names_waits(gateway: Service):
    client = gateway.client()
    codes = [
        (await client.post("/auth/v1/tokens", data=NOBODY | {"username": f"nobody{n}"})).status_code for n in range(31)
    ]
    assert codes == [400] * 30 + [429]


async def test_a_locked_account_learns_so_only_with_the_right_password(gateway: Service):
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    before = (await sign_in(gateway.client(), who)).json()
    admin = gateway.client(("administrator", DISTRICT))
    assert (await admin.post(f"/auth/v1/accounts/{who.id}/locks")).json()["status"] == "locked"
    assert (await sign_in(gateway.client(), who)).status_code == 423
    assert (await sign_in(gateway.client(), who, "not the password")).status_code == 400
    assert (await refresh(gateway.client(), before["refresh_token"])).status_code == 400
    assert (await admin.delete(f"/auth/v1/accounts/{who.id}/locks")).json()["status"] == "active"
    assert (await sign_in(gateway.client(), who)).status_code == 200


async def test_a_machine_signs_in_by_form_or_by_basic_header(gateway: Service):
    secret = await machine(gateway, "district-system")
    form = {"grant_type": "client_credentials", "client_id": "district-system", "client_secret": secret}
    by_form = await gateway.client().post("/auth/v1/tokens", data=form)
    assert by_form.status_code == 200
    assert by_form.json()["refresh_token"] is None
    basic = b64encode(f"district-system:{secret}".encode()).decode()
    by_header = await gateway.client(Authorization=f"Basic {basic}").post(
        "/auth/v1/tokens", data={"grant_type": "client_credentials"}
    )
    me = (await bearing(gateway, by_header.json()["access_token"]).get("/auth/v1/me")).json()
    assert me["id"] == "district-system"
    wrong = await gateway.client().post("/auth/v1/tokens", data=form | {"client_secret": "x" * 43})
    assert wrong.status_code == 401
    assert wrong.json()["error"] == "invalid_client"
    assert wrong.headers["www-authenticate"].startswith("Basic")


async def test_a_replaced_secret_and_a_locked_machine_are_refused(gateway: Service):
    secret = await machine(gateway, "district-system")
    admin = gateway.client(("administrator", DISTRICT))
    form = {"grant_type": "client_credentials", "client_id": "district-system", "client_secret": secret}
    renewed = (await admin.post("/auth/v1/clients/district-system/secrets")).json()["client_secret"]
    assert (await gateway.client().post("/auth/v1/tokens", data=form)).status_code == 401
    form["client_secret"] = renewed
    assert (await gateway.client().post("/auth/v1/tokens", data=form)).status_code == 200
    await admin.post("/auth/v1/clients/district-system/locks")
    assert (await gateway.client().post("/auth/v1/tokens", data=form)).status_code == 401


async def test_an_incomplete_or_unknown_request_says_what_is_missing(gateway: Service):
    client = gateway.client()
    missing = await client.post("/auth/v1/tokens", data={"grant_type": "password", "username": "wang"})
    assert (missing.status_code, missing.json()["error"]) == (400, "invalid_request")
    assert (await client.post("/auth/v1/tokens", data={"grant_type": "implicit"})).status_code == 422
    assert (await client.post("/auth/v1/tokens", data=NOBODY | {"otp": "1"})).status_code == 422


async def test_no_event_and_no_history_holds_a_password_or_its_hash(gateway: Service):
    who = await person(gateway, "wang")
    await gateway.client(("administrator", DISTRICT)).post(f"/auth/v1/accounts/{who.id}/passwords")
    kept = await gateway.database.fetch(
        "SELECT data::text FROM events UNION ALL SELECT before::text FROM row_history"
        " UNION ALL SELECT convert_from(body, 'UTF8') FROM idempotency_keys"
    )
    assert [text for (text,) in kept if "argon2" in text or who.password in text] == []
    hashed = await gateway.database.fetch("SELECT hash FROM passwords")
    assert hashed[0][0].startswith("$argon2id$v=19$")
    served = Settings.model_fields  # the tests hash with less work; what is served by default is RFC 9106's advice
    assert [served[f"password_{name}"].default for name in ("memory_kib", "passes", "lanes")] == [65536, 3, 4]
