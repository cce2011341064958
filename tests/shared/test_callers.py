"""Who is asking: one answer for every fault of a token; permission and scope belong together."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from tests import stack
from tests.stack import Service

OTHER = ec.generate_private_key(ec.SECP256R1())
GRANTS = [["registrar", "110116"]]
NOW = int(time.time())
CLAIMS = {"iss": "huaiyou", "aud": "huaiyou", "sub": "x", "iat": NOW, "exp": NOW + 600, "grants": GRANTS}


def signed(key: object = stack.SIGNING, algorithm: str = "ES256", kid: str = "test", **changes: object) -> str:
    claims = {name: value for name, value in (CLAIMS | changes).items() if value is not None}
    return jwt.encode(claims, key, algorithm, {"kid": kid})  # type: ignore[arg-type]  # wrong on purpose in some cases


BAD = {
    "none at all": "",
    "not a token": "abc",
    "expired": signed(exp=NOW - 1),
    "without expiry": signed(exp=None),
    "without subject": signed(sub=None),
    "another audience": signed(aud="elsewhere"),
    "another issuer": signed(iss="elsewhere"),
    "another key": signed(OTHER),
    "an unknown key id": signed(kid="unknown"),
    "unsigned": jwt.encode(CLAIMS, "", "none", {"kid": "test"}),
    "signed with the public key as a password": signed("x" * 32, "HS256"),
    "grants of the wrong shape": signed(grants="all"),
    "a kindergarten that is no id": signed(grants=[["registrar", "k:1"]]),
}


@pytest.mark.parametrize("fault", BAD)
async def test_every_fault_of_a_token_gets_the_same_answer(specimen: Service, fault: str):
    answer = await specimen.client().get("/v1/specimens", headers={"Authorization": f"Bearer {BAD[fault]}"})
    assert answer.status_code == 401
    body = answer.json()
    body.pop("trace_id")
    assert body == {
        "type": "/problems/not-authenticated",
        "title": "Unauthorized",
        "status": 401,
        "code": "not-authenticated",
        "detail": "需要有效的登录凭证。",
        "hint": "请登录或刷新令牌后重试。",
    }
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_role_without_the_permission_is_refused_by_name(specimen: Service):
    answer = await specimen.client(("police", "110116"), **{"Accept-Language": "en"}).get("/v1/specimens")
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
    assert "finance.kindergartens.read" in answer.json()["detail"]


async def test_only_the_scopes_of_grants_that_carry_the_permission_count(specimen: Service):
    await specimen.database.fetch(
        "INSERT INTO kindergartens (id, division, name, pinyin, registry_version) VALUES"
        " (uuid_v7(), '110116101001', 'A', 'a', 1), (uuid_v7(), '110116102001', 'B', 'b', 1)"
    )
    caller = specimen.client(("police", "110116101"), ("town_officer", "110116102"))
    assert [each["name"] for each in (await caller.get("/v1/specimens")).json()["items"]] == ["B"]
    both = specimen.client(("town_officer", "110116101"), ("town_officer", "110116102"))
    assert [each["name"] for each in (await both.get("/v1/specimens")).json()["items"]] == ["A", "B"]


async def test_a_scope_is_a_prefix_of_codes_and_not_a_pattern(specimen: Service):
    await specimen.database.fetch(
        "INSERT INTO kindergartens (id, division, name, pinyin, registry_version)"
        " VALUES (uuid_v7(), '110116101001', 'A', 'a', 1)"
    )
    for scope in ("110117", "1101161010019"):
        assert (await specimen.client(("town_officer", scope)).get("/v1/specimens")).json()["items"] == []
    # An empty prefix or two codes in one would match more than anyone granted: such a token is none.
    for scope in ("", "%", "110116_", "a,110116101", ",", "k:"):
        assert (await specimen.client(("town_officer", scope)).get("/v1/specimens")).status_code == 401
