from datetime import datetime
from typing import Annotated, Literal

from gateway.accounts.codes import AccountStatus
from gateway.accounts.schemas import DIVISION
from shared.schemas import Count, In, Out, Page, zh

CLIENT_ID = r"^[a-z][a-z0-9-]{1,62}$"


class ApiClientIn(In):
    """A machine that is to call the API. Roles are granted afterwards."""

    id: Annotated[str, zh("客户端编号", pattern=CLIENT_ID)]
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    division: Annotated[str, zh("管理区划", pattern=DIVISION)]


class ApiClientOut(Out):
    """A machine that calls the API."""

    id: Annotated[str, zh("客户端编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("管理区划")]
    status: Annotated[AccountStatus, zh("状态")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]
    created_at: Annotated[datetime, zh("登记时刻")]


class ApiClientSecret(Out):
    """Said once and never again."""

    client_id: Annotated[str, zh("客户端编号")]
    client_secret: Annotated[str, zh("客户端密钥")]


class ApiClientPage(Out):
    items: Annotated[list[ApiClientOut], zh("对接系统")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ApiClientQuery(Page):
    status: Annotated[AccountStatus | None, zh("状态")] = None
    sort: Annotated[Literal["id", "-id"], zh("排序")] = "id"
