"""What a caller may do with a case, as its reader sees it."""

from typing import Annotated

from shared.auth import KINDERGARTEN, Actor, Roles
from shared.schemas import Out, zh


class Offer(Out):
    """One verb of the case: whether the caller may do it now, and if not why."""

    action: Annotated[str, zh("动作")]
    label_zh: Annotated[str, zh("中文名称")]
    allowed: Annotated[bool, zh("是否可做")]
    code: Annotated[str | None, zh("不可做的原因代码")]
    reason_zh: Annotated[str | None, zh("原因")]
    reason_en: Annotated[str | None, zh("原因(英文)")]


def held_at(roles: Roles, actor: Actor, division: str, kindergarten: str | None) -> frozenset[str]:
    """Permissions the caller's grants carry at that place."""
    here = {
        scope for _, scope in actor.grants if division.startswith(scope) or scope == f"{KINDERGARTEN}{kindergarten}"
    }
    return frozenset[str]().union(*(roles.get(role, frozenset()) for role, scope in actor.grants if scope in here))
