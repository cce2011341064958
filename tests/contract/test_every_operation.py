"""Every operation of the gateway against generated requests, good and bad: it answers as its contract says, never 500.

The whole platform runs in one thread of this process: the gateway with the four services mounted behind it, on clones
of the databases of their own.
"""

import asyncio
import importlib
import os
import threading
from collections.abc import Iterator
from contextlib import AsyncExitStack, suppress
from typing import Any

import pytest
import requests
import schemathesis
import uvicorn
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.contracts.roles import Role
from tests import stack
from tests.faults.plant import free_port

SERVICES = ("registry", "finance", "safety", "quality")
EXAMPLES = int(os.environ.get("HUAIYOU_TEST_EXAMPLES", "3"))
CHECKS = [not_a_server_error, content_type_conformance, status_code_conformance, response_schema_conformance]
# A stream ends when its reader does; it has tests of its own.
STREAMS = r"^stream_\w+_events$"


def document() -> dict[str, Any]:
    """The merged document, from the committed contracts: the stage `openapi` holds them to the code."""
    nowhere = stack.settings_for(stack.Database("", "", "", "postgresql://nobody@/none", ""))
    made: dict[str, Any] = importlib.import_module("gateway.app").create_app(nowhere, stack.KEYS).openapi()
    return made


schema = schemathesis.openapi.from_dict(document()).exclude(operation_id_regex=STREAMS)


class Platform(threading.Thread):
    """The gateway and everything behind it on one port."""

    def __init__(self, databases: dict[str, stack.Database]) -> None:
        super().__init__(daemon=True)
        self.databases, self.port = databases, free_port()
        self.up, self.down = threading.Event(), asyncio.Event()

    def run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        async with AsyncExitStack() as running:
            apps = {}
            for name in SERVICES:
                apps[name] = (await running.enter_async_context(stack.running(name, self.databases[name]))).app
            package = importlib.import_module("gateway.app")
            app = package.create_app(stack.settings_for(self.databases["gateway"]), stack.KEYS, apps)
            config = uvicorn.Config(app, port=self.port, log_level="error", lifespan="on")
            self.server = uvicorn.Server(config)
            serving = asyncio.create_task(self.server.serve())
            while not self.server.started:  # noqa: ASYNC110  # uvicorn offers no event for it
                await asyncio.sleep(0.02)
            self.up.set()
            await serving

    def stop(self) -> None:
        self.server.should_exit = True
        self.join(20)


@pytest.fixture(scope="module")
def platform(admin_url: str, process: str) -> Iterator[str]:
    databases = {name: stack.Database.clone(admin_url, name, f"{process}_contract") for name in (*SERVICES, "gateway")}
    running = Platform(databases)
    running.start()
    assert running.up.wait(60)
    yield f"http://127.0.0.1:{running.port}"
    running.stop()
    for each in databases.values():
        each.drop()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_every_operation_keeps_its_contract(case: schemathesis.Case[Any], platform: str):
    everyone = [(role, "110116") for role in Role]
    if isinstance(case.query, dict) and case.query.get("wait"):
        case.query["wait"] = 0  # nothing will happen that were worth waiting for
    headers = {"Authorization": f"Bearer {stack.token(*everyone, sub='contract')}"}
    with suppress(requests.exceptions.InvalidHeader):  # what cannot be sent cannot be answered
        case.call_and_validate(base_url=platform, headers=headers, checks=CHECKS, timeout=30)
