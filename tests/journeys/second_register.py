"""The registry a second time, from its event log alone: no import from the service, no SQL.

Facts are folded in the order of the feed; what a day looked like is then read off the periods they leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

OPEN_END = "9999-12-31"
Dated = dict[str, dict[str, tuple[str, str]]]  # by kindergarten and period: since when, and what


def school_year(on: date) -> int:
    return on.year - (on < date(on.year, 9, 1))


def age_at_cut_off(birth: date, year: int) -> int:
    """Full years on 31 August before the school year begins."""
    return year - birth.year - ((birth.month, birth.day) > (8, 31))


@dataclass
class SecondRegister:
    enrolments: dict[str, dict[str, Any]] = field(default_factory=dict)
    classes: dict[str, dict[str, Any]] = field(default_factory=dict)
    types: Dated = field(default_factory=dict)
    statuses: Dated = field(default_factory=dict)

    @classmethod
    def replay(cls, events: Iterable[Mapping[str, Any]]) -> "SecondRegister":
        made = cls()
        for event in events:
            made.fold(event["type"], event["subject"], event["data"])
        return made

    def fold(self, kind: str, subject: str, said: dict[str, Any]) -> None:
        folder = subject.split("/", maxsplit=1)[0]
        if kind in ("registry.enrolment.withdrawn", "registry.class.removed"):
            getattr(self, folder).pop(said["id"], None)
        elif kind.startswith(("registry.enrolment.", "registry.class.")):
            getattr(self, folder)[said["id"]] = said
        elif kind == "registry.kindergarten.type_recorded":
            self.types.setdefault(subject.split("/")[1], {})[said["id"]] = (said["since"], said["type"])
        elif kind == "registry.kindergarten.status_recorded":
            self.statuses.setdefault(subject.split("/")[1], {})[said["id"]] = (said["since"], said["status"])

    def enrolled(self, on: date) -> set[str]:
        return {key for key, each in self.enrolments.items() if stands(each, on)}

    def rooms(self, on: date) -> set[str]:
        return {key for key, each in self.classes.items() if stands(each, on)}

    def standing(self, dated: Dated, on: date) -> dict[str, str]:
        """By kindergarten the value that began last by that day."""
        found = {}
        for key, periods in dated.items():
            if begun := [each for each in periods.values() if each[0] <= on.isoformat()]:
                found[key] = max(begun)[1]
        return found

    def shares(self, on: date, births: Mapping[str, date], population: int) -> dict[str, tuple[int, int]]:
        """The three targets: numerator and denominator."""
        types, year = self.standing(self.types, on), school_year(on)
        preschool = [self.enrolments[key] for key in self.enrolled(on)]
        preschool = [each for each in preschool if each["class_kind"] != "nursery"]
        public = sum(types[each["kindergarten"]] == "public" for each in preschool)
        inclusive = sum(types[each["kindergarten"]] == "inclusive_private" for each in preschool)
        of_age = sum(3 <= age_at_cut_off(births[each["child"]], year) <= 5 for each in preschool)
        return {
            "enrolment_rate_3y": (of_age, population),
            "inclusive_coverage": (public + inclusive, len(preschool)),
            "public_share": (public, len(preschool)),
        }


def stands(period: Mapping[str, Any], on: date) -> bool:
    return bool(period["since"] <= on.isoformat() < (period["until"] or OPEN_END))
