from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.inspection_imports.codes import (
    DayPrecision,
    InspectionImportAtomicity,
    InspectionImportMode,
    InspectionImportState,
    OutsideResult,
)
from shared.schemas import Count, Day, In, Money, Out, Page, zh

Column = Annotated[str | None, zh("列名", max_length=200)]


class ImportLayout(In):
    """Which of their columns is which of ours."""

    reference: Annotated[
        str | None,
        zh("编号列", "Left out: a row is known by what it says, so that sent again it is the same.", max_length=200),
    ] = None
    facility: Annotated[str, zh("机构名称列", max_length=200)]
    inspected_on: Annotated[str, zh("日期列", max_length=200)]
    result: Column = None
    score: Column = None
    findings: Column = None
    text: Column = None
    results: Annotated[dict[str, OutsideResult], zh("结果对应", "Their word → ours.")] = Field(default={})
    passing_score: Annotated[
        Decimal | None, zh("合格分", "Where there is no column of results: this score and above passed.", ge=0, le=9999)
    ] = None


class InspectionImportAccepted(Out):
    """An import was taken; its job says how far it is."""

    id: Annotated[UUID, zh("编号")]
    job: Annotated[UUID, zh("任务")]
    state: Annotated[InspectionImportState, zh("状态")]


class InspectionImportOut(Out):
    """One table that was sent, and how far it is."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    actor: Annotated[str, zh("导入人")]
    source: Annotated[str, zh("来源")]
    file_name: Annotated[str, zh("文件名")]
    format: Annotated[Literal["xlsx", "csv", "ndjson"], zh("格式")]
    size: Annotated[Count, zh("字节数")]
    sha256: Annotated[str, zh("文件摘要")]
    mode: Annotated[InspectionImportMode, zh("方式")]
    atomicity: Annotated[InspectionImportAtomicity, zh("整体性")]
    state: Annotated[InspectionImportState, zh("状态")]
    rows: Annotated[Count | None, zh("数据行数", "Null until the file is read.")]
    accepted: Annotated[Count, zh("可导入行数")]
    refused: Annotated[Count, zh("不可导入行数")]
    matched: Annotated[Count, zh("对应到本区幼儿园")]
    stored: Annotated[Count, zh("新增")]
    known: Annotated[Count, zh("已有", "On record under the same source and reference.")]
    job: Annotated[UUID | None, zh("任务")]
    job_status: Annotated[str | None, zh("任务状态")]
    job_message: Annotated[str | None, zh("进度说明")]
    done: Annotated[Count | None, zh("已完成行数")]
    created_at: Annotated[datetime, zh("接收时间")]
    checked_at: Annotated[datetime | None, zh("检查时间")]
    stored_at: Annotated[datetime | None, zh("导入时间")]
    undone_at: Annotated[datetime | None, zh("撤销时间")]


class InspectionImportPage(Out):
    items: Annotated[list[InspectionImportOut], zh("导入")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InspectionImportQuery(Page):
    state: Annotated[InspectionImportState | None, zh("状态")] = None
    source: Annotated[str | None, zh("来源", max_length=200)] = None
    sort: Annotated[Literal["-created_at", "created_at"], zh("排序")] = "-created_at"


class InspectionImportFaultOut(Out):
    number: Annotated[Count, zh("序号")]
    row: Annotated[Count, zh("行号", "As the sheet counts; the heading is row 1.")]
    column: Annotated[str, zh("列名")]
    value: Annotated[str, zh("内容")]
    code: Annotated[str, zh("代码")]
    zh: Annotated[str, zh("问题")]


class InspectionImportFaultPage(Out):
    items: Annotated[list[InspectionImportFaultOut], zh("问题", "The first twenty thousand.")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class InspectionImportFaultQuery(Page):
    code: Annotated[str | None, zh("代码", max_length=60)] = None
    sort: Annotated[Literal["row", "-row"], zh("排序")] = "row"


class InspectionTemplateQuery(In):
    format: Annotated[Literal["xlsx", "csv"], zh("格式")] = "xlsx"


class ResultCount(Out):
    result: Annotated[OutsideResult, zh("结果")]
    inspections: Annotated[Count, zh("检查数")]
    findings: Annotated[Count, zh("问题数")]


class YearCount(Out):
    year: Annotated[Count, zh("年份")]
    inspections: Annotated[Count, zh("检查数")]


class OutsideTotals(Out):
    source: Annotated[str, zh("来源")]
    inspections: Annotated[Count, zh("检查数")]
    findings: Annotated[Count, zh("问题数")]
    facilities: Annotated[Count, zh("机构数")]
    scored: Annotated[Count, zh("有得分的检查数")]
    lowest_score: Annotated[Money | None, zh("最低分")]
    highest_score: Annotated[Money | None, zh("最高分")]
    mean_score: Annotated[Decimal | None, zh("平均分", "Rounded to four places.")]
    results: Annotated[list[ResultCount], zh("按结果")]
    years: Annotated[list[YearCount], zh("按年份")]


class OutsideInspectionOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    source: Annotated[str, zh("来源")]
    reference: Annotated[str, zh("来源编号")]
    facility: Annotated[str, zh("机构名称")]
    inspected_on: Annotated[date, zh("检查日期")]
    day_precision: Annotated[DayPrecision, zh("日期精度")]
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
    since: Annotated[Day | None, zh("不早于")] = None
    until: Annotated[Day | None, zh("不晚于")] = None
    sort: Annotated[Literal["-inspected_on", "inspected_on"], zh("排序")] = "-inspected_on"


class TotalsQuery(In):
    source: Annotated[str, zh("来源", max_length=200)]
