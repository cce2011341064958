"""A case as its reader sees it: the row, and what this caller may do with it."""

import json
from types import SimpleNamespace
from typing import Annotated, Any

from services.quality.days import today
from services.quality.machine import Machine, offered
from services.quality.permissions import ROLES
from shared.auth import KINDERGARTEN, Actor
from shared.schemas import Out, zh


class QualityOffer(Out):
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


def offers(row: dict[str, Any], machine: Machine, actor: Actor) -> list[dict[str, Any]]:
    """Every verb of the case the row shows, as this caller stands to it today."""
    may = held(actor, row["division"], row.get("kindergarten"))
    return offered(machine, SimpleNamespace(**row), actor.id, may, today())


def with_actions(body: str, machine: Machine, actor: Actor) -> bytes:
    """The JSON of one row, with `actions` added."""
    row: dict[str, Any] = json.loads(body)
    row["actions"] = offers(row, machine, actor)
    return json.dumps(row, ensure_ascii=False).encode()
