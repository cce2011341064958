"""How much a caller may ask for, and how they are told."""

import re

from tests.gateway.echo import Echo
from tests.gateway.given import DISTRICT, another
from tests.stack import Service

REGISTRAR = ("registrar", DISTRICT)


def left(heading: str) -> int:
    found = re.fullmatch(r'"default";r=(\d+);t=(\d+)', heading)
    assert found, heading
    return int(found[1])


async def test_every_answer_says_what_is_left(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_units=100) as made:
        client = made.client(REGISTRAR)
        first = await client.get("/registry/v1/x")
        second = await client.get("/registry/v1/x")
        own = await client.get("/auth/v1/me")
    assert first.headers["ratelimit-policy"] == '"default";q=100;w=60'
    assert [left(each.headers["ratelimit"]) for each in (first, second, own)] == [99, 98, 97]
    assert first.headers.get_list("ratelimit") == [first.headers["ratelimit"]]


async def test_writes_and_files_cost_more(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_units=100) as made:
        client = made.client(REGISTRAR)
        write = await client.post("/registry/v1/x")
        file = await client.get("/registry/v1/x", headers={"Accept": "text/csv"})
    assert [left(each.headers["ratelimit"]) for each in (write, file)] == [95, 45]


async def test_who_asks_too_much_is_told_when_to_come_back(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_units=2) as made:
        client = made.client(REGISTRAR)
        answers = [await client.get("/registry/v1/x") for _ in range(3)]
        other = await made.client(("planner", DISTRICT)).get("/registry/v1/x")
    assert [each.status_code for each in answers] == [200, 200, 429]
    refused = answers[-1]
    assert refused.json()["code"] == "too-many-requests"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert left(refused.headers["ratelimit"]) == 0
    assert other.status_code == 200  # each identity has its own window
    assert len(echo.asked) == 3


async def test_strangers_share_what_their_address_has(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_stranger_units=3) as made:
        forged = made.client(Authorization="Bearer forged")
        codes = [(await forged.get("/registry/v1/x")).status_code for _ in range(2)]
        codes += [(await made.client().get("/registry/v1/x")).status_code for _ in range(2)]
        known = await made.client(REGISTRAR).get("/registry/v1/x")
    assert codes == [200, 200, 200, 429]
    assert known.status_code == 200


async def test_an_ipv6_subscriber_counts_once(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_stranger_units=1, trust_proxy=True) as made:
        first = await made.client(**{"X-Forwarded-For": "2001:db8::1"}).get("/registry/v1/x")
        neighbour = await made.client(**{"X-Forwarded-For": "2001:db8::2"}).get("/registry/v1/x")
        other = await made.client(**{"X-Forwarded-For": "2001:db8:0:1::1"}).get("/registry/v1/x")
    assert [each.status_code for each in (first, neighbour, other)] == [200, 429, 200]


async def test_limits_can_be_off_and_health_is_never_counted(gateway: Service, echo: Echo):
    async with another(gateway, {"registry": echo}, limit_units=0) as off:
        assert "ratelimit" not in (await off.client().get("/registry/v1/x")).headers
    async with another(gateway, {"registry": echo}, limit_stranger_units=1) as made:
        for _ in range(3):
            assert (await made.client().get("/health")).status_code == 200
