"""A case as its reader sees it: the row, and what this caller may do with it."""

import json
from types import SimpleNamespace
from typing import Any

from services.quality.permissions import ROLES
from shared.auth import Actor
from shared.days import today
from shared.machine import Machine, offered
from shared.offers import Offer, held_at


class QualityOffer(Offer):
    __doc__ = Offer.__doc__


def held(actor: Actor, division: str, kindergarten: str | None) -> frozenset[str]:
    """Permissions the caller's grants carry at that place."""
    return held_at(ROLES, actor, division, kindergarten)


def offers(row: dict[str, Any], machine: Machine, actor: Actor) -> list[dict[str, Any]]:
    """Every verb of the case the row shows, as this caller stands to it today."""
    may = held(actor, row["division"], row.get("kindergarten"))
    return offered(machine, SimpleNamespace(**row), actor.id, may, today())


def with_actions(body: str, machine: Machine, actor: Actor) -> bytes:
    """The JSON of one row, with `actions` added."""
    row: dict[str, Any] = json.loads(body)
    row["actions"] = offers(row, machine, actor)
    return json.dumps(row, ensure_ascii=False).encode()
