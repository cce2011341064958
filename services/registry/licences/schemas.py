from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.registry.divisions.schemas import DIVISION
from services.registry.kindergartens.codes import Type
from services.registry.licences.codes import (
    LicenceActKind,
    LicenceApplicationState,
    LicenceCondition,
    LicenceKind,
    LicenceStanding,
)
from services.registry.offers import RegistryOffer
from services.registry.posts.codes import Severity
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

LAST_DAY = "The last day the licence is valid."


class LicenceRow(Out):
    """How a kindergarten's licence 办学许可证 stands on a day."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    number: Annotated[str | None, zh("许可证号")]
    issued_on: Annotated[date | None, zh("发证日期")]
    expires_on: Annotated[date | None, zh("到期日", LAST_DAY)]
    days_left: Annotated[Count | None, zh("剩余天数", "Negative once it has expired.")]
    standing: Annotated[LicenceStanding, zh("许可状态")]
    rule: Annotated[str | None, zh("规则编号", "REG-14 when it expires soon or has expired (行政许可法 art. 50).")]
    severity: Annotated[Severity | None, zh("后果", "`warn` when it expires soon, `red` when it has expired.")]
    synthetic: Annotated[bool, zh("演示数据")]


class LicenceActOut(Out):
    id: Annotated[UUID, zh("编号")]
    kind: Annotated[LicenceActKind, zh("许可事项")]
    since: Annotated[date, zh("生效日期")]
    number: Annotated[str | None, zh("许可证号")]
    expires_on: Annotated[date | None, zh("到期日", LAST_DAY)]
    document: Annotated[str, zh("文号")]
    reason: Annotated[str, zh("事由")]
    application: Annotated[UUID | None, zh("许可申请")]
    decided_by: Annotated[str, zh("决定人")]
    recorded_on: Annotated[date, zh("登记日期")]


class LicenceOut(LicenceRow):
    acts: Annotated[list[LicenceActOut], zh("许可事项", "The latest first.")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class LicencePage(Out):
    items: Annotated[list[LicenceRow], zh("许可证")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class LicenceQuery(Page):
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    standing: Annotated[LicenceStanding, zh("许可状态")] = UNSENT
    expires_before: Annotated[Day, zh("到期早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `standing` and `days_left`; today by default.")] = UNSENT
    sort: Annotated[Literal["expires_on", "-expires_on", "name", "-name"], zh("排序")] = "expires_on"


class LicenceEvidence(Out):
    condition: Annotated[LicenceCondition, zh("条件")]
    documents: Annotated[list[str], zh("证明材料")]


class LicenceFinding(Out):
    condition: Annotated[LicenceCondition, zh("条件")]
    met: Annotated[bool, zh("符合")]
    note: Annotated[str, zh("说明")]


class LicenceApplicationRow(Out):
    """An application about a licence."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    kind: Annotated[LicenceKind, zh("申请事项")]
    state: Annotated[LicenceApplicationState, zh("状态")]
    applied_on: Annotated[date, zh("申请日期")]
    late: Annotated[bool, zh("逾期提出", "A renewal within thirty days of the end (行政许可法 art. 50).")]
    due_on: Annotated[date | None, zh("办理时限", "The last day to decide.")]
    overdue: Annotated[bool, zh("超期", "Not decided by then, as of `as_of`.")]
    decided_on: Annotated[date | None, zh("决定日期")]
    document: Annotated[str | None, zh("文号")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class LicenceChanges(Out):
    """What a change of the licence is about; a field left out stays as it is."""

    name: Annotated[str | None, zh("名称")] = None
    address: Annotated[str | None, zh("地址")] = None
    division: Annotated[str | None, zh("区划代码")] = None
    founder: Annotated[str | None, zh("举办者")] = None
    founder_code: Annotated[str | None, zh("举办者码")] = None
    for_profit: Annotated[bool | None, zh("营利性")] = None
    type: Annotated[Type | None, zh("办园性质", "It takes effect with the change of founder or legal form.")] = None
    licensed_seats: Annotated[Count | None, zh("核定学位数")] = None


class LicenceApplicationOut(LicenceApplicationRow):
    statement: Annotated[str, zh("申请说明")]
    evidence: Annotated[list[LicenceEvidence], zh("证明材料", "By condition of 学前教育法 art. 29.")]
    changes: Annotated[LicenceChanges, zh("变更事项")]
    applied_by: Annotated[str, zh("申请人")]
    earliest_on: Annotated[date, zh("最早生效日期")]
    accepted_on: Annotated[date | None, zh("受理日期")]
    due_basis: Annotated[str | None, zh("时限依据")]
    extended: Annotated[bool, zh("已延长期限")]
    examined_on: Annotated[date | None, zh("核查日期")]
    examined_by: Annotated[str | None, zh("核查人")]
    findings: Annotated[list[LicenceFinding], zh("核查情况")]
    unmet: Annotated[list[LicenceCondition], zh("不符合的条件")]
    decided_by: Annotated[str | None, zh("决定人")]
    effective_on: Annotated[date | None, zh("生效日期")]
    created_at: Annotated[datetime, zh("登记时间")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class LicenceApplicationPage(Out):
    items: Annotated[list[LicenceApplicationRow], zh("许可申请")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class LicenceApplicationQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[LicenceKind, zh("申请事项")] = UNSENT
    state: Annotated[LicenceApplicationState, zh("状态")] = UNSENT
    overdue: Annotated[bool, zh("超期")] = UNSENT
    due_before: Annotated[Day, zh("时限早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `overdue`; today by default.")] = UNSENT
    sort: Annotated[Literal["applied_on", "-applied_on"], zh("排序")] = "-applied_on"


Documents = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=20)]


class LicenceEvidenceNew(In):
    condition: Annotated[LicenceCondition, zh("条件")]
    documents: Annotated[Documents, zh("证明材料", "Title or number, as they are kept on file.")]


class LicenceChangesNew(In):
    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    address: Annotated[str, zh("地址", min_length=1, max_length=200)] = UNSENT
    division: Annotated[str, zh("区划代码", "The village or town of the new address.", pattern=DIVISION)] = UNSENT
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)] = UNSENT
    founder_code: Annotated[str, zh("举办者码", "Code list `founder_code`.", max_length=10)] = UNSENT
    for_profit: Annotated[bool, zh("营利性", "Legal form 营利/非营利.")] = UNSENT
    type: Annotated[Type, zh("办园性质", "Only with a change of founder or legal form.")] = UNSENT
    licensed_seats: Annotated[int, zh("核定学位数", ge=0, le=10_000)] = UNSENT


class LicenceAmendment(In):
    statement: Annotated[str, zh("申请说明", max_length=4000)] = ""
    evidence: Annotated[
        list[LicenceEvidenceNew], zh("证明材料", "For each of the eight conditions, once.", min_length=1, max_length=20)
    ]
    changes: Annotated[LicenceChangesNew, zh("变更事项", "Of a change only.")] = LicenceChangesNew()


class LicenceApplicationNew(LicenceAmendment):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[LicenceKind, zh("申请事项")]


class LicenceFindingNew(In):
    condition: Annotated[LicenceCondition, zh("条件")]
    met: Annotated[bool, zh("符合")]
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class LicenceExamination(In):
    findings: Annotated[
        list[LicenceFindingNew], zh("核查情况", "For each of the eight conditions, once.", min_length=1, max_length=20)
    ]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class LicenceNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class LicenceApproval(In):
    since: Annotated[
        Day, zh("生效日期", "Issue day of a licence, not after today; a change or an end takes effect on it.")
    ]
    number: Annotated[str, zh("许可证号", "Of an establishment only.", min_length=1, max_length=50)] = UNSENT
    expires_on: Annotated[Day, zh("到期日", "Of an establishment or a renewal. " + LAST_DAY)] = UNSENT
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class LicenceRefusal(In):
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class LicenceCorrection(In):
    """What the licence says and the register does not, or says otherwise."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    address: Annotated[str, zh("地址", min_length=1, max_length=200)] = UNSENT
    division: Annotated[str, zh("区划代码", pattern=DIVISION)] = UNSENT
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)] = UNSENT
    founder_code: Annotated[str, zh("举办者码", "Code list `founder_code`.", max_length=10)] = UNSENT
    for_profit: Annotated[bool, zh("营利性")] = UNSENT
    licensed_seats: Annotated[int, zh("核定学位数", ge=0, le=10_000)] = UNSENT
    number: Annotated[str, zh("许可证号", min_length=1, max_length=50)] = UNSENT
    issued_on: Annotated[Day, zh("发证日期", "Not after today.")] = UNSENT
    expires_on: Annotated[Day, zh("到期日", LAST_DAY)] = UNSENT
    document: Annotated[str, zh("依据文件", "The licence or the decision itself.", min_length=1, max_length=200)]
    reason: Annotated[str, zh("事由", min_length=1, max_length=500)]


class LicenceActNew(In):
    """What the authority does to a licence by itself."""

    since: Annotated[Day, zh("生效日期", "Not after today and not before the act before it.")]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    reason: Annotated[str, zh("事由", min_length=1, max_length=500)]
