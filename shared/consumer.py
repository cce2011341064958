"""Following another service's feed: the cursor moves in the transaction of the effect, so each event counts once."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

import aiohttp
import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.db import Database

log = structlog.get_logger()
Handler = Callable[[AsyncSession, Mapping[str, Any]], Awaitable[None]]

# A cursor remembers which types of event it has followed up to its position: a release may follow more of them.
_open = text("INSERT INTO feed_cursors (feed, types) VALUES (:feed, :types) ON CONFLICT DO NOTHING")
_lock = text("SELECT position FROM feed_cursors WHERE feed = :feed FOR UPDATE")
_move = text("UPDATE feed_cursors SET position = :position, moved_at = now() WHERE feed = :feed")
_stand = text("SELECT position, types FROM feed_cursors WHERE feed = :feed")
_begin_anew = text("UPDATE feed_cursors SET position = 0, types = :types WHERE feed = :feed")
_learn = text("UPDATE feed_cursors SET types = types || CAST(:types AS text[]) WHERE feed = :feed")


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
        after, followed = await self._standing(self.feed, list(self.handlers))
        if new := [kind for kind in self.handlers if kind not in followed]:
            await self._catch_up(http, new, after)
            return
        events, standing = await self._page(http, after, self.handlers, 25)
        await self.apply(after, events, standing)

    async def _standing(self, feed: str, types: list[str]) -> tuple[int, list[str]]:
        """Where a cursor is and what it followed up to there; a new one follows everything from the beginning."""
        async with self.database.begin(self.database.system) as session:
            await session.execute(_open, {"feed": feed, "types": types})
            position, followed = (await session.execute(_stand, {"feed": feed})).one()
        return int(position), list(followed)

    async def _page(
        self, http: aiohttp.ClientSession, after: int, types: Iterable[str], wait: int
    ) -> tuple[list[dict[str, Any]], int]:
        query = [("after", str(after)), ("wait", str(wait)), ("limit", "500"), *(("types", kind) for kind in types)]
        headers = {"Authorization": f"Bearer {await self.token.get(http)}"}
        async with http.get(f"{self.url}/v1/events", params=query, headers=headers) as answer:
            answer.raise_for_status()
            found = json.loads(await answer.read())
        return found["items"], found["next"]

    async def _catch_up(self, http: aiohttp.ClientSession, new: list[str], until: int) -> None:
        """One page of what a former release passed over, up to where the cursor stands; then the types are known."""
        again = f"{self.feed}/anew"
        at, types = await self._standing(again, new)
        events, standing = await self._page(http, at, types or new, 0)
        async with self.database.begin(self.database.system) as session:
            places = [int((await session.execute(_lock, {"feed": each})).scalar_one()) for each in (self.feed, again)]
            if places != [until, at]:
                return
            if not types:  # an earlier catching up has ended
                await session.execute(_begin_anew, {"feed": again, "types": new})
                return
            await self._handle(session, (each for each in events if each["sequence"] <= until))
            if standing < until:
                await session.execute(_move, {"feed": again, "position": standing})
                return
            await session.execute(_learn, {"feed": self.feed, "types": types})
            await session.execute(_begin_anew, {"feed": again, "types": []})
        log.info("feed caught up", feed=self.feed, types=types)

    async def apply(self, after: int, events: list[dict[str, Any]], standing: int) -> bool:
        """Take effect and move the cursor together; return False when another process was faster."""
        if standing == after:
            return True
        async with self.database.begin(self.database.system) as session:
            await session.execute(_open, {"feed": self.feed, "types": list(self.handlers)})
            if (await session.execute(_lock, {"feed": self.feed})).scalar_one() != after:
                return False
            await self._handle(session, events)
            await session.execute(_move, {"feed": self.feed, "position": standing})
        return True

    async def _handle(self, session: AsyncSession, events: Iterable[dict[str, Any]]) -> None:
        for event in events:
            if handler := self.handlers.get(event["type"]):
                await handler(session, event)
