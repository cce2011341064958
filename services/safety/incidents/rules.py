"""Who must hear of an incident, and by when; a late report is itself a finding. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.safety.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb

REPORT = "中华人民共和国学前教育法第五十二条"


@dataclass(frozen=True, slots=True)
class Duty:
    """An incident of this category is told to `to` within `minutes` of being known."""

    category: str
    to: str
    minutes: int
    basis: str
    since: date
    tag: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> "Duty":
        return cls(
            row["category"], row["to"], int(row["minutes"]), row["basis"], date.fromisoformat(row["since"]), row["tag"]
        )


@dataclass(frozen=True, slots=True)
class Report:
    to: str
    due_at: datetime
    made_at: datetime | None
    basis: str

    def is_late(self, now: datetime) -> bool:
        """Made after its time, or its time is over and it was not made."""
        return (self.made_at or now) > self.due_at


def due_reports(
    duties: Iterable[Duty], category: str, known_at: datetime, made: Mapping[str, datetime]
) -> list[Report]:
    """The reports an incident asks for, each with its time and when it was first made."""
    return [
        Report(each.to, known_at + timedelta(minutes=each.minutes), made.get(each.to), each.basis)
        for each in duties
        if each.category == category and each.since <= known_at.date()
    ]


class ReportsMissing(DomainError):
    zh = "尚未报告:{to}。"
    en = "These have not been told yet: {to}."


def _told(thing: Any, _: str, __: date) -> DomainError | None:
    return ReportsMissing(to="、".join(thing.untold)) if thing.untold else None


OPEN = frozenset({"open"})
MACHINE: Machine = {
    "report": Verb("报告", May.WRITE_INCIDENTS, OPEN, basis=REPORT),
    "follow_up": Verb("跟踪处置", May.WRITE_INCIDENTS, OPEN, basis=REPORT),
    "close": Verb("办结", May.CLOSE_INCIDENTS, OPEN, basis=REPORT, guards=(_told,)),
}
