"""The one background pass of a service: it numbers committed events and wakes those who wait for them."""

import asyncio
import contextlib
import time

import structlog
from psycopg import AsyncConnection, Error

log = structlog.get_logger()
SWEEP = 3600.0  # seconds between two looks for idempotency keys past their week
IDLE = 5.0  # seconds after which to look anyway: a notification lost with its connection costs no more than this


class Sequencer:
    """Runs in every process of a service; an advisory lock lets one of them number at a time."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.moved = asyncio.Condition()
        self.turns = 0  # how often the feed was seen to move
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def wait(self, seconds: float, seen: int) -> None:
        """Return when the feed has moved since `turns` was `seen`, or after that many seconds."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds), self.moved:
                await self.moved.wait_for(lambda: self.turns != seen)

    async def _wake(self) -> None:
        async with self.moved:
            self.turns += 1
            self.moved.notify_all()

    async def _run(self) -> None:
        while True:
            try:
                await self._follow()
            except (Error, OSError) as error:
                log.warning("sequencer lost its database", error=str(error))
                await asyncio.sleep(0.5)

    async def _follow(self) -> None:
        async with await AsyncConnection.connect(
            self.url, autocommit=True, application_name="huaiyou-sequencer"
        ) as connection:
            await connection.execute("LISTEN events")
            await connection.execute("LISTEN positions")
            swept = float("-inf")
            while True:
                if time.monotonic() - swept > SWEEP:
                    await connection.execute("SELECT forget_old_keys()")
                    swept = time.monotonic()
                await self._number(connection)
                async for _ in connection.notifies(timeout=IDLE, stop_after=1):
                    pass
                await self._wake()

    async def _number(self, connection: AsyncConnection) -> None:
        while True:
            cursor = await connection.execute("SELECT sequence_events()")
            row = await cursor.fetchone()
            if not row or not row[0]:
                return
            await self._wake()
