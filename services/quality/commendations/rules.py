"""评优评先: no commendation for whom the year's record bars. Pure."""

from datetime import date
from typing import Any

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, other_than, states

BASIS = "行动计划(怀政办发〔2023〕16号)三(二)2-d:督导与年检结果作为评优评先依据"


class CommendationBarred(DomainError):
    zh = "该园当年有一票否决或不合格结论,取消评优资格。"
    en = "The record of that year bars the kindergarten from commendations."
    hint_zh = "facts 列出依据;申诉成立后恢复。"
    hint_en = "`facts` says on what grounds; an appeal upheld restores it."


class PublicityRuns(DomainError):
    zh = "公示期({until})未满。"
    en = "The publicity runs until {until}."


def _not_barred(thing: Any, _: str, __: date) -> DomainError | None:
    return CommendationBarred() if thing.barred else None


def _publicity_over(thing: Any, _: str, on: date) -> DomainError | None:
    return PublicityRuns(until=thing.publicity_until) if on <= day_of(thing.publicity_until) else None


MACHINE: Machine = {
    "publicise": Verb("公示", May.PUBLICISE_COMMENDATIONS, states("nominated"), "publicised", BASIS, (_not_barred,)),
    "award": Verb(
        "授予",
        May.AWARD_COMMENDATIONS,
        states("publicised"),
        "awarded",
        BASIS,
        (_not_barred, _publicity_over, other_than("授予", "nominated_by", "publicised_by")),
    ),
    "refuse": Verb("不予授予", May.PUBLICISE_COMMENDATIONS, states("nominated", "publicised"), "refused", BASIS),
    "revoke": Verb("撤销", May.AWARD_COMMENDATIONS, states("awarded"), "revoked", BASIS),
}
