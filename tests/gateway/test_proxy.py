"""The way of a request through the gateway to a service and back, over real sockets."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest_asyncio

from tests.gateway.echo import Echo
from tests.gateway.given import another, deployed, raw, served, soon
from tests.stack import Service


@pytest_asyncio.fixture(loop_scope="session")
async def front(gateway: Service, echo: Echo) -> AsyncIterator[str]:
    """The address of a deployed gateway with the echo behind it as registry."""
    async with served(echo) as address, another(gateway, registry_url=address) as made, deployed(made.app) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=20) as client:
        yield client


def headers(told: dict[str, Any]) -> dict[str, str]:
    return dict(told["headers"])


async def test_path_query_and_body_arrive_as_they_were_sent(front: str, http: httpx.AsyncClient):
    answer = await http.post(f"{front}/registry/v1/a%20b/%E5%9B%AD?x=%2F&y=1+1&y=2", content=b"x" * 1000)
    assert answer.status_code == 200
    told = answer.json()
    assert told["path"] == "/v1/a%20b/%E5%9B%AD"
    assert told["query"] == "x=%2F&y=1+1&y=2"
    assert told["bytes"] == 1000
    assert headers(told)["content-length"] == "1000"


async def test_every_method_passes_and_strange_ones_do_not(front: str, http: httpx.AsyncClient):
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        assert (await http.request(method, f"{front}/registry/v1/x")).json()["method"] == method
    head = await http.head(f"{front}/registry/v1/x")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) > 0
    for method in ("TRACE", "PURGE"):
        assert (await http.request(method, f"{front}/registry/v1/x")).status_code == 405


async def test_large_bodies_stream_through_both_ways(front: str, http: httpx.AsyncClient):
    size = 8_000_000
    with_length = await http.put(f"{front}/registry/v1/x", content=b"x" * size)
    assert with_length.json()["bytes"] == size

    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield b"y" * 1_000_000

    in_chunks = await http.post(f"{front}/registry/v1/x", content=pieces())
    assert in_chunks.json()["bytes"] == size
    assert headers(in_chunks.json())["transfer-encoding"] == "chunked"


async def test_what_belongs_to_one_connection_stays_on_it(front: str, http: httpx.AsyncClient):
    sent = {
        "Connection": "keep-alive, X-Hop",
        "X-Hop": "1",
        "Keep-Alive": "timeout=5",
        "TE": "trailers",
        "Upgrade": "h2c",
        "HTTP2-Settings": "AAMAAABk",
        "Proxy-Authorization": "Basic eDp5",
    }
    spoken = [(name.encode(), value.encode()) for name, value in sent.items()] + [(b"X-Kept", "幼".encode())]
    answer = await http.get(f"{front}/registry/v1/x", headers=spoken)
    arrived = headers(answer.json())
    assert arrived.keys() & {"x-hop", "keep-alive", "te", "upgrade", "http2-settings", "proxy-authorization"} == set()
    assert arrived["x-kept"] == "幼"
    assert answer.headers.keys() & {"x-private", "connection", "keep-alive", "transfer-encoding"} == set()
    assert answer.headers["etag"] == '"7"'
    assert answer.headers.get_list("set-cookie") == ["a=1", "b=2"]
    assert "upstream" not in answer.headers["ratelimit"]


async def test_nobody_can_pretend_to_come_from_elsewhere(front: str, http: httpx.AsyncClient):
    lies = {"X-Forwarded-For": "10.0.0.1", "X-Real-IP": "10.0.0.1", "Forwarded": "for=10.0.0.1"}
    lies |= {"X-Forwarded-Proto": "gopher", "X-Forwarded-Host": "evil"}
    arrived = headers((await http.get(f"{front}/registry/v1/x", headers=lies)).json())
    assert arrived["x-forwarded-for"] == "127.0.0.1"
    assert arrived["x-forwarded-proto"] == "http"
    assert arrived["x-forwarded-host"] == front.removeprefix("http://")
    assert arrived.keys() & {"x-real-ip", "forwarded"} == set()


async def test_a_trusted_proxy_in_front_is_believed(gateway: Service, echo: Echo):
    async with served(echo) as address, another(gateway, registry_url=address, trust_proxy=True) as made:
        client = made.client(**{"X-Forwarded-For": "1.2.3.4, 203.0.113.9"})
        arrived = headers((await client.get("/registry/v1/x")).json())
    assert arrived["x-forwarded-for"] == "1.2.3.4, 203.0.113.9, 127.0.0.1"


async def test_one_trace_goes_all_the_way(front: str, http: httpx.AsyncClient):
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    sent = {"traceparent": f"00-{trace}-00f067aa0ba902b7-01"}
    answer = await http.get(f"{front}/registry/v1/x", headers=sent)
    assert headers(answer.json())["traceparent"].split("-")[1] == trace
    assert answer.headers.get_list("x-request-id") == [trace]


async def test_addresses_of_the_service_become_addresses_of_the_gateway(front: str, http: httpx.AsyncClient):
    for asked in ("", "?absolute"):
        answer = await http.post(f"{front}/registry/v1/moved{asked}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/registry/v1/elsewhere")


async def test_only_known_services_and_their_public_part_are_reached(front: str, http: httpx.AsyncClient, echo: Echo):
    for path in ("/registry/health", "/registry/v2/x", "/registry", "/registry/v1", "/unknown/v1/x", "/registryx/v1/x"):
        answer = await http.get(front + path)
        assert (answer.status_code, answer.json()["code"]) == (404, "no-such-address")
    assert echo.asked == []


async def test_paths_that_two_servers_could_read_differently_are_refused(front: str, echo: Echo):
    tricks = [
        "/registry/v1/../../health",
        "/registry/v1/%2e%2e/health",
        "/registry/v1/.%2E/health",
        "/registry/v1/./x",
        "/registry//v1/x",
        "//registry/v1/x",
        "/registry/v1/a%2fb",
        "/registry/v1/a%5Cb",
        "/registry/v1/a%00b",
        "/registry/v1/..;/x",
        "/registry/v1/%zz",
        "/registry/v1/..",
    ]
    for path in tricks:
        answer = await raw(front, f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
        assert answer.startswith(b"HTTP/1.1 400"), path
        assert b"suspicious-path" in answer, path
    assert echo.asked == []


async def test_requests_cannot_be_smuggled(front: str, echo: Echo):
    head = "POST /registry/v1/x HTTP/1.1\r\nHost: a\r\n"
    inner = "GET /registry/v1/smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    shapes = [
        f"{head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
        f"{head}Content-Length: 4\r\nContent-Length: {len(inner)}\r\n\r\nabcd{inner}",
        f"{head}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{inner}",
        f"{head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{inner}",
        f"{head}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n{inner}",
        f"{head}Content-Length: +4\r\n\r\nabcd{inner}",
        f"{head}X: a\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n{inner}",
    ]
    for shape in shapes:
        answer = await raw(front, shape.encode(), 0.5)
        # Either the whole is refused, or both sides see the same two requests, told apart by the chunked coding.
        ends = answer.count(b"HTTP/1.1 ")
        seen = echo.asked.count("/v1/smuggled")
        assert answer.startswith(b"HTTP/1.1 400") or seen == ends - 1, shape
        echo.asked.clear()


async def test_events_arrive_as_they_happen_and_hanging_up_ends_the_stream(
    front: str, http: httpx.AsyncClient, echo: Echo
):
    begin = time.perf_counter()
    async with http.stream("GET", f"{front}/registry/v1/stream", headers={"Accept": "text/event-stream"}) as answer:
        assert answer.headers["content-type"] == "text/event-stream"
        seen = []
        async for line in answer.aiter_lines():
            if line.startswith("data"):
                seen.append((line, time.perf_counter() - begin))
            if len(seen) == 5:
                break
    assert [line for line, _ in seen] == [f"data: {n}" for n in range(1, 6)]
    assert seen[0][1] < seen[-1][1] - 0.1  # not held back until the end
    await soon(lambda: echo.alive == 0)


async def test_a_stream_that_ends_by_itself_ends_cleanly(front: str, http: httpx.AsyncClient):
    answer = await http.get(f"{front}/registry/v1/stream?three")
    assert answer.text.count("data:") == 3


async def test_a_caller_who_hangs_up_ends_the_work_behind(front: str, echo: Echo):
    async with httpx.AsyncClient(timeout=0.6) as impatient:
        try:
            await impatient.get(f"{front}/registry/v1/stall")
            raise AssertionError("it should not answer")
        except httpx.ReadTimeout:
            pass
    await soon(lambda: echo.cut == 1)


async def test_a_hundred_callers_at_once(front: str, http: httpx.AsyncClient):
    answers = await asyncio.gather(*(http.get(f"{front}/registry/v1/x?n={n}") for n in range(100)))
    assert {answer.json()["query"] for answer in answers} == {f"n={n}" for n in range(100)}


async def test_a_service_in_the_same_process_is_reached_the_same_way(gateway: Service, echo: Echo):
    async with another(gateway, mounted={"registry": echo}) as made:
        answer = await made.client().post("/registry/v1/a%20b?x=1", content=b"abc", headers={"TE": "trailers"})
        moved = await made.client().post("/registry/v1/moved")
    told = answer.json()
    assert (told["path"], told["query"], told["bytes"]) == ("/v1/a%20b", "x=1", 3)
    assert "te" not in headers(told)
    assert moved.headers["location"] == "/registry/v1/elsewhere"
