from datetime import date
from typing import Annotated, Literal

from pydantic.json_schema import SkipJsonSchema

from services.registry.divisions.codes import Level, Zone
from shared.schemas import Count, Day, In, Out, Page, zh

Absent = SkipJsonSchema[None]  # may be left out of the request, and is never null
DIVISION = r"^\d{6}(\d{3}(\d{3})?)?$"


class DivisionRow(Out):
    """An administrative unit. Its code begins with its parent's."""

    code: Annotated[str, zh("区划代码", examples=["110116102001"])]
    name: Annotated[str, zh("名称")]
    level: Annotated[Level, zh("级别")]
    kind: Annotated[str, zh("类别", "Code list `division_kind`.")]
    parent: Annotated[str | None, zh("上级区划")]
    parent_name: Annotated[str | None, zh("上级名称")]
    zone: Annotated[Zone | None, zh("片区")]
    zone_source: Annotated[str, zh("片区依据", "By which authority the unit lies in that zone.")]
    latitude: Annotated[float | None, zh("纬度", "Seat of the unit, WGS 84.")]
    longitude: Annotated[float | None, zh("经度", "Seat of the unit, WGS 84.")]
    since: Annotated[date, zh("起始日期", "Cut-off of the edition that first lists it, not its founding.")]
    until: Annotated[date | None, zh("停用日期")]
    source: Annotated[str, zh("来源")]


class Division(DivisionRow):
    """A unit with what lies below it."""

    towns: Annotated[Count, zh("镇乡街道数")]
    villages: Annotated[Count, zh("村居数")]
    kindergartens: Annotated[Count, zh("在办幼儿园数", "Operating on the day, within the caller's scope.")]


class DivisionPage(Out):
    items: Annotated[list[DivisionRow], zh("区划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class DivisionQuery(Page):
    level: Annotated[Level | Absent, zh("级别")] = None
    parent: Annotated[str | Absent, zh("上级区划", pattern=DIVISION)] = None
    zone: Annotated[Zone | Absent, zh("片区")] = None
    q: Annotated[
        str | Absent, zh("名称", "Beginning of the name, in characters or pinyin letters.", min_length=1, max_length=50)
    ] = None
    as_of: Annotated[Day | Absent, zh("截至日期", "Units in use on this day; today by default.")] = None
    sort: Annotated[Literal["code", "-code", "name", "-name"], zh("排序")] = "code"


class DivisionDayQuery(In):
    as_of: Annotated[Day | Absent, zh("截至日期", "The day to count on; today by default.")] = None
