"""The keys this gateway signs and verifies with, remembered for a few seconds and read again from their table."""

import asyncio
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from jwt.algorithms import ECAlgorithm
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from gateway.signing_keys.actions import Rotation, rotate_when_due
from gateway.signing_keys.models import SigningKey
from shared.auth import Keys
from shared.db import Database
from shared.errors import Unavailable

log = structlog.get_logger()
FRESH = 5.0  # seconds a reading is used without asking; below any sensible lead of a new key
UNKNOWN = 0.5  # seconds after which an unknown key id may cause another reading
AFTERLIFE = 60.0  # seconds a key stays published after the last token it signed


@dataclass(frozen=True, slots=True)
class _Row:
    kid: str
    sealed: bytes | None
    public: Mapping[str, Any]
    signs_at: float  # on this process's monotonic clock, so that clocks of two machines need not agree


class SigningKeys:
    """`Keys` of the verifier, and the private half for those who issue tokens."""

    def __init__(
        self, database: Database, rotation: Rotation, days: int, token_seconds: int, others: Keys | None
    ) -> None:
        self.database, self.rotation, self.days = database, rotation, days
        self.token_seconds, self.others = token_seconds, others
        self.rows: list[_Row] = []
        self.read_at = float("-inf")
        self.privates: dict[str, EllipticCurvePrivateKey] = {}
        self.publics: dict[str, Any] = {}
        self.lock = asyncio.Lock()

    async def key(self, kid: str) -> Any:
        """The public key of that id, or None."""
        if kid not in self.publics:
            if self.others is not None and (found := await self.others.key(kid)) is not None:
                return found
            await self._renew(UNKNOWN)
        await self._renew(FRESH)
        published = {row.kid for row in self._published()}
        return self.publics.get(kid) if kid in published else None

    async def signing(self) -> tuple[str, EllipticCurvePrivateKey]:
        """Id and private key of the pair that signs now."""
        await self._renew(FRESH)
        if (current := self._current()) is None:
            await self.keep_young()
            await self._renew(FRESH)
            current = self._current()
        if current is None or current.sealed is None:
            raise Unavailable
        if current.kid not in self.privates:
            pem = self.rotation.ring.decrypt(current.sealed, current.kid.encode())
            private = load_pem_private_key(pem.encode(), None)
            if not isinstance(private, EllipticCurvePrivateKey):
                raise TypeError(f"The signing key {current.kid} is not an elliptic-curve key.")
            self.privates = {current.kid: private}
        return current.kid, self.privates[current.kid]

    async def published(self) -> list[Mapping[str, Any]]:
        """JSON Web Keys a verifier needs now: those to come, the one that signs, those whose tokens still live."""
        await self._renew(FRESH)
        return [row.public for row in self._published()]

    async def keep_young(self) -> None:
        """Make the first key, or the next one when the newest has come of age."""
        async with self.database.begin(self.database.system) as session:
            made = await rotate_when_due(session, self.rotation, self.days)
        if made:
            self.read_at = float("-inf")

    def _current(self) -> _Row | None:
        now = time.monotonic()
        return next((row for row in reversed(self.rows) if row.signs_at <= now), None)

    def _published(self) -> list[_Row]:
        now = time.monotonic()
        last = [row.signs_at + self.token_seconds + AFTERLIFE for row in self.rows[1:]]
        return [row for row, until in zip(self.rows, [*last, float("inf")], strict=True) if until > now]

    async def _renew(self, after: float) -> None:
        if time.monotonic() - self.read_at < after:
            return
        async with self.lock:
            if time.monotonic() - self.read_at < after:
                return
            try:
                await self._read()
            except (SQLAlchemyError, OSError) as error:
                if not self.rows:
                    raise Unavailable from error
                log.warning("signing keys cannot be read; using those known", error=str(error))
            self.read_at = time.monotonic()

    async def _read(self) -> None:
        ahead = func.extract("epoch", SigningKey.signs_from - func.clock_timestamp())
        asked = select(SigningKey.kid, SigningKey.sealed, SigningKey.public, ahead).order_by(SigningKey.signs_from)
        async with self.database.sessions() as session:
            found = (await session.execute(asked)).all()
        now = time.monotonic()
        self.rows = [_Row(kid, sealed, public, now + float(seconds)) for kid, sealed, public, seconds in found]
        self.publics = {row.kid: ECAlgorithm.from_jwk(json.dumps(dict(row.public))) for row in self.rows}
