from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.class_plans.codes import ClassPlanKind
from shared.schemas import Count, Day, In, Out, Page, zh


class ClassPlanPut(In):
    aims: Annotated[str, zh("目标", min_length=1, max_length=2000)]
    content: Annotated[str, zh("内容与安排", min_length=1, max_length=4000)]
    play_minutes: Annotated[int, zh("每日自主游戏(分钟)", ge=0, le=720)]
    outdoor_minutes: Annotated[int, zh("每日户外活动(分钟)", ge=0, le=720)]
    change: Annotated[str, zh("调整原因", "Needed when a plan that is filed is changed.", max_length=500)] = ""


class ClassPlanRow(Out):
    class_id: Annotated[UUID, zh("班级")]
    class_name: Annotated[str, zh("班级名称")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[ClassPlanKind, zh("类别")]
    begin: Annotated[date, zh("起始日期")]
    play_minutes: Annotated[Count, zh("每日自主游戏(分钟)")]
    outdoor_minutes: Annotated[Count, zh("每日户外活动(分钟)")]
    outdoor_short: Annotated[bool, zh("户外不足", "Less than is asked on the day it was filed.")]
    suspect: Annotated[list[str], zh("疑似小学化用语", "A reason to look, not a finding.")]
    filed_on: Annotated[date, zh("备案日期")]
    versions: Annotated[Count, zh("版本数")]


class ClassPlanOut(ClassPlanRow):
    aims: Annotated[str, zh("目标")]
    content: Annotated[str, zh("内容与安排")]
    change: Annotated[str, zh("调整原因")]
    filed_by: Annotated[str, zh("备案人")]


class ClassPlanPage(Out):
    items: Annotated[list[ClassPlanRow], zh("保教计划")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ClassPlanQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    class_id: Annotated[UUID | None, zh("班级")] = None
    kind: Annotated[ClassPlanKind | None, zh("类别")] = None
    begin: Annotated[Day | None, zh("起始日期")] = None
    flagged: Annotated[bool | None, zh("疑似小学化")] = None
    sort: Annotated[Literal["-begin", "begin"], zh("排序")] = "-begin"
