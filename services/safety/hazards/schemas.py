from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.hazards.codes import HazardCategory, HazardLevel, HazardSource, HazardState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Files = Annotated[list[UUID], zh("材料", "Ids of uploaded files.", max_length=20)]
Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]
Remark = Annotated[str, zh("说明", max_length=2000)]
Basis = Annotated[str | None, zh("依据", "Law and article; left out: that of the rule.", max_length=300)]


class HazardNew(In):
    """A hazard as it was seen."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    source: Annotated[Literal["self", "inspection", "patrol", "incident", "public"], zh("来源")] = "self"
    category: Annotated[HazardCategory, zh("类别")]
    place: Annotated[str, zh("部位", min_length=1, max_length=200)]
    description: Annotated[str, zh("情况", min_length=1, max_length=2000)]
    item: Annotated[str | None, zh("判定条目", "Code in the catalogue of items.", max_length=20)] = None
    legal_basis: Basis = None
    immediate_measure: Annotated[str, zh("临时措施", max_length=500)] = ""
    photos: Annotated[list[UUID], zh("照片", max_length=20)] = Field(default=[])
    found_on: Annotated[Day | None, zh("发现日期", "Left out: today.")] = None
    synthetic: Annotated[bool, zh("演示数据")] = False


class FindingPut(In):
    """A finding of another service or system, to be rectified here like any other."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    category: Annotated[HazardCategory, zh("类别")]
    place: Annotated[str, zh("部位", min_length=1, max_length=200)]
    description: Annotated[str, zh("情况", min_length=1, max_length=2000)]
    legal_basis: Annotated[str, zh("依据", min_length=1, max_length=300)]
    found_on: Annotated[Day, zh("发现日期")]
    synthetic: Annotated[bool, zh("演示数据")] = False


class GradingIn(In):
    item: Annotated[str | None, zh("判定条目", "Left out: the item of the report.", max_length=20)] = None
    level: Annotated[
        HazardLevel | None, zh("级别", "Left out: the level by rule. A general hazard may be raised with a reason.")
    ] = None
    due_on: Annotated[Day | None, zh("整改期限", "Earlier than the rule's; left out: the rule's.")] = None
    note: Remark = ""
    basis: Basis = None


class DismissalIn(In):
    note: Note
    basis: Basis = None


class AssignmentIn(In):
    responsible: Annotated[str, zh("整改责任人", min_length=1, max_length=100)]
    responsible_account: Annotated[str | None, zh("责任人账号", max_length=100)] = None
    note: Remark = ""
    basis: Basis = None


class ExtensionIn(In):
    until: Annotated[Day, zh("延至")]
    note: Note
    files: Files = Field(default=[])


class ExtensionDecisionIn(In):
    approved: Annotated[bool, zh("同意")]
    note: Note


class HazardListingIn(In):
    """挂牌."""

    document: Annotated[str, zh("督办文号", min_length=1, max_length=100)]
    unit: Annotated[str, zh("督办单位", min_length=1, max_length=100)]
    leader: Annotated[str, zh("督办领导", min_length=1, max_length=100)]
    interim_measure: Annotated[str, zh("临时措施", "Such as: stop using the area.", min_length=1, max_length=500)]
    note: Remark = ""


class PlanIn(In):
    """整改方案 with its five commitments 五落实."""

    measures: Annotated[str, zh("措施", min_length=1, max_length=2000)]
    funds: Annotated[str, zh("资金", min_length=1, max_length=500)]
    person: Annotated[str, zh("责任人", min_length=1, max_length=100)]
    finish_by: Annotated[Day, zh("时限")]
    emergency_plan: Annotated[str, zh("预案", min_length=1, max_length=2000)]
    files: Files = Field(default=[])


class ProgressIn(In):
    month: Annotated[str, zh("月份", pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
    percent: Annotated[int, zh("完成百分比", ge=0, le=100)]
    note: Note
    files: Files = Field(default=[])


class RectificationIn(In):
    """The proof that it is done."""

    note: Note
    files: Annotated[list[UUID], zh("整改后照片或材料", min_length=1, max_length=20)]


class VerificationIn(In):
    passed: Annotated[bool, zh("通过")]
    note: Note
    files: Files = Field(default=[])


class RemovalIn(In):
    document: Annotated[str, zh("销号文号", min_length=1, max_length=100)]
    note: Note


class ReopeningIn(In):
    note: Note
    files: Files = Field(default=[])


class HazardRow(Out):
    """A hazard in a list."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[HazardState, zh("状态")]
    level: Annotated[HazardLevel | None, zh("级别")]
    source: Annotated[HazardSource, zh("来源")]
    source_reference: Annotated[str | None, zh("来源编号")]
    category: Annotated[HazardCategory, zh("类别")]
    place: Annotated[str, zh("部位")]
    description: Annotated[str, zh("情况")]
    found_on: Annotated[date, zh("发现日期")]
    due_on: Annotated[date | None, zh("整改期限")]
    overdue: Annotated[bool, zh("逾期")]
    responsible: Annotated[str, zh("整改责任人")]
    listed: Annotated[bool, zh("已挂牌")]
    failed_verifications: Annotated[Count, zh("复核未通过次数")]
    reopenings: Annotated[Count, zh("重新整改次数")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class SupervisionOut(Out):
    """挂牌督办: who leads it, the plan, and its end."""

    document: Annotated[str, zh("督办文号")]
    unit: Annotated[str, zh("督办单位")]
    leader: Annotated[str, zh("督办领导")]
    interim_measure: Annotated[str, zh("临时措施")]
    listed_on: Annotated[date, zh("挂牌日期")]
    measures: Annotated[str | None, zh("措施")]
    funds: Annotated[str | None, zh("资金")]
    person: Annotated[str | None, zh("责任人")]
    finish_by: Annotated[date | None, zh("时限")]
    emergency_plan: Annotated[str | None, zh("预案")]
    planned_on: Annotated[date | None, zh("方案日期")]
    removed_on: Annotated[date | None, zh("销号日期")]
    removal_document: Annotated[str | None, zh("销号文号")]


class HazardOut(HazardRow):
    """A hazard with everything that was done about it."""

    item: Annotated[str | None, zh("判定条目")]
    legal_basis: Annotated[str, zh("依据")]
    level_basis: Annotated[str, zh("定级依据")]
    immediate_measure: Annotated[str, zh("临时措施")]
    photos: Annotated[list[UUID], zh("照片")]
    first_due_on: Annotated[date | None, zh("最初期限")]
    responsible_account: Annotated[str | None, zh("责任人账号")]
    extensions: Annotated[Count, zh("已延期次数")]
    most_extensions: Annotated[Count, zh("延期次数上限")]
    extension_asked_by: Annotated[str | None, zh("延期申请人")]
    extension_until: Annotated[date | None, zh("申请延至")]
    planned: Annotated[bool, zh("方案已报")]
    reported_by: Annotated[str, zh("上报人")]
    submitted_by: Annotated[str | None, zh("提交人")]
    accepted_by: Annotated[str | None, zh("验收人")]
    state_since: Annotated[date, zh("进入现状态日期")]
    reported_months: Annotated[list[str], zh("已报进展月份")]
    created_at: Annotated[datetime, zh("登记时刻")]
    supervision: Annotated[SupervisionOut | None, zh("挂牌督办")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class HazardPage(Out):
    items: Annotated[list[HazardRow], zh("隐患")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class HazardQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    state: Annotated[HazardState | None, zh("状态")] = None
    open: Annotated[bool | None, zh("未销号")] = None
    level: Annotated[HazardLevel | None, zh("级别")] = None
    category: Annotated[HazardCategory | None, zh("类别")] = None
    source: Annotated[HazardSource | None, zh("来源")] = None
    reference: Annotated[str | None, zh("来源编号", max_length=200)] = None
    overdue: Annotated[bool | None, zh("逾期")] = None
    listed: Annotated[bool | None, zh("已挂牌")] = None
    due_before: Annotated[Day | None, zh("期限早于")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Overdue as of this day; left out: today.")] = None
    sort: Annotated[Literal["-found_on", "found_on", "kindergarten_name"], zh("排序")] = "-found_on"


class HazardItemOut(Out):
    """An entry of the catalogue of items."""

    code: Annotated[str, zh("代码")]
    category: Annotated[HazardCategory, zh("类别")]
    level: Annotated[HazardLevel, zh("级别", "major: this item alone makes the hazard major (直接判定).")]
    title: Annotated[str, zh("内容")]
    document: Annotated[str, zh("文件")]
    article: Annotated[str, zh("条款")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    tag: Annotated[str, zh("核实程度", "verified, known, uncertain or illustrative")]


class HazardCount(Out):
    """Hazards of one category and level."""

    category: Annotated[HazardCategory, zh("类别")]
    level: Annotated[HazardLevel | None, zh("级别", "null: not graded yet.")]
    found: Annotated[Count, zh("发现")]
    open: Annotated[Count, zh("未销号")]
    overdue: Annotated[Count, zh("逾期")]
    closed: Annotated[Count, zh("已销号")]
    closed_in_time: Annotated[Count, zh("按期销号")]


class HazardCountQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    since: Annotated[Day | None, zh("发现不早于")] = None
    until: Annotated[Day | None, zh("发现不晚于")] = None
