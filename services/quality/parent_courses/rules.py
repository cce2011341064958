"""超前伴随式家长培训: a course is held before the stage it is about begins. Pure."""

from datetime import date
from typing import Any

from services.quality.permissions import May
from services.quality.school_years import month_in
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, states

BASIS = "家庭教育促进法第三十九条至第四十一条;行动计划(怀政办发〔2023〕16号)三(三)1"


class SessionIsYetToCome(DomainError):
    zh = "该课程定于 {on},尚未开展。"
    en = "The session is on {on}: it has not been held."


def need_day(school_year: int, needed_month: int) -> date:
    """The day on which what the course is about begins to matter: first of the month in that school year."""
    return month_in(school_year, needed_month)


def is_ahead(on: date, school_year: int, needed_month: int) -> bool:
    """Held before the need begins; on its first day it comes too late."""
    return on < need_day(school_year, needed_month)


def _has_come(thing: Any, _: str, on: date) -> DomainError | None:
    return SessionIsYetToCome(on=thing.on) if on < day_of(thing.on) else None


MACHINE: Machine = {
    "enrol": Verb("登记报名", May.KEEP_FAMILIES, states("scheduled"), "enrolled", BASIS),
    "hold": Verb("登记开展", May.KEEP_FAMILIES, states("scheduled"), "held", BASIS, (_has_come,)),
    "cancel": Verb("取消", May.KEEP_FAMILIES, states("scheduled"), "cancelled", BASIS),
    "hear": Verb("登记反馈", May.KEEP_FAMILIES, states("held"), "heard", BASIS),
}
