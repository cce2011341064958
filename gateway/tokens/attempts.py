"""Counting failed sign-ins: an attempt is claimed before the password is looked at, so parallel guesses count too."""

import hashlib
import math
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.tokens.errors import TooManyAttempts
from gateway.tokens.rules import delay
from shared.db import Database

# Made or locked in one statement: a success in between may delete the row.
_state = text(
    "INSERT INTO sign_in_attempts AS a (key, failures, last_at, blocked_until)"
    " VALUES (:key, 0, clock_timestamp(), clock_timestamp()) ON CONFLICT (key) DO UPDATE SET key = excluded.key"
    " RETURNING a.failures, extract(epoch FROM a.blocked_until - clock_timestamp())::float8,"
    " a.last_at < clock_timestamp() - make_interval(hours => :forgotten)"
)
_count = text(
    "UPDATE sign_in_attempts SET failures = :failures, last_at = clock_timestamp(),"
    " blocked_until = clock_timestamp() + make_interval(secs => :seconds) WHERE key = :key"
)
_clear = text("DELETE FROM sign_in_attempts WHERE key = :key")
_take_back = text(
    "UPDATE sign_in_attempts SET failures = greatest(failures - 1, 0), blocked_until = clock_timestamp()"
    " WHERE key = :key"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in being tried: under which name (none for a machine), from which address."""

    name: str
    address: str

    @property
    def by_name(self) -> str:
        """Digest of the name: what was typed into the name field may be a password."""
        return "name:" + hashlib.sha256(self.name.encode()).hexdigest()

    @property
    def by_address(self) -> str:
        return f"address:{self.address}"


async def claim(database: Database, attempt: Attempt, free: int, free_address: int) -> None:
    """Count the attempt as failed before it is made; `succeeded` takes that back.

    Raises:
        TooManyAttempts: too early after former failures of this name or from this address.
    """
    async with database.sessions.begin() as session:
        await _claim(session, attempt.by_address, free_address, forgotten=1)
    if attempt.name:
        async with database.sessions.begin() as session:
            await _claim(session, attempt.by_name, free, forgotten=24)


async def _claim(session: AsyncSession, key: str, free: int, forgotten: int) -> None:
    """Failures older than `forgotten` hours do not count any more."""
    failures, wait, old = (await session.execute(_state, {"key": key, "forgotten": forgotten})).one()
    if wait > 0:
        raise TooManyAttempts(seconds=math.ceil(wait))
    failures = 1 if old else failures + 1
    await session.execute(_count, {"key": key, "failures": failures, "seconds": delay(failures, free)})


async def succeeded(database: Database, attempt: Attempt) -> None:
    """The name starts afresh; of the address's failures only this attempt is taken back."""
    async with database.sessions.begin() as session:
        await session.execute(_take_back, {"key": attempt.by_address})
        if attempt.name:
            await session.execute(_clear, {"key": attempt.by_name})
