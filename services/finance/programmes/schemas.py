from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.finance.account_titles.codes import ValueTag
from services.finance.bank_statements.codes import Use
from services.finance.programmes.codes import FundingLevel, ProgrammeState, Shape
from shared.schemas import Count, Day, In, Out, Page, zh

Type = Literal["public", "inclusive_private", "private"]


class ProgrammeNew(In):
    code: Annotated[str, zh("项目代码", pattern=r"^[a-z][a-z0-9_]{2,39}$")]
    name: Annotated[str, zh("项目名称", min_length=1, max_length=60)]
    shape: Annotated[Shape, zh("补助算法")]
    level: Annotated[FundingLevel, zh("资金层级")]
    types: Annotated[list[Type], zh("适用办园性质"), Field(min_length=1, max_length=3)]
    since: Annotated[Day, zh("起始日期")]
    until: Annotated[Day | None, zh("截止日期")] = None
    permitted_use: Annotated[str, zh("资金用途", min_length=1, max_length=500)]
    permitted_uses: Annotated[
        tuple[Use, ...], zh("规定用途", "What it may be spent on; anything when left empty."), Field(max_length=6)
    ] = ()
    claw_back: Annotated[str, zh("收回规定", min_length=1, max_length=500)]
    document: Annotated[str, zh("文号", min_length=1, max_length=200)]
    tag: Annotated[ValueTag, zh("来源标记")]


class ProgrammeOut(Out):
    """A subsidy programme."""

    id: Annotated[UUID, zh("编号")]
    code: Annotated[str, zh("项目代码")]
    name: Annotated[str, zh("项目名称")]
    shape: Annotated[Shape, zh("补助算法")]
    level: Annotated[FundingLevel, zh("资金层级")]
    types: Annotated[list[str], zh("适用办园性质")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期")]
    permitted_use: Annotated[str, zh("资金用途")]
    permitted_uses: Annotated[list[Use], zh("规定用途")]
    claw_back: Annotated[str, zh("收回规定")]
    document: Annotated[str, zh("文号")]
    tag: Annotated[ValueTag, zh("来源标记")]
    state: Annotated[ProgrammeState, zh("状态")]
    proposed_by: Annotated[str, zh("提出人")]
    decided_by: Annotated[str | None, zh("审批人")]
    version: Annotated[Count, zh("版本")]


class ProgrammePage(Out):
    items: Annotated[list[ProgrammeOut], zh("补助项目")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class ProgrammeQuery(Page):
    state: Annotated[ProgrammeState | None, zh("状态")] = None
    shape: Annotated[Shape | None, zh("补助算法")] = None
    sort: Annotated[Literal["code"], zh("排序")] = "code"


class ProgrammeDecision(In):
    approve: Annotated[bool, zh("同意")]
