"""What the services say about themselves: whether they are ready, their problems, their permissions."""

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from typing import Any

from gateway.proxy.ask import ask
from gateway.proxy.upstream import Upstream
from gateway.routes import Service
from shared.errors import DomainError

FRESH_STATE, FRESH_TABLE, RETRY_TABLE = 2.0, 60.0, 5.0  # seconds
PATIENCE = 3.0
Table = list[dict[str, Any]]


class Directory:
    """Asks the services and remembers their answers; a service that is down keeps its last one."""

    def __init__(self, services: Sequence[Service], upstreams: Mapping[bytes, Upstream]) -> None:
        self.services = services
        self.upstreams = upstreams
        self.states: dict[str, bool] = {}
        self.states_until = float("-inf")
        self.tables: dict[tuple[str, str], Table] = {}
        self.tables_until: dict[tuple[str, str], float] = {}

    async def ready(self) -> dict[str, bool]:
        """Whether each service is ready, at most two seconds ago."""
        if time.monotonic() >= self.states_until:
            found = await asyncio.gather(*(self._is_ready(each.name) for each in self.services))
            self.states = dict(zip((each.name for each in self.services), found, strict=True))
            self.states_until = time.monotonic() + FRESH_STATE
        return self.states

    async def table(self, what: str) -> dict[str, Table]:
        """By service, the rows of `/v1/{what}`. A service never heard of is missing."""
        names = [each.name for each in self.services]
        await asyncio.gather(*(self._learn(name, what) for name in names))
        return {name: self.tables[name, what] for name in names if (name, what) in self.tables}

    async def _is_ready(self, name: str) -> bool:
        try:
            status, _ = await ask(self.upstreams[name.encode()], "/ready", PATIENCE)
        except (DomainError, TimeoutError):
            return False
        return status == 200  # noqa: PLR2004  # OK

    async def _learn(self, name: str, what: str) -> None:
        key = (name, what)
        if time.monotonic() < self.tables_until.get(key, float("-inf")):
            return
        try:
            status, body = await ask(self.upstreams[name.encode()], f"/v1/{what}", PATIENCE)
            found = json.loads(body) if status == 200 else None  # noqa: PLR2004  # OK
            if isinstance(found, list):
                self.tables[key] = found
        except (DomainError, TimeoutError, ValueError):
            status = 0
        self.tables_until[key] = time.monotonic() + (FRESH_TABLE if status == 200 else RETRY_TABLE)  # noqa: PLR2004
