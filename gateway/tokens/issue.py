"""Access tokens: who, and which role where, signed for ten minutes."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import jwt

from gateway.settings import Settings
from gateway.signing_keys.ring import SigningKeys


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a token is for. `session` is empty for machines."""

    id: str
    name: str
    grants: Sequence[tuple[str, str]]
    session: str = ""


async def access_token(keys: SigningKeys, settings: Settings, subject: Subject) -> str:
    """A signed JWT that every service verifies by itself."""
    kid, private = await keys.signing()
    now = int(time.time())
    claims = {
        "iss": settings.issuer,
        "aud": settings.audience,
        "sub": subject.id,
        "name": subject.name,
        "iat": now,
        "exp": now + settings.access_seconds,
        "grants": [list(each) for each in subject.grants],
    }
    if subject.session:
        claims["sid"] = subject.session
    return jwt.encode(claims, private, "ES256", {"kid": kid})
