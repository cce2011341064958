"""工作室 of principals and teachers: members, term, tasks, results, review. Pure."""

from datetime import date
from typing import Any

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

BASIS = "行动计划(怀政办发〔2023〕16号)三(四)2-h"


class StudioTermOver(DomainError):
    zh = "工作室周期({until})已满。"
    en = "The term of the studio ended on {until}."


class NoResultsYet(DomainError):
    zh = "尚无成果可考核。"
    en = "There is no result to review yet."


def _in_term(thing: Any, _: str, on: date) -> DomainError | None:
    return StudioTermOver(until=thing.until) if on >= day_of(thing.until) else None


def _has_results(thing: Any, _: str, __: date) -> DomainError | None:
    return None if thing.result_count else NoResultsYet()


MACHINE: Machine = {
    "set_members": Verb("确定成员", May.KEEP_STUDIOS, states("running"), "members_set", BASIS, (_in_term,)),
    "record_result": Verb("登记成果", May.KEEP_STUDIOS, states("running"), "result_recorded", BASIS),
    "review": Verb(
        "考核",
        May.REVIEW_STUDIOS,
        states("running"),
        "reviewed",
        BASIS,
        (other_than("考核", "host_account"), _has_results),
    ),
    "renew": Verb(
        "续期", May.REVIEW_STUDIOS, states("reviewed"), "renewed", BASIS, (other_than("续期", "host_account"),)
    ),
    "close": Verb("结束", May.REVIEW_STUDIOS, states("running", "reviewed"), "closed", BASIS),
}
