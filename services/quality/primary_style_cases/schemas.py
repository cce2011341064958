from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.frameworks.schemas import ITEM
from services.quality.offers import QualityOffer
from services.quality.primary_style_cases.codes import StyleCaseSource, StyleCaseState
from services.quality.steps.schemas import QualityStep
from shared.schemas import Count, Day, In, Out, Page, zh

Items = Annotated[list[Annotated[str, zh("条目代码", pattern=ITEM)]], zh("涉及条目", max_length=20)]


class StyleCaseNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    source: Annotated[
        Literal["complaint", "media", "transfer"], zh("来源", "What a check finds opens its case itself.")
    ]
    received_on: Annotated[Day, zh("受理日期")]
    summary: Annotated[
        str, zh("反映内容", "Of what was done; nobody who complains is named.", min_length=1, max_length=4000)
    ]
    items: Items = Field(default=[])


class StyleCaseConfirmation(In):
    items: Annotated[list[Annotated[str, zh("条目代码", pattern=ITEM)]], zh("查实条目", min_length=1, max_length=20)]
    note: Annotated[str, zh("查证情况", min_length=1, max_length=2000)]


class StyleCaseOrder(In):
    due_on: Annotated[Day, zh("整改期限")]
    note: Annotated[str, zh("整改要求", min_length=1, max_length=2000)]


class StyleCaseReferral(In):
    organ: Annotated[str, zh("移送机关", min_length=1, max_length=200)]
    note: Annotated[str, zh("理由", min_length=1, max_length=2000)]


class StyleCaseNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class StyleCaseRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    source: Annotated[StyleCaseSource, zh("来源")]
    received_on: Annotated[date, zh("受理日期")]
    items: Annotated[list[str], zh("涉及条目")]
    state: Annotated[StyleCaseState, zh("状态")]
    due_on: Annotated[date | None, zh("整改期限")]
    overdue: Annotated[bool, zh("逾期")]
    ended_on: Annotated[date | None, zh("办结日期")]


class StyleCaseOut(StyleCaseRow):
    check: Annotated[UUID | None, zh("检查", "The check that found it.")]
    summary: Annotated[str, zh("反映内容")]
    received_by: Annotated[str, zh("受理人")]
    answer: Annotated[str | None, zh("整改情况")]
    answered_by: Annotated[str | None, zh("报告人")]
    referred_to: Annotated[str | None, zh("移送机关")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class StyleCasePage(Out):
    items: Annotated[list[StyleCaseRow], zh("案件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StyleCaseQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    source: Annotated[StyleCaseSource | None, zh("来源")] = None
    state: Annotated[StyleCaseState | None, zh("状态")] = None
    open: Annotated[bool | None, zh("未办结")] = None
    overdue: Annotated[bool | None, zh("逾期")] = None
    sort: Annotated[Literal["-received_on", "received_on"], zh("排序")] = "-received_on"
