"""Who may found and control a kindergarten, and with what (学前教育法 arts 34, 44). Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from services.registry.founders.codes import FounderAssets
from shared.errors import DomainError

PUBLIC_ASSETS = frozenset({FounderAssets.FISCAL, FounderAssets.STATE, FounderAssets.COLLECTIVE, FounderAssets.DONATED})
WHOLE = Decimal(100)
Held = tuple[Decimal, date, date]  # a share, from a day until another


class FounderBarred(DomainError):
    """Nothing is told of why."""

    zh = "该人员不得举办或控制幼儿园(REG-13,学前教育法第四十四条)。"
    en = "REG-13 forbids it: this person may neither found nor control a kindergarten (学前教育法 art. 44)."
    hint_zh = "请与区级教育行政部门联系。"
    hint_en = "Ask the district's education department."


class SharesExceedWhole(DomainError):
    zh = "自{day}起举办者出资比例合计将达{total}%,超过100%。"
    en = "The founders' shares would come to {total} % from {day} on: more than the whole."


class FounderHasEnded(DomainError):
    zh = "该记录已于 {until} 终止。"
    en = "It has ended already, on {until}."


def exceeding(held: Iterable[Held], share: Decimal, since: date, until: date) -> tuple[date, Decimal] | None:
    """The first day on which the shares would be more than the whole, and what they would come to; None if never."""
    found = [each for each in held if each[1] < until and since < each[2]]
    days = sorted({since, *(begins for _, begins, _ in found if begins > since)})
    for day in days:
        total = share + sum((part for part, begins, ends in found if begins <= day < ends), Decimal())
        if total > WHOLE:
            return day, total
    return None
