"""The facts safety announces."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from shared.schemas import Out, zh

MAJOR_HAZARD_RAISED = "safety.major_hazard.raised"
MAJOR_HAZARD_CLOSED = "safety.major_hazard.closed"
PENALTY_DECIDED = "safety.penalty.decided"
SITE_STEPS = tuple(
    f"safety.site.{verb}"
    for verb in ("see", "verify", "order", "divert", "ban", "transfer", "resettle", "close", "recheck")
)
# Until closed or found untrue, a case counts against zero (动态清零).
OPEN_SITE = frozenset({"reported", "confirmed", "ordered", "diverted", "banned", "transferred"})


class MajorHazardFact(Out):
    """重大隐患 put on the list (挂牌督办) or removed from it (销号)."""

    hazard: Annotated[UUID, zh("隐患编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    state: Annotated[Literal["listed", "removed"], zh("状态")]
    on: Annotated[date, zh("日期")]
    due: Annotated[date | None, zh("整改期限")]


class PenaltyFact(Out):
    """A penalty decided under the law named."""

    case: Annotated[UUID, zh("案件编号")]
    kindergarten: Annotated[UUID | None, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    decision: Annotated[str, zh("决定")]
    basis: Annotated[str, zh("依据")]
    decided_on: Annotated[date, zh("决定日期")]


class HazardFact(Out):
    """State of a hazard after a step, announced as `safety.hazard.<verb>`; `source` and its reference say whose it is.

    Events carry `state` again beside these fields for readers that know no hazard.
    """

    hazard: Annotated[UUID, zh("隐患编号")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    division: Annotated[str, zh("区划")]
    source: Annotated[str, zh("来源")]
    source_reference: Annotated[str | None, zh("来源编号")]
    level: Annotated[str | None, zh("级别")]
    due_on: Annotated[date | None, zh("整改期限")]


class SiteFact(Out):
    """State of a case of a place without a licence after a step; its id is the end of the event's subject.

    A second visit that finds nothing changed tells `state` alone.
    """

    kind: Annotated[Literal["unlicensed", "training"], zh("类型")]
    children: Annotated[int, zh("幼儿人数")]
    resettled: Annotated[int, zh("已安置人数")]
    state: Annotated[str, zh("状态")]


# A finding of another service enters the one rectification engine when it is announced by one of these; whoever
# announced it hears what became of it from `safety.hazard.*`, whose `source` and `source_reference` are its own.
QUALITY_FINDING_RAISED = "quality.finding.raised"
FINANCE_FINDING_RAISED = "finance.finding.raised"
REGISTRY_FINDING_RAISED = "registry.finding.raised"


class FindingFact(Out):
    """A finding to be rectified; told again under the same reference it is the same one."""

    reference: Annotated[str, zh("编号", "The announcing service's own.", min_length=1, max_length=200)]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    category: Annotated[str, zh("类别", "One of safety's categories of hazards.")]
    place: Annotated[str, zh("部位", min_length=1, max_length=200)]
    description: Annotated[str, zh("情况", min_length=1, max_length=2000)]
    legal_basis: Annotated[str, zh("依据", min_length=1, max_length=300)]
    found_on: Annotated[date, zh("发现日期")]
    synthetic: Annotated[bool, zh("演示数据")]
