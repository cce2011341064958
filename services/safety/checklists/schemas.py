from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.checklists.codes import AnswerResult, ChecklistPeriod, ChecklistState, ChecklistUse
from services.safety.hazards.codes import HazardCategory
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class ChecklistItemIn(In):
    code: Annotated[str, zh("代码", pattern=r"^[A-Za-z0-9.-]{1,20}$")]
    category: Annotated[HazardCategory, zh("类别")]
    title: Annotated[str, zh("检查内容", min_length=1, max_length=500)]
    weight: Annotated[Money, zh("分值", ge=Decimal("0.01"), le=100)]
    key: Annotated[bool, zh("关键指标")] = False
    legal_basis: Annotated[str, zh("法律依据", min_length=1, max_length=300)]
    hazard_item: Annotated[str | None, zh("判定条目", "Code in the catalogue of hazard items.", max_length=20)] = None


class ChecklistNew(In):
    """The next version of a checklist, as a draft."""

    code: Annotated[str, zh("代码", pattern=r"^[a-z][a-z0-9-]{1,40}$")]
    title: Annotated[str, zh("名称", min_length=1, max_length=100)]
    use: Annotated[ChecklistUse, zh("用途")]
    period: Annotated[ChecklistPeriod | None, zh("周期")] = None
    document: Annotated[str, zh("制定文件", min_length=1, max_length=200)]
    items: Annotated[list[ChecklistItemIn], zh("条目", min_length=1, max_length=300)]


class PublicationIn(In):
    since: Annotated[Day, zh("启用日期")]


class ChecklistItemOut(Out):
    code: Annotated[str, zh("代码")]
    category: Annotated[HazardCategory, zh("类别")]
    title: Annotated[str, zh("检查内容")]
    weight: Annotated[Money, zh("分值")]
    key: Annotated[bool, zh("关键指标")]
    legal_basis: Annotated[str, zh("法律依据")]
    hazard_item: Annotated[str | None, zh("判定条目")]


class ChecklistRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    code: Annotated[str, zh("代码")]
    number: Annotated[Count, zh("版本号")]
    title: Annotated[str, zh("名称")]
    use: Annotated[ChecklistUse, zh("用途")]
    period: Annotated[ChecklistPeriod | None, zh("周期")]
    document: Annotated[str, zh("制定文件")]
    state: Annotated[ChecklistState, zh("状态")]
    since: Annotated[date | None, zh("启用日期")]
    until: Annotated[date | None, zh("停用日期")]
    created_at: Annotated[datetime, zh("制定时刻")]


class ChecklistOut(ChecklistRow):
    items: Annotated[list[ChecklistItemOut], zh("条目")]


class ChecklistPage(Out):
    items: Annotated[list[ChecklistRow], zh("检查表")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ChecklistQuery(Page):
    code: Annotated[str | None, zh("代码", max_length=50)] = None
    use: Annotated[ChecklistUse | None, zh("用途")] = None
    state: Annotated[ChecklistState | None, zh("状态")] = None
    sort: Annotated[Literal["code", "-created_at"], zh("排序")] = "code"


class AnswerIn(In):
    """What was found at one point."""

    item: Annotated[str, zh("条目", max_length=20)]
    result: Annotated[AnswerResult, zh("结果")]
    note: Annotated[str, zh("说明", max_length=500)] = ""
    files: Annotated[list[UUID], zh("照片", max_length=10)] = Field(default=[])


class AnswerOut(Out):
    item: Annotated[str, zh("条目")]
    result: Annotated[AnswerResult, zh("结果")]
    note: Annotated[str, zh("说明")]
    files: Annotated[list[UUID], zh("照片")]
