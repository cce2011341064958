from datetime import date
from typing import Annotated
from uuid import UUID

from services.safety.hazards.codes import HazardLevel, HazardSource, HazardState
from shared.schemas import Count, Day, In, Out, zh


class RiskReason(Out):
    factor: Annotated[str, zh("因素")]
    count: Annotated[Count, zh("数量")]
    points: Annotated[Count, zh("分值")]
    zh: Annotated[str, zh("说明")]


class RiskOut(Out):
    """A kindergarten's score with everything it is made of."""

    place: Annotated[Count, zh("检查次序", "1 is to be inspected first.")]
    kindergarten: Annotated[UUID, zh("幼儿园")]
    name: Annotated[str, zh("名称")]
    division: Annotated[str, zh("区划")]
    score: Annotated[Count, zh("风险分")]
    last_inspected_on: Annotated[date | None, zh("最近检查日期")]
    reasons: Annotated[list[RiskReason], zh("理由")]


class RiskQuery(In):
    division: Annotated[str, zh("区划", "This division and all below it.", pattern=r"^\d{6,12}$")] = "110116"
    as_of: Annotated[Day | None, zh("截至日期", "Left out: today.")] = None


class AreaFlag(Out):
    """A finding behind a flag."""

    hazard: Annotated[UUID, zh("隐患")]
    description: Annotated[str, zh("情况")]
    level: Annotated[HazardLevel | None, zh("级别")]
    state: Annotated[HazardState, zh("状态")]
    source: Annotated[HazardSource, zh("来源")]
    due_on: Annotated[date | None, zh("整改期限")]


class AreaOut(Out):
    """One of the seven areas as safety knows it."""

    area: Annotated[str, zh("领域")]
    name_zh: Annotated[str, zh("领域名称")]
    last_checked_on: Annotated[
        date | None,
        zh(
            "最近检查日期",
            "Last inspection, self-check, finding or daily record of this area.",
        ),
    ]
    red: Annotated[list[AreaFlag], zh("红色", "Major or overdue.")]
    yellow: Annotated[list[AreaFlag], zh("黄色", "Open.")]


class SupervisionAreas(Out):
    kindergarten: Annotated[UUID, zh("幼儿园")]
    as_of: Annotated[date, zh("截至日期")]
    areas: Annotated[list[AreaOut], zh("领域")]
