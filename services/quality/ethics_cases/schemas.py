from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.ethics_cases.codes import EthicsBehaviour, EthicsSanction, EthicsSource, EthicsState
from services.quality.offers import QualityOffer
from shared.schemas import Count, Day, In, Out, Page, zh

Account = Annotated[str, Field(min_length=1, max_length=100)]
Note = Annotated[str, zh("说明", min_length=1, max_length=4000)]


class EthicsReport(In):
    """What was seen or heard. Without a token it is anonymous; nothing of the sender is kept."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    source: Annotated[EthicsSource, zh("线索来源")] = EthicsSource.PUBLIC
    behaviours: Annotated[list[EthicsBehaviour], zh("行为", min_length=1, max_length=7)]
    facts: Annotated[str, zh("事实经过", min_length=5, max_length=4000)]
    occurred_on: Annotated[Day | None, zh("发生日期")] = None
    children: Annotated[int | None, zh("涉及幼儿人数", ge=0, le=500)] = None
    accused: Annotated[str | None, zh("被反映人姓名", max_length=100)] = None
    contact: Annotated[str | None, zh("联系方式", "Only if the sender wishes to be asked.", max_length=200)] = None


class EthicsReceipt(Out):
    """The only key to the report for whoever sent it: it is shown once and kept nowhere."""

    receipt: Annotated[str, zh("回执码")]
    received_on: Annotated[date, zh("收到日期")]


class EthicsReceiptQuery(In):
    receipt: Annotated[str, zh("回执码", min_length=20, max_length=100)]


class EthicsReportStatus(Out):
    """How far it is, and no more."""

    status: Annotated[Literal["unknown", "received", "in_progress", "closed"], zh("办理状态")]


class EthicsAcceptance(In):
    lead: Annotated[Account, zh("主办人账号")]
    members: Annotated[list[Account], zh("知悉人账号", max_length=20)] = Field(default=[])
    accused_account: Annotated[str | None, zh("被反映人账号", "Never one of those who know.", max_length=100)] = None
    note: Note


class EthicsMembers(In):
    members: Annotated[list[Account], zh("知悉人账号", "All of them; the lead always stays.", max_length=20)]
    note: Note


class EthicsNote(In):
    note: Note


class EthicsProtection(In):
    protection: Annotated[str, zh("保护措施", min_length=1, max_length=2000)]


class EthicsPoliceReport(In):
    unit: Annotated[str, zh("公安机关", min_length=1, max_length=100)]
    receipt: Annotated[str, zh("接报回执号", min_length=1, max_length=100)]
    on: Annotated[Day, zh("报告日期")]


class EthicsFindings(In):
    findings: Annotated[str, zh("调查结论", min_length=1, max_length=4000)]
    behaviours: Annotated[list[EthicsBehaviour], zh("查明的行为", max_length=7)]
    accused: Annotated[str, zh("被调查人姓名", min_length=1, max_length=100)]
    accused_number: Annotated[str | None, zh("公民身份号码", "Needed for a bar from employment.", max_length=18)] = None
    accused_person: Annotated[
        UUID | None, zh("登记人员编号", "Registry's id: with it a bar enters the registry's list as well.")
    ] = None


class EthicsProposal(In):
    proposal: Annotated[str, zh("拟处理意见与权利告知", min_length=1, max_length=2000)]


class EthicsHearing(In):
    kind: Annotated[Literal["statement", "hearing", "waived"], zh("方式", "陈述申辩, 听证 or 放弃")]
    statement: Annotated[str, zh("意见", min_length=1, max_length=4000)]


class EthicsBarIn(In):
    """从业禁止: for a term, or for life."""

    months: Annotated[int | None, zh("禁止月数", ge=1, le=600)] = None
    life: Annotated[bool, zh("终身")] = False


class EthicsDecision(In):
    confirmed: Annotated[bool, zh("认定成立")]
    behaviours: Annotated[list[EthicsBehaviour], zh("认定的行为", max_length=7)] = Field(default=[])
    serious: Annotated[
        bool | None, zh("严重师德失范", "By rule where the behaviour is listed as serious; otherwise say it here.")
    ] = None
    norms: Annotated[list[Annotated[str, Field(pattern=r"^N(0[1-9]|10)$")]], zh("违反的准则", max_length=10)] = Field(
        default=[]
    )
    sanctions: Annotated[list[EthicsSanction], zh("处分与处理", max_length=9)] = Field(default=[])
    bar: Annotated[EthicsBarIn | None, zh("从业禁止")] = None
    leader_accountability: Annotated[str | None, zh("对园长、负责人的处理", max_length=1000)] = None
    document: Annotated[str, zh("文号", min_length=1, max_length=100)]
    note: Note


class EthicsAppealDecision(In):
    upheld: Annotated[bool, zh("申诉成立", "The decision is revoked and everything that followed with it.")]
    document: Annotated[str, zh("文号", min_length=1, max_length=100)]
    note: Note


class EthicsTerm(Out):
    """One sanction with its term."""

    sanction: Annotated[EthicsSanction, zh("处分")]
    label_zh: Annotated[str, zh("中文名称")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Null: without a term.")]


class EthicsStepOut(Out):
    verb: Annotated[str, zh("动作")]
    actor: Annotated[str, zh("经办人")]
    on: Annotated[date, zh("日期")]
    at: Annotated[datetime, zh("记录时刻")]
    basis: Annotated[str, zh("依据")]
    note: Annotated[str, zh("说明")]


class EthicsReadingOut(Out):
    actor: Annotated[str, zh("查阅人")]
    at: Annotated[datetime, zh("查阅时刻")]


class EthicsCaseRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    state: Annotated[EthicsState, zh("状态")]
    source: Annotated[EthicsSource, zh("线索来源")]
    anonymous: Annotated[bool, zh("匿名")]
    reported_on: Annotated[date, zh("报告日期")]
    behaviours: Annotated[list[EthicsBehaviour], zh("行为")]
    harms_children: Annotated[bool, zh("涉嫌侵害幼儿")]
    lead: Annotated[str | None, zh("主办人")]


class EthicsCaseOut(EthicsCaseRow):
    need_to_know: Annotated[list[str], zh("知悉人")]
    reported_by: Annotated[str | None, zh("报告人")]
    occurred_on: Annotated[date | None, zh("发生日期")]
    facts: Annotated[str, zh("事实经过")]
    children: Annotated[Count | None, zh("涉及幼儿人数")]
    accused: Annotated[str | None, zh("被反映人姓名")]
    accused_number: Annotated[str | None, zh("公民身份号码", "Its last four characters.")]
    accused_account: Annotated[str | None, zh("被反映人账号")]
    accused_person: Annotated[UUID | None, zh("登记人员编号")]
    contact: Annotated[str | None, zh("联系方式")]
    accepted_on: Annotated[date | None, zh("受理日期")]
    protection: Annotated[str | None, zh("保护措施")]
    police_on: Annotated[date | None, zh("报警日期")]
    police_unit: Annotated[str | None, zh("公安机关")]
    police_receipt: Annotated[str | None, zh("接报回执号")]
    findings: Annotated[str | None, zh("调查结论")]
    investigated_by: Annotated[str | None, zh("调查人")]
    proposal: Annotated[str | None, zh("拟处理意见")]
    statement_until: Annotated[date | None, zh("陈述申辩截止")]
    heard_on: Annotated[date | None, zh("听取意见日期")]
    statement: Annotated[str | None, zh("意见")]
    confirmed: Annotated[bool | None, zh("认定成立")]
    confirmed_behaviours: Annotated[list[EthicsBehaviour], zh("认定的行为")]
    norms: Annotated[list[str], zh("违反的准则")]
    serious: Annotated[bool | None, zh("严重师德失范")]
    sanctions: Annotated[list[EthicsTerm], zh("处分与处理")]
    leader_accountability: Annotated[str | None, zh("对园长、负责人的处理")]
    decided_on: Annotated[date | None, zh("决定日期")]
    decided_by: Annotated[str | None, zh("决定人")]
    document: Annotated[str | None, zh("文号")]
    appeal_until: Annotated[date | None, zh("申诉截止")]
    appealed_on: Annotated[date | None, zh("申诉日期")]
    appeal: Annotated[str | None, zh("申诉理由")]
    appeal_upheld: Annotated[bool | None, zh("申诉成立")]
    veto_source: Annotated[UUID | None, zh("一票否决事实编号", "As among the facts of the annual inspection.")]
    steps: Annotated[list[EthicsStepOut], zh("办理过程")]
    readings: Annotated[list[EthicsReadingOut], zh("查阅记录")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class EthicsCasePage(Out):
    items: Annotated[list[EthicsCaseRow], zh("案件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EthicsCaseQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[EthicsState | None, zh("状态")] = None
    sort: Annotated[Literal["-reported_on", "reported_on"], zh("排序")] = "-reported_on"


class EthicsHandlerIn(In):
    account: Annotated[Account, zh("账号")]
    division: Annotated[str, zh("区划", pattern=r"^\d{6,12}$")]


class EthicsHandlerOut(Out):
    id: Annotated[UUID, zh("编号")]
    account: Annotated[str, zh("账号")]
    division: Annotated[str, zh("区划")]
    appointed_on: Annotated[date, zh("指定日期")]
    ended_on: Annotated[date | None, zh("结束日期")]
