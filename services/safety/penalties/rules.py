"""The procedure of 行政处罚法: what must come before what, and until when. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.safety.parameters.rules import Parameter, in_force, number
from services.safety.permissions import May
from services.safety.timers.rules import Due
from shared.contracts.roles import Role
from shared.errors import DomainError
from shared.machine import Guard, Machine, Verb, other_than
from shared.workdays import add_working_days

LAW = "中华人民共和国行政处罚法"
# Art. 63: a hearing may be asked for before these, whatever the amount.
HEARD = frozenset({"stop_enrolment", "revoke_licence", "closure"})


class NoRightToAHearing(DomainError):
    zh = "拟作出的处罚不属于听证范围。"
    en = "The penalty proposed gives no right to a hearing."


class HearingTimeOver(DomainError):
    zh = "要求听证的期限已过({until})。"
    en = "The time to ask for a hearing ended on {until}."


class HearingAskedAlready(DomainError):
    zh = "已要求听证。"
    en = "A hearing was asked for already."


class NoHearingPending(DomainError):
    zh = "没有待举行的听证。"
    en = "No hearing is pending."


class HearingNotHeld(DomainError):
    zh = "当事人已要求听证,须先举行听证。"
    en = "A hearing was asked for and must be held first."


class HearingTimeRuns(DomainError):
    zh = "当事人可在 {until} 前要求听证,期满后方可决定。"
    en = "A hearing may be asked for until {until}: decide after that."


class ReviewMissing(DomainError):
    zh = "须先经法制审核。"
    en = "It must pass legal review first."


class ReviewedAlready(DomainError):
    zh = "已经法制审核。"
    en = "It has passed legal review already."


class PublishedAlready(DomainError):
    zh = "已公开。"
    en = "It has been published already."


class NotPublished(DomainError):
    zh = "未公开或已撤回。"
    en = "It is not published, or was withdrawn."


def _hearing_allowed(thing: Any, _: str, __: date) -> DomainError | None:
    if not thing.hearing_right:
        return NoRightToAHearing()
    if thing.hearing_asked_on:
        return HearingAskedAlready()
    return None if thing.hearing_open else HearingTimeOver(until=thing.hearing_until)


def _hearing_pending(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.hearing_asked_on and not thing.hearing_on else NoHearingPending()


def _heard(thing: Any, _: str, __: date) -> DomainError | None:
    if thing.hearing_asked_on and not thing.hearing_on:
        return HearingNotHeld()
    if thing.hearing_right and not thing.hearing_asked_on and thing.hearing_open:
        return HearingTimeRuns(until=thing.hearing_until)
    return None


def _reviewed(thing: Any, _: str, __: date) -> DomainError | None:
    return ReviewMissing() if thing.hearing_right and not thing.reviewed_by else None


def _absent(column: str, error: type[DomainError]) -> Guard:
    def guard(thing: Any, _: str, __: date) -> DomainError | None:
        return error() if getattr(thing, column) else None

    return guard


def _public(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.published_on and not thing.withdrawn_on else NotPublished()


def _in(*names: str) -> frozenset[str]:
    return frozenset(names)


MACHINE: Machine = {
    "notice": Verb("告知", May.WORK_PENALTIES, _in("filed"), basis=f"{LAW}第四十四条"),
    "state": Verb("陈述申辩", May.ANSWER_PENALTIES, _in("noticed"), basis=f"{LAW}第四十五条"),
    "ask_hearing": Verb(
        "要求听证", May.ANSWER_PENALTIES, _in("noticed"), basis=f"{LAW}第六十三条", guards=(_hearing_allowed,)
    ),
    "hear": Verb(
        "举行听证",
        May.WORK_PENALTIES,
        _in("noticed"),
        basis=f"{LAW}第六十四条",
        guards=(_hearing_pending, other_than("主持听证", "filed_by")),
    ),
    "review": Verb(
        "法制审核",
        May.WORK_PENALTIES,
        _in("noticed"),
        basis=f"{LAW}第五十八条",
        guards=(_absent("reviewed_by", ReviewedAlready), other_than("法制审核", "filed_by")),
    ),
    "decide": Verb(
        "决定",
        May.DECIDE_PENALTIES,
        _in("noticed"),
        basis=f"{LAW}第五十七条",
        guards=(other_than("决定", "filed_by"), _heard, _reviewed),
    ),
    "deliver": Verb("送达", May.WORK_PENALTIES, _in("decided"), basis=f"{LAW}第六十一条"),
    "execute": Verb("执行", May.WORK_PENALTIES, _in("delivered"), basis=f"{LAW}第六十六条"),
    "publish": Verb(
        "公开",
        May.WORK_PENALTIES,
        _in("delivered", "executed", "closed"),
        basis=f"{LAW}第四十八条",
        guards=(_absent("published_on", PublishedAlready),),
    ),
    "withdraw": Verb(
        "撤回公开",
        May.WORK_PENALTIES,
        _in("delivered", "executed", "closed"),
        basis=f"{LAW}第四十八条",
        guards=(_public,),
    ),
    "close": Verb("结案", May.WORK_PENALTIES, _in("executed"), basis=f"{LAW}第六十六条"),
    "drop": Verb("撤销案件", May.DECIDE_PENALTIES, _in("filed", "noticed"), basis=f"{LAW}第五十七条"),
}


def hearing_right(parameters: Iterable[Parameter], kind: str, amount: Decimal | None, on: date) -> bool:
    """Art. 63: a large fine or confiscation, revocation of a licence, an order to stop or close."""
    large = Decimal(in_force(parameters, "penalty_large_fine", on).value)
    return kind in HEARD or (kind in ("fine", "confiscation") and amount is not None and amount >= large)


def decision_due(parameters: Iterable[Parameter], filed_on: date) -> date:
    """Art. 60: within ninety days of filing."""
    return filed_on + timedelta(number(parameters, "penalty_decision_days", filed_on))


def delivery_due(parameters: Iterable[Parameter], decided_on: date) -> date:
    """Art. 61 with 85: within seven working days."""
    return add_working_days(decided_on, number(parameters, "penalty_delivery_days", decided_on))


def hearing_until(parameters: Iterable[Parameter], noticed_on: date) -> date:
    """Art. 64 with 85: within five working days of the notice."""
    return add_working_days(noticed_on, number(parameters, "penalty_hearing_days", noticed_on))


def is_barred(parameters: Iterable[Parameter], ended_on: date, discovered_on: date, *, harm: bool) -> bool:
    """Art. 36: not punished when discovered after two years; five where life or health were harmed.

    The time runs from the day the act was done, or ended.
    """
    name = "penalty_limit_years_harm" if harm else "penalty_limit_years"
    years = number(parameters, name, discovered_on)
    day = ended_on.replace(day=28) if (ended_on.month, ended_on.day) == (2, 29) else ended_on
    return discovered_on > day.replace(year=day.year + years)


OFFICE = (Role.SAFETY_OFFICER.value,)
LEADER = (Role.SAFETY_OFFICER.value, Role.LEADER.value)


def ladder(parameters: Iterable[Parameter], case: Any) -> list[Due]:
    """Reminders of the deadlines the law sets."""
    numbers = tuple(parameters)
    if case.state in ("filed", "noticed"):
        soon = case.decision_due - timedelta(number(numbers, "penalty_reminder_days", case.filed_on))
        return [
            Due("decision_due_soon", soon, OFFICE, f"{LAW}第六十条"),
            Due("decision_overdue", case.decision_due + timedelta(1), LEADER, f"{LAW}第六十条"),
        ]
    if case.state == "decided":
        return [Due("delivery_overdue", case.delivery_due + timedelta(1), LEADER, f"{LAW}第六十一条")]
    if case.state == "delivered" and case.execution_due:
        return [Due("execution_overdue", case.execution_due + timedelta(1), LEADER, f"{LAW}第六十六条")]
    return []
