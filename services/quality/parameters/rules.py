"""A number of policy is a dated value with the document that set it; what is in force depends on the day asked for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, Self

from shared.parameters import NoParameterInForce


@dataclass(frozen=True, slots=True)
class Parameter:
    """`value` holds from `since` until `until` (exclusive; None: still).

    `illustrative` marks a value chosen so that the software runs: it has no authority and is shown as such.
    """

    name: str
    value: str
    unit: str
    label_zh: str
    document: str
    article: str
    since: date
    until: date | None
    tag: Literal["verified", "known", "uncertain", "illustrative"]

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Self:
        """From one row of the parameters file."""
        return cls(
            name=row["name"],
            value=row["value"],
            unit=row["unit"],
            label_zh=row["label_zh"],
            document=row["document"],
            article=row["article"],
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(row["until"]) if row["until"] else None,
            tag=row["tag"],  # type: ignore[arg-type]  # the file's tag; a test checks every row
        )


def in_force(parameters: Iterable[Parameter], name: str, on: date) -> Parameter:
    """The parameter of that name on that day, the latest of several. Raises NoParameterInForce."""
    found = [p for p in parameters if p.name == name and p.since <= on and (p.until is None or on < p.until)]
    if not found:
        raise NoParameterInForce(name=name, on=on.isoformat())
    return max(found, key=lambda p: p.since)


def number(parameters: Iterable[Parameter], name: str, on: date) -> int:
    """The whole number in force."""
    return int(Decimal(in_force(parameters, name, on).value))
