from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.quality.offers import QualityOffer
from services.quality.steps.schemas import QualityStep
from services.quality.studios.codes import StudioGrade, StudioKind, StudioResultKind, StudioState
from shared.schemas import Count, Day, In, Out, Page, zh


class StudioTaskIn(In):
    what: Annotated[str, zh("任务", min_length=1, max_length=500)]
    due_on: Annotated[Day, zh("完成期限")]


class StudioNew(In):
    kind: Annotated[StudioKind, zh("种类")]
    name: Annotated[str, zh("名称", min_length=1, max_length=100)]
    kindergarten: Annotated[UUID, zh("所在幼儿园")]
    host: Annotated[UUID, zh("主持人", "Registry's id of the person.")]
    host_name: Annotated[str, zh("主持人姓名", min_length=1, max_length=100)]
    host_account: Annotated[str, zh("主持人账号", max_length=100)] = ""
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("周期截止", "Left out: the district's years.")] = None
    tasks: Annotated[list[StudioTaskIn], zh("任务", min_length=1, max_length=50)]


class StudioMemberIn(In):
    staff: Annotated[UUID, zh("教职工")]
    name: Annotated[str, zh("姓名", min_length=1, max_length=100)]
    kindergarten: Annotated[UUID, zh("幼儿园")]


class StudioMembersIn(In):
    members: Annotated[list[StudioMemberIn], zh("成员", "All of them.", max_length=100)]


class StudioResultIn(In):
    kind: Annotated[StudioResultKind, zh("种类")]
    title: Annotated[str, zh("名称", min_length=1, max_length=300)]
    on: Annotated[Day, zh("日期")]
    task: Annotated[int | None, zh("对应任务", "Its place in the list, from 0.", ge=0, le=49)] = None
    evidence: Annotated[str, zh("证明材料", max_length=1000)] = ""


class StudioReview(In):
    grade: Annotated[StudioGrade, zh("等次")]
    note: Annotated[str, zh("考核意见", min_length=1, max_length=2000)]


class StudioRenewal(In):
    until: Annotated[Day, zh("新周期截止")]
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class StudioNote(In):
    note: Annotated[str, zh("说明", min_length=1, max_length=2000)]


class StudioTask(Out):
    what: Annotated[str, zh("任务")]
    due_on: Annotated[date, zh("完成期限")]


class StudioMemberOut(Out):
    staff: Annotated[UUID, zh("教职工")]
    name: Annotated[str, zh("姓名")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    since: Annotated[date, zh("加入日期")]


class StudioResultOut(Out):
    id: Annotated[UUID, zh("编号")]
    kind: Annotated[StudioResultKind, zh("种类")]
    title: Annotated[str, zh("名称")]
    on: Annotated[date, zh("日期")]
    task: Annotated[int | None, zh("对应任务")]
    evidence: Annotated[str, zh("证明材料")]


class StudioRow(Out):
    id: Annotated[UUID, zh("编号")]
    kind: Annotated[StudioKind, zh("种类")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID, zh("所在幼儿园")]
    host: Annotated[UUID, zh("主持人")]
    host_name: Annotated[str, zh("主持人姓名")]
    state: Annotated[StudioState, zh("状态")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date, zh("周期截止")]
    members: Annotated[Count, zh("成员数", "All of them, wherever they work.")]
    result_count: Annotated[Count, zh("成果数")]
    grade: Annotated[StudioGrade | None, zh("考核等次")]
    review_due: Annotated[bool, zh("应考核", "The term is over and no review was made.")]


class StudioOut(StudioRow):
    host_account: Annotated[str, zh("主持人账号")]
    tasks: Annotated[list[StudioTask], zh("任务")]
    people: Annotated[list[StudioMemberOut], zh("成员", "Those in the reader's scope.")]
    results: Annotated[list[StudioResultOut], zh("成果")]
    reviewed_on: Annotated[date | None, zh("考核日期")]
    reviewed_by: Annotated[str | None, zh("考核人")]
    steps: Annotated[list[QualityStep], zh("办理过程")]
    actions: Annotated[list[QualityOffer], zh("可做的动作")]


class StudioPage(Out):
    items: Annotated[list[StudioRow], zh("工作室")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class StudioQuery(Page):
    kind: Annotated[StudioKind | None, zh("种类")] = None
    state: Annotated[StudioState | None, zh("状态")] = None
    review_due: Annotated[bool | None, zh("应考核")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"
