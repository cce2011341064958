"""The life of an intake round: what may be done in which state, and on which day. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.admissions.codes import RoundState
from services.registry.admissions.refusals import (
    DeclarationsUnchecked,
    OffersOpen,
    RoundHasNoSeats,
    RoundStillRunning,
    RoundTakesNoApplications,
)
from services.registry.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, states

ORDER = "学前教育法第十三条;招生办法由区教委公布"
WORDS = {each.value: each.zh for each in RoundState}


@dataclass(frozen=True, slots=True)
class Round:
    """What of a round decides what may be done with it."""

    state: str
    closes_on: date
    seats: int
    unchecked: int
    unanswered: int


def _has_seats(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.seats else RoundHasNoSeats()


def _is_over(thing: Any, _: str, on: date) -> DomainError | None:
    return None if on > thing.closes_on else RoundStillRunning(closes_on=thing.closes_on)


def _is_checked(thing: Any, _: str, __: date) -> DomainError | None:
    return DeclarationsUnchecked(count=thing.unchecked) if thing.unchecked else None


def _is_answered(thing: Any, _: str, __: date) -> DomainError | None:
    return OffersOpen(count=thing.unanswered) if thing.unanswered else None


MACHINE: Machine = {
    "edit": Verb("修改", May.RUN_ADMISSION_ROUNDS, states("draft"), "changed", ORDER),
    "set_seats": Verb("设定学位", May.RUN_ADMISSION_ROUNDS, states("draft"), "changed", ORDER),
    "open": Verb("公布并开始报名", May.RUN_ADMISSION_ROUNDS, states("draft"), "changed", ORDER, (_has_seats,)),
    "close": Verb(
        "截止并公布输入", May.RUN_ADMISSION_ROUNDS, states("open"), "changed", ORDER, (_is_over, _is_checked)
    ),
    "allocate": Verb("分配学位", May.RUN_ADMISSION_ROUNDS, states("closed"), "changed", ORDER),
    "end": Verb("结束", May.RUN_ADMISSION_ROUNDS, states("allocated"), "changed", ORDER, (_is_answered,)),
}


def takes_applications(state: str, opens_on: date, closes_on: date, on: date) -> DomainError | None:
    """Why a round takes no application on that day; None when it does."""
    if state == RoundState.OPEN and opens_on <= on <= closes_on:
        return None
    return RoundTakesNoApplications(state=state, state_zh=WORDS[state], opens_on=opens_on, closes_on=closes_on)
