from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Count, Day, In, Money, Out, Page, zh

BILLED = "不填的,按该月伙食费账单(扣除核减和退费)计算。"
SPENT = "不填的,按备案账户该月伙食支出计算。"


class MealAccountIn(In):
    income: Annotated[Money | None, zh("幼儿伙食收入", BILLED, ge=0)] = None
    cost: Annotated[Money | None, zh("幼儿伙食支出", SPENT, ge=0)] = None
    staff_income: Annotated[Money, zh("教职工伙食收入", "Kept strictly apart.", ge=0)] = Decimal("0.00")
    staff_cost: Annotated[Money, zh("教职工伙食支出", ge=0)] = Decimal("0.00")
    published_on: Annotated[Day | None, zh("公布日期", "When parents were shown the account.")] = None


class MealAccountOut(Out):
    """A month's meal money: what came in, what was spent, and when parents were shown it."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    month: Annotated[date, zh("月份")]
    income: Annotated[Money, zh("幼儿伙食收入")]
    income_source: Annotated[Literal["entered", "bills"], zh("收入来源")]
    cost: Annotated[Money, zh("幼儿伙食支出")]
    cost_source: Annotated[Literal["entered", "bank"], zh("支出来源")]
    difference: Annotated[Money, zh("盈亏")]
    staff_income: Annotated[Money, zh("教职工伙食收入")]
    staff_cost: Annotated[Money, zh("教职工伙食支出")]
    published_on: Annotated[date | None, zh("公布日期")]
    entered_by: Annotated[str, zh("登记人")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class MealAccountPage(Out):
    items: Annotated[list[MealAccountOut], zh("伙食账")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class MealAccountQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    month: Annotated[Day | None, zh("月份", "Its first day.")] = None
    published: Annotated[bool | None, zh("已公布")] = None
    sort: Annotated[Literal["-month", "month"], zh("排序")] = "-month"


class MealTermOut(Out):
    """A term's meal money of a kindergarten (FIN-10), as far as its months are entered."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    since: Annotated[date, zh("学期起始")]
    until: Annotated[date, zh("学期截止", "The first day after it.")]
    months: Annotated[Count, zh("已登记月数")]
    income: Annotated[Money, zh("收入")]
    cost: Annotated[Money, zh("支出")]
    difference: Annotated[Money, zh("盈亏")]
    share: Annotated[str | None, zh("盈亏率", "Of what came in, with four places; null where nothing came in.")]
    limit: Annotated[str | None, zh("允许的盈亏率", "The dated limit; null when none is set.")]
    exceeded: Annotated[bool, zh("超出")]
    unpublished: Annotated[list[date], zh("到期未公布的月份")]


class MealTermQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "The term that holds it; today when left out.")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
