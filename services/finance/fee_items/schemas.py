from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.fee_items.codes import FeeCategory, FeeFilingState, FeeUnit
from shared.schemas import Count, Day, In, Money, Out, Page, zh

CONTENT, REFUND = "What the child gets for it.", "When and how much is paid back (学前教育法 art. 69)."


class FeeItemNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    category: Annotated[FeeCategory, zh("类别")]
    name: Annotated[str, zh("收费项目", min_length=1, max_length=60)]
    unit: Annotated[FeeUnit, zh("计费单位")]
    amount: Annotated[Money, zh("标准", "Yuan per unit.", gt=0)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期", "The first day it no longer holds.")] = None
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    content: Annotated[str, zh("服务内容", CONTENT, min_length=1, max_length=500)]
    reductions: Annotated[str, zh("减免政策", max_length=500)] = ""
    refund_rule: Annotated[str, zh("退费规定", REFUND, min_length=1, max_length=500)]
    complaint_phone: Annotated[str, zh("投诉电话", pattern=r"^[0-9-]{5,20}$")]
    voluntary: Annotated[bool, zh("自愿")]


class FeeItemOut(Out):
    """A fee standard and where its filing stands."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    category: Annotated[FeeCategory, zh("类别")]
    name: Annotated[str, zh("收费项目")]
    unit: Annotated[FeeUnit, zh("计费单位")]
    amount: Annotated[Money, zh("标准")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    document: Annotated[str, zh("文号")]
    content: Annotated[str, zh("服务内容")]
    reductions: Annotated[str, zh("减免政策")]
    refund_rule: Annotated[str, zh("退费规定")]
    complaint_phone: Annotated[str, zh("投诉电话")]
    voluntary: Annotated[bool, zh("自愿")]
    state: Annotated[FeeFilingState, zh("状态")]
    remark: Annotated[str, zh("审核意见")]
    filed_by: Annotated[str, zh("申报人")]
    accepted_by: Annotated[str | None, zh("受理人")]
    published_by: Annotated[str | None, zh("公示人")]
    published_on: Annotated[date | None, zh("公示日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class FeeItemPage(Out):
    items: Annotated[list[FeeItemOut], zh("收费项目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FeeItemQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    category: Annotated[FeeCategory | None, zh("类别")] = None
    state: Annotated[FeeFilingState | None, zh("状态")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Only standards whose period holds this day.")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class FeeItemReturn(In):
    remark: Annotated[str, zh("退回理由", min_length=1, max_length=500)]


class FeeItemEnding(In):
    until: Annotated[Day, zh("终止日期", "The first day it is no longer charged.")]
    remark: Annotated[str, zh("理由", min_length=1, max_length=500)]


class FeeNoticeOut(Out):
    """收费公示: what anyone may read. Nothing in it says who filed or decided."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    type: Annotated[str | None, zh("办园性质")]
    category: Annotated[FeeCategory, zh("类别")]
    name: Annotated[str, zh("收费项目")]
    amount: Annotated[Money, zh("标准")]
    unit: Annotated[FeeUnit, zh("计费单位")]
    document: Annotated[str, zh("文号")]
    content: Annotated[str, zh("服务内容")]
    reductions: Annotated[str, zh("减免政策")]
    refund_rule: Annotated[str, zh("退费规定")]
    complaint_phone: Annotated[str, zh("投诉电话")]
    voluntary: Annotated[bool, zh("自愿")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    published_on: Annotated[date, zh("公示日期")]
    synthetic: Annotated[bool, zh("演示数据")]


class FeeNoticePage(Out):
    items: Annotated[list[FeeNoticeOut], zh("收费公示")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class FeeNoticeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = None
    as_of: Annotated[Day | None, zh("截至日期", "Today when left out.")] = None
    sort: Annotated[Literal["kindergarten"], zh("排序")] = "kindergarten"
