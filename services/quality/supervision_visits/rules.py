"""Visits and their issues. Pure."""

from datetime import date

from services.quality.permissions import May
from shared.machine import Machine, Verb, states

BASIS = "幼儿园责任督学挂牌督导办法(教督〔2019〕3号)"
MACHINE: Machine = {
    "answer": Verb("反馈整改", May.ANSWER_ISSUES, states("open"), "answered", BASIS),
    "close": Verb("复查销号", May.VISIT, states("answered"), "closed", BASIS),
    "reopen": Verb("复查未通过", May.VISIT, states("answered"), "reopened", BASIS),
}


def month_of(day: date) -> tuple[date, date]:
    """The first day of the month and of the next: one visit a month is counted by calendar months (D6.4)."""
    first = day.replace(day=1)
    return first, date(first.year + first.month // 12, first.month % 12 + 1, 1)


def is_missing(visits: int, least: int, month: date, on: date) -> bool:
    """QUA-01: a month that is over without enough visits. The running month is not over."""
    return visits < least and month_of(month)[1] <= on
