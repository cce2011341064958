"""The rules of the registry as they are served: which held on a day, with the numbers they read. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from services.registry.parameters.rules import Parameter
from services.registry.posts.rules import StaffRule


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule and where it is applied: paths of this service, or another's."""

    rule: StaffRule
    where: tuple[str, ...]

    @classmethod
    def read(cls, row: Mapping[str, str], where: str = "") -> Self:
        return cls(StaffRule.read(dict(row)), tuple((row.get("where") or where).split()))


def standing(entries: Iterable[Entry], on: date) -> list[Entry]:
    """The rules in force on a day, in the order of their ids."""
    held = [each for each in entries if each.rule.since <= on < each.rule.until]
    return sorted(held, key=lambda each: each.rule.rule)


def read_by(entry: Entry, parameters: Sequence[Parameter], on: date) -> Iterator[Parameter]:
    """The numbers in force on a day that the rule reads; of one name and key the latest."""
    latest: dict[tuple[str, str], Parameter] = {}
    for each in sorted(parameters, key=lambda found: found.since):
        if each.name in entry.rule.parameters and each.since <= on and (each.until is None or on < each.until):
            latest[each.name, each.key] = each
    yield from latest.values()
