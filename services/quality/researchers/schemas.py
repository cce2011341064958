from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from shared.schemas import Count, Day, In, Out, Page, zh

Words = Annotated[str, Field(min_length=1, max_length=100)]


class ResearcherPut(In):
    """A 教研员 as 三(三)2-d and -e ask: full or part-time, title, experience, honours."""

    name: Annotated[str, zh("姓名", min_length=1, max_length=100)]
    full_time: Annotated[bool, zh("专职", "False: part-time 兼职.")]
    title: Annotated[str, zh("职称", max_length=100)] = ""
    subject: Annotated[str, zh("研究方向", max_length=100)] = ""
    teaching_since: Annotated[int, zh("从教年份", ge=1950, le=2100)]
    honours: Annotated[list[Words], zh("荣誉与评优", max_length=50)] = Field(default=[])
    since: Annotated[Day, zh("任职日期")]
    ended_on: Annotated[Day | None, zh("离任日期")] = None


class ResearcherOut(Out):
    """A researcher with the load of the day and the work of the term."""

    id: Annotated[UUID, zh("编号")]
    account: Annotated[str, zh("账号")]
    name: Annotated[str, zh("姓名")]
    full_time: Annotated[bool, zh("专职")]
    title: Annotated[str, zh("职称")]
    subject: Annotated[str, zh("研究方向")]
    teaching_since: Annotated[int, zh("从教年份")]
    honours: Annotated[list[str], zh("荣誉与评优")]
    since: Annotated[date, zh("任职日期")]
    ended_on: Annotated[date | None, zh("离任日期")]
    zones: Annotated[list[str], zh("负责片区与联盟")]
    kindergartens: Annotated[Count, zh("负责园所数")]
    overloaded: Annotated[bool, zh("超出负责园所数")]
    visits: Annotated[Count, zh("本学期下园指导次数")]
    kindergartens_visited: Annotated[Count, zh("本学期指导园所数")]
    answers: Annotated[Count, zh("本学期答复数")]
    answers_late: Annotated[Count, zh("本学期逾期答复数")]


class ResearcherPage(Out):
    items: Annotated[list[ResearcherOut], zh("教研员")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ResearcherQuery(Page):
    full_time: Annotated[bool | None, zh("专职")] = None
    overloaded: Annotated[bool | None, zh("超出负责园所数")] = None
    sort: Annotated[str, zh("排序", pattern="^-?account$")] = "account"


class ResearcherPosts(Out):
    """教研人员配备: posts the district plans against who fills them today."""

    planned: Annotated[Count, zh("计划岗位数")]
    filled: Annotated[Count, zh("在岗人数")]
    full_time: Annotated[Count, zh("专职人数")]
    vacant: Annotated[Count, zh("缺员")]
    tag: Annotated[str, zh("可信度", "Of the planned number.")]
