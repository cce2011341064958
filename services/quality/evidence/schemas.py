from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from services.quality.evidence.codes import EvidenceKind
from services.quality.frameworks.codes import ItemLevel, TextStatus
from shared.schemas import Count, Day, In, Out, Page, zh

REFERENCE = r"^[a-z][a-z0-9-]{1,39}:[A-Za-z0-9.]{1,20}$"
Reference = Annotated[str, Field(pattern=REFERENCE)]


class EvidenceNew(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[EvidenceKind, zh("种类")]
    title: Annotated[str, zh("名称", min_length=1, max_length=200)]
    statement: Annotated[str, zh("说明", "What it shows.", max_length=2000)] = ""
    reference: Annotated[str, zh("存放处", "Number or address where it is kept.", max_length=500)] = ""
    sha256: Annotated[str | None, zh("摘要", "Of the file, where there is one.", pattern=r"^[0-9a-f]{64}$")] = None
    items: Annotated[list[Reference], zh("对应条目", "`framework:item`", min_length=1, max_length=50)]
    collected_on: Annotated[Day, zh("取得日期")]
    valid_until: Annotated[Day | None, zh("有效期至")] = None


class EvidenceWithdrawal(In):
    reason: Annotated[str, zh("理由", min_length=1, max_length=500)]


class EvidenceOut(Out):
    id: Annotated[UUID, zh("编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    kind: Annotated[EvidenceKind, zh("种类")]
    title: Annotated[str, zh("名称")]
    statement: Annotated[str, zh("说明")]
    reference: Annotated[str, zh("存放处")]
    sha256: Annotated[str | None, zh("摘要")]
    items: Annotated[list[str], zh("对应条目")]
    serves: Annotated[list[str], zh("可用于", "The items and all that stand above them.")]
    collected_on: Annotated[date, zh("取得日期")]
    valid_until: Annotated[date | None, zh("有效期至")]
    collected_by: Annotated[str, zh("登记人")]
    withdrawn_on: Annotated[date | None, zh("撤回日期")]
    withdrawn_because: Annotated[str | None, zh("撤回理由")]
    created_at: Annotated[datetime, zh("登记时刻")]


class EvidencePage(Out):
    items: Annotated[list[EvidenceOut], zh("证据")]
    next: Annotated[str | None, zh("下一页游标")]
    total: Annotated[Count | None, zh("总数")] = None


class EvidenceQuery(Page):
    kindergarten: Annotated[UUID | None, zh("幼儿园")] = None
    serves: Annotated[str | None, zh("可用于条目", "`framework:item`", pattern=REFERENCE)] = None
    usable_on: Annotated[Day | None, zh("该日可用", "Neither withdrawn nor expired.")] = None
    sort: Annotated[Literal["-collected_on", "collected_on"], zh("排序")] = "-collected_on"


class ItemEvidence(Out):
    """One item of a framework and what speaks to it."""

    code: Annotated[str, zh("条目代码")]
    parent: Annotated[str, zh("上级代码")]
    level: Annotated[ItemLevel, zh("层级")]
    text: Annotated[str | None, zh("文字")]
    text_status: Annotated[TextStatus, zh("文字状态")]
    evidence: Annotated[list[UUID], zh("证据", "Ids, newest first.")]


class EvidenceCoverage(Out):
    """A framework item by item, with the evidence of one kindergarten that can be used on a day."""

    items: Annotated[list[ItemEvidence], zh("条目")]


class CoverageQuery(In):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None
