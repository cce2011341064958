from datetime import date
from typing import Annotated, Literal

from services.registry.divisions.schemas import DIVISION
from services.registry.indicators.codes import PopulationBasis
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

TOWN = r"^\d{9}$"


class BirthOut(Out):
    """Children born in a town in a calendar year."""

    division: Annotated[str, zh("镇乡街道")]
    division_name: Annotated[str, zh("名称")]
    year: Annotated[Count, zh("年份")]
    births: Annotated[Count, zh("出生人数")]
    source: Annotated[str, zh("来源")]
    synthetic: Annotated[bool, zh("演示数据")]
    entered_by: Annotated[str, zh("录入人")]
    confirmed_by: Annotated[str | None, zh("确认人", "Of the town; null: not confirmed yet.")]
    confirmed_on: Annotated[date | None, zh("确认日期")]
    version: Annotated[Count, zh("版本")]


class BirthPage(Out):
    items: Annotated[list[BirthOut], zh("出生人数")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class BirthQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    year: Annotated[int, zh("年份", ge=1949, le=2100)] = UNSENT
    confirmed: Annotated[bool, zh("已确认")] = UNSENT
    sort: Annotated[Literal["year", "-year", "division", "-division"], zh("排序")] = "division"


class BirthRow(In):
    division: Annotated[str, zh("镇乡街道", pattern=TOWN)]
    year: Annotated[int, zh("年份", "A calendar year that is over.", ge=1949, le=2100)]
    births: Annotated[int, zh("出生人数", ge=0, le=1_000_000)]
    source: Annotated[str, zh("来源", min_length=1, max_length=300)]
    synthetic: Annotated[bool, zh("演示数据")] = False


class BirthsPut(In):
    """Many at once; all are stored, or none and every fault is said."""

    items: Annotated[list[BirthRow], zh("出生人数", min_length=1, max_length=2000)]


class BirthConfirmation(In):
    births: Annotated[int, zh("出生人数", "The figure confirmed: it must be the one on file.", ge=0, le=1_000_000)]


class Stored(Out):
    stored: Annotated[Count, zh("新增或变更数")]
    unchanged: Annotated[Count, zh("未变数")]


class PopulationOut(Out):
    """Children of one year of age living in a town on a day."""

    division: Annotated[str, zh("镇乡街道")]
    division_name: Annotated[str, zh("名称")]
    counted_on: Annotated[date, zh("统计日期")]
    age: Annotated[Count, zh("年龄", "In full years.")]
    basis: Annotated[PopulationBasis, zh("人口口径")]
    children: Annotated[Count, zh("人数")]
    source: Annotated[str, zh("来源")]
    synthetic: Annotated[bool, zh("演示数据")]


class PopulationPage(Out):
    items: Annotated[list[PopulationOut], zh("人口")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PopulationQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    counted_on: Annotated[Day, zh("统计日期")] = UNSENT
    basis: Annotated[PopulationBasis, zh("人口口径")] = UNSENT
    age: Annotated[int, zh("年龄", ge=0, le=6)] = UNSENT
    sort: Annotated[Literal["division", "-division", "counted_on", "-counted_on"], zh("排序")] = "division"


class PopulationRow(In):
    division: Annotated[str, zh("镇乡街道", pattern=TOWN)]
    counted_on: Annotated[Day, zh("统计日期", "Not after today.")]
    age: Annotated[int, zh("年龄", "In full years.", ge=0, le=6)]
    basis: Annotated[PopulationBasis, zh("人口口径")]
    children: Annotated[int, zh("人数", ge=0, le=1_000_000)]
    source: Annotated[str, zh("来源", min_length=1, max_length=300)]
    synthetic: Annotated[bool, zh("演示数据")] = False


class PopulationsPut(In):
    """Many at once; all are stored, or none and every fault is said."""

    items: Annotated[list[PopulationRow], zh("人口", min_length=1, max_length=5000)]
