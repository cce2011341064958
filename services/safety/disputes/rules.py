"""Disputes between a family and a kindergarten, from the first word to the visit after the agreement. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import Due
from shared.contracts.roles import Role
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than
from shared.workdays import add_working_days

PLAN = "怀政办发〔2023〕16号三(二)4 家园矛盾纠纷排查化解工作机制"


class NotYetVisited(DomainError):
    zh = "达成协议后须先回访。"
    en = "After an agreement the family is visited first."


class EscalatedAlready(DomainError):
    zh = "已上报区和镇街。"
    en = "It was escalated already."


def _visited(thing: Any, _: str, __: date) -> DomainError | None:
    return NotYetVisited() if thing.state == "agreed" and not thing.visited_on else None


def _quiet(thing: Any, _: str, __: date) -> DomainError | None:
    return EscalatedAlready() if thing.escalated_on else None


OPEN = frozenset({"registered", "mediating", "failed"})
MACHINE: Machine = {
    "mediate": Verb("调解", May.WORK_DISPUTES, frozenset({"registered", "mediating", "failed"}), basis=PLAN),
    "escalate": Verb("上报", May.WORK_DISPUTES, OPEN, basis=PLAN, guards=(_quiet,)),
    "agree": Verb("达成协议", May.WORK_DISPUTES, frozenset({"mediating"}), basis="中华人民共和国人民调解法第二十八条"),
    "fail": Verb("调解不成", May.WORK_DISPUTES, frozenset({"mediating"}), basis="中华人民共和国人民调解法第二十六条"),
    "visit": Verb(
        "回访", May.VISIT_DISPUTES, frozenset({"agreed"}), basis=PLAN, guards=(other_than("回访", "mediated_by"),)
    ),
    "archive": Verb("归档", May.VISIT_DISPUTES, frozenset({"agreed", "failed"}), basis=PLAN, guards=(_visited,)),
}


def deadline(parameters: Iterable[Parameter], risk: str, on: date) -> date:
    """The last day to settle a dispute of that risk."""
    return add_working_days(on, number(parameters, f"dispute_{risk}_days", on))


def ladder(parameters: Iterable[Parameter], dispute: Any, since: date) -> list[Due]:
    """High risk is told to town and district the same day; what is not settled in time, and no visit, after it."""
    office = (Role.TOWN_OFFICER.value, Role.SAFETY_OFFICER.value)
    found = []
    if dispute.state in OPEN:
        found.append(Due("overdue", dispute.due_on + timedelta(1), office, PLAN))
        if dispute.risk == "high":
            found.append(Due("high_risk", dispute.registered_on, (*office, Role.LEADER.value), PLAN))
    if dispute.state == "agreed" and not dispute.visited_on:
        days = number(parameters, "dispute_return_days", since)
        found.append(Due("visit_due", since + timedelta(days + 1), office, PLAN))
    return found
