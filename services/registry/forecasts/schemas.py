from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from services.registry.divisions.codes import Zone
from services.registry.divisions.schemas import DIVISION
from services.registry.forecasts.codes import CohortBasis, ForecastWarning
from shared.schemas import UNSENT, Count, Day, In, Out, zh

CODE = r"^[a-z][a-z0-9_]*$"


class ForecastScenarioOut(Out):
    """One version of the assumptions of a scenario."""

    code: Annotated[str, zh("方案代码")]
    version: Annotated[Count, zh("版本")]
    name_zh: Annotated[str, zh("中文名称")]
    name_en: Annotated[str, zh("英文名称")]
    yearly_factor: Annotated[str, zh("年存活与迁移系数", "Survival × net migration, a year.")]
    birth_change: Annotated[str, zh("出生年变化率", "Of births after the last year known, a year.")]
    enrolment_rate: Annotated[str, zh("入园率")]
    document: Annotated[str, zh("依据")]
    tag: Annotated[str, zh("可信度", "illustrative: a value without authority.")]
    set_by: Annotated[str | None, zh("设定人")]
    set_on: Annotated[date | None, zh("设定日期")]


class ForecastScenarios(Out):
    items: Annotated[list[ForecastScenarioOut], zh("预测方案", "Every version, the latest of each code last.")]


class ForecastScenarioPut(In):
    """The assumptions as they are to be: a new version, unless nothing changes."""

    name_zh: Annotated[str, zh("中文名称", min_length=1, max_length=50)]
    name_en: Annotated[str, zh("英文名称", max_length=100)] = ""
    yearly_factor: Annotated[Decimal, zh("年存活与迁移系数", gt=0, le=2, decimal_places=4)]
    birth_change: Annotated[Decimal, zh("出生年变化率", gt=-1, le=1, decimal_places=4)]
    enrolment_rate: Annotated[Decimal, zh("入园率", gt=0, le=1, decimal_places=4)]
    document: Annotated[str, zh("依据", min_length=1, max_length=300)]
    illustrative: Annotated[bool, zh("示例值", "Without authority.")] = False


class ForecastCohort(Out):
    """Children of one age in a school year."""

    age: Annotated[Count, zh("年龄")]
    people: Annotated[Count | None, zh("人数", "Null: neither people nor births of these children are on file.")]
    basis: Annotated[CohortBasis | None, zh("依据")]
    year: Annotated[Count | None, zh("依据年份", "School year of the count, or the year the cohort's window ends.")]


class ForecastYear(Out):
    """One school year of a town: the children of 3 to 5, the seats they need, the seats there are."""

    school_year: Annotated[Count, zh("学年", "2027 starts on 1 September 2027.")]
    cohorts: Annotated[list[ForecastCohort], zh("队列")]
    people: Annotated[Count | None, zh("3至5岁人口")]
    demand: Annotated[Count | None, zh("学位需求")]
    seats: Annotated[Count, zh("现有学位", "Of the day asked for.")]
    planned_seats: Annotated[Count, zh("在建学位", "Of projects expected to be delivered by the year's first day.")]
    gap: Annotated[int | None, zh("学位减需求", "Negative: short.")]
    warning: Annotated[ForecastWarning | None, zh("预警")]


class ForecastTown(Out):
    division: Annotated[str, zh("镇乡街道")]
    name: Annotated[str, zh("名称")]
    zone: Annotated[Zone | None, zh("片区")]
    years: Annotated[list[ForecastYear], zh("学年")]


class ForecastOut(Out):
    """Demand and seats by town and school year under one version of a scenario."""

    as_of: Annotated[date, zh("截至日期")]
    division: Annotated[str, zh("区划")]
    scenario: Annotated[ForecastScenarioOut, zh("方案")]
    population_basis: Annotated[str, zh("人口口径")]
    surplus_share: Annotated[str, zh("富余预警幅度", "An illustrative parameter.")]
    towns: Annotated[list[ForecastTown], zh("镇乡街道")]
    total: Annotated[list[ForecastYear], zh("合计", "Null where a town's demand is not known.")]
    synthetic: Annotated[bool, zh("演示数据")]


class ForecastKept(Out):
    """A forecast that was kept."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    scenario: Annotated[str, zh("方案代码")]
    version: Annotated[Count, zh("方案版本")]
    as_of: Annotated[date, zh("截至日期")]
    years: Annotated[Count, zh("年数")]
    digest: Annotated[str, zh("摘要", "SHA-256 of the result.")]
    note: Annotated[str, zh("说明")]
    made_by: Annotated[str, zh("制作人")]
    made_at: Annotated[datetime, zh("制作时间")]


class ForecastKeptOut(ForecastKept):
    result: Annotated[ForecastOut, zh("预测结果")]


class Forecasts(Out):
    items: Annotated[list[ForecastKept], zh("已存预测")]


class ForecastQuery(In):
    scenario: Annotated[str, zh("方案", pattern=CODE, max_length=50)] = "mid"
    version: Annotated[int, zh("版本", "The latest by default.", ge=1)] = UNSENT
    years: Annotated[int, zh("年数", "School years ahead.", ge=1, le=6)] = 6
    division: Annotated[str, zh("区划", "This unit and all below it; all in scope by default.", pattern=DIVISION)] = (
        UNSENT
    )
    as_of: Annotated[Day, zh("截至日期", "Seats and figures of this day; today by default.")] = UNSENT


class ForecastNew(ForecastQuery):
    note: Annotated[str, zh("说明", max_length=1000)] = ""
