from datetime import datetime
from typing import Annotated

from shared.contracts.roles import Role
from shared.schemas import In, Out, zh


class MyGrant(Out):
    """A role I hold, and where."""

    role: Annotated[str, zh("角色")]
    role_zh: Annotated[str, zh("角色名称")]
    scope: Annotated[str, zh("范围")]


class MyPermission(Out):
    """Something I may do, and where."""

    permission: Annotated[str, zh("权限")]
    label_zh: Annotated[str | None, zh("权限名称")]
    scopes: Annotated[list[str], zh("范围")]


class MyService(Out):
    """What I may do in one service."""

    service: Annotated[str, zh("服务")]
    label_zh: Annotated[str, zh("服务名称")]
    known: Annotated[bool, zh("已知", "False while the service has not told its permissions.")]
    permissions: Annotated[list[MyPermission], zh("权限")]


class Me(Out):
    """Who the token is for, and what it is good for."""

    id: Annotated[str, zh("编号")]
    name: Annotated[str, zh("姓名")]
    expires_at: Annotated[datetime, zh("令牌到期时刻")]
    grants: Annotated[list[MyGrant], zh("授权")]
    services: Annotated[list[MyService], zh("各服务权限")]


class AccessQuery(In):
    service: Annotated[str, zh("服务", pattern=r"^[a-z]{1,20}$")]
    permission: Annotated[str, zh("权限", "As a refusal names it.", max_length=100)]


class AccessAnswer(Out):
    """Why something is allowed or refused."""

    allowed: Annotated[bool, zh("是否允许")]
    scopes: Annotated[list[str], zh("允许的范围")]
    roles: Annotated[list[str], zh("具有此权限的角色")]
    explanation_zh: Annotated[str, zh("说明")]


class PasswordChange(In):
    current: Annotated[str, zh("原密码", max_length=200)]
    new: Annotated[str, zh("新密码", min_length=10, max_length=200)]


class RoleOut(Out):
    """A role, and the rules about holding it."""

    role: Annotated[Role, zh("角色")]
    label_zh: Annotated[str, zh("中文名称")]
    label_en: Annotated[str, zh("英文名称")]
    machine: Annotated[bool, zh("仅授予对接系统")]
    at_kindergarten: Annotated[bool, zh("仅授予具体幼儿园")]
    separated_from: Annotated[list[Role], zh("不相容角色")]
