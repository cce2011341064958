"""A preview's token: the plan's digest class by class, so that what has changed since can be named."""

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.registry.roll_overs.plans import ClassPlan
from shared.errors import InvalidInput

Counts = tuple[str, int, int, int]
BIGGEST = 8_000_000  # bytes of a token unpacked: a megacity's classes are below it


def write(plans: Sequence[ClassPlan]) -> str:
    """The token of these plans."""
    packed = zlib.compress(json.dumps({each.id.hex: _counts(each) for each in plans}).encode())
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read(token: str) -> dict[UUID, Counts]:
    """Digest, promoted, graduated and held by class. Raises InvalidInput when it is no token of ours."""
    try:
        unpack = zlib.decompressobj()
        plain = unpack.decompress(base64.urlsafe_b64decode(token.encode() + b"=="), BIGGEST)
        found = json.loads(plain)
        return {UUID(room): (str(d), int(p), int(g), int(h)) for room, (d, p, g, h) in found.items()}
    except (ValueError, TypeError, AttributeError, UnicodeError, binascii.Error, zlib.error) as error:
        raise InvalidInput(
            reason_zh="预演凭证无效。", reason_en="it is not the token of a preview.", pointer="/token"
        ) from error


def differences(before: dict[UUID, Counts], plans: Sequence[ClassPlan]) -> list[dict[str, Any]]:
    """What a preview said of a class and what would happen now, where they differ."""
    now = {each.id: _counts(each) for each in plans}
    names = {each.id: each.name for each in plans}
    return [
        {"class_id": str(room), "name": names.get(room), "before": _said(before.get(room)), "now": _said(now.get(room))}
        for room in sorted(before.keys() | now.keys())
        if before.get(room) != now.get(room)
    ]


def _counts(each: ClassPlan) -> Counts:
    return each.digest.hex()[:24], each.promoted, each.graduated, each.held


def _said(counts: Counts | None) -> dict[str, int] | None:
    return counts and dict(zip(("promoted", "graduated", "held"), counts[1:], strict=True))
