"""The facts registry announces. Each has the address of its subject and, in `data`, the fields named here."""

from datetime import date
from typing import Annotated
from uuid import UUID

from shared.schemas import Out, zh

KINDERGARTEN_REGISTERED = "registry.kindergarten.registered"
KINDERGARTEN_CHANGED = "registry.kindergarten.changed"


class KindergartenFact(Out):
    """State of a kindergarten after the change: what every service keeps of it. Closing is a change of `status`."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    pinyin: Annotated[str, zh("排序键")]
    type: Annotated[str | None, zh("办园性质")]
    status: Annotated[str | None, zh("状态")]
    opened_on: Annotated[date | None, zh("开办日期")]
    closed_on: Annotated[date | None, zh("终止日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]
