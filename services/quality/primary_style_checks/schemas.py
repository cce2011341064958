from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.frameworks.schemas import ITEM
from shared.schemas import Count, Day, In, Out, Page, zh


class PrimaryStyleAnswer(In):
    item: Annotated[str, zh("条目代码", pattern=ITEM)]
    found: Annotated[bool, zh("是否发现")]
    evidence: Annotated[str, zh("证据", "Needed where it was found.", max_length=2000)] = ""


class PrimaryStyleCheckNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    on: Annotated[Day, zh("检查日期")]
    occasion: Annotated[Literal["visit", "complaint", "campaign"], zh("缘由", "视导, 投诉, 专项")]
    answers: Annotated[list[PrimaryStyleAnswer], zh("逐项结果", min_length=1, max_length=50)]


class PrimaryStyleAnswerOut(Out):
    item: Annotated[str, zh("条目代码")]
    found: Annotated[bool, zh("是否发现")]
    evidence: Annotated[str, zh("证据")]


class PrimaryStyleCheckOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    edition: Annotated[str, zh("清单版本")]
    on: Annotated[date, zh("检查日期")]
    occasion: Annotated[Literal["visit", "complaint", "campaign"], zh("缘由")]
    found: Annotated[list[str], zh("发现的条目", "QUA-05: each is a red flag (学前教育法第五十九条、第七十九条).")]
    answers: Annotated[list[PrimaryStyleAnswerOut], zh("逐项结果")]


class PrimaryStyleCheckPage(Out):
    items: Annotated[list[PrimaryStyleCheckOut], zh("检查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PrimaryStyleCheckQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    flagged: Annotated[bool | None, zh("有发现")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"
