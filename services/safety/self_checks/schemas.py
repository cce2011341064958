from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from services.safety.checklists.schemas import AnswerIn, AnswerOut, ChecklistOut
from services.safety.moments import Moment
from services.safety.risks.schemas import AreaFlag
from shared.schemas import Count, Day, In, Money, Out, Page, zh


class SelfCheckPut(In):
    """A check as it was made, perhaps without network."""

    recorded_at: Annotated[Moment, zh("记录时刻", "On the device, when the check was finished.")]
    answers: Annotated[list[AnswerIn], zh("逐项结果", min_length=1, max_length=300)]
    note: Annotated[str, zh("说明", max_length=1000)] = ""


class BundleEntry(SelfCheckPut):
    """One check of an offline bundle."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    checklist: Annotated[str, zh("检查表代码", max_length=50)]
    day: Annotated[Day, zh("检查日期")]


class BundleIn(In):
    """Checks made without network, in any order, sent as often as needed."""

    entries: Annotated[list[BundleEntry], zh("检查", min_length=1, max_length=200)]


class MergeLine(Out):
    """What became of one entry."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    checklist: Annotated[str, zh("检查表代码")]
    day: Annotated[date, zh("检查日期")]
    outcome: Annotated[
        Literal["created", "same", "replaced", "older", "refused"],
        zh("结果", "same: known already; replaced: a record made earlier; older: one made later holds; refused: why."),
    ]
    check: Annotated[UUID | None, zh("检查编号")]
    hazards: Annotated[list[UUID], zh("产生的隐患")]
    code: Annotated[str | None, zh("原因代码")]
    reason: Annotated[str | None, zh("原因")]


class MergeReport(Out):
    lines: Annotated[list[MergeLine], zh("逐条结果")]
    created: Annotated[Count, zh("新增")]
    same: Annotated[Count, zh("已有")]
    replaced: Annotated[Count, zh("更新")]
    older: Annotated[Count, zh("较早而未采用")]
    refused: Annotated[Count, zh("拒绝")]


class SelfCheckRow(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    checklist: Annotated[UUID, zh("检查表版本")]
    code: Annotated[str, zh("检查表代码")]
    first_day: Annotated[date, zh("周期首日")]
    last_day: Annotated[date, zh("周期末日")]
    checked_on: Annotated[date, zh("检查日期")]
    checked_by: Annotated[str, zh("检查人")]
    recorded_at: Annotated[datetime, zh("记录时刻")]
    score: Annotated[Money | None, zh("得分")]
    failed: Annotated[list[str], zh("不符合条目")]
    failed_keys: Annotated[list[str], zh("不符合的关键指标")]
    note: Annotated[str, zh("说明")]


class SelfCheckOut(SelfCheckRow):
    answers: Annotated[list[AnswerOut], zh("逐项结果")]


class SelfCheckPage(Out):
    items: Annotated[list[SelfCheckRow], zh("自查")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class SelfCheckQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    checklist: Annotated[str | None, zh("检查表代码", max_length=50)] = None
    since: Annotated[Day | None, zh("不早于")] = None
    before: Annotated[Day | None, zh("早于")] = None
    sort: Annotated[Literal["-first_day", "first_day"], zh("排序")] = "-first_day"


class OfflineBundle(Out):
    """Everything needed to check a kindergarten without network."""

    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    made_at: Annotated[datetime, zh("制作时刻")]
    valid_until: Annotated[datetime, zh("有效期至")]
    checklists: Annotated[list[ChecklistOut], zh("检查表")]
    history: Annotated[list[SelfCheckRow], zh("近期自查")]
    hazards: Annotated[list[AreaFlag], zh("未销号隐患")]
    signature: Annotated[str, zh("签名", "Keyed digest over everything else, hex.")]


class BundleCheck(Out):
    authentic: Annotated[bool, zh("真实", "Signed by this installation and unchanged.")]
    expired: Annotated[bool, zh("已过期")]
