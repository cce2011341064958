"""A service that tells what it was asked, streams, stalls and dies on demand."""

import asyncio
import json

from starlette.types import Receive, Scope, Send


class Echo:
    """Counts what it sees; `alive` are streams still being written."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.alive = 0
        self.cut = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == "/health":
            return await self.answer(scope, 0, send)
        self.asked.append(path)
        if path.endswith("/stream"):
            return await self.stream(scope, receive, send)
        if path.endswith("/stall"):
            await self._until_gone(receive)
            self.cut += 1
            return None
        body = await _body(receive)
        if path.endswith("/moved"):
            origin = "http://{}:{}".format(*scope["server"]).encode()
            target = origin + b"/v1/elsewhere" if scope["query_string"] == b"absolute" else b"/v1/elsewhere"
            await _start(send, 303, [(b"location", target), (b"content-length", b"0")])
            return await send({"type": "http.response.body"})
        return await self.answer(scope, len(body), send)

    async def answer(self, scope: Scope, size: int, send: Send) -> None:
        told = {
            "method": scope["method"],
            "path": scope["raw_path"].decode(),
            "query": scope["query_string"].decode(),
            "headers": [[n.decode(), v.decode()] for n, v in scope["headers"]],
            "bytes": size,
        }
        answer = json.dumps(told).encode()
        heading = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(answer)).encode()),
            (b"connection", b"x-private"),
            (b"x-private", b"1"),
            (b"ratelimit", b'"upstream";r=1;t=1'),
            (b"etag", b'"7"'),
            (b"set-cookie", b"a=1"),
            (b"set-cookie", b"b=2"),
        ]
        await _start(send, 200, heading)
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else answer})

    async def stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Events until the reader is gone, or three when asked for three."""
        gone = asyncio.create_task(self._until_gone(receive))
        self.alive += 1
        await _start(send, 200, [(b"content-type", b"text/event-stream")])
        number = 0
        while not gone.done() and not (scope["query_string"] == b"three" and number == 3):
            number += 1
            await send({"type": "http.response.body", "body": b"data: %d\n\n" % number, "more_body": True})
            await asyncio.sleep(0.05)
        self.alive -= 1
        gone.cancel()
        if not gone.done() or scope["query_string"] == b"three":
            await send({"type": "http.response.body", "body": b""})

    async def _until_gone(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


async def _body(receive: Receive) -> bytes:
    found = bytearray()
    while True:
        message = await receive()
        found += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(found)


async def _start(send: Send, status: int, headers: list[tuple[bytes, bytes]]) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
