"""Following another service's feed: the cursor moves in the transaction of the effect, so each event counts once."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import Database

log = structlog.get_logger()
Handler = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[None]]

_open = text("INSERT INTO feed_cursors (feed) VALUES (:feed) ON CONFLICT DO NOTHING")
_lock = text("SELECT position FROM feed_cursors WHERE feed = :feed FOR UPDATE")
_move = text("UPDATE feed_cursors SET position = :position, moved_at = now() WHERE feed = :feed")
_stand = text("SELECT position FROM feed_cursors WHERE feed = :feed")


class ServiceToken:
    """This service's own access token, fetched by client credentials and renewed before it expires."""

    def __init__(self, url: str, client: str, secret: str) -> None:
        self.url, self.client, self.secret = url, client, secret
        self.token, self.until = "", 0.0

    async def get(self, http: aiohttp.ClientSession) -> str:
        if time.monotonic() >= self.until:
            form = {"grant_type": "client_credentials", "client_id": self.client, "client_secret": self.secret}
            async with http.post(f"{self.url}/auth/v1/tokens", data=form) as answer:
                answer.raise_for_status()
                found = await answer.json()
            self.token = found["access_token"]
            self.until = time.monotonic() + found["expires_in"] - 60
        return self.token

    def forget(self) -> None:
        self.until = 0.0


class Consumer:
    """One feed followed by one service. `handlers` maps an event type to what it does here."""

    def __init__(
        self,
        feed: str,
        url: str,
        token: ServiceToken,
        database: Database,
        handlers: Mapping[str, Handler],
    ) -> None:
        self.feed, self.url, self.token = feed, url, token
        self.database, self.handlers = database, handlers
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _run(self) -> None:
        pause = 0.2
        while True:
            try:
                async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(60)) as http:
                    while True:
                        await self._turn(http)
                        pause = 0.2
            except Exception as error:  # noqa: BLE001  # whatever it was: a feed nobody follows any more is worse
                log.warning("feed interrupted", feed=self.feed, kind=type(error).__name__, error=str(error))
                self.token.forget()
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)

    async def _turn(self, http: aiohttp.ClientSession) -> None:
        async with self.database.begin(self.database.system) as session:
            await session.execute(_open, {"feed": self.feed})
            after = int((await session.execute(_stand, {"feed": self.feed})).scalar_one())
        query = [("after", str(after)), ("wait", "25"), ("limit", "500")]
        query += [("types", kind) for kind in self.handlers]
        headers = {"Authorization": f"Bearer {await self.token.get(http)}"}
        async with http.get(f"{self.url}/v1/events", params=query, headers=headers) as answer:
            answer.raise_for_status()
            found = json.loads(await answer.read())
        await self.apply(after, found["items"], found["next"])

    async def apply(self, after: int, events: list[dict[str, Any]], standing: int) -> bool:
        """Take effect and move the cursor together; return False when another process was faster."""
        if standing == after:
            return True
        async with self.database.begin(self.database.system) as session:
            await session.execute(_open, {"feed": self.feed})
            if (await session.execute(_lock, {"feed": self.feed})).scalar_one() != after:
                return False
            for event in events:
                handler = self.handlers.get(event["type"])
                if handler:
                    await handler(session, event)
            await session.execute(_move, {"feed": self.feed, "position": standing})
        return True
