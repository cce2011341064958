from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.registry.divisions.schemas import DIVISION
from services.registry.filings.codes import FeeRegime, FilingKind, FilingRoute, FilingStanding, FilingState
from services.registry.indicators.schemas import TargetEffect
from services.registry.kindergartens.codes import Type
from services.registry.kindergartens.schemas import CREDIT_NOTE, FOUNDER_CODE, Normal
from services.registry.offers import RegistryOffer
from services.registry.posts.codes import Severity
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Out, Page, zh

Plain = str | int | float | bool | None


class FilingChanges(In):
    """The fields of the record that are to change, and only these."""

    name: Annotated[str, zh("名称", min_length=2, max_length=100)] = UNSENT
    short_name: Annotated[str, zh("简称", max_length=50)] = UNSENT
    type: Annotated[Type, zh("办园性质")] = UNSENT
    for_profit: Annotated[bool, zh("营利性")] = UNSENT
    founder: Annotated[str, zh("举办者", min_length=1, max_length=100)] = UNSENT
    founder_code: Annotated[str, zh("举办者码", FOUNDER_CODE, max_length=10)] = UNSENT
    school_type: Annotated[str, zh("办学类型码", "Code list `school_type_code`.", max_length=10)] = UNSENT
    credit_code: Annotated[str, zh("统一社会信用代码", max_length=30), Normal] = UNSENT
    credit_code_note: Annotated[str, zh("信用代码说明", CREDIT_NOTE, max_length=500)] = UNSENT
    division: Annotated[str, zh("区划代码", pattern=DIVISION)] = UNSENT
    address: Annotated[str, zh("地址", max_length=200)] = UNSENT
    latitude: Annotated[float, zh("纬度", "WGS 84.", ge=-90, le=90, allow_inf_nan=False)] = UNSENT
    longitude: Annotated[float, zh("经度", "WGS 84.", ge=-180, le=180, allow_inf_nan=False)] = UNSENT
    urban_rural_code: Annotated[str, zh("城乡分类码", "Code list `urban_rural_code`.", max_length=10)] = UNSENT
    town_centre: Annotated[bool, zh("乡镇中心园")] = UNSENT
    village_level: Annotated[bool, zh("村级园")] = UNSENT
    phone: Annotated[str, zh("电话", max_length=30, pattern=r"^[0-9+\-转 ]*$")] = UNSENT
    email: Annotated[str, zh("电子邮箱", max_length=100, pattern=r"^$|^[^@\s]+@[^@\s]+$")] = UNSENT
    principal: Annotated[UUID, zh("园长任职", "The post of the principal who is filed (学前教育法 art. 38).")] = UNSENT
    licensed_seats: Annotated[int, zh("核定学位数", ge=0, le=10_000)] = UNSENT
    fee_document: Annotated[str, zh("收费文件", "Number of the document the fees are charged by.", max_length=200)] = (
        UNSENT
    )
    opened_on: Annotated[Day, zh("开办日期")] = UNSENT


class FilingDifference(Out):
    """One field: what the record said when it was proposed, what it says now, what it is to say."""

    field: Annotated[str, zh("字段")]
    label_zh: Annotated[str, zh("字段名称")]
    before: Annotated[Plain, zh("提出时")]
    now: Annotated[Plain, zh("现在")]
    after: Annotated[Plain, zh("变更为")]
    moved: Annotated[bool, zh("期间已变更", "The record has changed since: the filing is stale.")]
    route: Annotated[FilingRoute, zh("办理途径")]


class FilingConsequence(Out):
    """Something the change brings about; `block` refuses it."""

    code: Annotated[str, zh("代码")]
    rule: Annotated[str, zh("规则编号", "Of the catalogue of rules; empty without one.")]
    severity: Annotated[Severity, zh("后果")]
    zh: Annotated[str, zh("说明")]
    en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]


class FilingFooting(Out):
    """What fees and public money depend on, as far as the register knows."""

    type: Annotated[Type | None, zh("办园性质")]
    fee_regime: Annotated[FeeRegime | None, zh("收费管理方式")]
    agreed_fee: Annotated[str | None, zh("协议保教费", "Yuan per child and month, while a recognition is in force.")]
    subsidy_eligible: Annotated[bool, zh("符合财政补助条件", "By licence, type, legal form, recognition and status.")]
    against_subsidy: Annotated[list[str], zh("不符合补助条件的原因")]


class FilingEffects(Out):
    """What a filing changes and what follows from it, computed as of `as_of`."""

    as_of: Annotated[date, zh("截至日期")]
    differences: Annotated[list[FilingDifference], zh("差异")]
    consequences: Annotated[list[FilingConsequence], zh("后果")]
    before: Annotated[FilingFooting, zh("变更前")]
    after: Annotated[FilingFooting, zh("变更后")]
    children: Annotated[Count, zh("在园幼儿数", "Aged 3 to 6, on that day.")]
    targets: Annotated[
        list[TargetEffect] | None,
        zh("对三项目标的影响", "Of a change of type, for callers whose scope has figures of the plan; else null."),
    ]
    token: Annotated[str, zh("预览凭证", "Accept with it to do precisely this.")]


class FilingRow(Out):
    """A filing 信息备案 of a kindergarten."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    kind: Annotated[FilingKind, zh("备案事项")]
    state: Annotated[FilingState, zh("状态")]
    fields: Annotated[list[str], zh("变更字段")]
    happened_on: Annotated[date, zh("变更发生日期")]
    proposed_on: Annotated[date, zh("报备日期")]
    late: Annotated[bool, zh("逾期报备", "Filed after the working days allowed since it happened.")]
    answer_due_on: Annotated[date, zh("答复期限")]
    overdue: Annotated[bool, zh("逾期未答复", "As of `as_of`.")]
    answered_on: Annotated[date | None, zh("答复日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class FilingOut(FilingRow):
    statement: Annotated[str, zh("说明")]
    documents: Annotated[list[str], zh("证明材料")]
    proposed_by: Annotated[str, zh("报备人")]
    answered_by: Annotated[str | None, zh("核准人")]
    created_at: Annotated[datetime, zh("登记时间")]
    effects: Annotated[FilingEffects, zh("差异与后果", "As of today; of an accepted filing as it was accepted.")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class FilingPage(Out):
    items: Annotated[list[FilingRow], zh("信息备案")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FilingQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[FilingKind, zh("备案事项")] = UNSENT
    state: Annotated[FilingState, zh("状态")] = UNSENT
    field: Annotated[str, zh("变更字段", max_length=40)] = UNSENT
    late: Annotated[bool, zh("逾期报备")] = UNSENT
    overdue: Annotated[bool, zh("逾期未答复")] = UNSENT
    due_before: Annotated[Day, zh("答复期限早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `overdue`; today by default.")] = UNSENT
    sort: Annotated[Literal["proposed_on", "-proposed_on", "answer_due_on"], zh("排序")] = "-proposed_on"


class FilingStandingRow(Out):
    """How fresh the record of an open kindergarten and its public page are."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    confirmed_on: Annotated[date, zh("最近报备或确认日期", "The day of registration before the first one.")]
    confirmation_due_on: Annotated[date, zh("应确认日期", "The last day to file or confirm again.")]
    standing: Annotated[FilingStanding, zh("信息时效")]
    open_filing: Annotated[UUID | None, zh("在办备案")]
    open_state: Annotated[FilingState | None, zh("在办状态")]
    answer_due_on: Annotated[date | None, zh("答复期限")]
    answer_overdue: Annotated[bool, zh("逾期未答复")]
    published_on: Annotated[date | None, zh("最近公示日期")]
    publication_number: Annotated[Count | None, zh("公示版本")]
    unpublished_since: Annotated[date | None, zh("未公示变更起始日期")]
    publication_due_on: Annotated[date | None, zh("公示期限")]
    publication_overdue: Annotated[bool, zh("逾期未公示")]
    rule: Annotated[str | None, zh("规则编号", "REG-24 when the public page was not brought up to date in time.")]
    synthetic: Annotated[bool, zh("演示数据")]


class FilingStandingPage(Out):
    items: Annotated[list[FilingStandingRow], zh("信息时效")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FilingStandingQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    standing: Annotated[FilingStanding, zh("信息时效")] = UNSENT
    answer_overdue: Annotated[bool, zh("逾期未答复")] = UNSENT
    unpublished: Annotated[bool, zh("有未公示变更")] = UNSENT
    publication_overdue: Annotated[bool, zh("逾期未公示")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Today by default.")] = UNSENT
    sort: Annotated[Literal["confirmation_due_on", "name"], zh("排序")] = "confirmation_due_on"


Documents = Annotated[tuple[Annotated[str, Field(min_length=1, max_length=200)], ...], Field(max_length=20)]


class FilingProposal(In):
    """What a kindergarten says has changed, or that nothing has."""

    changes: Annotated[FilingChanges, zh("变更内容", "Empty in a confirmation.")] = FilingChanges()
    happened_on: Annotated[Day, zh("变更发生日期", "Not after today; today by default.")] = UNSENT
    statement: Annotated[str, zh("说明", max_length=4000)] = ""
    documents: Annotated[Documents, zh("证明材料", "Title or number, as they are kept on file.")] = ()


class FilingNew(FilingProposal):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[FilingKind, zh("备案事项")] = FilingKind.CHANGE


class FilingPreview(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    changes: Annotated[FilingChanges, zh("变更内容")]


class FilingAcceptance(In):
    note: Annotated[str, zh("说明", max_length=2000)] = ""
    token: Annotated[str, zh("预览凭证", "Refuse if the effects are no longer what was seen.", max_length=64)] = UNSENT


class FilingReturn(In):
    note: Annotated[str, zh("退回理由", min_length=1, max_length=2000)]


class FilingWithdrawal(In):
    note: Annotated[str, zh("说明", max_length=2000)] = ""
