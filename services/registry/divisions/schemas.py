from datetime import date
from typing import Annotated, Literal

from services.registry.divisions.codes import Level, Zone
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

DIVISION = r"^\d{6}(\d{3}(\d{3})?)?$"


class DivisionRow(Out):
    """An administrative unit. Its code begins with its parent's."""

    code: Annotated[str, zh("区划代码", examples=["110116102001"])]
    name: Annotated[str, zh("名称")]
    usual_name: Annotated[str, zh("通称", "What people call it where the statistical name differs; else empty.")]
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
    level: Annotated[Level, zh("级别")] = UNSENT
    parent: Annotated[str, zh("上级区划", pattern=DIVISION)] = UNSENT
    zone: Annotated[Zone, zh("片区")] = UNSENT
    q: Annotated[
        str, zh("名称", "Beginning of the name, in characters or pinyin letters.", min_length=1, max_length=50)
    ] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Units in use on this day; today by default.")] = UNSENT
    sort: Annotated[Literal["code", "-code", "name", "-name"], zh("排序")] = "code"


class DivisionDayQuery(In):
    as_of: Annotated[Day, zh("截至日期", "The day to count on; today by default.")] = UNSENT
