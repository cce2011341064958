"""A number of policy depends on the day asked for; no number is a gap in the data, never a reason to guess."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import product

ANY = "*"


@dataclass(frozen=True, slots=True)
class Dated:
    """`value` holds from `since` until `until` (exclusive). None is "without limit"."""

    name: str
    key: str
    value: Decimal | None
    since: date
    until: date
    document: str = ""


def spellings(key: str) -> list[str]:
    """The key and its wildcards, the most exact first: a/b/c, a/b/*, a/*/c, a/*/*."""
    first, *rest = key.split("/")
    options = [(part, ANY) if part != ANY else (ANY,) for part in rest]
    return ["/".join((first, *chosen)) for chosen in product(*options)]


def in_force(numbers: Iterable[Dated], name: str, key: str, on: date) -> Dated | None:
    """The number of that name on that day: the most exact key first, then the latest beginning."""
    held = [each for each in numbers if each.name == name and each.since <= on < each.until]
    for spelled in spellings(key):
        if found := [each for each in held if each.key == spelled]:
            return max(found, key=lambda each: each.since)
    return None
