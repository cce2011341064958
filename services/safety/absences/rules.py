"""A child that was away long is examined before it returns (SAF-14). Pure."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.safety.parameters.rules import Parameter, number
from services.safety.permissions import May
from services.safety.timers.rules import months_after
from shared.errors import DomainError
from shared.machine import Machine, Verb

CARE = "托儿所幼儿园卫生保健工作规范(卫妇社发〔2012〕35号)"
FOLLOWING = f"{CARE}·缺勤追踪"
RETURNING = f"{CARE}:离园三个月以上的儿童,重新体检后方可返园"
SCHOOL_MOVES = frozenset({"graduated", "promotion", "regrouping"})  # ends of an enrolment after which nobody is away


class HealthExamNeeded(DomainError):
    zh = "幼儿自 {since} 起未到园,{until} 之后返园须先体检合格(SAF-14)。"
    en = "The child was last there on {since}: to return after {until} it must pass a health examination (SAF-14)."
    hint_zh = "请先登记离园期间的体检:POST /v1/health-exams。"
    hint_en = "Record the examination made meanwhile: POST /v1/health-exams."


def last_return_without_exam(parameters: Iterable[Parameter], last_present_on: date, on: date) -> date:
    """The last day a child may return on without a new examination: so many months after it was last there.

    *More than* three months (离园超过三个月): the day of the same number in the third month is still free; where that
    month is shorter, its last day.
    """
    return months_after(last_present_on, number(parameters, "absence_exam_months", on))


def _examined(thing: Any, _: str, __: date) -> DomainError | None:
    if not thing.blocked:
        return None
    return HealthExamNeeded(since=thing.last_present_on, until=thing.free_until)


AWAY = frozenset({"away"})
MACHINE: Machine = {
    "follow_up": Verb("缺勤追踪", May.WRITE_ROUTINES, AWAY, basis=FOLLOWING),
    "return": Verb("返园", May.WRITE_ROUTINES, AWAY, basis=RETURNING, guards=(_examined,)),
    "withdraw": Verb("撤销", May.WRITE_ROUTINES, AWAY, basis=FOLLOWING),
}
