from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from services.finance.attributes.codes import Attribute, AttributeState
from shared.schemas import Count, Day, In, Money, Out, Page, zh

NARROWED = "Code of the one programme it counts for; * for every one."


class AttributeNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[Attribute, zh("事项")]
    value: Annotated[Money, zh("数值", ge=0)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期")] = None
    programme: Annotated[str, zh("补助项目", NARROWED, pattern=r"^(\*|[a-z][a-z0-9_]{2,39})$")] = "*"
    evidence: Annotated[str, zh("证明材料", min_length=1, max_length=500)]


class AttributeOut(Out):
    """A fact about a kindergarten that subsidies depend on."""

    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[Attribute, zh("事项")]
    value: Annotated[Money, zh("数值")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    programme: Annotated[str, zh("补助项目")]
    evidence: Annotated[str, zh("证明材料")]
    state: Annotated[AttributeState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class AttributePage(Out):
    items: Annotated[list[AttributeOut], zh("事项")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class AttributeQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    name: Annotated[Attribute | None, zh("事项")] = None
    state: Annotated[AttributeState | None, zh("状态")] = None
    sort: Annotated[Literal["-since", "since"], zh("排序")] = "-since"


class AttributeDecision(In):
    approve: Annotated[bool, zh("同意", "False rejects a proposal, or revokes what was approved by mistake.")]
