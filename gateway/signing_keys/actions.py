"""Making key pairs and letting the next one take over."""

import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm
from sqlalchemy import func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.signing_keys.models import SigningKey
from shared.crypto import KeyRing
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id

_alone = text("SELECT pg_advisory_xact_lock(hashtext('signing_keys'))")


class RotationIsUnderWay(DomainError):
    status = HTTPStatus.CONFLICT
    zh = "新的签名密钥已发布,即将启用。"
    en = "The next signing key is published and about to take over."


@dataclass(frozen=True, slots=True)
class Rotation:
    """How keys are replaced: sealed with these field keys, published so many seconds before they sign."""

    ring: KeyRing
    lead_seconds: int
    district: str


async def rotate(session: AsyncSession, rotation: Rotation, actor: str) -> SigningKey:
    """Make the next key. The first one of an installation signs at once.

    Raises:
        RotationIsUnderWay: the next key is published already and does not sign yet.
    """
    await session.execute(_alone)
    age = await newest_age(session)
    if age is not None and age < 0:
        raise RotationIsUnderWay
    lead = 0 if age is None else rotation.lead_seconds
    signs_from = func.now() + func.make_interval(0, 0, 0, 0, 0, 0, lead)
    made = SigningKey(**_key_pair(rotation.ring), signs_from=signs_from, made_by=actor)
    session.add(made)
    await session.flush()
    await _forget_retired(session)
    await session.refresh(made)
    await announce(session, "gateway.signing_key.made", f"signing-keys/{made.kid}", division=rotation.district)
    return made


async def rotate_when_due(session: AsyncSession, rotation: Rotation, days: int) -> bool:
    """Make a key when there is none or the newest is so many days old; whether one was made."""
    await session.execute(_alone)
    age = await newest_age(session)
    if age is not None and age < days * 86400:
        return False
    await rotate(session, rotation, "system")
    return True


async def newest_age(session: AsyncSession) -> float | None:
    """Seconds since the newest key took over; negative when it has not yet; None without any key."""
    age = func.extract("epoch", func.now() - func.max(SigningKey.signs_from))
    found = (await session.execute(select(age))).scalar_one()
    return None if found is None else float(found)


async def _forget_retired(session: AsyncSession) -> None:
    """A private half that no longer signs is of use to thieves only."""
    signing = select(func.max(SigningKey.signs_from)).where(SigningKey.signs_from <= func.now()).scalar_subquery()
    await session.execute(update(SigningKey).where(SigningKey.signs_from < signing).values(sealed=None))


def _key_pair(ring: KeyRing) -> dict[str, Any]:
    private = ec.generate_private_key(ec.SECP256R1())
    kid = new_id().hex
    public = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return {
        "kid": kid,
        "sealed": ring.encrypt(pem, kid.encode()),
        "public": {**public, "kid": kid, "alg": "ES256", "use": "sig"},
    }
