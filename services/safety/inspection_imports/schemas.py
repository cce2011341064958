from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.inspection_imports.codes import OutsideResult
from shared.schemas import Count, In, Money, Out, Page, zh

Column = Annotated[str | None, zh("列名", max_length=200)]


class ImportLayout(In):
    """Which of their columns is which of ours."""

    reference: Annotated[str, zh("编号列", max_length=200)]
    facility: Annotated[str, zh("机构名称列", max_length=200)]
    inspected_on: Annotated[str, zh("日期列", max_length=200)]
    result: Column = None
    score: Column = None
    findings: Column = None
    text: Column = None
    results: Annotated[dict[str, OutsideResult], zh("结果对应", "Their word → ours.")] = Field(default={})


class ImportFault(Out):
    row: Annotated[Count, zh("行号", "1 is the first row below the heading.")]
    column: Annotated[str, zh("列名")]
    code: Annotated[str, zh("代码")]
    zh: Annotated[str, zh("问题")]


class ResultCount(Out):
    result: Annotated[OutsideResult, zh("结果")]
    inspections: Annotated[Count, zh("检查数")]
    findings: Annotated[Count, zh("问题数")]


class YearCount(Out):
    year: Annotated[Count, zh("年份")]
    inspections: Annotated[Count, zh("检查数")]


class InspectionImportOut(Out):
    """What became of the rows, all faults at once."""

    rows: Annotated[Count, zh("行数")]
    stored: Annotated[Count, zh("新增")]
    known: Annotated[Count, zh("已有")]
    refused: Annotated[Count, zh("拒绝")]
    matched: Annotated[Count, zh("对应到本区幼儿园")]
    dry_run: Annotated[bool, zh("仅试运行")]
    faults: Annotated[list[ImportFault], zh("问题", "The first thousand.")]


class OutsideTotals(Out):
    source: Annotated[str, zh("来源")]
    inspections: Annotated[Count, zh("检查数")]
    findings: Annotated[Count, zh("问题数")]
    results: Annotated[list[ResultCount], zh("按结果")]
    years: Annotated[list[YearCount], zh("按年份")]


class OutsideInspectionOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    source: Annotated[str, zh("来源")]
    reference: Annotated[str, zh("来源编号")]
    facility: Annotated[str, zh("机构名称")]
    inspected_on: Annotated[date, zh("检查日期")]
    result: Annotated[OutsideResult, zh("结果")]
    score: Annotated[Money | None, zh("得分")]
    findings: Annotated[Count, zh("问题数")]
    described: Annotated[str, zh("情况")]


class OutsideInspectionPage(Out):
    items: Annotated[list[OutsideInspectionOut], zh("外部检查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class OutsideInspectionQuery(Page):
    source: Annotated[str | None, zh("来源", max_length=200)] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    result: Annotated[OutsideResult | None, zh("结果")] = None
    sort: Annotated[Literal["-inspected_on", "inspected_on"], zh("排序")] = "-inspected_on"


class TotalsQuery(In):
    source: Annotated[str, zh("来源", max_length=200)]
