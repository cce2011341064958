"""Hazards and their rectification as the law and the district's numbers say; days come in, nothing is looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.safety.hazards.codes import HazardLevel
from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import Due, last_working_day_of_month, working_days_before
from shared.contracts.roles import Role
from shared.errors import DomainError
from shared.machine import Guard, Machine, Verb, other_than
from shared.workdays import add_working_days

REMOVE_HAZARDS = "中华人民共和国学前教育法第五十一条"
GRADING = "中华人民共和国安全生产法第一百一十八条"
SUPERVISION = "中华人民共和国安全生产法第四十一条"
VERIFYING = "中华人民共和国安全生产法第四十一条;整改与复核相分离"
LEVELS = {each.value: each for each in HazardLevel}
OPEN = frozenset({"reported", "graded", "assigned", "submitted", "accepted"})


class OnlyMajorHazards(DomainError):
    zh = "只有重大隐患才挂牌督办。"
    en = "Only a major hazard is put on the list."


class AlreadyListed(DomainError):
    zh = "该隐患已挂牌督办。"
    en = "The hazard is on the list already."


class NotListed(DomainError):
    zh = "该隐患未挂牌督办。"
    en = "The hazard is not on the list."
    hint_zh = "重大隐患须先挂牌,再报整改方案。"
    hint_en = "A major hazard is listed first, then its plan is filed."


class PlanMissing(DomainError):
    zh = "重大隐患须先报整改方案(措施、资金、责任人、时限、预案)。"
    en = "A major hazard needs its plan first: measures, funds, person, time and emergency plan."


class ExtensionPending(DomainError):
    zh = "有一份延期申请尚未答复。"
    en = "A request to extend has not been answered yet."


class NoExtensionPending(DomainError):
    zh = "没有待答复的延期申请。"
    en = "There is no request to extend that waits for an answer."


class ExtensionsUsedUp(DomainError):
    zh = "延期次数已用完({most} 次)。"
    en = "It has been extended {most} times: no more is allowed."


def _when(column: str, wanted: bool, error: type[DomainError]) -> Guard:
    """Refuse when the column's truth is not the wanted one."""

    def guard(thing: Any, _: str, __: date) -> DomainError | None:
        return None if bool(getattr(thing, column)) is wanted else error()

    return guard


def _major(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.level == HazardLevel.MAJOR else OnlyMajorHazards()


def _planned_if_major(thing: Any, _: str, __: date) -> DomainError | None:
    return PlanMissing() if thing.level == HazardLevel.MAJOR and not thing.planned else None


def _extensions_left(thing: Any, _: str, __: date) -> DomainError | None:
    return ExtensionsUsedUp(most=thing.most_extensions) if thing.extensions >= thing.most_extensions else None


def _states(*names: str) -> frozenset[str]:
    return frozenset(names)


MACHINE: Machine = {
    "grade": Verb(
        "定级",
        May.GRADE_HAZARDS,
        _states("reported", "graded", "assigned"),
        basis=GRADING,
        guards=(_when("listed", wanted=False, error=AlreadyListed),),
    ),
    "dismiss": Verb(
        "不予认定", May.DISMISS_HAZARDS, _states("reported"), basis=GRADING, guards=(other_than("认定", "reported_by"),)
    ),
    "assign": Verb("分派", May.ASSIGN_HAZARDS, _states("graded", "assigned"), basis=REMOVE_HAZARDS),
    "ask_extension": Verb(
        "申请延期",
        May.ASK_EXTENSIONS,
        _states("assigned"),
        basis=REMOVE_HAZARDS,
        guards=(_when("extension_asked_by", wanted=False, error=ExtensionPending), _extensions_left),
    ),
    "decide_extension": Verb(
        "答复延期",
        May.DECIDE_EXTENSIONS,
        _states("assigned"),
        basis=REMOVE_HAZARDS,
        guards=(
            _when("extension_asked_by", wanted=True, error=NoExtensionPending),
            other_than("答复延期", "extension_asked_by"),
        ),
    ),
    "list": Verb(
        "挂牌督办",
        May.LIST_HAZARDS,
        _states("graded", "assigned"),
        basis=SUPERVISION,
        guards=(_major, _when("listed", wanted=False, error=AlreadyListed)),
    ),
    "plan": Verb(
        "报整改方案",
        May.PLAN_RECTIFICATIONS,
        _states("assigned"),
        basis=SUPERVISION,
        guards=(_when("listed", wanted=True, error=NotListed),),
    ),
    "report_progress": Verb(
        "报整改进展",
        May.PLAN_RECTIFICATIONS,
        _states("assigned"),
        basis=SUPERVISION,
        guards=(_when("listed", wanted=True, error=NotListed),),
    ),
    "rectify": Verb(
        "提交整改", May.RECTIFY_HAZARDS, _states("assigned"), basis=REMOVE_HAZARDS, guards=(_planned_if_major,)
    ),
    "verify": Verb(
        "复核",
        May.VERIFY_HAZARDS,
        _states("submitted"),
        basis=VERIFYING,
        guards=(other_than("复核", "submitted_by", "reported_by", "responsible_account"),),
    ),
    "remove": Verb(
        "销号",
        May.REMOVE_HAZARDS,
        _states("accepted"),
        basis=SUPERVISION,
        guards=(other_than("销号", "submitted_by", "accepted_by", "responsible_account"),),
    ),
    "reopen": Verb("重新整改", May.REOPEN_HAZARDS, _states("closed"), basis=REMOVE_HAZARDS),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the catalogue: what by itself makes a hazard of this level, under which document."""

    code: str
    category: str
    level: str
    title: str
    document: str
    article: str
    since: date
    until: date | None
    tag: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> "Item":
        dates = {"since": date.fromisoformat(row["since"])}
        until = date.fromisoformat(row["until"]) if row["until"] else None
        return cls(**{**row, **dates, "until": until})  # type: ignore[arg-type]  # the file's columns are the fields

    @property
    def basis(self) -> str:
        return f"{self.document} {self.article}"


@dataclass(frozen=True, slots=True)
class Grade:
    """What the rule says of a hazard: its level and the basis of it."""

    level: HazardLevel
    basis: str


def grade(items: Iterable[Item], code: str | None, on: date) -> Grade | None:
    """The level by rule: a direct item of the catalogue in force decides; None when no such item is in force.

    Without an item a hazard is 一般 (安全生产法 art. 118 leaves the standard for 重大 to the sector department).
    """
    if code is None:
        return Grade(HazardLevel.GENERAL, GRADING)
    for each in items:
        if each.code == code and each.since <= on and (each.until is None or on < each.until):
            return Grade(LEVELS[each.level], each.basis)
    return None


def deadline(parameters: Iterable[Parameter], level: str, on: date) -> date:
    """The last day to rectify a hazard graded on that day."""
    return add_working_days(on, number(parameters, f"hazard_{level}_days", on))


def latest_extension(parameters: Iterable[Parameter], due: date, on: date) -> date:
    """The latest day a deadline may be moved to at once."""
    return add_working_days(due, number(parameters, "hazard_extension_days", on))


OFFICE = (Role.SAFETY_OFFICER.value, Role.TOWN_OFFICER.value)
GARDEN = (Role.PRINCIPAL.value,)
LEADER = (Role.LEADER.value,)


# Who lets the time pass in a state hears of it: the step, the number of working days, who is told, the law.
WAITING: Mapping[str, tuple[str, str, tuple[str, ...], str]] = {
    "reported": ("ungraded", "hazard_grading_days", OFFICE, GRADING),
    "graded": ("unassigned", "hazard_assigning_days", OFFICE + GARDEN, REMOVE_HAZARDS),
    "submitted": ("unverified", "hazard_verifying_days", OFFICE, VERIFYING),
    "accepted": ("unremoved", "hazard_removing_days", OFFICE + LEADER, SUPERVISION),
}


def ladder(parameters: Iterable[Parameter], hazard: Any, since: date, reported: frozenset[str]) -> list[Due]:
    """What happens by itself to a hazard that has been in its state since that day; `reported` are months ("2026-05").

    Each state has somebody who must move next; who lets the time pass is reported to the next above.
    """
    numbers = tuple(parameters)

    def after(name: str) -> date:
        return add_working_days(since, number(numbers, name, since)) + timedelta(1)

    found: list[Due] = []
    if hazard.state in WAITING:
        step, name, told, basis = WAITING[hazard.state]
        found.append(Due(step, after(name), told, basis))
    if hazard.state in ("graded", "assigned"):
        found += _overdue(numbers, hazard.due_on, since)
        if hazard.level == HazardLevel.MAJOR and not hazard.listed:
            found.append(Due("unlisted", after("hazard_listing_days"), OFFICE + LEADER, SUPERVISION))
    if hazard.state == "assigned" and hazard.listed:
        found += _monthly(hazard.due_on, since, reported)
    return found


def _overdue(numbers: tuple[Parameter, ...], due: date, since: date) -> list[Due]:
    def late(name: str) -> date:
        return add_working_days(due, number(numbers, name, since))

    reminder = working_days_before(due, number(numbers, "hazard_reminder_days", since))
    return [
        Due("due_soon", reminder, GARDEN, REMOVE_HAZARDS),
        Due("overdue", due + timedelta(1), GARDEN + OFFICE, REMOVE_HAZARDS),
        Due("overdue_district", late("hazard_district_days"), OFFICE, REMOVE_HAZARDS),
        Due("overdue_leader", late("hazard_leader_days"), LEADER + OFFICE, REMOVE_HAZARDS),
    ]


def _monthly(due: date, since: date, reported: frozenset[str]) -> list[Due]:
    """A listed hazard reports each month (进展月报): the day after the month's last working day, until it is gone.

    Six months beyond the deadline are armed; whoever is later than that hears of it by other steps.
    """
    found: list[Due] = []
    month, last = since.replace(day=1), (due + timedelta(183)).replace(day=1)
    while month <= last:
        if f"{month:%Y-%m}" not in reported:
            day = last_working_day_of_month(month) + timedelta(1)
            found.append(Due(f"progress_missing {month:%Y-%m}", day, OFFICE, SUPERVISION))
        month = (month + timedelta(32)).replace(day=1)
    return found
