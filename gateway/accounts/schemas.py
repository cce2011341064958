from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from gateway.accounts.codes import AccountStatus
from shared.schemas import Count, In, Out, Page, zh

NAME = r"^[\w.@-]{2,64}$"
DIVISION = r"^\d{6,12}$"


class SignInAccountIn(In):
    """A person who is to sign in. Roles are granted, and a password set, afterwards."""

    sign_in_name: Annotated[str, zh("登录名", "Told apart without regard to case.", pattern=NAME)]
    display_name: Annotated[str, zh("姓名", min_length=1, max_length=100)]
    division: Annotated[str, zh("管理区划", "Whose administrators look after the account.", pattern=DIVISION)]


class SignInAccountPatch(In):
    """What may be edited of an account."""

    display_name: Annotated[str, zh("姓名", min_length=1, max_length=100)]


class SignInAccount(Out):
    """A person who signs in."""

    id: Annotated[UUID, zh("账号编号")]
    sign_in_name: Annotated[str, zh("登录名")]
    display_name: Annotated[str, zh("姓名")]
    division: Annotated[str, zh("管理区划")]
    status: Annotated[AccountStatus, zh("状态")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]
    created_at: Annotated[datetime, zh("建立时刻")]


class SignInAccountPage(Out):
    items: Annotated[list[SignInAccount], zh("账号")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SignInAccountQuery(Page):
    division: Annotated[str | None, zh("管理区划", "This division and all below it.", pattern=DIVISION)] = None
    status: Annotated[AccountStatus | None, zh("状态")] = None
    name: Annotated[str | None, zh("登录名", "Names that begin like this.", max_length=64)] = None
    sort: Annotated[Literal["sign_in_name", "-sign_in_name"], zh("排序")] = "sign_in_name"


class PasswordOut(Out):
    """Said once and never again."""

    password: Annotated[str, zh("新密码")]
