from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.frameworks.schemas import ITEM
from shared.schemas import Count, In, Out, Page, zh


class SelfLevelIn(In):
    item: Annotated[str, zh("条目代码", pattern=ITEM)]
    level: Annotated[int, zh("等次", "1 (lowest) to 5.", ge=1, le=5)]
    note: Annotated[str, zh("说明", max_length=1000)] = ""
    evidence: Annotated[list[UUID], zh("证据", max_length=20)] = Field(default=[])


class SelfEvaluationPut(In):
    levels: Annotated[list[SelfLevelIn], zh("自评等次", min_length=1, max_length=200)]
    report: Annotated[str, zh("自评报告", min_length=1)]


class SelfLevel(Out):
    item: Annotated[str, zh("条目代码")]
    level: Annotated[int, zh("等次")]
    note: Annotated[str, zh("说明")]
    evidence: Annotated[list[UUID], zh("证据")]


class SelfEvaluationRow(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    year: Annotated[int, zh("年度")]
    framework_code: Annotated[str, zh("评估标准")]
    framework_edition: Annotated[str, zh("标准版本")]
    submitted_on: Annotated[date, zh("提交日期")]
    submitted_by: Annotated[str, zh("提交人")]


class SelfEvaluationOut(SelfEvaluationRow):
    levels: Annotated[list[SelfLevel], zh("自评等次")]
    report: Annotated[str, zh("自评报告")]


class SelfEvaluationPage(Out):
    items: Annotated[list[SelfEvaluationRow], zh("自评")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SelfEvaluationQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    year: Annotated[int | None, zh("年度", ge=2020, le=2100)] = None
    sort: Annotated[Literal["-year", "year"], zh("排序")] = "-year"
