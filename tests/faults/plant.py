"""A durable installation of one service in processes of its own, made to be killed."""

import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from jwt.algorithms import ECAlgorithm

from deploy.databases import Database, provision
from deploy.postgres import Server, embedded
from shared.migrations import upgrade
from tests import stack

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@dataclass
class Plant:
    """PostgreSQL with everything that makes it durable, and one service under its real server."""

    server: Server
    database: Database
    jwks: str
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        return os.environ | {
            "HUAIYOU_APP_DATABASE_URL": self.database.app_url,
            "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS,
            "HUAIYOU_JWKS_URL": self.jwks,
            "HUAIYOU_LISTEN": f"127.0.0.1:{self.port}",
            "HUAIYOU_LOG_LEVEL": "WARNING",
            **more,
        }

    def start(self, *module: str) -> subprocess.Popen[bytes]:
        """Start a module of ours as a process."""
        made = subprocess.Popen(  # noqa: S603  # our own modules
            [sys.executable, "-m", *module], cwd=ROOT, env=self.environment(), start_new_session=True
        )
        self.processes.append(made)
        return made

    async def ready(self) -> None:
        """Wait until the service does its work."""
        async with aiohttp.ClientSession() as http:
            for _ in range(300):
                with suppress(aiohttp.ClientError):
                    async with http.get(f"{self.url}/ready") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.1)
        raise AssertionError("the service does not come up")

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """`kill -9`, for the process and whatever it started."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
        self.processes.remove(process)

    def kill_postgres(self) -> None:
        """`kill -9` of the postmaster, then start it on the same data."""
        os.kill(self.server.pid, signal.SIGKILL)
        self.server.start()

    def close(self) -> None:
        for each in list(self.processes):
            self.kill(each)


@asynccontextmanager
async def published_keys() -> AsyncIterator[str]:
    """The test's public key at an address, as the gateway would publish it."""
    key = json.loads(ECAlgorithm.to_jwk(stack.SIGNING.public_key())) | {"kid": "test", "alg": "ES256", "use": "sig"}

    async def answer(_: web.Request) -> web.Response:
        return web.json_response({"keys": [key]})

    app = web.Application()
    app.router.add_get("/jwks.json", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port := free_port())
    await site.start()
    yield f"http://127.0.0.1:{port}/jwks.json"
    await runner.cleanup()


@contextmanager
def durable(folder: Path, service: str, jwks: str) -> Iterator[Plant]:
    """PostgreSQL on disk, the service's database at head with its reference data."""
    with embedded(folder) as server:
        database = provision(server.admin_url, {service: stack.PASSWORDS}, "faults")[service]
        upgrade(service, database.owner_url)
        stack.load_reference(service, database.owner_url)
        plant = Plant(server, database, jwks)
        try:
            yield plant
        finally:
            plant.close()
    shutil.rmtree(server.place, ignore_errors=True)  # as root it lies outside the test's own folder


async def insist(
    http: aiohttp.ClientSession, url: str, body: dict[str, Any], headers: dict[str, str]
) -> dict[str, Any]:
    """Send until the service acknowledges: the same key, so however often it takes effect once."""
    for _ in range(600):
        try:
            async with http.post(url, json=body, headers=headers) as answer:
                found: dict[str, Any] = await answer.json(content_type=None)
                if answer.status < 500:
                    assert answer.status in (200, 201, 202), found
                    return found
        except (aiohttp.ClientError, TimeoutError, ValueError):
            pass
        await asyncio.sleep(0.05)
    raise AssertionError("never acknowledged")
