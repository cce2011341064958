"""What the gateway answers when a service is down, slow, broken or dies within its answer."""

import asyncio
import socket
import time

import httpx
import pytest

from tests.gateway.echo import Echo
from tests.gateway.given import Talk, another, deployed, free_port, raw, served, soon, talking
from tests.stack import Service

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


def saying(*words: bytes, then: float = 0) -> Talk:
    """Read a request, say these bytes, wait, hang up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for each in words:
            writer.write(each)
            await writer.drain()
            await asyncio.sleep(0.05)
        await asyncio.sleep(then)
        writer.close()

    return talk


async def test_a_service_that_is_down_is_503_with_a_time_to_come_back(gateway: Service):
    async with another(gateway, registry_url=f"http://127.0.0.1:{free_port()}") as made:
        for method in ("GET", "POST"):
            answer = await made.client().request(method, "/registry/v1/x")
            assert (answer.status_code, answer.json()["code"]) == (503, "service-is-down")
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.headers["retry-after"] == "1"
            assert answer.json()["trace_id"] == answer.headers["x-request-id"]


async def test_a_connection_that_is_refused_once_is_tried_again_where_nothing_can_happen_twice(
    gateway: Service, echo: Echo
):
    port = free_port()
    async with another(gateway, registry_url=f"http://127.0.0.1:{port}") as made:
        asked = asyncio.create_task(made.client().get("/registry/v1/x"))
        await asyncio.sleep(0.03)
        listener = socket.create_server(("127.0.0.1", port))
        async with served(echo, listener=listener):
            assert (await asked).status_code == 200
    assert echo.asked == ["/v1/x"]


async def test_a_slow_service_is_504(gateway: Service):
    async with (
        talking(saying(then=5)) as address,
        another(gateway, registry_url=address, upstream_idle_seconds=0.3) as made,
    ):
        begin = time.monotonic()
        answer = await made.client().get("/registry/v1/x")
    assert (answer.status_code, answer.json()["code"]) == (504, "service-is-slow")
    assert answer.headers["retry-after"] == "5"
    assert time.monotonic() - begin < 3


async def test_a_service_that_takes_no_connection_is_503_within_the_limit(gateway: Service):
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        port = full.getsockname()[1]
        fillers = [socket.socket() for _ in range(4)]
        for each in fillers:
            each.setblocking(False)
            each.connect_ex(("127.0.0.1", port))
        async with another(
            gateway, registry_url=f"http://127.0.0.1:{port}", upstream_connect_seconds=0.3, upstream_idle_seconds=1
        ) as made:
            answer = await made.client().post("/registry/v1/x")
        for each in fillers:
            each.close()
    assert answer.status_code in {503, 504}


@pytest.mark.parametrize(
    "words", [b"", b"HTTP/1.1 2", b"NOT HTTP AT ALL\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"]
)
async def test_an_answer_that_is_none_is_502(gateway: Service, words: bytes):
    async with talking(saying(words)) as address, another(gateway, registry_url=address) as made:
        answer = await made.client().post("/registry/v1/x", content=b"abc")
        assert (answer.status_code, answer.json()["code"]) == (502, "service-broke")
        assert "Idempotency-Key" in answer.json()["hint"]


@pytest.mark.parametrize(
    "words",
    [
        (HEAD + b"Content-Length: 100\r\n\r\n", b"half of it"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nhalf\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nhalf\r\nnonsense\r\n"),
    ],
)
async def test_an_answer_that_breaks_off_is_never_taken_for_the_whole(gateway: Service, words: tuple[bytes, ...]):
    async with (
        talking(saying(*words)) as address,
        another(gateway, registry_url=address, upstream_idle_seconds=0.5) as made,
        deployed(made.app) as url,
        httpx.AsyncClient() as http,
    ):
        with pytest.raises(httpx.RemoteProtocolError):
            await http.get(f"{url}/registry/v1/x")
        assert (await http.get(f"{url}/health")).status_code == 200


async def test_a_stream_that_falls_silent_is_ended(gateway: Service):
    words = (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"4\r\nhalf\r\n")
    async with (
        talking(saying(*words, then=5)) as address,
        another(gateway, registry_url=address, upstream_idle_seconds=0.3) as made,
        deployed(made.app) as url,
    ):
        found = await raw(url, b"GET /registry/v1/x HTTP/1.1\r\nHost: a\r\n\r\n", 3)
    assert found.endswith(b"4\r\nhalf\r\n")


async def test_too_many_requests_in_flight_are_refused_at_once(gateway: Service, echo: Echo):
    async with served(echo) as address, another(gateway, registry_url=address, upstream_concurrency=2) as made:
        waiting = [asyncio.create_task(made.client().get("/registry/v1/stall")) for _ in range(2)]
        await soon(lambda: len(echo.asked) == 2)
        answer = await made.client().get("/registry/v1/x")
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        assert (answer.status_code, answer.json()["code"]) == (503, "service-is-busy")
        assert (await made.client().get("/registry/v1/x")).status_code == 200


async def test_an_idle_connection_closed_by_the_service_does_not_fail_the_next_read(gateway: Service):
    async def once(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()
        writer.close()  # without saying so

    async with talking(once) as address, another(gateway, registry_url=address) as made:
        for _ in range(5):
            assert (await made.client().get("/registry/v1/x")).text == "ok"


async def test_a_faulty_service_in_the_same_process_is_502(gateway: Service):
    async def broken(*_: object) -> None:
        raise RuntimeError("on purpose")

    async with another(gateway, mounted={"registry": broken}) as made:
        assert (await made.client().get("/registry/v1/x")).status_code == 502


async def test_readiness_reports_services_without_failing_for_them(gateway: Service):
    async with served(Echo()) as address:
        gone = f"http://127.0.0.1:{free_port()}"
        async with another(gateway, registry_url=address, finance_url=gone, safety_url=gone, quality_url=gone) as made:
            answer = await made.client().get("/ready")
    assert answer.status_code == 200
    states = {each["service"]: each["status"] for each in answer.json()["services"]}
    assert states == {"registry": "ready", "finance": "down", "safety": "down", "quality": "down"}
