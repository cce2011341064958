"""Handing a child's development information over 发展信息移交: nothing without the guardian's consent. Pure.

A child under fourteen's information is sensitive (个人信息保护法第二十八条、第三十一条): the consent is the guardian's,
for one purpose and one receiver, and may be withdrawn at any time (第十五条); what was written is then erased
(第四十七条).
"""

from datetime import date
from typing import Any

from services.quality.permissions import May
from shared.errors import DomainError
from shared.machine import Machine, Verb, day_of, states

BASIS = "个人信息保护法第二十八条至第三十一条;教基〔2021〕4号"
WITHDRAWING = "个人信息保护法第十五条、第四十七条"


class ConsentHasRunOut(DomainError):
    zh = "监护人同意的有效期至 {until},已届满。"
    en = "The guardian's consent held until {until}."
    hint_zh = "须重新取得监护人单独同意。"
    hint_en = "Ask the guardian for a new one."


def _consent_holds(thing: Any, _: str, on: date) -> DomainError | None:
    return ConsentHasRunOut(until=thing.valid_until) if on > day_of(thing.valid_until) else None


OPEN = states("consented", "prepared", "sent", "received")
WRITTEN = states("prepared", "sent", "received")
MACHINE: Machine = {
    "prepare": Verb("整理", May.KEEP_HANDOVERS, states("consented", "prepared"), "prepared", BASIS, (_consent_holds,)),
    "send": Verb("移交", May.KEEP_HANDOVERS, states("prepared"), "sent", BASIS, (_consent_holds,)),
    "receive": Verb("登记签收", May.KEEP_HANDOVERS, states("sent"), "received", BASIS),
    "read": Verb("查看内容", May.KEEP_HANDOVERS, WRITTEN, "read", BASIS, (_consent_holds,)),
    "withdraw": Verb("登记撤回同意", May.KEEP_HANDOVERS, OPEN, "withdrawn", WITHDRAWING),
}
