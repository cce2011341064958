"""Argon2id, in threads, a few at a time: a sign-in costs 64 MiB and some 50 ms, so a flood must queue or leave."""

import asyncio
import secrets
from collections.abc import Callable
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from gateway.settings import Settings
from gateway.tokens.errors import SignInsAreBusy

_T = TypeVar("_T")


class Passwords:
    """Hashes and checks passwords."""

    def __init__(self, settings: Settings) -> None:
        self.hasher = PasswordHasher(
            time_cost=settings.password_passes,
            memory_cost=settings.password_memory_kib,
            parallelism=settings.password_lanes,
        )
        self.room = settings.password_queue
        self.workers = asyncio.Semaphore(settings.password_workers)
        self.nobody = ""

    async def prepare(self) -> None:
        """Make the hash that unknown accounts are checked against, so that they take as long as known ones."""
        self.nobody = await self.hash(secrets.token_hex(16))

    async def hash(self, password: str) -> str:
        return await self._run(lambda: self.hasher.hash(password))

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password; always False, after the same time, where there is none."""
        right = await self._run(lambda: self._check(hashed or self.nobody, password))
        return right and hashed is not None

    def is_outdated(self, hashed: str) -> bool:
        return self.hasher.check_needs_rehash(hashed)

    def _check(self, hashed: str, password: str) -> bool:
        try:
            return self.hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], _T]) -> _T:
        if self.room <= 0:
            raise SignInsAreBusy
        self.room -= 1
        try:
            async with self.workers:
                return await asyncio.to_thread(work)
        finally:
            self.room += 1
