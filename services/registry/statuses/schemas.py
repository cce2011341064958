from datetime import date
from typing import Annotated
from uuid import UUID

from services.registry.kindergartens.codes import Status
from shared.schemas import UNSENT, Count, Day, In, Out, zh


class StatusPeriod(Out):
    """Where a kindergarten stood from one day until (not including) another, and why."""

    id: Annotated[UUID, zh("编号")]
    status: Annotated[Status, zh("状态")]
    since: Annotated[date, zh("起始日期")]
    until: Annotated[date | None, zh("截止日期", "Exclusive; null while it lasts.")]
    reason: Annotated[str, zh("事由")]
    synthetic: Annotated[bool, zh("演示数据")]
    version: Annotated[Count, zh("版本")]


class StatusHistory(Out):
    items: Annotated[list[StatusPeriod], zh("状态", "The latest first.")]


class StatusChange(In):
    """From a day on the kindergarten has another status."""

    status: Annotated[Status, zh("状态")]
    since: Annotated[Day, zh("起始日期", "May lie ahead: it then takes effect on its day.")]
    reason: Annotated[str, zh("事由", min_length=1, max_length=500)]


class StatusCorrection(In):
    """What was recorded wrongly about a period."""

    status: Annotated[Status, zh("状态")] = UNSENT
    since: Annotated[Day, zh("起始日期", "The period before it then ends there.")] = UNSENT
    reason: Annotated[str, zh("事由", min_length=1, max_length=500)] = UNSENT
