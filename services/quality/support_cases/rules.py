"""帮扶: a plan with goals and who answers for them, reviews in time, release when it is weak no more. Pure."""

from datetime import date
from typing import Any, Final

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, other_than, states

BASIS: Final = "行动计划(怀政办发〔2023〕16号)三(三)4"


class StillWeakByTheRule(DomainError):
    zh = "按现行规则该园仍为薄弱园,不能解除。"
    en = "By the rule in force it is weak still."
    hint_zh = "GET /v1/weak-kindergartens 列出依据。"
    hint_en = "GET /v1/weak-kindergartens says for what reasons."


class ReviewComesFirst(DomainError):
    zh = "解除前须至少评议一次。"
    en = "It is reviewed at least once before it is released."


def _strong_again(thing: Any, _: str, __: date) -> DomainError | None:
    if thing.reviewed_on is None:
        return ReviewComesFirst()
    return StillWeakByTheRule() if thing.still_weak else None


MACHINE: Machine = {
    "plan": Verb("制定帮扶方案", May.ORGANISE_SUPPORT, states("identified", "planned"), "planned", BASIS),
    "review": Verb("评议", May.ORGANISE_SUPPORT, states("planned"), "reviewed", BASIS),
    "release": Verb(
        "解除",
        May.RELEASE_SUPPORT,
        states("planned"),
        "released",
        BASIS,
        (other_than("解除", "identified_by"), _strong_again),
    ),
}
