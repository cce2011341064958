"""People and machines who may sign in, made through the gateway's own API, and servers to stand behind it."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import uvicorn
from granian.constants import Interfaces
from granian.server.embed import Server as Granian
from starlette.types import ASGIApp

from gateway.app import create_app
from gateway.settings import Settings
from tests.stack import FIELD_KEYS, KEYS, POOL, Service

DISTRICT, TOWN, OTHER_TOWN = "110116", "110116102", "110116103"
KINDERGARTEN = "k:0190a000-0000-7000-8000-000000000001"
TOKENS = "/auth/v1/tokens"


@dataclass(frozen=True)
class Person:
    """An account and how it signs in."""

    id: str
    name: str
    password: str


async def person(gateway: Service, name: str, *grants: tuple[str, str], division: str = DISTRICT) -> Person:
    """An account with a password and these (role, scope) grants."""
    admin = gateway.client(("administrator", DISTRICT))
    new = {"sign_in_name": name, "display_name": f"{name}（演示）", "division": division}
    made = await admin.post("/auth/v1/accounts", json=new)
    assert made.status_code == 201, made.text
    account = made.json()["id"]
    for role, scope in grants:
        given = await admin.post("/auth/v1/grants", json={"account": account, "role": role, "scope": scope})
        assert given.status_code == 201, given.text
    password = (await admin.post(f"/auth/v1/accounts/{account}/passwords")).json()["password"]
    return Person(account, name, password)


async def machine(gateway: Service, id: str, role: str = "integration", scope: str = DISTRICT) -> str:
    """An API client with one grant; its secret."""
    admin = gateway.client(("administrator", DISTRICT))
    made = await admin.post("/auth/v1/clients", json={"id": id, "name": "对接（演示）", "division": DISTRICT})
    assert made.status_code == 201, made.text
    given = await admin.post("/auth/v1/grants", json={"client": id, "role": role, "scope": scope})
    assert given.status_code == 201, given.text
    return str(made.json()["client_secret"])


async def sign_in(client: httpx.AsyncClient, who: Person, password: str | None = None) -> httpx.Response:
    form = {"grant_type": "password", "username": who.name, "password": password or who.password}
    return await client.post(TOKENS, data=form)


async def refresh(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post(TOKENS, data={"grant_type": "refresh_token", "refresh_token": token})


def bearing(gateway: Service, token: str) -> httpx.AsyncClient:
    return gateway.client(Authorization=f"Bearer {token}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def served(app: ASGIApp, listener: socket.socket | None = None) -> AsyncIterator[str]:
    """The application on a real socket; its address."""
    listener = listener or socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, lifespan="off", log_level="critical", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve([listener]))
    port = listener.getsockname()[1]
    try:
        await _answering(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await running
        listener.close()


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def talking(talk: Talk) -> AsyncIterator[str]:
    """A server that says whatever the test wants, byte by byte; its address."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def raw(address: str, request: bytes, seconds: float = 5) -> bytes:
    """Everything the server answers to these bytes until it closes or falls silent."""
    host, port = address.removeprefix("http://").split(":")
    try:
        reader, writer = await asyncio.open_connection(host, int(port))
    except OSError:
        return b""
    writer.write(request)
    await writer.drain()
    found = b""
    try:
        async with asyncio.timeout(seconds):
            while chunk := await reader.read(65536):
                found += chunk
    except (TimeoutError, ConnectionError):
        pass
    writer.close()
    return found


@asynccontextmanager
async def another(
    gateway: Service, mounted: Mapping[str, ASGIApp] | None = None, **changes: Any
) -> AsyncIterator[Service]:
    """One more gateway on the same database, with other settings, perhaps with services inside its process."""
    database = gateway.database
    settings = Settings(
        app_database_url=database.app_url, field_keys=FIELD_KEYS, pool_size=POOL, run_background=False, **changes
    )
    app = create_app(settings, KEYS, mounted)
    async with app.router.lifespan_context(app):
        made = Service(app, database)
        yield made
        await made.close()


@asynccontextmanager
async def deployed(app: ASGIApp) -> AsyncIterator[str]:
    """The application on the server it is deployed with (granian); its address."""
    port = free_port()
    server = Granian(app, port=port, interface=Interfaces.ASGINL, log_enabled=False)
    running = asyncio.create_task(server.serve())
    try:
        await _answering(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # granian leaves it untyped
        await running


async def _answering(port: int) -> None:
    """Wait until a request is answered there."""
    for _ in range(300):
        if (await raw(f"http://127.0.0.1:{port}", b"GET /health HTTP/1.0\r\n\r\n", 1)).startswith(b"HTTP/"):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(f"nothing answers at port {port}")


async def soon(held: Callable[[], bool]) -> None:
    """Wait until it holds."""
    for _ in range(100):
        if held():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen within five seconds")
