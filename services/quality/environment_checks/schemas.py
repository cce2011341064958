from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.annual_inspections.codes import AnnualInspectionFinding
from services.quality.frameworks.schemas import ITEM
from shared.schemas import Count, Day, In, Out, Page, zh


class EnvironmentAnswer(In):
    item: Annotated[str, zh("条目代码", pattern=ITEM)]
    finding: Annotated[AnnualInspectionFinding, zh("结论")]
    note: Annotated[str, zh("情况", "Needed where it is not met.", max_length=1000)] = ""


class EnvironmentCheckNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    on: Annotated[Day, zh("日期")]
    answers: Annotated[
        list[EnvironmentAnswer], zh("逐项结论", "Each point of 环境创设 once.", min_length=1, max_length=50)
    ]


class EnvironmentAnswerOut(Out):
    item: Annotated[str, zh("条目代码")]
    finding: Annotated[AnnualInspectionFinding, zh("结论")]
    note: Annotated[str, zh("情况")]


class EnvironmentCheckOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    edition: Annotated[str, zh("指南版本")]
    on: Annotated[date, zh("日期")]
    answers: Annotated[list[EnvironmentAnswerOut], zh("逐项结论")]
    unmet: Annotated[list[str], zh("未达到条目")]


class EnvironmentCheckPage(Out):
    items: Annotated[list[EnvironmentCheckOut], zh("环境检查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EnvironmentCheckQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    flagged: Annotated[bool | None, zh("有未达到条目")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"
