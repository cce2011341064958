"""The gateway's own questions to a service, over the same seam as everyone's."""

import asyncio
from typing import Any

from starlette.types import Message

from gateway.proxy.upstream import Call, Upstream
from shared import logs


async def ask(upstream: Upstream, path: str, seconds: float) -> tuple[int, bytes]:
    """GET a public address of the service: status and body.

    Raises:
        DomainError: the service cannot answer.
        TimeoutError: it takes longer.
    """
    status, body = 0, bytearray()
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            await asyncio.Event().wait()
        sent = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        body.extend(message.get("body", b""))

    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "client": None,
        "server": None,
    }
    headers = [("accept", "application/json"), ("traceparent", logs.traceparent())]
    async with asyncio.timeout(seconds):
        await upstream.forward(Call(scope, receive, send, path, headers, b""))
    return status, bytes(body)
