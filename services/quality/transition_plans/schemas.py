from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from services.quality.transition_plans.codes import TransitionPlanState
from shared.schemas import Count, In, Out, Page, zh

SchoolYear = Annotated[int, zh("学年", "2026 is the year that begins on 1 September 2026.", ge=2020, le=2100)]


class TransitionPlanContent(In):
    """The four areas of 入学准备: what is done, never what a child scores."""

    body: Annotated[str, zh("身心准备", min_length=1, max_length=4000)]
    life: Annotated[str, zh("生活准备", min_length=1, max_length=4000)]
    social: Annotated[str, zh("社会准备", min_length=1, max_length=4000)]
    learning: Annotated[str, zh("学习准备", min_length=1, max_length=4000)]


class TransitionPlanNew(TransitionPlanContent):
    class_id: Annotated[UUID, zh("班级")]
    school_year: SchoolYear


class TransitionPlanNote(In):
    note: Annotated[str, zh("意见", min_length=1, max_length=2000)]


class TransitionPlanRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    school_year: Annotated[int, zh("学年")]
    state: Annotated[TransitionPlanState, zh("状态")]
    filed_on: Annotated[date, zh("提交日期")]


class TransitionPlanOut(TransitionPlanRow):
    body: Annotated[str, zh("身心准备")]
    life: Annotated[str, zh("生活准备")]
    social: Annotated[str, zh("社会准备")]
    learning: Annotated[str, zh("学习准备")]
    filed_by: Annotated[str, zh("提交人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class TransitionPlanPage(Out):
    items: Annotated[list[TransitionPlanRow], zh("计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class TransitionPlanQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    school_year: Annotated[int | None, zh("学年", ge=2020, le=2100)] = None
    state: Annotated[TransitionPlanState | None, zh("状态")] = None
    sort: Annotated[Literal["-filed_on", "filed_on"], zh("排序")] = "-filed_on"
