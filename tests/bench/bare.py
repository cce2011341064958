"""The limit of a list read: an ASGI application without framework, token or scope, that sends PostgreSQL's JSON.

It runs the very SELECT of the list, with the values written into it, as the superuser, over asyncpg.
"""

import json
import os
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg
from starlette.types import Receive, Scope, Send


def create_app() -> Any:
    """The application; `BENCH_DSN` and `BENCH_SQL` say where and what."""
    held: dict[str, Any] = {}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await _live(held, receive, send)
        async with held["pool"].acquire() as connection:
            body = (await connection.fetchval(held["sql"])).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})
        return None

    return app


async def _live(held: dict[str, Any], receive: Receive, send: Send) -> None:
    await receive()
    at = urlsplit(os.environ["BENCH_DSN"])
    held["sql"] = json.loads(os.environ["BENCH_SQL"])
    held["pool"] = await asyncpg.create_pool(
        host=parse_qs(at.query)["host"][0],
        user=at.username,
        password=unquote(at.password or ""),
        database=at.path.strip("/"),
        min_size=8,
        max_size=8,
    )
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await held["pool"].close()
    await send({"type": "lifespan.shutdown.complete"})
