"""What may be done with a place, and until when. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.registry.admissions.refusals import OfferHasLapsed
from services.registry.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, states

PLACES = "招生办法由区教委公布"


@dataclass(frozen=True, slots=True)
class Place:
    """What of a place decides what may be done with it."""

    state: str
    answer_by: date | None


def _in_time(thing: Any, _: str, on: date) -> DomainError | None:
    """An offer stands through its last day."""
    if thing.state == "offered" and thing.answer_by is not None and on > thing.answer_by:
        return OfferHasLapsed(answer_by=thing.answer_by)
    return None


MACHINE: Machine = {
    "accept": Verb("确认入园", May.ACCEPT_PLACES, states("offered"), "changed", PLACES, (_in_time,)),
    "decline": Verb("放弃", May.DECLINE_PLACES, states("offered"), "changed", PLACES, (_in_time,)),
    # A kindergarten does not know who waits for it, and takes nobody off its list.
    "leave": Verb("退出候补", May.WRITE_APPLICATIONS, states("waiting"), "changed", PLACES),
}
