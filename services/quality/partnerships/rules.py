"""一体化、拉手、结对: reviewed in time, ended with a reason; its effect is a comparison, not a cause. Pure."""

from datetime import date
from typing import Any, Final

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, states

BASIS: Final = "行动计划(怀政办发〔2023〕16号)三(三)4"


class PartnershipHasNotBegun(DomainError):
    zh = "结对自 {since} 起生效。"
    en = "The partnership begins on {since}."


def _has_begun(thing: Any, _: str, on: date) -> DomainError | None:
    return PartnershipHasNotBegun(since=thing.since) if on < day_of(thing.since) else None


MACHINE: Machine = {
    "review": Verb("评议", May.ORGANISE_SUPPORT, states("agreed"), "reviewed", BASIS, (_has_begun,)),
    "end": Verb("终止", May.ORGANISE_SUPPORT, states("agreed"), "ended", BASIS),
}
