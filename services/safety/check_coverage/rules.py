"""Which self-checks a term asks for, and from when they are counted one by one. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from services.safety.checklists.rules import ended, period, term


@dataclass(frozen=True, slots=True)
class Version:
    """One published version of a checklist; `until` is exclusive, None: still in force."""

    code: str
    period: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked of every kindergarten in a term before a day.

    `due` is each check by code and first day. Checks of a code that began before `live` are told by months; those
    since are counted one by one, for one of them may not be over yet.
    """

    since: date
    until: date
    due: tuple[tuple[str, date], ...]
    live: tuple[tuple[str, date], ...]


def asked(versions: Iterable[Version], on: date) -> Asked:
    """The checks of the term of that day whose periods were over before it, as `find_missed` finds them."""
    span, known = term(on), tuple(versions)
    due: set[tuple[str, date]] = set()
    live: dict[str, date] = {}
    for each in known:
        first, last = max(span.first, each.since), min(on, each.until or on)
        due.update((each.code, one.first) for one in ended(each.period, first, last))
        begun = max(period(each.period, on).first, span.first).replace(day=1)
        live[each.code] = min(live.get(each.code, begun), begun)
    return Asked(span.first, on, tuple(sorted(due)), tuple(sorted(live.items())))
