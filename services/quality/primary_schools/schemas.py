from datetime import date
from typing import Annotated, Literal

from shared.schemas import Count, Day, In, Out, Page, zh

SCHOOL = r"^\d{10}$"


class PrimarySchoolPut(In):
    division: Annotated[str, zh("区划", pattern=r"^\d{6,12}$")]
    name: Annotated[str, zh("校名", min_length=2, max_length=100)]
    zero_start: Annotated[
        bool, zh("坚持零起点教学", "教基厅函〔2018〕57号, fifth task: the first grade begins at zero.")
    ] = True
    closed_on: Annotated[Day | None, zh("撤并日期")] = None


class PrimarySchoolOut(Out):
    code: Annotated[str, zh("学校标识码")]
    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("校名")]
    zero_start: Annotated[bool, zh("坚持零起点教学")]
    closed_on: Annotated[date | None, zh("撤并日期")]
    kindergartens: Annotated[Count, zh("结对幼儿园数", "Paired with it today, within the reader's scope.")]


class PrimarySchoolPage(Out):
    items: Annotated[list[PrimarySchoolOut], zh("小学")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PrimarySchoolQuery(Page):
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    paired: Annotated[bool | None, zh("已结对")] = None
    zero_start: Annotated[bool | None, zh("坚持零起点教学")] = None
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"
