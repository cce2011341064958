"""A case as its reader sees it: the row, and what this caller may do with it."""

import json
from types import SimpleNamespace
from typing import Any

from services.safety.permissions import ROLES
from shared.auth import Actor
from shared.days import today
from shared.errors import NotPermitted
from shared.machine import Machine, offered
from shared.offers import held_at


def held(actor: Actor, division: str, kindergarten: str | None) -> frozenset[str]:
    """Permissions the caller's grants carry at that place."""
    return held_at(ROLES, actor, division, kindergarten)


def office_of(actor: Actor) -> str:
    """The division the caller works for. Raises NotPermitted to who works for one kindergarten only."""
    if not actor.divisions:
        raise NotPermitted(needed="division")
    return actor.divisions[0]


def with_actions(body: str, machine: Machine, actor: Actor) -> bytes:
    """The JSON of one row, with `actions` added."""
    row: dict[str, Any] = json.loads(body)
    may = held(actor, row["division"], row.get("kindergarten"))
    row["actions"] = offered(machine, SimpleNamespace(**row), actor.id, may, today())
    return json.dumps(row, ensure_ascii=False).encode()
