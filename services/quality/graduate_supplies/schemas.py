from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, In, Out, Page, zh


class GraduateSupplyPut(In):
    nursery: Annotated[bool, zh("婴幼儿照护相关专业", "三(一)4-b.")] = False
    intake: Annotated[int, zh("招生数", ge=0, le=100_000)]
    graduates: Annotated[int, zh("毕业生数", ge=0, le=100_000)]
    placed: Annotated[int, zh("本区就业数", ge=0, le=100_000)]
    measure: Annotated[str, zh("支持措施", max_length=2000)] = ""
    source: Annotated[str, zh("数据来源", min_length=1, max_length=500)]


class GraduateSupplyOut(Out):
    """One school, major and year; `placed_percent` of the graduates work in the district."""

    id: Annotated[UUID, zh("编号")]
    school: Annotated[str, zh("学校")]
    major: Annotated[str, zh("专业")]
    year: Annotated[int, zh("年度")]
    nursery: Annotated[bool, zh("婴幼儿照护相关专业")]
    intake: Annotated[Count, zh("招生数")]
    graduates: Annotated[Count, zh("毕业生数")]
    placed: Annotated[Count, zh("本区就业数")]
    placed_percent: Annotated[str | None, zh("本区就业率(%)", "Null where nobody graduated.")]
    measure: Annotated[str, zh("支持措施")]
    source: Annotated[str, zh("数据来源")]


class GraduateSupplyPage(Out):
    items: Annotated[list[GraduateSupplyOut], zh("人才供给")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class GraduateSupplyQuery(Page):
    school: Annotated[str | None, zh("学校", max_length=100)] = None
    major: Annotated[str | None, zh("专业", max_length=100)] = None
    year: Annotated[int | None, zh("年度", ge=2000, le=2100)] = None
    nursery: Annotated[bool | None, zh("婴幼儿照护相关专业")] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"
