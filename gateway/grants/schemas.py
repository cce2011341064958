from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from shared.contracts.roles import Role
from shared.schemas import Count, Day, In, Out, Page, zh

SCOPE = r"^(\d{2,12}|k:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$"


class RoleGrantIn(In):
    """A role for an account or for an API client: exactly one of the two."""

    account: Annotated[UUID | None, zh("账号")] = None
    client: Annotated[str | None, zh("对接系统", max_length=100)] = None
    role: Annotated[Role, zh("角色")]
    scope: Annotated[
        str,
        zh("范围", "A division code, with all below it, or `k:` and a kindergarten's id.", pattern=SCOPE),
    ]
    starts_on: Annotated[Day | None, zh("起始日", "Today when left out.")] = None
    ends_on: Annotated[Day | None, zh("截止日", "The last day; open when left out.")] = None


class RoleGrant(Out):
    """A role within a scope."""

    id: Annotated[UUID, zh("授权编号")]
    account: Annotated[UUID | None, zh("账号")]
    client: Annotated[str | None, zh("对接系统")]
    role: Annotated[Role, zh("角色")]
    scope: Annotated[str, zh("范围")]
    starts_on: Annotated[date, zh("起始日")]
    ends_on: Annotated[date | None, zh("截止日")]
    granted_by: Annotated[str, zh("授权人")]
    granted_at: Annotated[datetime, zh("授权时刻")]
    revoked_by: Annotated[str | None, zh("收回人")]
    revoked_at: Annotated[datetime | None, zh("收回时刻")]


class RoleGrantPage(Out):
    items: Annotated[list[RoleGrant], zh("授权")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class RoleGrantQuery(Page):
    account: Annotated[UUID | None, zh("账号")] = None
    client: Annotated[str | None, zh("对接系统", max_length=100)] = None
    role: Annotated[Role | None, zh("角色")] = None
    sort: Annotated[Literal["granted_at", "-granted_at"], zh("排序")] = "-granted_at"
