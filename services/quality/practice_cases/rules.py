"""经验交流: cases enter the library when another person accepts them; seminars are held on or after their day. Pure."""

from datetime import date
from typing import Any, Final

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

BASIS: Final = "行动计划(怀政办发〔2023〕16号)三(三)1"
_OTHER = (other_than("审定", "submitted_by"),)
CASES: Machine = {
    "accept": Verb("入库", May.ACCEPT_PRACTICE, states("submitted"), "accepted", BASIS, _OTHER),
    "decline": Verb("不入库", May.ACCEPT_PRACTICE, states("submitted"), "declined", BASIS, _OTHER),
    "withdraw": Verb("撤回", May.SUBMIT_PRACTICE, states("submitted", "accepted"), "withdrawn", BASIS),
}


class SeminarIsYetToCome(DomainError):
    zh = "该研讨定于 {on},尚未开展。"
    en = "The seminar is on {on}: it has not been held."


def _has_come(thing: Any, _: str, on: date) -> DomainError | None:
    return SeminarIsYetToCome(on=thing.on) if on < day_of(thing.on) else None


SEMINARS: Machine = {
    "hold": Verb("登记开展", May.ACCEPT_PRACTICE, states("planned"), "held", BASIS, (_has_come,)),
    "cancel": Verb("取消", May.ACCEPT_PRACTICE, states("planned"), "cancelled", BASIS),
}
