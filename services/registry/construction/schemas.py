from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from services.registry.construction.codes import (
    ConstructionFindingKind,
    ConstructionKind,
    ConstructionNature,
    ConstructionSeverity,
    ConstructionState,
    ConstructionStep,
    ConstructionTrack,
)
from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.codes import Status
from services.registry.offers import RegistryOffer
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
LEVEL = "0: the project's own people, 1: the lead unit, 2: the district."


class ConstructionFinding(Out):
    """Something late about a project, and how far it is escalated."""

    kind: Annotated[ConstructionFindingKind, zh("事项")]
    rule: Annotated[str, zh("规则编号", "Of the catalogue of rules; empty without one.")]
    severity: Annotated[ConstructionSeverity, zh("等级")]
    subject: Annotated[str, zh("对象", "The step, the month or what it is about.")]
    due_on: Annotated[date, zh("应完成日期")]
    days: Annotated[Count, zh("逾期天数")]
    level: Annotated[Count, zh("升级层级", LEVEL)]
    basis: Annotated[str, zh("依据")]


class ConstructionMilestoneOut(Out):
    track: Annotated[ConstructionTrack, zh("对象")]
    step: Annotated[ConstructionStep, zh("步骤")]
    planned_on: Annotated[date | None, zh("计划日期")]
    forecast_on: Annotated[date | None, zh("预计日期")]
    actual_on: Annotated[date | None, zh("实际日期")]
    document: Annotated[str, zh("依据文件")]


class ConstructionObstacleOut(Out):
    id: Annotated[UUID, zh("编号")]
    description: Annotated[str, zh("问题")]
    unit: Annotated[str, zh("责任单位")]
    raised_on: Annotated[date, zh("提出日期")]
    due_on: Annotated[date, zh("应解决日期")]
    resolved_on: Annotated[date | None, zh("解决日期")]
    resolution: Annotated[str | None, zh("解决情况")]


class ConstructionReportOut(Out):
    month: Annotated[date, zh("月份", "Its first day.")]
    percent: Annotated[Count, zh("形象进度", "Per cent of the building done.")]
    summary: Annotated[str, zh("进展情况")]
    next_step: Annotated[str, zh("下一步")]
    reported_on: Annotated[date, zh("报送日期")]
    reported_by: Annotated[str, zh("报送人")]


class ConstructionRow(Out):
    """A kindergarten being built 配套园、新改扩建."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划代码")]
    kind: Annotated[ConstructionKind, zh("类别")]
    state: Annotated[ConstructionState, zh("状态")]
    plan_project: Annotated[str | None, zh("计划项目", "The project of the plan it carries out.")]
    residential_project: Annotated[str, zh("住宅项目")]
    developer: Annotated[str, zh("建设单位")]
    planned_seats: Annotated[Count, zh("规划学位数")]
    planned_classes: Annotated[Count, zh("规划班级数")]
    residents: Annotated[Count | None, zh("规划居住人口", "Of the residential project; null while not known.")]
    lead_unit: Annotated[str, zh("牵头单位")]
    assisting_units: Annotated[list[str], zh("配合单位")]
    nature: Annotated[ConstructionNature | None, zh("确定的办园性质")]
    property_on: Annotated[date | None, zh("产权移交日期")]
    kindergarten: Annotated[UUID | None, zh("幼儿园", "Once it has opened.")]
    registered_on: Annotated[date, zh("登记日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class ConstructionOut(ConstructionRow):
    nature_reason: Annotated[str, zh("办园性质理由")]
    nature_document: Annotated[str | None, zh("办园性质文号")]
    property_document: Annotated[str | None, zh("产权移交文件")]
    property_certificate: Annotated[str | None, zh("产权证号")]
    property_area: Annotated[str | None, zh("移交建筑面积", "Square metres.")]
    property_should_transfer: Annotated[bool, zh("应移交产权", "Of a residential area: the district gets it.")]
    property_days_late: Annotated[Count, zh("逾期移交天数", "Handed over so many days after its last day.")]
    seats_needed: Annotated[Count | None, zh("应配建学位数", "By the residents, with an illustrative parameter.")]
    property_due_on: Annotated[date | None, zh("产权移交时限", "Three months after acceptance.")]
    created_at: Annotated[datetime, zh("录入时间")]
    milestones: Annotated[list[ConstructionMilestoneOut], zh("五同步节点")]
    obstacles: Annotated[list[ConstructionObstacleOut], zh("问题")]
    reports: Annotated[list[ConstructionReportOut], zh("月报", "The latest first.")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    as_of: Annotated[date, zh("截至日期")]
    findings: Annotated[list[ConstructionFinding], zh("预警", "As of `as_of`.")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class ConstructionPage(Out):
    items: Annotated[list[ConstructionRow], zh("建设项目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ConstructionLate(Out):
    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划代码")]
    lead_unit: Annotated[str, zh("牵头单位")]
    level: Annotated[Count, zh("最高升级层级", LEVEL)]
    findings: Annotated[list[ConstructionFinding], zh("预警")]


class ConstructionOverdue(Out):
    """Projects with something late, the furthest escalated first."""

    as_of: Annotated[date, zh("截至日期")]
    items: Annotated[list[ConstructionLate], zh("逾期项目")]


class ConstructionQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[ConstructionKind, zh("类别")] = UNSENT
    state: Annotated[ConstructionState, zh("状态")] = UNSENT
    plan_project: Annotated[str, zh("计划项目", max_length=100)] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    sort: Annotated[Literal["name", "-name"], zh("排序")] = "name"


class ConstructionOverdueQuery(In):
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT


class ConstructionDayQuery(In):
    as_of: Annotated[Day, zh("截至日期", "What is late is judged on this day; today by default.")] = UNSENT


class ConstructionMonthlyQuery(In):
    month: Annotated[str, zh("月份", "Such as 2026-03; the month before this one by default.", pattern=MONTH)] = UNSENT


class ConstructionMonthlyRow(Out):
    """One project in the monthly report."""

    id: Annotated[UUID, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划代码")]
    plan_project: Annotated[str | None, zh("计划项目")]
    lead_unit: Annotated[str, zh("牵头单位")]
    step: Annotated[ConstructionStep | None, zh("已完成步骤", "The furthest step of the kindergarten taken by then.")]
    report: Annotated[ConstructionReportOut | None, zh("月报", "Null: not handed in.")]
    open_obstacles: Annotated[list[ConstructionObstacleOut], zh("未解决问题")]
    level: Annotated[Count, zh("最高升级层级", LEVEL)]
    findings: Annotated[list[ConstructionFinding], zh("预警", "As of the month's end.")]


class ConstructionMonthly(Out):
    """The monthly report to the district government 月报: every project under way at the month's end."""

    month: Annotated[date, zh("月份", "Its first day.")]
    as_of: Annotated[date, zh("截至日期", "The month's last day, or today before that.")]
    projects: Annotated[Count, zh("在建项目数")]
    reported: Annotated[Count, zh("已报送数")]
    items: Annotated[list[ConstructionMonthlyRow], zh("项目")]


class ConstructionNamed(Out):
    """How many named projects of the plan were entered."""

    registered: Annotated[Count, zh("新登记数")]
    projects: Annotated[Count, zh("计划项目数")]


class ConstructionNew(In):
    """A project to enter."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)]
    division: Annotated[str, zh("区划代码", pattern=DIVISION)]
    kind: Annotated[ConstructionKind, zh("类别")]
    plan_project: Annotated[str | None, zh("计划项目", max_length=100)] = None
    residential_project: Annotated[str, zh("住宅项目", max_length=200)] = ""
    developer: Annotated[str, zh("建设单位", max_length=200)] = ""
    planned_seats: Annotated[int, zh("规划学位数", ge=0, le=10_000)]
    planned_classes: Annotated[int, zh("规划班级数", ge=0, le=100)]
    residents: Annotated[int | None, zh("规划居住人口", "Of the residential project.", ge=0, le=1_000_000)] = None
    lead_unit: Annotated[str, zh("牵头单位", min_length=1, max_length=100)]
    assisting_units: Annotated[list[str], zh("配合单位", max_length=20, default_factory=list)]
    synthetic: Annotated[bool, zh("演示数据")] = False


class ConstructionPatch(In):
    """The fields to change: what was not known when the project was entered."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    division: Annotated[str, zh("区划代码", pattern=DIVISION)] = UNSENT
    residential_project: Annotated[str, zh("住宅项目", max_length=200)] = UNSENT
    developer: Annotated[str, zh("建设单位", max_length=200)] = UNSENT
    planned_seats: Annotated[int, zh("规划学位数", ge=0, le=10_000)] = UNSENT
    planned_classes: Annotated[int, zh("规划班级数", ge=0, le=100)] = UNSENT
    residents: Annotated[int | None, zh("规划居住人口", ge=0, le=1_000_000)] = None
    lead_unit: Annotated[str, zh("牵头单位", min_length=1, max_length=100)] = UNSENT
    assisting_units: Annotated[list[str], zh("配合单位", max_length=20)] = UNSENT


class ConstructionMilestonePut(In):
    """The whole milestone; a day left out is not known."""

    planned_on: Annotated[Day | None, zh("计划日期")] = None
    forecast_on: Annotated[Day | None, zh("预计日期")] = None
    actual_on: Annotated[Day | None, zh("实际日期", "Not after today.")] = None
    document: Annotated[str, zh("依据文件", max_length=200)] = ""


class ConstructionObstacleNew(In):
    description: Annotated[str, zh("问题", min_length=1, max_length=2000)]
    unit: Annotated[str, zh("责任单位", min_length=1, max_length=100)]
    due_on: Annotated[Day, zh("应解决日期")]


class ConstructionNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class ConstructionReportPut(In):
    percent: Annotated[int, zh("形象进度", "Per cent of the building done.", ge=0, le=100)]
    summary: Annotated[str, zh("进展情况", min_length=1, max_length=4000)]
    next_step: Annotated[str, zh("下一步", max_length=2000)] = ""


class ConstructionNatureNew(In):
    nature: Annotated[ConstructionNature, zh("办园性质")]
    reason: Annotated[str, zh("理由", "Needed when it is not public.", max_length=2000)] = ""
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]


class ConstructionHandover(In):
    property_on: Annotated[Day, zh("产权移交日期", "Not after today.")]
    document: Annotated[str, zh("文件", min_length=1, max_length=200)]
    certificate: Annotated[str | None, zh("产权证号", max_length=100)] = None
    area: Annotated[Decimal | None, zh("移交建筑面积", "Square metres.", gt=0, max_digits=9, decimal_places=2)] = None


class ConstructionOpening(In):
    """The entry of the new kindergarten. Its type follows from the nature decided, its seats from the project."""

    name: Annotated[str, zh("园名", min_length=2, max_length=100)]
    division: Annotated[str, zh("区划代码", pattern=DIVISION)]
    school_code: Annotated[str | None, zh("学校标识码", max_length=30)] = None
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)]
    founder_code: Annotated[str, zh("举办者码", "Code list `founder_code`.", max_length=10)]
    address: Annotated[str, zh("地址", max_length=200)] = ""
    status: Annotated[Status, zh("状态", "`preparing` until it is licensed, or `operating`.")] = Status.PREPARING
    since: Annotated[Day | None, zh("起始日期", "Today by default.")] = None
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
