"""An indicator as data, read and resolved: what is counted, narrowed by what, on which basis. Pure.

`services/registry/data/plan/indicators.json` says what a count may be narrowed by; its `about` tells the format.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from services.registry.indicators.codes import Breakdown, Kind

TOLERANCE = "oversize_tolerance"
BY_PLACE_ONLY = "population"
KINDS = {each.value: each for each in Kind}


class ParameterUnknown(LookupError):
    """The indicator has no parameter of this name."""


class ParameterOutOfRange(ValueError):
    """The indicator's parameter does not take this value."""


@dataclass(frozen=True, slots=True)
class Side:
    """One count: what, narrowed by which conditions, how many years before the day asked for.

    `where` holds (condition, values), a single value as a tuple of one. `changed` counts as if the type of one
    kindergarten were another one.
    """

    count: str
    where: tuple[tuple[str, tuple[str, ...]], ...]
    years_before: int = 0
    changed: bool = False

    def names(self, condition: str) -> bool:
        return any(name == condition for name, _ in self.where)


@dataclass(frozen=True, slots=True)
class Formula:
    """A definition with its parameters chosen: ready to be counted."""

    code: str
    version: int
    kind: Kind
    unit: str
    decimals: int
    numerator: Side
    denominator: Side | None
    parameters: tuple[tuple[str, str], ...]

    @property
    def sides(self) -> tuple[Side, ...]:
        return (self.numerator,) if self.denominator is None else (self.numerator, self.denominator)

    @property
    def scale(self) -> int:
        """What the value is multiplied by to be shown in its unit."""
        return 100 if self.unit == "percent" else 1

    @property
    def needs_an_area(self) -> bool:
        """Whether it can be said of an area only: people live in a town, not in a kindergarten."""
        return any(side.count == BY_PLACE_ONLY for side in self.sides)

    @property
    def nursery_counted(self) -> bool:
        """Whether children of nursery classes (托班, 2 to 3) count; in rates of 3 to 6 they do not."""
        return not any(
            "nursery" in values for side in self.sides for name, values in side.where if name == "class_kind_not"
        )

    @property
    def undivided(self) -> frozenset[Breakdown]:
        """By what it cannot be divided."""
        if self.needs_an_area:
            return frozenset({Breakdown.KINDERGARTEN, Breakdown.TYPE, Breakdown.CLASS_KIND})
        whole = any(side.count == "kindergartens" for side in self.sides)
        return frozenset({Breakdown.CLASS_KIND}) if whole else frozenset()


@dataclass(frozen=True, slots=True)
class Definition:
    """One version of an indicator as the table of indicators holds it."""

    code: str
    version: int
    kind: Kind
    unit: str
    decimals: int
    since: date
    body: Mapping[str, Any]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            code=row["code"],
            version=row["version"],
            kind=KINDS[row["kind"]],
            unit=row["unit"],
            decimals=row["decimals"],
            since=date.fromisoformat(row["since"]),
            body=row["definition"],
        )

    def formula(self, given: Mapping[str, str]) -> Formula:
        """Choose the parameters: what is given, else the definition's default.

        Raises ParameterUnknown for one the indicator does not have, ParameterOutOfRange for a value it does not take.
        """
        allowed: Mapping[str, Any] = self.body["parameters"]
        for name, value in given.items():
            if name not in allowed:
                raise ParameterUnknown(name)
            if allowed[name]["values"] is not None and value not in allowed[name]["values"]:
                raise ParameterOutOfRange(name)
        chosen = {name: str(given.get(name, allowed[name]["default"])) for name in allowed}
        below = self.body["denominator"]
        return Formula(
            self.code,
            self.version,
            self.kind,
            self.unit,
            self.decimals,
            _side(self.body["numerator"], chosen),
            _side(below, chosen) if below else None,
            tuple(sorted(chosen.items())),
        )


def _side(body: Mapping[str, Any], chosen: Mapping[str, str]) -> Side:
    years = 1 if body.get("at") == "one_year_before" else 0
    where: list[tuple[str, tuple[str, ...]]] = []
    for name, said in body["where"].items():
        value = _value(said, chosen)
        if name == "school_year":  # entrants are counted from the first day of the year up to the same day in each
            years = 1 if value == "previous" else 0
        elif name == "size":
            where.append((name, (str(value), chosen.get(TOLERANCE, "0"))))
        elif value is not None:
            where.append((name, tuple(value) if isinstance(value, list) else (str(value),)))
    return Side(body["count"], tuple(where), years)


def _value(said: Any, chosen: Mapping[str, str]) -> Any:
    """The value itself, or what the named parameter says (`{"parameter": p}`, perhaps through a table of values)."""
    if not isinstance(said, Mapping):
        return said
    value = chosen[said["parameter"]]
    return said.get(value, value)
