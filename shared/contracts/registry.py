"""The facts registry announces. Each has the address of its subject and, in `data`, the fields named here."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Money, Out, zh

KINDERGARTEN_REGISTERED = "registry.kindergarten.registered"
KINDERGARTEN_CHANGED = "registry.kindergarten.changed"
CLASS_FORMED = "registry.class.formed"
CLASS_CHANGED = "registry.class.changed"
CLASS_REMOVED = "registry.class.removed"
CHILD_REGISTERED = "registry.child.registered"
CHILD_CHANGED = "registry.child.changed"
ENROLMENT_BEGAN = "registry.enrolment.began"
ENROLMENT_ENDED = "registry.enrolment.ended"
ENROLMENT_CORRECTED = "registry.enrolment.corrected"
ENROLMENT_WITHDRAWN = "registry.enrolment.withdrawn"
STAFF_REGISTERED = "registry.staff.registered"
STAFF_CHANGED = "registry.staff.changed"
POST_BEGAN = "registry.post.began"
POST_ENDED = "registry.post.ended"
POST_CORRECTED = "registry.post.corrected"
STAFF_QUOTA_APPROVED = "registry.staff_quota.approved"
BAR_RECORDED = "registry.bar.recorded"
BAR_LIFTED = "registry.bar.lifted"
ROLL_OVER_COMPLETED = "registry.roll_over.completed"
ATTENDANCE_TAKEN = "registry.attendance.taken"
CALENDAR_CHANGED = "registry.calendar.changed"
HEADCOUNT_PREPARED = "registry.headcount.prepared"
HEADCOUNT_WITHDRAWN = "registry.headcount.withdrawn"
HEADCOUNT_REOPENED = "registry.headcount.reopened"
HEADCOUNT_REVISED = "registry.headcount.revised"
HEADCOUNT_CERTIFIED = "registry.headcount.certified"
RECOGNITION_DECIDED = "registry.recognition.decided"
FILING_PROPOSED = "registry.filing.proposed"
FILING_RETURNED = "registry.filing.returned"
FILING_ACCEPTED = "registry.filing.accepted"
FILING_WITHDRAWN = "registry.filing.withdrawn"
RECORD_PUBLISHED = "registry.record.published"
FOUNDER_RECORDED = "registry.founder.recorded"
RELATION_PROPOSED = "registry.relation_agreement.proposed"
CREDIT_RECORDED = "registry.credit_entry.recorded"
CREDIT_WITHDRAWN = "registry.credit_entry.withdrawn"
ROLL_IMPORTED = "registry.roll.imported"
ROLL_UNDONE = "registry.roll.undone"
ADMISSION_ROUND_CHANGED = "registry.admission_round.changed"
ADMISSION_APPLICATION_CHANGED = "registry.admission_application.changed"
ADMISSION_PLACE_CHANGED = "registry.admission_place.changed"
CHILD_FOLLOWED_UP = "registry.child.followed_up"
INDICATOR_FROZEN = "registry.indicator.frozen"
PROJECT_CHANGED = "registry.project.changed"


class KindergartenFact(Out):
    """State of a kindergarten after the change: what every service keeps of it. Closing is a change of `status`."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    name: Annotated[str, zh("名称")]
    pinyin: Annotated[str, zh("排序键")]
    type: Annotated[str | None, zh("办园性质")]
    status: Annotated[str | None, zh("状态")]
    for_profit: Annotated[bool, zh("营利性", "Legal form; facts announced before it was told are non-profit.")] = False
    opened_on: Annotated[date | None, zh("开办日期")]
    closed_on: Annotated[date | None, zh("终止日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class ClassHeadcount(Out):
    """One class in a certified month."""

    class_id: Annotated[UUID, zh("班级")]
    kind: Annotated[str, zh("班级类型", "nursery, small, middle, large or mixed")]
    children: Annotated[Count, zh("计数日在园人数")]
    last_year_children: Annotated[Count, zh("入小学前一年的幼儿数", "By birth date, whatever the class is called.")]
    child_days: Annotated[Count, zh("出勤人日")]


class HeadcountFact(Out):
    """A kindergarten's certified month: what subsidies and bills are computed from.

    A later correction is announced as the next `revision`; `hash` is that of the certified rows.
    """

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date, zh("月份", "Its first day.")]
    revision: Annotated[int, zh("修订号", "1 is the first certification.")]
    count_day: Annotated[date, zh("计数日")]
    open_days: Annotated[int, zh("开园天数")]
    classes: Annotated[list[ClassHeadcount], zh("班级")]
    certified_by: Annotated[str, zh("核定人")]
    hash: Annotated[str, zh("摘要")]


class HeadcountRevisionFact(Out):
    """What a correction of a certified month changed, class by class: `classes` are differences, not counts.

    Announced beside the certified rows of that revision.
    """

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    month: Annotated[date, zh("月份", "Its first day.")]
    revision: Annotated[int, zh("修订号")]
    reason: Annotated[str, zh("更正理由")]
    document: Annotated[str, zh("文号")]
    classes: Annotated[list[ClassHeadcount], zh("各班差异")]
    certified_by: Annotated[str, zh("核定人")]
    hash: Annotated[str, zh("摘要")]


class HeadcountStepFact(Out):
    """A step on the way to certification: prepared, withdrawn, or opened for correction."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份", "Its first day.")]
    revision: Annotated[int, zh("修订号")]
    state: Annotated[str, zh("状态")]
    reason: Annotated[str, zh("理由")]


class AttendanceDayCount(Out):
    """One day of a class in half days: how many of each kind."""

    day: Annotated[date, zh("日期")]
    children: Annotated[Count, zh("在班人数")]
    half_days: Annotated[dict[str, Count], zh("半日数", "By mark; a child present all day is two.")]


class AttendanceFact(Out):
    """Attendance of a class was taken or corrected: how many, never who."""

    class_id: Annotated[UUID, zh("班级")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    days: Annotated[list[AttendanceDayCount], zh("日期")]
    synthetic: Annotated[bool, zh("演示数据")]


class CalendarFact(Out):
    """A kindergarten opened or closed on days on which the country does otherwise, or went back to it."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期", "The first day it no longer holds.")]
    open: Annotated[bool, zh("开园")]
    reason: Annotated[str, zh("原因")]


class RecognitionFact(Out):
    """普惠性民办 recognition: granted, renewed or withdrawn."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    decision: Annotated[Literal["granted", "renewed", "withdrawn"], zh("决定")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("失效日期")]
    agreed_fee: Annotated[Money | None, zh("协议保教费", "Yuan per child and month.")]
    document: Annotated[str, zh("文号")]


class FilingFact(Out):
    """A kindergarten filed a change of its record, or was answered: which fields, never what they say."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[str, zh("备案事项", "change or confirmation")]
    state: Annotated[str, zh("状态", "proposed, returned, accepted or withdrawn")]
    fields: Annotated[list[str], zh("变更字段")]
    answer_due_on: Annotated[date, zh("答复期限")]
    late: Annotated[bool, zh("逾期报备")]
    synthetic: Annotated[bool, zh("演示数据")]


class RecordPublishedFact(Out):
    """The public page of a kindergarten was brought up to date."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    number: Annotated[int, zh("公示版本")]
    published_on: Annotated[date, zh("公示日期")]
    hash: Annotated[str, zh("摘要")]
    synthetic: Annotated[bool, zh("演示数据")]


class FounderFact(Out):
    """Who founds or controls a kindergarten changed: which share with which assets, never who."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    role: Annotated[str, zh("身份", "founder or controller")]
    nature: Annotated[str, zh("性质", "person or organisation")]
    share: Annotated[Money | None, zh("出资比例", "Per cent of the capital.")]
    assets: Annotated[str, zh("资产来源")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class RelationFact(Out):
    """An agreement 分园/承办/合作/委托 was proposed, withdrawn, approved, refused or ended."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[str, zh("关系", "branch, undertaking, cooperation or entrustment")]
    group_id: Annotated[UUID | None, zh("教育集团")]
    partner: Annotated[UUID | None, zh("合作幼儿园")]
    fee_kind: Annotated[str, zh("管理费条款")]
    foreign_element: Annotated[bool, zh("涉外因素")]
    state: Annotated[str, zh("状态")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("届满日期")]
    ended_on: Annotated[date | None, zh("终止日期")]
    synthetic: Annotated[bool, zh("演示数据")]


class CreditFact(Out):
    """Something was entered in a credit file or withdrawn from it; nothing personal is told."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    subject: Annotated[str, zh("信用主体", "kindergarten, founder or principal")]
    kind: Annotated[str, zh("记录类别")]
    effect: Annotated[str, zh("评价", "good, neutral or bad")]
    occurred_on: Annotated[date, zh("发生日期")]
    public: Annotated[bool, zh("公示")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class ClassFact(Out):
    """State of a class after the change."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    school_year: Annotated[int, zh("学年")]
    name: Annotated[str, zh("班级名称")]
    kind: Annotated[str, zh("班级类型")]
    standard_size: Annotated[int, zh("班额标准")]
    hard_limit: Annotated[int, zh("人数上限")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("截止日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class ChildFact(Out):
    """A child was registered or its record changed: which fields, never what they say."""

    id: Annotated[UUID, zh("编号")]
    changed: Annotated[list[str], zh("变更字段")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class EnrolmentFact(Out):
    """State of a period of enrolment after it began, ended or was corrected."""

    id: Annotated[UUID, zh("编号")]
    child: Annotated[UUID, zh("幼儿")]
    class_id: Annotated[UUID, zh("班级")]
    class_kind: Annotated[str, zh("班级类型")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    reason_in: Annotated[str, zh("入班原因")]
    reason_out: Annotated[str | None, zh("离班原因")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class StaffFact(Out):
    """A person was registered or its record changed: which fields, never what they say."""

    id: Annotated[UUID, zh("编号")]
    changed: Annotated[list[str], zh("变更字段")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class PostFact(Out):
    """State of a post after it began, ended or was corrected."""

    id: Annotated[UUID, zh("编号")]
    person: Annotated[UUID, zh("人员")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    role: Annotated[str, zh("岗位")]
    class_id: Annotated[UUID | None, zh("班级")]
    employment: Annotated[str, zh("用工性质")]
    full_time: Annotated[bool, zh("专职")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    reason_out: Annotated[str | None, zh("离任原因")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class StaffQuotaFact(Out):
    """A number of staff approved for a kindergarten from a day on."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[str, zh("类别")]
    approved: Annotated[int, zh("核定数")]
    since: Annotated[date, zh("起始日期")]
    document: Annotated[str, zh("文号")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class BarFact(Out):
    """The list of those barred from posts changed. Nothing is said of whom."""

    id: Annotated[UUID, zh("编号")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class RollOverFact(Out):
    """A kindergarten's children moved up from one school year into the next."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    school_year: Annotated[int, zh("结束的学年")]
    classes_formed: Annotated[int, zh("新设班级数")]
    promoted: Annotated[int, zh("升班人数")]
    graduated: Annotated[int, zh("毕业人数")]
    held: Annotated[int, zh("待处理人数")]


class AdmissionRoundFact(Out):
    """How far an intake round has come, and the hashes of what was published of it."""

    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    school_year: Annotated[int, zh("学年")]
    stage: Annotated[int, zh("轮次")]
    state: Annotated[str, zh("状态", "draft, open, closed, allocated or ended")]
    seed_commitment: Annotated[str | None, zh("随机种子承诺")]
    inputs_hash: Annotated[str | None, zh("输入摘要")]
    result_hash: Annotated[str | None, zh("结果摘要")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class AdmissionApplicationFact(Out):
    """An application was filed, changed, checked or withdrawn: never whose it is nor what it wishes."""

    id: Annotated[UUID, zh("编号")]
    round: Annotated[UUID, zh("招生轮次")]
    state: Annotated[str, zh("状态", "filed or withdrawn")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class AdmissionPlaceFact(Out):
    """A place was offered, accepted, declined, or lapsed; `waiting` is not announced."""

    id: Annotated[UUID, zh("编号")]
    round: Annotated[UUID, zh("招生轮次")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[str, zh("班级类型")]
    state: Annotated[str, zh("状态", "offered, accepted, declined, lapsed or replaced")]
    answer_by: Annotated[date | None, zh("确认期限")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[int, zh("版本")]


class FollowUpFact(Out):
    """A child of preschool age in no kindergarten was followed up."""

    child: Annotated[UUID, zh("幼儿")]
    school_year: Annotated[int, zh("学年")]
    outcome: Annotated[str, zh("跟踪结果")]
    next_on: Annotated[date | None, zh("下次跟踪日期")]


class IndicatorFrozenFact(Out):
    """A figure that was frozen; one that is published may be shown to everybody."""

    id: Annotated[UUID, zh("编号")]
    indicator: Annotated[str, zh("指标代码")]
    version: Annotated[int, zh("定义版本")]
    division: Annotated[str, zh("区划")]
    zone: Annotated[str | None, zh("片区")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    as_of: Annotated[date, zh("截至日期")]
    parameters: Annotated[dict[str, str], zh("参数")]
    numerator: Annotated[int, zh("分子")]
    denominator: Annotated[int | None, zh("分母")]
    value: Annotated[str | None, zh("数值")]
    unit: Annotated[str, zh("单位")]
    published: Annotated[bool, zh("已公布")]
    synthetic: Annotated[bool, zh("演示数据")]


class ProjectFact(Out):
    """How far a project of the plan has come."""

    id: Annotated[str, zh("编号")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    status: Annotated[str, zh("进展")]
    status_on: Annotated[date, zh("进展日期")]
    version: Annotated[int, zh("版本")]


class RollFact(Out):
    """A kindergarten's part of an imported roll was stored, or taken back: it stands for an event a child."""

    id: Annotated[UUID, zh("导入")]
    born: Annotated[int, zh("新登记人数")]
    updated: Annotated[int, zh("更新人数")]
    synthetic: Annotated[bool, zh("演示数据")]
