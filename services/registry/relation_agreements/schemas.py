from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.registry.divisions.schemas import DIVISION
from services.registry.offers import RegistryOffer
from services.registry.posts.codes import Severity
from services.registry.relation_agreements.codes import ManagementFee, RelationKind, RelationState, RelationWarning
from services.registry.steps.schemas import RegistryStep
from shared.schemas import UNSENT, Count, Day, In, Money, Out, Page, zh

AMOUNT, PERCENT = "Yuan a year.", "Per cent of income or surplus."
UNTIL = "The first day out of the term."


class RelationClause(Out):
    """A finding on the terms; `block` keeps the agreement from being filed."""

    code: Annotated[str, zh("代码")]
    rule: Annotated[str, zh("规则编号", "Of the catalogues of rules; empty without one.")]
    severity: Annotated[Severity, zh("后果")]
    zh: Annotated[str, zh("说明")]
    en: Annotated[str, zh("英文说明")]
    basis: Annotated[str, zh("依据")]


class RelationAgreementRow(Out):
    """An agreement 分园/承办/合作/委托 between a kindergarten and a group or another kindergarten."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    kind: Annotated[RelationKind, zh("关系")]
    group_id: Annotated[UUID | None, zh("教育集团")]
    partner: Annotated[UUID | None, zh("合作幼儿园")]
    partner_name: Annotated[str, zh("合作方名称", "As it was called when the agreement was filed.")]
    partner_public: Annotated[bool, zh("合作方为公办园")]
    number: Annotated[str, zh("协议号")]
    signed_on: Annotated[date, zh("签订日期")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("届满日期", UNTIL)]
    fee_kind: Annotated[ManagementFee, zh("管理费条款")]
    fee_amount: Annotated[Money | None, zh("管理费金额", AMOUNT)]
    fee_percent: Annotated[Money | None, zh("管理费比例", PERCENT)]
    foreign_element: Annotated[bool, zh("涉外因素")]
    state: Annotated[RelationState, zh("状态")]
    in_force: Annotated[bool, zh("有效", "On `as_of`.")]
    warning: Annotated[RelationWarning | None, zh("预警", "As of `as_of`.")]
    ended_on: Annotated[date | None, zh("终止日期", "The first day after an earlier end.")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class RelationAgreementOut(RelationAgreementRow):
    fee_clause: Annotated[str, zh("管理费条款原文")]
    foreign_document: Annotated[str, zh("涉外批准文件")]
    proposed_on: Annotated[date, zh("报备日期")]
    proposed_by: Annotated[str, zh("报备人")]
    decided_on: Annotated[date | None, zh("决定日期")]
    decided_by: Annotated[str | None, zh("决定人")]
    document: Annotated[str | None, zh("备案文号")]
    created_at: Annotated[datetime, zh("登记时间")]
    clauses: Annotated[list[RelationClause], zh("条款核查", "As of today.")]
    steps: Annotated[list[RegistryStep], zh("办理过程")]
    actions: Annotated[list[RegistryOffer], zh("可办理事项", "As of today, for this caller.")]


class RelationAgreementPage(Out):
    items: Annotated[list[RelationAgreementRow], zh("办园协议")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class RelationAgreementQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    group_id: Annotated[UUID, zh("教育集团")] = UNSENT
    partner: Annotated[UUID, zh("合作幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    kind: Annotated[RelationKind, zh("关系")] = UNSENT
    state: Annotated[RelationState, zh("状态")] = UNSENT
    in_force: Annotated[bool, zh("有效")] = UNSENT
    warning: Annotated[RelationWarning, zh("预警")] = UNSENT
    foreign_element: Annotated[bool, zh("涉外因素")] = UNSENT
    expires_before: Annotated[Day, zh("届满早于")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "For `in_force` and `warning`; today by default.")] = UNSENT
    sort: Annotated[Literal["until", "-until"], zh("排序")] = "until"


class RelationAgreementNew(In):
    """An agreement to file. Its other side is a group of the register, or another kindergarten."""

    kindergarten: Annotated[UUID, zh("幼儿园", "The one that is run.")]
    kind: Annotated[RelationKind, zh("关系")]
    group_id: Annotated[UUID, zh("教育集团")] = UNSENT
    partner: Annotated[UUID, zh("合作幼儿园", "One in the caller's scope; a registrar files the others.")] = UNSENT
    number: Annotated[str, zh("协议号", min_length=1, max_length=100)]
    signed_on: Annotated[Day, zh("签订日期", "Not after today.")]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("届满日期", UNTIL)]
    fee_kind: Annotated[ManagementFee, zh("管理费条款")]
    fee_amount: Annotated[Money, zh("管理费金额", AMOUNT), Field(gt=0)] = UNSENT
    fee_percent: Annotated[Money, zh("管理费比例", PERCENT), Field(gt=0, le=100)] = UNSENT
    fee_clause: Annotated[str, zh("管理费条款原文", "As the agreement words it.", max_length=2000)] = ""
    foreign_element: Annotated[bool, zh("涉外因素", "Foreign funds, brand, curriculum or management.")] = False
    foreign_document: Annotated[str, zh("涉外批准文件", max_length=200)] = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.group_id is None) == (self.partner is None):
            raise PydanticCustomError("one_partner", "name a group or a kindergarten, one of them")
        if self.since >= self.until:
            raise PydanticCustomError("term_order", "until lies after since")
        asked = {
            ManagementFee.COST: ("fee_amount",),
            ManagementFee.FIXED: ("fee_amount",),
            ManagementFee.INCOME_SHARE: ("fee_percent",),
            ManagementFee.SURPLUS_SHARE: ("fee_percent",),
        }.get(self.fee_kind, ())
        if {name for name in ("fee_amount", "fee_percent") if getattr(self, name) is not None} != set(asked):
            raise PydanticCustomError(
                "fee_terms", "an amount for cost and fixed, a percentage for a share, else neither"
            )
        return self


class RelationDecision(In):
    document: Annotated[str, zh("备案文号", min_length=1, max_length=200)]
    note: Annotated[str, zh("说明", max_length=2000)] = ""


class RelationNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class RelationEnding(In):
    ended_on: Annotated[Day, zh("终止日期", "The first day it holds no more; within the term, today at the latest.")]
    document: Annotated[str, zh("终止依据", min_length=1, max_length=200)]
    note: Annotated[str, zh("终止原因", min_length=1, max_length=2000)]
