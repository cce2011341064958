"""Which tokens are believed, and that keys change without anyone noticing."""

import asyncio
import json
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from shared.auth import PublishedKeys, Verifier
from tests.gateway.given import DISTRICT, another, bearing, person, served, sign_in
from tests.stack import SIGNING, Service, token

GRANT = ("administrator", DISTRICT)


def unsigned(**changes: Any) -> str:
    now = int(time.time())
    claims = {"iss": "huaiyou", "aud": "huaiyou", "sub": "x", "iat": now, "exp": now + 600, "grants": [list(GRANT)]}
    parts = [{"alg": "none", "typ": "JWT", "kid": "test"}, claims | changes]
    return ".".join(urlsafe_b64encode(json.dumps(each).encode()).rstrip(b"=").decode() for each in parts) + "."


def without(claim: str) -> str:
    claims = jwt.decode(token(GRANT), options={"verify_signature": False})
    del claims[claim]
    return jwt.encode(claims, SIGNING, "ES256", {"kid": "test"})


def tampered() -> str:
    head, _, signature = token(("teacher", DISTRICT)).split(".")
    return f"{head}.{token(GRANT).split('.')[1]}.{signature}"


def confused() -> str:
    """Signed with the public key as if it were a shared secret."""
    claims = jwt.decode(token(GRANT), options={"verify_signature": False})
    return jwt.encode(claims, "a" * 64, "HS256", {"kid": "test"})


FORGED: dict[str, Callable[[], str]] = {
    "expired": lambda: token(GRANT, seconds=-1),
    "another audience": lambda: token(GRANT, aud="other"),
    "another issuer": lambda: token(GRANT, iss="other"),
    "no algorithm": unsigned,
    "shared secret": confused,
    "tampered": tampered,
    "without expiry": lambda: without("exp"),
    "without subject": lambda: without("sub"),
    "without audience": lambda: without("aud"),
    "without grants": lambda: without("grants"),
    "a scope without bounds": lambda: token(("administrator", "")),
    "two scopes in one": lambda: token(("administrator", "110117,110118")),
    "unknown key": lambda: jwt.encode({"sub": "x"}, SIGNING, "ES256", {"kid": "unknown"}),
    "stranger's key": lambda: jwt.encode(
        jwt.decode(token(GRANT), options={"verify_signature": False}),
        ec.generate_private_key(ec.SECP256R1()),
        "ES256",
        {"kid": "test"},
    ),
    "no token": lambda: "garbage",
}


@pytest.mark.parametrize("fault", FORGED)
async def test_every_fault_of_a_token_gets_the_same_401(gateway: Service, fault: str):
    answer = await bearing(gateway, FORGED[fault]()).get("/auth/v1/accounts")
    nothing = await gateway.client().get("/auth/v1/accounts")
    assert answer.status_code == nothing.status_code == 401
    assert answer.json() | {"trace_id": ""} == nothing.json() | {"trace_id": ""}
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_new_key_is_published_before_it_signs_and_the_old_one_stays_until_its_tokens_are_over(gateway: Service):
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    async with another(gateway, signing_key_lead_seconds=600) as made:
        before = (await sign_in(made.client(), who)).json()["access_token"]
        admin = made.client(GRANT)
        kid = (await admin.post("/auth/v1/signing-keys")).json()["kid"]
        under_way = await admin.post("/auth/v1/signing-keys")
        assert (under_way.status_code, under_way.json()["code"]) == (409, "rotation-is-under-way")
        await _forget(made)
        assert kid in [key["kid"] for key in (await made.client().get("/.well-known/jwks.json")).json()["keys"]]
        still = (await sign_in(made.client(), who)).json()["access_token"]
        assert jwt.get_unverified_header(still)["kid"] != kid
        await _takes_over(made)
        after = (await sign_in(made.client(), who)).json()["access_token"]
        assert jwt.get_unverified_header(after)["kid"] == kid
        for each in (before, still, after):
            assert (await bearing(made, each).get("/auth/v1/me")).status_code == 200
        await gateway.database.fetch("UPDATE signing_keys SET signs_from = signs_from - interval '1 day'")
        await _forget(made)
        published = (await made.client().get("/.well-known/jwks.json")).json()["keys"]
        assert [key["kid"] for key in published] == [kid]
        assert (await bearing(made, still).get("/auth/v1/accounts")).status_code == 401


async def test_a_retired_private_key_is_forgotten(gateway: Service):
    admin = gateway.client(GRANT)
    await gateway.app.state.signing_keys.keep_young()
    for _ in range(2):
        assert (await admin.post("/auth/v1/signing-keys")).status_code == 201
        await _takes_over(gateway)
    sealed = await gateway.database.fetch("SELECT sealed IS NULL FROM signing_keys ORDER BY signs_from")
    assert sealed == [(True,), (False,), (False,)]
    listed = (await gateway.client(("auditor", DISTRICT)).get("/auth/v1/signing-keys")).json()
    assert len(listed) == 3
    assert "sealed" not in listed[0]


async def test_keys_rotate_under_load_without_a_failed_request(gateway: Service):
    """Services read the keys over HTTP and verify by themselves, while tokens are issued and keys change."""
    who = await person(gateway, "wang", ("registrar", DISTRICT))
    failures, stop = [], asyncio.Event()
    async with another(gateway, signing_key_lead_seconds=6) as made, served(made.app) as url:
        published = PublishedKeys(f"{url}/.well-known/jwks.json")
        client = made.client()

        async def use() -> None:
            while not stop.is_set():
                answer = await sign_in(client, who)
                if answer.status_code != 200:
                    failures.append(answer.text)
                    return
                # A verifier that remembers no token, as another replica of a service would be.
                await Verifier(published, "huaiyou", "huaiyou").actor(answer.json()["access_token"])
                await asyncio.sleep(0.1)

        users = [asyncio.create_task(use()) for _ in range(3)]
        await asyncio.sleep(0.5)
        kid = (await made.client(GRANT).post("/auth/v1/signing-keys")).json()["kid"]
        await asyncio.sleep(8)
        stop.set()
        await asyncio.gather(*users)
        last = (await sign_in(client, who)).json()["access_token"]
    assert failures == []
    assert jwt.get_unverified_header(last)["kid"] == kid


async def test_a_key_that_comes_of_age_is_replaced_by_itself(gateway: Service):
    await gateway.app.state.signing_keys.keep_young()
    await gateway.database.fetch("UPDATE signing_keys SET signs_from = signs_from - interval '91 days'")
    keys = gateway.app.state.signing_keys
    await keys.keep_young()
    await keys.keep_young()
    assert await gateway.database.fetch("SELECT count(*) FROM signing_keys") == [(2,)]


async def test_several_gateways_that_start_at_once_make_one_key(gateway: Service):
    await asyncio.gather(*(gateway.app.state.signing_keys.keep_young() for _ in range(5)))
    assert await gateway.database.fetch("SELECT count(*) FROM signing_keys") == [(1,)]


async def test_the_private_key_is_sealed_in_its_table(gateway: Service):
    await gateway.app.state.signing_keys.keep_young()
    kept = await gateway.database.fetch("SELECT encode(sealed, 'escape'), public::text FROM signing_keys")
    assert "PRIVATE KEY" not in kept[0][0]
    assert '"d"' not in kept[0][1]


async def test_an_external_issuer_replaces_the_built_in_one(gateway: Service):
    await gateway.app.state.signing_keys.keep_young()
    async with served(gateway.app) as issuer:
        settings = {
            "oidc_issuer": "https://id.example",
            "oidc_jwks_url": f"{issuer}/.well-known/jwks.json",
            "oidc_audience": "district",
            "oidc_grants_claim": "huaiyou_grants",
        }
        async with another(gateway, None, **settings) as made:
            assert (await made.client().post("/auth/v1/tokens", data={"grant_type": "password"})).status_code == 404
            assert (await made.client(GRANT).get("/auth/v1/accounts")).status_code == 404
            theirs = (await made.client().get("/.well-known/jwks.json")).json()
            ours = (await gateway.client().get("/.well-known/jwks.json")).json()
            kid, private = await gateway.app.state.signing_keys.signing()
            now = int(time.time())
            claims = {"iss": "https://id.example", "aud": "district", "sub": "official", "iat": now, "exp": now + 60}
            theirs_token = jwt.encode(claims | {"huaiyou_grants": [list(GRANT)]}, private, "ES256", {"kid": kid})
            me = await bearing(made, theirs_token).get("/auth/v1/me")
            built_in = await made.client(GRANT).get("/auth/v1/me")
    assert theirs == ours
    assert me.json()["id"] == "official"
    assert built_in.status_code == 401


async def _takes_over(gateway: Service) -> None:
    """As if the lead of the next key were over."""
    await gateway.database.fetch("UPDATE signing_keys SET signs_from = now() WHERE signs_from > now()")
    await _forget(gateway)


async def _forget(gateway: Service) -> None:
    """As if the seconds had passed for which a reading of the keys is used."""
    gateway.app.state.signing_keys.read_at = float("-inf")
    gateway.app.state.verifier.known.clear()
