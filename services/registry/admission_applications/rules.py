"""What may be done with an application, and how far each wish is from home. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.admission_rounds.rules import WORDS, takes_applications
from services.registry.admissions.priorities import band, distance
from services.registry.admissions.refusals import RoundIsFixed
from services.registry.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, states

APPLYING = "招生办法由区教委公布;学前教育法第十五条(不得考试或者测试)"


@dataclass(frozen=True, slots=True)
class Application:
    """What of an application, and of its round, decides what may be done with it."""

    state: str
    round_state: str
    opens_on: date
    closes_on: date


def _taken(thing: Any, _: str, on: date) -> DomainError | None:
    return takes_applications(thing.round_state, thing.opens_on, thing.closes_on, on)


def _not_published(thing: Any, _: str, __: date) -> DomainError | None:
    """Until the inputs are published, and so after the last day of applications too."""
    if thing.round_state == "open":
        return None
    return RoundIsFixed(state=thing.round_state, state_zh=WORDS[thing.round_state])


MACHINE: Machine = {
    "change": Verb("修改志愿", May.WRITE_APPLICATIONS, states("filed"), "changed", APPLYING, (_taken,)),
    "withdraw": Verb("撤回报名", May.WRITE_APPLICATIONS, states("filed"), "changed", APPLYING, (_taken,)),
    "declare": Verb("补充声明", May.WRITE_APPLICATIONS, states("filed"), "changed", APPLYING, (_taken,)),
    "check": Verb("审核声明", May.CHECK_DECLARATIONS, states("filed"), "changed", APPLYING, (_not_published,)),
}


def bands(
    home: tuple[float, float] | None, places: Sequence[tuple[float, float] | None], ends: Sequence[int]
) -> list[int | None]:
    """The band of distance of each place; None where either end of the way is not known."""
    return [None if home is None or place is None else band(distance(home, place), ends) for place in places]
