from datetime import datetime
from typing import Annotated
from uuid import UUID

from services.registry.admissions.codes import SeatKind
from shared.schemas import Count, In, Out, zh


class AdmissionAllocationNew(In):
    """An allocation to make. Without a token only a preview is answered."""

    token: Annotated[str | None, zh("预演凭证", "Of the preview that is to come true.", max_length=64)] = None


class AdmissionAllocationOptions(In):
    preview: Annotated[bool, zh("预演", "Answer the outcome, and change nothing.")] = False


class AdmissionAllocationProgramme(Out):
    """What comes of one kind of class of one kindergarten."""

    seats_of: Annotated[UUID, zh("招生学位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    kind: Annotated[SeatKind, zh("班级类型")]
    seats: Annotated[Count, zh("招生学位数")]
    wished: Annotated[Count, zh("报名人数", "Applications that wish for it at any place.")]
    wished_first: Annotated[Count, zh("第一志愿人数")]
    placed: Annotated[Count, zh("录取人数")]
    waiting: Annotated[Count, zh("候补人数")]


class AdmissionAllocationPlan(Out):
    """What the allocation gives: in all, and kindergarten by kindergarten."""

    round: Annotated[UUID, zh("招生轮次")]
    inputs_hash: Annotated[str, zh("输入摘要")]
    result_hash: Annotated[str, zh("结果摘要")]
    applications: Annotated[Count, zh("报名数")]
    placed: Annotated[Count, zh("录取数")]
    unplaced: Annotated[Count, zh("未录取数")]
    by_wish: Annotated[list[Count], zh("各志愿录取数", "How many got their first wish, their second, and so on.")]
    programmes: Annotated[list[AdmissionAllocationProgramme], zh("各园情况")]
    token: Annotated[str, zh("预演凭证", "Send it to make exactly this come true.")]


class AdmissionAllocationStarted(Out):
    """The job that makes the allocation."""

    job: Annotated[UUID, zh("任务编号")]
    result_hash: Annotated[str, zh("结果摘要")]


class AdmissionPublishedPriorities(Out):
    version: Annotated[str, zh("版本")]
    document: Annotated[str, zh("依据")]


class AdmissionPublishedProgramme(Out):
    id: Annotated[UUID, zh("招生学位")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kindergarten_name: Annotated[str, zh("幼儿园名称")]
    kind: Annotated[SeatKind, zh("班级类型")]
    seats: Annotated[Count, zh("招生学位数")]


class AdmissionPublishedApplication(Out):
    """An application under its number. `groups` are its priority groups at its wishes, 1 the first."""

    number: Annotated[str, zh("报名号")]
    wishes: Annotated[list[UUID], zh("志愿")]
    groups: Annotated[list[Count], zh("优先组")]


class AdmissionInputs(Out):
    """Everything an allocation is made from, but for the seed of the draw."""

    format: Annotated[str, zh("格式")]
    algorithm: Annotated[str, zh("算法")]
    round: Annotated[UUID, zh("招生轮次")]
    school_year: Annotated[Count, zh("学年")]
    stage: Annotated[Count, zh("轮次")]
    seed_commitment: Annotated[str, zh("随机种子承诺")]
    priorities: Annotated[AdmissionPublishedPriorities, zh("排序规则")]
    programmes: Annotated[list[AdmissionPublishedProgramme], zh("招生计划")]
    applications: Annotated[list[AdmissionPublishedApplication], zh("报名")]


class AdmissionPublishedInputs(Out):
    """The inputs as published when the round closed, and what proves them.

    `hash` is the SHA-256 of `inputs` as JSON with keys in order, without blanks, in UTF-8.
    """

    hash: Annotated[str, zh("输入摘要")]
    published_at: Annotated[datetime, zh("公布时刻")]
    seed: Annotated[str | None, zh("随机种子", "Null until the places are allocated.")]
    inputs: Annotated[AdmissionInputs, zh("输入")]


class AdmissionAllocated(Out):
    number: Annotated[str, zh("报名号")]
    programme: Annotated[UUID | None, zh("录取学位", "Null: no place.")]


class AdmissionWaitingList(Out):
    programme: Annotated[UUID, zh("招生学位")]
    numbers: Annotated[list[str], zh("候补报名号", "In turn.")]


class AdmissionResult(Out):
    """The allocation, and who waits where."""

    format: Annotated[str, zh("格式")]
    round: Annotated[UUID, zh("招生轮次")]
    inputs_hash: Annotated[str, zh("输入摘要")]
    seed: Annotated[str, zh("随机种子")]
    allocation: Annotated[list[AdmissionAllocated], zh("录取结果")]
    waiting: Annotated[list[AdmissionWaitingList], zh("候补名单")]


class AdmissionPublishedResult(Out):
    """The result as published. `hash` is the SHA-256 of `result`, spelt as the inputs are."""

    hash: Annotated[str, zh("结果摘要")]
    published_at: Annotated[datetime, zh("公布时刻")]
    result: Annotated[AdmissionResult, zh("结果")]
