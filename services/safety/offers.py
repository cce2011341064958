"""A case as its reader sees it: the row, and what this caller may do with it."""

import json
from types import SimpleNamespace
from typing import Annotated, Any

from services.safety.machine import Machine, offered
from services.safety.permissions import ROLES
from shared.auth import KINDERGARTEN, Actor
from shared.errors import NotPermitted
from shared.schemas import Out, zh


class Offer(Out):
    """One verb of the case: whether the caller may do it now, and if not why."""

    action: Annotated[str, zh("动作")]
    label_zh: Annotated[str, zh("中文名称")]
    allowed: Annotated[bool, zh("是否可做")]
    code: Annotated[str | None, zh("不可做的原因代码")]
    reason_zh: Annotated[str | None, zh("原因")]
    reason_en: Annotated[str | None, zh("原因(英文)")]


def held(actor: Actor, division: str, kindergarten: str | None) -> frozenset[str]:
    """Permissions the caller's grants carry at that place."""
    here = {
        scope for _, scope in actor.grants if division.startswith(scope) or scope == f"{KINDERGARTEN}{kindergarten}"
    }
    return frozenset[str]().union(*(ROLES.get(role, frozenset()) for role, scope in actor.grants if scope in here))


def office_of(actor: Actor) -> str:
    """The division the caller works for. Raises NotPermitted to who works for one kindergarten only."""
    if not actor.divisions:
        raise NotPermitted(needed="division")
    return actor.divisions[0]


def with_actions(body: str, machine: Machine, actor: Actor) -> bytes:
    """The JSON of one row, with `actions` added."""
    row: dict[str, Any] = json.loads(body)
    may = held(actor, row["division"], row.get("kindergarten"))
    row["actions"] = offered(machine, SimpleNamespace(**row), actor.id, may)
    return json.dumps(row, ensure_ascii=False).encode()
