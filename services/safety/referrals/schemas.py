from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.referrals.codes import Department, ReferralKind, ReferralState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=4000)]
Files = Annotated[list[UUID], zh("材料", max_length=20)]


class ReferralNew(In):
    department: Annotated[Department, zh("部门")]
    kind: Annotated[ReferralKind, zh("类别")]
    title: Annotated[str, zh("标题", min_length=1, max_length=200)]
    request: Annotated[str, zh("请求事项", min_length=1, max_length=4000)]
    subject: Annotated[
        str, zh("关联事项", "Path of the case it is about, such as sites/{id}.", max_length=200, pattern=r"^[\w/-]*$")
    ] = ""
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[
        str | None, zh("区划", "Left out: the kindergarten's, or the sender's.", pattern=r"^\d{6,12}$")
    ] = None
    answer_by: Annotated[Day | None, zh("答复期限", "Left out: by the district's number of working days.")] = None
    files: Files = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class ReferralAnswerIn(In):
    answer: Annotated[str, zh("答复", min_length=1, max_length=4000)]
    files: Files = Field(default=[])


class ReferralStep(In):
    note: Note


class ReferralRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    state: Annotated[ReferralState, zh("状态")]
    department: Annotated[Department, zh("部门")]
    kind: Annotated[ReferralKind, zh("类别")]
    title: Annotated[str, zh("标题")]
    subject: Annotated[str, zh("关联事项")]
    sent_on: Annotated[date, zh("发出日期")]
    answer_by: Annotated[date, zh("答复期限")]
    answered_on: Annotated[date | None, zh("答复日期")]
    overdue: Annotated[bool, zh("逾期未答复")]
    returns: Annotated[Count, zh("退回次数")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class ReferralOut(ReferralRow):
    request: Annotated[str, zh("请求事项")]
    answer: Annotated[str, zh("答复")]
    sent_by: Annotated[str, zh("发出人")]
    created_at: Annotated[datetime, zh("登记时刻")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class ReferralPage(Out):
    items: Annotated[list[ReferralRow], zh("部门协同事项")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ReferralQuery(Page):
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    department: Annotated[Department | None, zh("部门")] = None
    kind: Annotated[ReferralKind | None, zh("类别")] = None
    state: Annotated[ReferralState | None, zh("状态")] = None
    overdue: Annotated[bool | None, zh("逾期未答复")] = None
    subject: Annotated[str | None, zh("关联事项", max_length=200)] = None
    sort: Annotated[Literal["-sent_on", "sent_on"], zh("排序")] = "-sent_on"


class ReferralTimesQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    since: Annotated[Day | None, zh("发出不早于")] = None
    until: Annotated[Day | None, zh("发出不晚于")] = None


class ReferralTimes(Out):
    """How a department answers."""

    department: Annotated[Department, zh("部门")]
    sent: Annotated[Count, zh("发出")]
    answered: Annotated[Count, zh("已答复")]
    in_time: Annotated[Count, zh("按期答复")]
    overdue: Annotated[Count, zh("逾期未答复")]
    mean_days: Annotated[float | None, zh("平均答复天数", "Calendar days from sending to the answer that held.")]
