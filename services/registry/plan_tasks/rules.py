"""What a unit owes for a task and by when: quarters, reports, what is late. Pure.

怀政办发〔2023〕16号 三(二)3-a, 四(一): tasks are divided among units, taken into each unit's key list, reported on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.registry.parameters.rules import Parameter, in_force
from services.registry.permissions import May
from services.registry.plan_tasks.codes import PlanTaskState, PlanWarningKind
from shared.errors import DomainError
from shared.machine import Verb, other_than, states
from shared.workdays import add_working_days

BASIS = "怀政办发〔2023〕16号 四(一)"
QUARTER = r"^20\d\d-Q[1-4]$"
CLOSED = frozenset({PlanTaskState.COMPLETED, PlanTaskState.CANCELLED, PlanTaskState.CARRIED_OVER})


class NotYourTask(DomainError):
    zh = "只有牵头单位的人员或区规划员可以办理。"
    en = "Only those who act for the lead unit, or the district's planner, can do this."
    hint_zh = "规划员可在 /v1/plan/units/…/members 登记代表本单位的账号。"
    hint_en = "The planner enters the accounts that act for a unit under /v1/plan/units/…/members."


@dataclass(frozen=True, slots=True)
class Work:
    """What decisions about a task depend on. `speaks`: the caller acts for the lead unit or plans for the district."""

    state: str
    due_on: date
    assigned_on: date | None
    submitted_on: date | None
    closed_on: date | None
    reported: Mapping[date, date]
    submitted_by: str | None = None
    speaks: bool = False


@dataclass(frozen=True, slots=True)
class Late:
    """Something late about a task; `subject` is the quarter a report is about."""

    kind: PlanWarningKind
    subject: str
    due_on: date
    days: int


def quarter_of(day: date) -> date:
    """The first day of the quarter a day lies in."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def next_quarter(quarter: date) -> date:
    return quarter_of(quarter.replace(day=28) + timedelta(95))


def quarter_named(name: str) -> date:
    """The first day of a quarter such as 2026-Q1."""
    if not re.fullmatch(QUARTER, name):
        raise ValueError(name)
    return date(int(name[:4]), int(name[-1]) * 3 - 2, 1)


def name_of(quarter: date) -> str:
    return f"{quarter.year}-Q{quarter.month // 3 + 1}"


def report_due(quarter: date, parameters: Sequence[Parameter]) -> date:
    """The last day of the report of a quarter: so many working days after the quarter's end."""
    end = next_quarter(quarter) - timedelta(1)
    return add_working_days(end, int(in_force(parameters, "plan_report_working_days", end).number))


def quarters_owed(work: Work, on: date) -> Iterator[date]:
    """The quarters that ended before `on` while the task was under way: assigned by their end, not yet closed by it."""
    if work.assigned_on is None:
        return
    closed = work.closed_on if work.closed_on is not None and work.closed_on <= on else None
    quarter = quarter_of(work.assigned_on)
    while (after := next_quarter(quarter)) <= on and (closed is None or closed >= after):
        yield quarter
        quarter = after


def warnings(work: Work, parameters: Sequence[Parameter], on: date) -> tuple[Late, ...]:
    """Everything late about a task on a day: the task itself, reports that are missing, reports that came late."""
    found = []
    if is_overdue(work, on):
        found.append(Late(PlanWarningKind.TASK_OVERDUE, "", work.due_on, (on - work.due_on).days))
    for quarter in quarters_owed(work, on):
        due, came = report_due(quarter, parameters), work.reported.get(quarter)
        if came is not None and came <= on:
            if came > due:
                found.append(Late(PlanWarningKind.REPORT_LATE, name_of(quarter), due, (came - due).days))
        elif due < on:
            found.append(Late(PlanWarningKind.REPORT_MISSING, name_of(quarter), due, (on - due).days))
    return tuple(found)


def is_overdue(work: Work, on: date) -> bool:
    """Assigned, neither reported done nor closed by that day, and its last day is over."""
    assigned = work.assigned_on is not None and work.assigned_on <= on
    done = work.submitted_on is not None and work.submitted_on <= on
    closed = work.closed_on is not None and work.closed_on <= on
    return assigned and not done and not closed and work.due_on < on


def is_done(work: Work, on: date) -> bool:
    """Accepted as completed by that day."""
    return work.state == PlanTaskState.COMPLETED and work.closed_on is not None and work.closed_on <= on


def is_done_on_time(work: Work, on: date) -> bool:
    """Completed, and reported done on its last day at the latest."""
    return is_done(work, on) and work.submitted_on is not None and work.submitted_on <= work.due_on


def _speaks(work: Work, _: str, __: date) -> DomainError | None:
    return None if work.speaks else NotYourTask()


_DRAFT = states("draft")
_OPEN = states("assigned", "confirmed")
_LIVE = states("draft", "assigned", "confirmed", "submitted")
WRITE, REPORT, ACCEPT = May.WRITE_PLAN, May.REPORT_PLAN_TASKS, May.ACCEPT_PLAN_TASKS
MACHINE = {
    "edit": Verb("修改任务", WRITE, states("draft", "assigned", "confirmed"), "changed", BASIS),
    "assign": Verb("下达", WRITE, _DRAFT, "assigned", BASIS),
    "confirm": Verb("列入重点任务", REPORT, states("assigned"), "confirmed", BASIS, (_speaks,)),
    "report": Verb("报送季报", REPORT, _OPEN | states("submitted"), "reported", BASIS, (_speaks,)),
    "submit": Verb("报告完成", REPORT, _OPEN, "submitted", BASIS, (_speaks,)),
    "accept": Verb(
        "确认完成", ACCEPT, states("submitted"), "completed", BASIS, (other_than("确认完成", "submitted_by"),)
    ),
    "return": Verb("退回", ACCEPT, states("submitted"), "returned", BASIS),
    "carry_over": Verb("结转", WRITE, _OPEN | states("submitted"), "carried_over", BASIS),
    "cancel": Verb("取消", WRITE, _LIVE, "cancelled", BASIS),
}
