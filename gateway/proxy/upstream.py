"""The seam between the gateway and a service: a request goes in as ASGI, the answer comes out as ASGI."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import unquote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.proxy import headers
from gateway.proxy.errors import ServiceBroke

WATCH_AFTER = 0.25  # seconds; most answers are gone before anyone could hang up
Heading = tuple[bytes, bytes]


class CallerIsGone(Exception):
    """Nobody waits for the answer any more."""


@dataclass(slots=True)
class Call:
    """One request on its way.

    `path` is what the service is asked for, encoded, with its query; `headers` are those that go onward; `extra` goes
    back with the answer; `prefix` is where the caller sees the service.
    """

    scope: Scope
    receive: Receive
    send: Send
    path: str
    headers: list[tuple[str, str]]
    prefix: bytes
    extra: list[Heading] = field(default_factory=list)
    length: int | None = 0  # bytes of the body; None when it comes in chunks
    streams: bool = False  # the caller asks for server-sent events, which may be silent for long
    started: bool = False

    async def begin(self, status: int, heading: list[Heading]) -> None:
        self.started = True
        heading += self.extra
        await self.send({"type": "http.response.start", "status": status, "headers": heading})


class Upstream(Protocol):
    """One service."""

    async def forward(self, call: Call) -> None:
        """Answer the call.

        Raises:
            DomainError: before the answer began, when there is none to pass on.
        """

    async def close(self) -> None: ...


class InProcess:
    """A service mounted in this process. Whoever mounts it runs its lifespan."""

    def __init__(self, name: str, app: ASGIApp) -> None:
        self.name, self.app = name, app

    async def forward(self, call: Call) -> None:
        path, _, query = call.path.partition("?")
        heading = [(name.encode(), value.encode()) for name, value in call.headers]
        if call.length:
            heading.append((b"content-length", b"%d" % call.length))
        scope: dict[str, Any] = {
            **call.scope,
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": heading,
            "root_path": "",
            "state": {},
        }

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                await call.begin(message["status"], headers.back(message["headers"], call.prefix, b""))
            else:
                await call.send(message)

        try:
            await self.app(scope, call.receive, send)
        except Exception as error:
            if not call.started:
                raise ServiceBroke(service=self.name) from error

    async def close(self) -> None:
        """Nothing is held."""


class Watch:
    """Cancels the task it was made in when the caller hangs up.

    It listens once the request has been read to its end (`begin`), and only when the answer is not there at once.
    """

    __slots__ = ("gone", "listener", "receive", "task", "timer")

    def __init__(self, receive: Receive) -> None:
        self.receive = receive
        self.task = asyncio.current_task()
        self.gone = False
        self.timer: asyncio.TimerHandle | None = None
        self.listener: asyncio.Task[None] | None = None

    def begin(self) -> None:
        self.timer = asyncio.get_running_loop().call_later(WATCH_AFTER, self._start)

    def end(self) -> None:
        if self.timer is not None:
            self.timer.cancel()
        if self.listener is not None:
            self.listener.cancel()

    def _start(self) -> None:
        self.listener = asyncio.get_running_loop().create_task(self._listen())

    async def _listen(self) -> None:
        while (await self.receive())["type"] != "http.disconnect":
            pass
        self.gone = True
        if self.task is not None:
            self.task.cancel()
