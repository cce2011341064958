"""What a caller may do, told from the tables the services publish."""

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.directory import Directory, Table
from gateway.me.schemas import AccessAnswer, MyGrant, MyPermission, MyService
from gateway.permissions import ROLES, May
from shared.auth import Actor
from shared.contracts.roles import Role

LABELS = {str(role): role.zh for role in Role}


def own_table() -> Table:
    """The gateway's permissions in the shape the services publish theirs."""
    return [
        {"permission": may.value, "label_zh": may.zh, "roles": [role for role, held in ROLES.items() if may in held]}
        for may in May
    ]


async def tables(directory: Directory) -> dict[str, tuple[str, Table | None]]:
    """By service its Chinese name and its permissions, None where it has not told them yet."""
    known = await directory.table("permissions")
    return {"gateway": ("网关", own_table())} | {
        each.name: (each.zh, known.get(each.name)) for each in directory.services
    }


def my_grants(actor: Actor) -> list[MyGrant]:
    return [MyGrant(role=role, role_zh=LABELS.get(role, role), scope=scope) for role, scope in actor.grants]


def my_service(actor: Actor, name: str, zh: str, rows: Sequence[Mapping[str, Any]] | None) -> MyService:
    mine = [
        MyPermission(permission=row["permission"], label_zh=row["label_zh"], scopes=scopes)
        for row in rows or ()
        if (scopes := _scopes(actor, row["roles"]))
    ]
    return MyService(service=name, label_zh=zh, known=rows is not None, permissions=mine)


def explained(actor: Actor, permission: str, roles: Sequence[str]) -> AccessAnswer:
    """Whether these roles carry the permission for the caller, in a sentence."""
    scopes = _scopes(actor, roles)
    named = "、".join(LABELS.get(role, role) for role in roles)
    said = (
        f"您可在 {'、'.join(scopes)} 范围内执行。" if scopes else f"权限 {permission} 属于:{named};您没有其中的角色。"
    )
    return AccessAnswer(allowed=bool(scopes), scopes=scopes, roles=list(roles), explanation_zh=said)


def _scopes(actor: Actor, roles: Sequence[str]) -> list[str]:
    return sorted({scope for role, scope in actor.grants if role in roles})
