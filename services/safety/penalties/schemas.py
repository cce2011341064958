from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.safety.penalties.codes import PenaltyKind, PenaltyState
from services.safety.steps.schemas import StepOut
from shared.offers import Offer
from shared.schemas import Count, Day, In, Money, Out, Page, zh

Note = Annotated[str, zh("说明", min_length=1, max_length=4000)]
Files = Annotated[list[UUID], zh("材料", max_length=20)]


class PenaltyNew(In):
    """A case is filed, of a hazard that was not rectified, of a site, or for another cause."""

    hazard: Annotated[UUID | None, zh("隐患")] = None
    site: Annotated[UUID | None, zh("无证园案件")] = None
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    party: Annotated[str, zh("当事人", min_length=1, max_length=200)]
    facts: Annotated[str, zh("违法事实", min_length=1, max_length=4000)]
    legal_basis: Annotated[str, zh("法律依据", min_length=1, max_length=500)]
    harm: Annotated[bool, zh("涉及生命健康安全且有危害后果")] = False
    ended_on: Annotated[Day, zh("行为终了日期")]
    discovered_on: Annotated[Day, zh("发现日期")]
    files: Files = Field(default=[])
    synthetic: Annotated[bool, zh("演示数据")] = False


class PenaltyNotice(In):
    """拟作出的处罚, with facts, grounds and rights told."""

    kind: Annotated[PenaltyKind, zh("种类")]
    amount: Annotated[Money | None, zh("金额", "Yuan.", ge=Decimal(0))] = None
    note: Note
    files: Files = Field(default=[])


class PenaltyStep(In):
    note: Note
    files: Files = Field(default=[])


class PenaltyDecision(In):
    number: Annotated[str, zh("决定书文号", min_length=1, max_length=100)]
    kind: Annotated[PenaltyKind, zh("种类")]
    amount: Annotated[Money | None, zh("金额", "Yuan; not above what the notice said.", ge=Decimal(0))] = None
    decision: Annotated[str, zh("决定内容", min_length=1, max_length=4000)]
    execution_due: Annotated[Day | None, zh("履行期限")] = None
    collective: Annotated[bool, zh("集体讨论", "Art. 57: complex cases are decided by those in charge together.")] = (
        False
    )
    files: Files = Field(default=[])


class PenaltyRow(Out):
    id: Annotated[UUID, zh("编号")]
    division: Annotated[str, zh("区划")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    party: Annotated[str, zh("当事人")]
    state: Annotated[PenaltyState, zh("状态")]
    kind: Annotated[PenaltyKind | None, zh("种类")]
    amount: Annotated[Money | None, zh("金额")]
    legal_basis: Annotated[str, zh("法律依据")]
    filed_on: Annotated[date, zh("立案日期")]
    decision_due: Annotated[date, zh("决定期限")]
    decision_number: Annotated[str | None, zh("决定书文号")]
    decided_on: Annotated[date | None, zh("决定日期")]
    delivery_due: Annotated[date | None, zh("送达期限")]
    execution_due: Annotated[date | None, zh("履行期限")]
    published_on: Annotated[date | None, zh("公开日期")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class PenaltyOut(PenaltyRow):
    hazard: Annotated[UUID | None, zh("隐患")]
    site: Annotated[UUID | None, zh("无证园案件")]
    facts: Annotated[str, zh("违法事实")]
    harm: Annotated[bool, zh("涉及生命健康安全")]
    ended_on: Annotated[date, zh("行为终了日期")]
    discovered_on: Annotated[date, zh("发现日期")]
    filed_by: Annotated[str, zh("立案人")]
    noticed_on: Annotated[date | None, zh("告知日期")]
    hearing_right: Annotated[bool, zh("可要求听证")]
    hearing_until: Annotated[date | None, zh("要求听证期限")]
    hearing_open: Annotated[bool, zh("听证期限内")]
    hearing_asked_on: Annotated[date | None, zh("要求听证日期")]
    hearing_on: Annotated[date | None, zh("听证日期")]
    reviewed_by: Annotated[str | None, zh("法制审核人")]
    decision: Annotated[str, zh("决定内容")]
    delivered_on: Annotated[date | None, zh("送达日期")]
    executed_on: Annotated[date | None, zh("执行日期")]
    withdrawn_on: Annotated[date | None, zh("撤回日期")]
    created_at: Annotated[datetime, zh("登记时刻")]
    steps: Annotated[list[StepOut], zh("经过")]
    actions: Annotated[list[Offer], zh("可做之事")]


class PenaltyPage(Out):
    items: Annotated[list[PenaltyRow], zh("案件")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class PenaltyQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    division: Annotated[str | None, zh("区划", pattern=r"^\d{6,12}$")] = None
    state: Annotated[PenaltyState | None, zh("状态")] = None
    due_before: Annotated[Day | None, zh("决定期限早于")] = None
    sort: Annotated[Literal["-filed_on", "filed_on"], zh("排序")] = "-filed_on"
