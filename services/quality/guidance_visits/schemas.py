from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, Day, In, Out, Page, zh

ClassName = Annotated[str, Field(min_length=1, max_length=100)]


class GuidanceVisitNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    on: Annotated[Day, zh("日期")]
    days: Annotated[int, zh("天数", ge=1, le=30)] = 1
    classes: Annotated[list[ClassName], zh("观察班级", max_length=50)] = Field(default=[])
    teachers: Annotated[int, zh("交流教师数", ge=0, le=500)]
    needs: Annotated[str, zh("教师需求", max_length=4000)] = ""
    findings: Annotated[str, zh("发现的问题", min_length=1, max_length=4000)]
    advice: Annotated[str, zh("指导意见", min_length=1, max_length=4000)]
    follow_up_due: Annotated[Day | None, zh("跟进期限")] = None


class GuidanceFollowUp(In):
    effect: Annotated[str, zh("实效", min_length=1, max_length=4000)]


class GuidanceVisitOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    researcher: Annotated[str, zh("教研员账号")]
    on: Annotated[date, zh("日期")]
    days: Annotated[Count, zh("天数")]
    classes: Annotated[list[str], zh("观察班级")]
    teachers: Annotated[Count, zh("交流教师数")]
    needs: Annotated[str, zh("教师需求")]
    findings: Annotated[str, zh("发现的问题")]
    advice: Annotated[str, zh("指导意见")]
    follow_up_due: Annotated[date | None, zh("跟进期限")]
    effect: Annotated[str | None, zh("实效")]
    followed_up_on: Annotated[date | None, zh("跟进日期")]
    followed_up_by: Annotated[str | None, zh("跟进人")]
    overdue: Annotated[bool, zh("跟进逾期")]


class GuidanceVisitPage(Out):
    items: Annotated[list[GuidanceVisitOut], zh("下园指导")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class GuidanceVisitQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    researcher: Annotated[str | None, zh("教研员账号", max_length=100)] = None
    overdue: Annotated[bool | None, zh("跟进逾期")] = None
    sort: Annotated[Literal["-on", "on"], zh("排序")] = "-on"
