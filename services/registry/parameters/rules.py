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
    key: str
    value: str
    document: str
    article: str
    since: date
    until: date | None
    tag: Literal["verified", "known", "uncertain", "illustrative"]

    @classmethod
    def read(cls, row: Mapping[str, str | None]) -> Self:
        """From one row of the parameters document (`effective_from`, `effective_to`)."""
        until = row["effective_to"]
        return cls(
            name=row["name"] or "",
            key=row["key"] or "",
            value=row["value"] or "",
            document=row["document"] or "",
            article=row["article"] or "",
            since=date.fromisoformat(row["effective_from"] or ""),
            until=date.fromisoformat(until) if until else None,
            tag=row["tag"],  # type: ignore[arg-type]  # the document's tag; a test checks every row
        )

    @property
    def number(self) -> Decimal:
        return Decimal(self.value)


def in_force(parameters: Iterable[Parameter], name: str, on: date, key: str = "") -> Parameter:
    """The parameter of that name and key on that day. Raises NoParameterInForce.

    Of several in force the latest wins: a newer document replaces an older one that was never formally ended.
    """
    held = [
        p for p in parameters if p.name == name and p.key == key and p.since <= on and (p.until is None or on < p.until)
    ]
    if not held:
        raise NoParameterInForce(name=f"{name} {key}".strip(), on=on.isoformat())
    return max(held, key=lambda p: p.since)
