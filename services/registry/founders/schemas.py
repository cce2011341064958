from datetime import date, datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from services.registry.divisions.schemas import DIVISION
from services.registry.founders.codes import FounderAssets, FounderNature, FounderRole
from services.registry.kindergartens.schemas import Normal
from shared.schemas import UNSENT, Count, Day, In, Money, Out, Page, zh

Share = Annotated[Money, Field(gt=0, le=100)]
SHARE = "Per cent of the capital."


class FounderOut(Out):
    """Who founds 举办者 or controls 实际控制人 a kindergarten. Identity documents are masked."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划代码")]
    role: Annotated[FounderRole, zh("身份")]
    nature: Annotated[FounderNature, zh("性质")]
    name: Annotated[str, zh("姓名或名称")]
    document_type: Annotated[str | None, zh("证件类型", "Code list `document_type`.")]
    document_mask: Annotated[str | None, zh("证件号码(掩码)")]
    credit_code: Annotated[str | None, zh("统一社会信用代码")]
    share: Annotated[Money | None, zh("出资比例", SHARE)]
    assets: Annotated[FounderAssets, zh("资产来源")]
    document: Annotated[str, zh("依据文件")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null while it lasts.")]
    ended_because: Annotated[str, zh("终止原因")]
    ending_document: Annotated[str, zh("终止依据")]
    recorded_by: Annotated[str, zh("登记人")]
    created_at: Annotated[datetime, zh("登记时间")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class FounderPage(Out):
    items: Annotated[list[FounderOut], zh("举办者与实际控制人")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FounderQuery(Page):
    kindergarten: Annotated[UUID, zh("幼儿园")] = UNSENT
    division: Annotated[str, zh("区划", "This unit and all below it.", pattern=DIVISION)] = UNSENT
    role: Annotated[FounderRole, zh("身份")] = UNSENT
    nature: Annotated[FounderNature, zh("性质")] = UNSENT
    assets: Annotated[FounderAssets, zh("资产来源")] = UNSENT
    q: Annotated[str, zh("姓名或名称", "Part of it.", min_length=1, max_length=50)] = UNSENT
    credit_code: Annotated[str, zh("统一社会信用代码", max_length=30), Normal] = UNSENT
    as_of: Annotated[Day, zh("截至日期", "Only what held on this day.")] = UNSENT
    synthetic: Annotated[bool, zh("演示数据")] = UNSENT
    sort: Annotated[Literal["since", "-since"], zh("排序")] = "-since"


class FounderNew(In):
    """A founder or beneficial owner to enter."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    role: Annotated[FounderRole, zh("身份")]
    nature: Annotated[FounderNature, zh("性质")]
    name: Annotated[str, zh("姓名或名称", min_length=1, max_length=100)]
    document_type: Annotated[str, zh("证件类型", "Of a person. Code list `document_type`.", max_length=10)] = UNSENT
    document_number: Annotated[str, zh("证件号码", "Of a person.", min_length=1, max_length=40)] = UNSENT
    credit_code: Annotated[str, zh("统一社会信用代码", "Of an organisation.", max_length=30), Normal] = UNSENT
    share: Annotated[Share, zh("出资比例", SHARE)] = UNSENT
    assets: Annotated[FounderAssets, zh("资产来源")] = FounderAssets.OWN
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day, zh("截止日期", "Exclusive; left out while it lasts.")] = UNSENT

    @model_validator(mode="after")
    def _known(self) -> Self:
        person = self.nature is FounderNature.PERSON
        papers = self.document_type is not None and self.document_number is not None
        if person != papers or person == (self.credit_code is not None):
            raise PydanticCustomError(
                "founder_identity", "a person has document_type and document_number, an organisation a credit_code"
            )
        return self


class FounderPatch(In):
    """What was entered wrongly."""

    name: Annotated[str, zh("姓名或名称", min_length=1, max_length=100)] = UNSENT
    share: Annotated[Share, zh("出资比例", SHARE)] = UNSENT
    assets: Annotated[FounderAssets, zh("资产来源")] = UNSENT
    document: Annotated[str, zh("依据文件", min_length=1, max_length=200)] = UNSENT
    since: Annotated[Day, zh("起始日期")] = UNSENT


class FounderEnding(In):
    until: Annotated[Day, zh("截止日期", "The first day it holds no more.")]
    because: Annotated[str, zh("终止原因", min_length=1, max_length=500)]
    document: Annotated[str, zh("终止依据", min_length=1, max_length=200)]


class BarredFounder(Out):
    """A founder or beneficial owner who is barred today: the change is to be asked for within six months."""

    founder: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    name: Annotated[str, zh("姓名")]
    role: Annotated[FounderRole, zh("身份")]
    barred_since: Annotated[date, zh("禁止起始日期")]
    change_due_on: Annotated[date, zh("变更期限", "民办教育促进法实施条例 art. 12.")]
    overdue: Annotated[bool, zh("逾期")]
    rule: Annotated[str, zh("规则编号")]


class BarredFounders(Out):
    items: Annotated[list[BarredFounder], zh("须变更的举办者与实际控制人")]
