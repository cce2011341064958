"""Who is asking, and what they may do where. The database enforces the where."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Protocol
from uuid import UUID

import aiohttp
import jwt
from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes

from shared.errors import NotAuthenticated, NotPermitted

ALGORITHMS = ["ES256", "EdDSA"]
KINDERGARTEN = "k:"
Roles = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Actor:
    """A verified caller.

    `grants` are (role, scope) pairs, a scope being a division code of which every parent is a prefix, or `k:` and a
    kindergarten's id. `divisions` and `kindergartens` are the scopes that count for the route being called.
    """

    id: str
    name: str
    grants: tuple[tuple[str, str], ...]
    expires: float
    divisions: tuple[str, ...] = ()
    kindergartens: tuple[UUID, ...] = ()

    def may(self, roles: Roles, permission: str) -> bool:
        return any(permission in roles.get(role, ()) for role, _ in self.grants)

    def within(self, roles: Roles, needed: frozenset[str]) -> "Actor":
        """The same caller, narrowed to the scopes of those grants that carry every needed permission."""
        scopes = {scope for role, scope in self.grants if needed <= roles.get(role, frozenset())}
        divisions = tuple(sorted(scope for scope in scopes if not scope.startswith(KINDERGARTEN)))
        ids = tuple(UUID(scope[2:]) for scope in sorted(scopes) if scope.startswith(KINDERGARTEN))
        return replace(self, divisions=divisions, kindergartens=ids)

    @property
    def scoped(self) -> bool:
        return bool(self.divisions or self.kindergartens)


class Keys(Protocol):
    """Where public keys come from."""

    async def key(self, kid: str) -> Any: ...


class FixedKeys:
    """Keys handed over at start: the gateway's own, and tests'."""

    def __init__(self, keys: Mapping[str, Any]) -> None:
        self.keys = dict(keys)

    async def key(self, kid: str) -> Any:
        return self.keys.get(kid)


class PublishedKeys:
    """Keys read from a JWKS address; read again when an unknown one appears, at most every five seconds."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.keys: dict[str, Any] = {}
        self.read_at = float("-inf")
        self.lock = asyncio.Lock()

    async def key(self, kid: str) -> Any:
        if kid not in self.keys:
            async with self.lock:
                if kid not in self.keys and time.monotonic() - self.read_at > 5:  # noqa: PLR2004  # seconds, as said
                    await self._read()
        return self.keys.get(kid)

    async def _read(self) -> None:
        self.read_at = time.monotonic()
        try:
            async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(3)) as http, http.get(self.url) as answer:
                found = json.loads(await answer.read())
            self.keys = {each.key_id: each.key for each in jwt.PyJWKSet.from_dict(found).keys if each.key_id}
        except (aiohttp.ClientError, TimeoutError, ValueError, jwt.PyJWTError):
            self.read_at = time.monotonic() - 4  # the issuer may still be starting: ask again in a second


class Verifier:
    """Turns a bearer token into an actor. A token once verified is remembered until it expires."""

    def __init__(
        self, keys: Keys, issuer: str, audience: str, remembered: int = 20_000, grants_claim: str = "grants"
    ) -> None:
        self.keys, self.issuer, self.audience, self.remembered = keys, issuer, audience, remembered
        self.grants_claim = grants_claim
        self.known: dict[str, Actor] = {}
        self.narrowed: dict[tuple[str, frozenset[str]], Actor] = {}

    async def caller(self, token: str, needed: frozenset[str], roles: Roles) -> Actor:
        """The actor of the token, narrowed to the grants that carry the permissions."""
        actor = await self.actor(token)
        if (found := self.narrowed.get((token, needed))) is None:
            found = self.narrowed[token, needed] = actor.within(roles, needed)
        return found

    async def actor(self, token: str) -> Actor:
        """Raise `NotAuthenticated` for whatever is wrong with the token."""
        if (known := self.known.get(token)) and known.expires > time.time():
            return known
        try:
            kid = jwt.get_unverified_header(token).get("kid", "")
            key = await self.keys.key(str(kid))
            if key is None:
                raise NotAuthenticated
            claims = jwt.decode(
                token,
                key,
                ALGORITHMS,
                audience=self.audience,
                issuer=self.issuer,
                options={"require": ["exp", "iat", "iss", "sub", "aud"]},
            )
            grants = tuple((str(role), str(scope)) for role, scope in claims[self.grants_claim])
            for _, scope in grants:
                if scope.startswith(KINDERGARTEN):
                    UUID(scope[2:])
                elif not (scope.isascii() and scope.isdigit()):
                    raise NotAuthenticated  # an empty prefix, or two scopes in one, would match more than was granted
            actor = Actor(str(claims["sub"]), str(claims.get("name", "")), grants, float(claims["exp"]))
        except (jwt.PyJWTError, KeyError, TypeError, ValueError) as error:
            raise NotAuthenticated from error
        if len(self.known) >= self.remembered:
            self.known.clear()
            self.narrowed.clear()
        self.known[token] = actor
        return actor


bearer = HTTPBearer(scheme_name="token", bearerFormat="JWT", auto_error=False, description="OAuth 2 bearer token.")
Token = Annotated[HTTPAuthorizationCredentials | None, Security(bearer)]


async def signed_in(request: Request, token: Token) -> Actor:
    """Any verified caller, before permissions."""
    if token is None:
        raise NotAuthenticated
    actor: Actor = await request.app.state.verifier.actor(token.credentials)
    request.state.actor = actor
    return actor


async def permitted(request: Request, needed: frozenset[str]) -> Actor:
    """The caller, narrowed to the grants that carry the permissions; or `NotAuthenticated`, or `NotPermitted`."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated
    caller: Actor = await request.app.state.verifier.caller(token, needed, request.app.state.roles)
    if not caller.scoped:
        raise NotPermitted(needed=", ".join(sorted(needed)))
    request.state.actor = caller
    return caller


async def authorize(needed: SecurityScopes, request: Request, _: Token) -> Actor:
    """Refuse a caller who lacks a permission the route declares; otherwise narrow the scope to the grants that count.

    The route names this dependency before its session: the session opens in the scope found here.
    """
    return await permitted(request, frozenset(needed.scopes))


Authorize = Callable[..., Awaitable[Actor]]
