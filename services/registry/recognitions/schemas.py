from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.registry.divisions.schemas import DIVISION
from services.registry.indicators.schemas import TargetEffect
from services.registry.offers import RegistryOffer
from services.registry.recognitions.codes import (
    CheckSeverity,
    RecognitionCondition,
    RecognitionDecision,
    RecognitionState,
    RecognitionWarning,
    WithdrawalGround,
)
from services.registry.steps.schemas import RegistryStep
from services.registry.types.schemas import TypeSpan
from shared.schemas import UNSENT, Count, Day, In, Money, Out, Page, zh

FEE = "Yuan per child and month."
Fee = Annotated[Money, Field(ge=0, le=100_000)]
NOTICE = "The last day of the public notice; a decision is made after it."


class RecognitionCheck(Out):
    """A condition the register checks by itself."""

    code: Annotated[str, zh("代码")]
    rule: Annotated[str, zh("规则编号", "Of the catalogue of rules; empty without one.")]
    severity: Annotated[CheckSeverity, zh("后果")]
    met: Annotated[bool, zh("符合")]
    zh: Annotated[str, zh("说明")]
    en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]
    found: Annotated[str, zh("实际")]
    wanted: Annotated[str, zh("要求")]


class RecognitionEvidence(Out):
    condition: Annotated[RecognitionCondition, zh("条件")]
    documents: Annotated[list[str], zh("证明材料")]


class RecognitionFinding(Out):
    condition: Annotated[RecognitionCondition, zh("条件")]
    met: Annotated[bool, zh("符合")]
    note: Annotated[str, zh("说明")]


class RecognitionReviewOut(Out):
    """A yearly review 年度复核. It is passed when every condition is met and the fee kept within the agreement."""

    id: Annotated[UUID, zh("编号")]
    due_on: Annotated[date, zh("应复核日期")]
    reviewed_on: Annotated[date, zh("复核日期")]
    reviewed_by: Annotated[str, zh("复核人")]
    fee_charged: Annotated[Money, zh("实际收取保教费", FEE)]
    findings: Annotated[list[RecognitionFinding], zh("核查情况")]
    checks: Annotated[list[RecognitionCheck], zh("系统核查")]
    passed: Annotated[bool, zh("合格")]
    note: Annotated[str, zh("说明")]


class RecognitionRow(Out):
    """An application for recognition 普惠性民办园认定 and the term it led to."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    state: Annotated[RecognitionState, zh("状态")]
    renewal: Annotated[bool, zh("续认")]
    existing: Annotated[bool, zh("系统启用前认定", "Decided before the system was, and entered by its document.")]
    applied_on: Annotated[date, zh("申请日期")]
    proposed_fee: Annotated[Money, zh("申请保教费", FEE)]
    notice_until: Annotated[date | None, zh("公示截止日", NOTICE)]
    agreed_fee: Annotated[Money | None, zh("协议保教费", FEE)]
    agreement: Annotated[str | None, zh("普惠协议号")]
    document: Annotated[str | None, zh("认定文号")]
    since: Annotated[date | None, zh("认定起始日期")]
    until: Annotated[date | None, zh("认定届满日期", "The first day out of the term.")]
    ended_on: Annotated[date | None, zh("退出日期", "The first day after a withdrawal.")]
    review_due_on: Annotated[date | None, zh("下次复核日期")]
    in_force: Annotated[bool, zh("有效", "On `as_of`.")]
    warning: Annotated[RecognitionWarning | None, zh("预警", "As of `as_of`.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class RecognitionOut(RecognitionRow):
    """Everything about one recognition, with what the caller may do now."""

    former: Annotated[UUID | None, zh("上一期认定")]
    statement: Annotated[str, zh("申请说明")]
    evidence: Annotated[list[RecognitionEvidence], zh("证明材料")]
    applied_by: Annotated[str, zh("申请人")]
    reviewed_on: Annotated[date | None, zh("审核日期")]
    reviewed_by: Annotated[str | None, zh("审核人")]
    findings: Annotated[list[RecognitionFinding], zh("审核情况")]
    unmet: Annotated[list[RecognitionCondition], zh("不符合的条件")]
    notice_from: Annotated[date | None, zh("公示起始日")]
    decided_on: Annotated[date | None, zh("决定日期")]
    decided_by: Annotated[str | None, zh("决定人")]
    leaving_on: Annotated[date | None, zh("告知退出日期")]
    leaving_by: Annotated[str | None, zh("告知人")]
    leaving_ground: Annotated[WithdrawalGround | None, zh("退出原因")]
    leaving_until: Annotated[date | None, zh("陈述申辩截止日")]
    withdrawal_document: Annotated[str | None, zh("退出文号")]
    created_at: Annotated[datetime, zh("登记时间")]
    reviews: Annotated[list[RecognitionReviewOut], zh("年度复核")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    checks: Annotated[list[RecognitionCheck], zh("系统核查", "As of today.")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class RecognitionPage(Out):
    items: Annotated[list[RecognitionRow], zh("普惠认定")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class RecognitionChecks(Out):
    items: Annotated[list[RecognitionCheck], zh("系统核查")]
    eligible: Annotated[bool, zh("可申请", "No check refuses.")]


class RecognitionOutcome(Out):
    """What a decision does, or would do when it is only previewed."""

    recognition: Annotated[UUID, zh("认定")]
    committed: Annotated[bool, zh("已生效登记", "False: a preview, nothing was stored.")]
    decision: Annotated[RecognitionDecision, zh("决定")]
    since: Annotated[date, zh("生效日期")]
    until: Annotated[date | None, zh("届满日期", "The type becomes private again on this day unless renewed.")]
    agreed_fee: Annotated[Money | None, zh("协议保教费", FEE)]
    before: Annotated[list[TypeSpan], zh("变更前办园性质")]
    after: Annotated[list[TypeSpan], zh("变更后办园性质")]
    children: Annotated[Count, zh("涉及幼儿数", "Children aged 3 to 6 enrolled that day, or today if that is later.")]
    targets: Annotated[
        list[TargetEffect] | None, zh("对目标的影响", "The plan's targets before and after; of a preview only.")
    ]
    token: Annotated[str, zh("预览凭证", "Commit with it to do precisely this.")]


class RecognitionQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    state: Annotated[RecognitionState, zh("状态")] = UNSENT
    in_force: Annotated[bool, zh("有效")] = UNSENT
    warning: Annotated[RecognitionWarning, zh("预警")] = UNSENT
    expires_before: Annotated[Day, zh("届满早于")] = UNSENT
    review_due_before: Annotated[Day, zh("复核应早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `in_force` and `warning`; today by default.")] = UNSENT
    sort: Annotated[Literal["applied_on", "-applied_on", "name", "-name"], zh("排序")] = "-applied_on"


class RecognitionCheckQuery(In):
    fee: Annotated[Fee, zh("拟收保教费", FEE)] = UNSENT


class RecognitionOutcomeQuery(In):
    preview: Annotated[bool, zh("预览", "Only tell what the decision would do.")] = False
    token: Annotated[str, zh("预览凭证", "Refuse if the effect is no longer what was previewed.", max_length=64)] = (
        UNSENT
    )


Documents = Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(min_length=1, max_length=20)]
Note = Annotated[str, zh("说明", min_length=1, max_length=2000)]


class RecognitionEvidenceNew(In):
    """Documents that show a condition is met: title or number, as they are kept on file."""

    condition: Annotated[RecognitionCondition, zh("条件")]
    documents: Annotated[Documents, zh("证明材料")]


class RecognitionAmendment(In):
    proposed_fee: Annotated[Fee, zh("申请保教费", FEE)]
    statement: Annotated[str, zh("申请说明", max_length=4000)] = ""
    evidence: Annotated[
        list[RecognitionEvidenceNew], zh("证明材料", "For every condition, each once.", min_length=1, max_length=20)
    ]


class RecognitionApplication(RecognitionAmendment):
    kindergarten: Annotated[UUID, zh("幼儿园")]


class RecognitionFindingNew(In):
    condition: Annotated[RecognitionCondition, zh("条件")]
    met: Annotated[bool, zh("符合")]
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class RecognitionReviewNew(In):
    findings: Annotated[
        list[RecognitionFindingNew], zh("核查情况", "For every condition, each once.", min_length=1, max_length=20)
    ]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class RecognitionYearNew(RecognitionReviewNew):
    fee_charged: Annotated[Fee, zh("实际收取保教费", "The highest in the year. " + FEE)]


class RecognitionNote(In):
    note: Note


class RecognitionObjection(In):
    """What was objected during the public notice; no names."""

    note: Note


class RecognitionObjectionAnswer(In):
    upheld: Annotated[bool, zh("异议成立", "Then the application is reviewed anew.")]
    note: Note


class RecognitionGrant(In):
    since: Annotated[Day, zh("认定起始日期", "Not before today; a renewal begins where the former term ends.")]
    until: Annotated[Day, zh("认定届满日期", "The first day out of the term; at most the longest term.")]
    agreed_fee: Annotated[Fee, zh("协议保教费", FEE)]
    agreement: Annotated[str, zh("普惠协议号", min_length=1, max_length=200)]
    document: Annotated[str, zh("认定文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class ExistingRecognition(In):
    """A recognition that was decided before the system was 补录, as its document says."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    decided_on: Annotated[Day, zh("认定日期", "Of the document; not after today.")]
    since: Annotated[Day, zh("认定起始日期", "Not after today.")]
    until: Annotated[Day, zh("认定届满日期", "The first day out of the term; at most the longest term.")]
    agreed_fee: Annotated[Fee, zh("协议保教费", FEE)]
    agreement: Annotated[str, zh("普惠协议号", min_length=1, max_length=200)]
    document: Annotated[str, zh("认定文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class RecognitionRefusal(In):
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    note: Note


class WithdrawalNotice(In):
    ground: Annotated[WithdrawalGround, zh("退出原因")]
    note: Note


class WithdrawalDecision(In):
    ended_on: Annotated[Day, zh("退出日期", "The first day it is no longer recognised; not before today.")]
    document: Annotated[str, zh("退出文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""
