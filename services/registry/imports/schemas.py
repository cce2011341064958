from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from services.registry.imports.codes import FindingSeverity, ImportAtomicity, ImportMode, ImportState, OnRegisteredChild
from shared.schemas import Count, In, Out, Page, zh

SchoolYear = Annotated[int, Field(ge=2000, le=2100)]
RowNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ImportAccepted(Out):
    """An import was taken; its job says how far it is."""

    id: Annotated[UUID, zh("编号")]
    job: Annotated[UUID, zh("任务")]
    state: Annotated[ImportState, zh("状态")]


class ImportOut(Out):
    """One roll that was sent, and how far it is."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "When its sender runs only this one.")]
    division: Annotated[str, zh("区划")]
    actor: Annotated[str, zh("导入人")]
    file_name: Annotated[str, zh("文件名")]
    format: Annotated[Literal["xlsx", "csv", "ndjson"], zh("格式")]
    size: Annotated[Count, zh("字节数")]
    sha256: Annotated[str, zh("文件摘要")]
    school_year: Annotated[int, zh("学年", "2026 is 2026-09-01 to 2027-08-31.")]
    mode: Annotated[ImportMode, zh("方式")]
    atomicity: Annotated[ImportAtomicity, zh("整体性")]
    on_existing: Annotated[OnRegisteredChild, zh("遇已登记幼儿")]
    state: Annotated[ImportState, zh("状态")]
    rows: Annotated[Count | None, zh("数据行数", "Null until the file is read.")]
    accepted: Annotated[Count, zh("可导入行数")]
    refused: Annotated[Count, zh("不可导入行数")]
    warnings: Annotated[Count, zh("提醒数")]
    born: Annotated[Count, zh("新登记人数")]
    updated: Annotated[Count, zh("更新人数")]
    job: Annotated[UUID | None, zh("任务")]
    job_status: Annotated[str | None, zh("任务状态")]
    job_message: Annotated[str | None, zh("进度说明")]
    done: Annotated[Count | None, zh("已完成行数")]
    created_at: Annotated[datetime, zh("接收时间")]
    checked_at: Annotated[datetime | None, zh("检查时间")]
    stored_at: Annotated[datetime | None, zh("导入时间")]
    undone_at: Annotated[datetime | None, zh("撤销时间")]


class ImportPage(Out):
    items: Annotated[list[ImportOut], zh("导入")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ImportQuery(Page):
    state: Annotated[ImportState | SkipJsonSchema[None], zh("状态")] = None
    sort: Annotated[Literal["-created_at", "created_at"], zh("排序")] = "-created_at"


class ImportFindingOut(Out):
    """One thing found in one cell."""

    number: Annotated[Count, zh("序号")]
    row: Annotated[Count, zh("行号", "As the sheet counts; the header is row 1.")]
    field: Annotated[str, zh("字段", "Key of the column, or the header that is not known.")]
    label: Annotated[str, zh("列名")]
    value: Annotated[str, zh("内容", "Personal values are masked.")]
    code: Annotated[str, zh("代码")]
    severity: Annotated[FindingSeverity, zh("级别", "An error refuses the row, a warning does not.")]
    zh: Annotated[str, zh("中文说明")]
    en: Annotated[str, zh("英文说明")]


class ImportFindingPage(Out):
    items: Annotated[list[ImportFindingOut], zh("检查结果")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ImportFindingQuery(Page):
    code: Annotated[str | SkipJsonSchema[None], zh("代码", max_length=60)] = None
    severity: Annotated[FindingSeverity | SkipJsonSchema[None], zh("级别")] = None
    row: Annotated[RowNumber | SkipJsonSchema[None], zh("行号")] = None
    sort: Annotated[Literal["row", "-row"], zh("排序")] = "row"


class TemplateQuery(In):
    format: Annotated[Literal["xlsx", "csv"], zh("格式")] = "xlsx"
    school_year: Annotated[SchoolYear | SkipJsonSchema[None], zh("学年", "The present one by default.")] = None
