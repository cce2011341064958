"""Programs a measurement serves in processes of their own: ours, and the bare limit."""

import os
from typing import Any

import asyncpg
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from gateway import app as gateway_app
from services.finance import app as finance_app
from services.registry import app as registry_app
from services.safety import app as safety_app
from shared.auth import FixedKeys

KEY, STATEMENT, URL = "BENCH_PUBLIC_KEY", "BENCH_STATEMENT", "BENCH_DATABASE_URL"


def _keys() -> FixedKeys:
    return FixedKeys({"test": load_pem_public_key(os.environ[KEY].encode())})


def registry() -> FastAPI:
    """The registry, which believes the measurement's tokens."""
    return registry_app.create_app(keys=_keys())


def finance() -> FastAPI:
    """Finance, which believes them too."""
    return finance_app.create_app(keys=_keys())


def safety() -> FastAPI:
    """Safety, which believes them too."""
    return safety_app.create_app(keys=_keys())


def gateway() -> FastAPI:
    """The gateway, which believes them too."""
    return gateway_app.create_app(keys=_keys())


class Bare:
    """The limit: one statement over asyncpg, PostgreSQL's JSON sent as it comes. No token, no scope, no framework."""

    pool: Any = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        if self.pool is None:
            self.pool = await asyncpg.create_pool(os.environ[URL], min_size=8, max_size=8)
        async with self.pool.acquire() as connection:
            body = (await connection.fetchval(os.environ[STATEMENT])).encode()
        headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            await send({"type": f"{message['type']}.complete"})
            if message["type"] == "lifespan.shutdown":
                return


def bare() -> Bare:
    return Bare()
