from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from services.quality.support_cases.codes import SupportState
from services.quality.weak_kindergartens.codes import WeakReason
from shared.schemas import Count, Day, In, Out, Page, zh


class SupportCaseNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    as_of: Annotated[Day | None, zh("截至日期", "Facts and rule as of this day; null: today.")] = None


class SupportGoalIn(In):
    goal: Annotated[str, zh("目标", min_length=1, max_length=500)]
    measure: Annotated[str, zh("衡量标准", min_length=1, max_length=500)]
    responsible: Annotated[str, zh("责任人", min_length=1, max_length=100)]
    due_on: Annotated[Day, zh("期限")]


class SupportPlan(In):
    lead: Annotated[str, zh("帮扶牵头人", min_length=1, max_length=100)]
    goals: Annotated[list[SupportGoalIn], zh("帮扶目标", min_length=1, max_length=30)]


class SupportReview(In):
    reached: Annotated[list[int], zh("已达成目标", "Places of goals, from 1.", max_length=30)] = Field(default=[])
    note: Annotated[str, zh("评议意见", min_length=1, max_length=2000)]


class SupportNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class SupportGoal(Out):
    goal: Annotated[str, zh("目标")]
    measure: Annotated[str, zh("衡量标准")]
    responsible: Annotated[str, zh("责任人")]
    due_on: Annotated[date, zh("期限")]
    reached_on: Annotated[date | None, zh("达成日期")]


class SupportCaseRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    division: Annotated[str, zh("区划")]
    state: Annotated[SupportState, zh("状态")]
    as_of: Annotated[date, zh("认定截至日期")]
    edition: Annotated[str, zh("规则版本")]
    reasons: Annotated[list[WeakReason], zh("认定依据")]
    lead: Annotated[str, zh("帮扶牵头人")]
    partners: Annotated[Count, zh("结对帮扶数", "Partnerships in force today.")]
    review_due_on: Annotated[date | None, zh("下次评议期限")]
    overdue: Annotated[bool, zh("评议逾期")]
    still_weak: Annotated[bool, zh("现仍薄弱", "By the rule in force today.")]
    released_on: Annotated[date | None, zh("解除日期")]


class SupportCaseOut(SupportCaseRow):
    facts: Annotated[dict[str, Any], zh("认定时的事实")]
    identified_by: Annotated[str, zh("认定人")]
    identified_on: Annotated[date, zh("认定日期")]
    goals: Annotated[list[SupportGoal], zh("帮扶目标")]
    reviewed_on: Annotated[date | None, zh("最近评议日期")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class SupportCasePage(Out):
    items: Annotated[list[SupportCaseRow], zh("帮扶")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SupportCaseQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    state: Annotated[SupportState | None, zh("状态")] = None
    open: Annotated[bool | None, zh("在帮扶中")] = None
    overdue: Annotated[bool | None, zh("评议逾期")] = None
    sort: Annotated[Literal["-as_of", "as_of"], zh("排序")] = "-as_of"


class SupportFigureQuery(In):
    as_of: Annotated[Day | None, zh("截至日期", "Facts, rule and partnerships as of this day; cases are today's.")] = (
        None
    )


class SupportFigures(Out):
    kindergartens: Annotated[Count, zh("在办幼儿园数")]
    weak: Annotated[Count, zh("薄弱园数", "By the rule.")]
    weak_supported: Annotated[Count, zh("薄弱园在帮扶中数")]
    supported_percent: Annotated[str | None, zh("帮扶覆盖率(%)")]
    weak_with_partner: Annotated[Count, zh("薄弱园有结对数")]
    partner_percent: Annotated[str | None, zh("结对覆盖率(%)")]
    open_cases: Annotated[Count, zh("在帮扶数")]
    planned: Annotated[Count, zh("已有方案数")]
    overdue_reviews: Annotated[Count, zh("评议逾期数", "Of support cases and partnerships.")]
