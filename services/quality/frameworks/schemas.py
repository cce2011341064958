from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, WithJsonSchema

from services.quality.frameworks.codes import AnswerKind, FrameworkKind, FrameworkState, ItemLevel, TextStatus
from shared.schemas import Count, Day, In, Out, Page, zh

CODE = r"^[a-z][a-z0-9-]{1,39}$"
ITEM = r"^[A-Za-z0-9.]{1,20}$"
Weight = Annotated[
    Decimal,
    Field(max_digits=8, decimal_places=3, ge=0),
    WithJsonSchema({"type": "string", "format": "decimal", "pattern": r"^\d{1,5}(\.\d{1,3})?$"}),
]
FedBy = Literal["serious_ethics_violation", "major_hazard", "account_alert", "penalty"]


class FrameworkItemIn(In):
    """An item. Every item is about the kindergarten, its people, its rooms: there is no item about a child."""

    code: Annotated[str, zh("代码", pattern=ITEM)]
    parent: Annotated[str, zh("上级代码", "Empty at the top.", pattern=r"^[A-Za-z0-9.]{0,20}$")] = ""
    level: Annotated[ItemLevel, zh("层级")]
    text: Annotated[str | None, zh("文字", "Null only when `text_status` is missing.", min_length=1, max_length=1000)]
    text_status: Annotated[TextStatus, zh("文字状态")] = TextStatus.OWN
    source: Annotated[str, zh("出处", max_length=200)] = ""
    weight: Annotated[Weight | None, zh("权重")] = None
    answer: Annotated[AnswerKind, zh("作答方式")] = AnswerKind.NONE
    hard: Annotated[bool, zh("一票否决", "Unmet, it fails the whole whatever else is met.")] = False
    fed_by: Annotated[FedBy | None, zh("取自系统事实", "The fact of another service that speaks to it.")] = None
    based_on: Annotated[
        list[Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{1,39}:[A-Za-z0-9.]{1,20}$")]],
        zh("对应条目", "`framework:item` whose evidence serves this item too.", max_length=20),
    ] = Field(default=[])


class FrameworkPut(In):
    kind: Annotated[FrameworkKind, zh("种类")]
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    authority: Annotated[str, zh("制定机关", min_length=1, max_length=100)]
    document_number: Annotated[str, zh("文号", max_length=100)] = ""
    issued_on: Annotated[Day | None, zh("发布日期")] = None
    note: Annotated[str, zh("说明", max_length=1000)] = ""
    items: Annotated[list[FrameworkItemIn], zh("条目", min_length=1, max_length=500)]


class FrameworkPublication(In):
    since: Annotated[Day, zh("施行日期", "The edition before ends on it.")]


class FrameworkItemOut(Out):
    code: Annotated[str, zh("代码")]
    parent: Annotated[str, zh("上级代码")]
    level: Annotated[ItemLevel, zh("层级")]
    text: Annotated[str | None, zh("文字")]
    text_status: Annotated[TextStatus, zh("文字状态")]
    tag: Annotated[str, zh("可信度", "verified, corroborated, known, uncertain, illustrative or entered")]
    source: Annotated[str, zh("出处")]
    weight: Annotated[Weight | None, zh("权重")]
    answer: Annotated[AnswerKind, zh("作答方式")]
    hard: Annotated[bool, zh("一票否决")]
    fed_by: Annotated[FedBy | None, zh("取自系统事实")]
    based_on: Annotated[list[str], zh("对应条目")]


class FrameworkRow(Out):
    id: Annotated[UUID, zh("编号")]
    code: Annotated[str, zh("标准代码")]
    edition: Annotated[str, zh("版本")]
    kind: Annotated[FrameworkKind, zh("种类")]
    title: Annotated[str, zh("名称")]
    authority: Annotated[str, zh("制定机关")]
    document_number: Annotated[str, zh("文号")]
    issued_on: Annotated[date | None, zh("发布日期")]
    state: Annotated[FrameworkState, zh("状态")]
    since: Annotated[date | None, zh("施行日期")]
    until: Annotated[date | None, zh("失效日期")]
    note: Annotated[str, zh("说明")]


class FrameworkOut(FrameworkRow):
    items: Annotated[list[FrameworkItemOut], zh("条目")]


class FrameworkPage(Out):
    items: Annotated[list[FrameworkRow], zh("标准")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FrameworkQuery(Page):
    code: Annotated[str | None, zh("标准代码", pattern=CODE)] = None
    kind: Annotated[FrameworkKind | None, zh("种类")] = None
    state: Annotated[FrameworkState | None, zh("状态")] = None
    as_of: Annotated[Day | None, zh("施行于", "Only editions in force on this day.")] = None
    sort: Annotated[Literal["code", "-code"], zh("排序")] = "code"
