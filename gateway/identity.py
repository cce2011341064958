"""Who issues and who verifies tokens: this gateway, or an external OIDC issuer."""

import asyncio
import json
import time

import aiohttp
import structlog
from fastapi import FastAPI
from psycopg import Error
from sqlalchemy.exc import SQLAlchemyError
from starlette.datastructures import State

from gateway.settings import Settings
from gateway.signing_keys.actions import Rotation
from gateway.signing_keys.ring import SigningKeys
from gateway.tokens.actions import Identity
from gateway.tokens.passwords import Passwords
from gateway.tokens.sessions import forget_old_sessions
from shared.auth import Keys, PublishedKeys, Verifier
from shared.errors import Unavailable

log = structlog.get_logger()
CARE, SWEEP = 60.0, 3600.0  # seconds between two looks at the keys, and at what is long over
KEPT_DAYS = 30


def install(app: FastAPI, settings: Settings, keys: Keys | None) -> None:
    """Put the verifier, the published keys and, if it is ours, the issuer into the application's state."""
    state = app.state
    if settings.is_external:
        state.verifier = Verifier(
            PublishedKeys(settings.oidc_jwks_url),
            settings.oidc_issuer,
            settings.oidc_audience,
            grants_claim=settings.oidc_grants_claim,
        )
        state.jwks = Republished(settings.oidc_jwks_url).text
        return
    if state.keys is None:
        state.jwks = _no_keys
        return
    rotation = Rotation(state.keys, settings.signing_key_lead_seconds, settings.district)
    ring = SigningKeys(state.database, rotation, settings.signing_key_days, settings.access_seconds, keys)
    state.signing_keys = ring
    state.verifier = Verifier(ring, settings.issuer, settings.audience)
    state.identity = Identity(settings, state.database, ring, Passwords(settings))

    async def jwks() -> str:
        return json.dumps({"keys": await ring.published()}, default=dict)

    state.jwks = jwks


class Republished:
    """The external issuer's keys at our own address, so that services have one place to look."""

    def __init__(self, url: str) -> None:
        self.url, self.body, self.until = url, "", float("-inf")

    async def text(self) -> str:
        """Raise `Unavailable` when the issuer was never reached."""
        if time.monotonic() >= self.until:
            try:
                patience = aiohttp.ClientTimeout(3)
                async with aiohttp.ClientSession(timeout=patience) as http, http.get(self.url) as answer:
                    answer.raise_for_status()
                    self.body = await answer.text()
                self.until = time.monotonic() + 30
            except (aiohttp.ClientError, TimeoutError) as error:
                log.warning("the issuer's keys cannot be read", error=str(error))
        if not self.body:
            raise Unavailable
        return self.body


async def _no_keys() -> str:
    raise Unavailable


async def care(state: State) -> asyncio.Task[None]:
    """Prepare what signing in needs, then look after it in the background."""
    identity: Identity | None = getattr(state, "identity", None)
    if identity is None:
        if not state.settings.is_external:
            log.warning("HUAIYOU_FIELD_KEYS is not set: no token can be issued")
        return asyncio.create_task(asyncio.sleep(0))
    await identity.passwords.prepare()
    await _look(identity, sweep=False)
    return asyncio.create_task(_caring(identity))


async def _caring(identity: Identity) -> None:
    swept = time.monotonic()
    while True:
        await asyncio.sleep(CARE if identity.keys.rows else 1.0)
        sweep = time.monotonic() - swept > SWEEP
        await _look(identity, sweep=sweep)
        swept = time.monotonic() if sweep else swept


async def _look(identity: Identity, *, sweep: bool) -> None:
    """A database that is away now will be back: nothing here may end the gateway."""
    try:
        await identity.keys.keep_young()
        await identity.keys.published()
        if sweep:
            async with identity.database.begin(identity.database.system) as session:
                await forget_old_sessions(session, KEPT_DAYS)
    except (SQLAlchemyError, Error, OSError, Unavailable) as error:
        log.warning("keys and sessions could not be looked after", error=str(error))
