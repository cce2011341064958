from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from services.registry.bars.codes import BarGround
from services.registry.children.schemas import NAME
from services.registry.staff.schemas import StaffIdentity
from shared.schemas import Count, Day, In, Out, Page, zh

DECIDED_BY, DECISION = zh("认定机关"), zh("认定文书")


class BarOut(Out):
    """An entry of the list of those barred from posts 从业禁止名单. Identifiers are masked."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, NAME]
    document_type: Annotated[str, zh("证件类型", "Code list `document_type`.")]
    document_mask: Annotated[str, zh("证件号码(掩码)")]
    ground: Annotated[BarGround, zh("禁止情形")]
    decided_by: Annotated[str, DECIDED_BY]
    decision: Annotated[str, DECISION]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null for life.")]
    lifted_because: Annotated[str, zh("解除理由")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class BarPage(Out):
    items: Annotated[list[BarOut], zh("从业禁止名单")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BarQuery(Page):
    as_of: Annotated[Day | None, zh("截至日期", "Only what was in force on this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class BarNew(StaffIdentity):
    """Someone who may not work in a kindergarten, registered or not."""

    ground: Annotated[BarGround, zh("禁止情形")]
    decided_by: Annotated[str, zh("认定机关", min_length=1, max_length=100)]
    decision: Annotated[str, zh("认定文书", min_length=1, max_length=200)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期", "Exclusive; left out for life.")] = None
    synthetic: Annotated[bool, zh("演示数据", "No real person.")] = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.until is not None and self.until <= self.since:
            raise PydanticCustomError("bar_order", "until lies after since")
        return self


class BarLifting(In):
    """The bar ends, by a later decision."""

    until: Annotated[Day, zh("解除日期", "First day without the bar.")]
    because: Annotated[str, zh("解除理由", min_length=1, max_length=300)]


class PostToStop(Out):
    """A post of the barred person that lasts: to be stopped at once (学前教育法 art. 44)."""

    id: Annotated[UUID, zh("任职")]
    person: Annotated[UUID, zh("人员")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    role: Annotated[str, zh("岗位")]
    since: Annotated[date, zh("起始日期")]


class BarRecorded(Out):
    """The entry, and what it means for posts in the caller's scope that last."""

    bar: Annotated[BarOut, zh("从业禁止")]
    posts: Annotated[list[PostToStop], zh("须立即停止的任职")]


class BarredPosts(Out):
    items: Annotated[list[PostToStop], zh("须立即停止的任职")]
