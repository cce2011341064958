"""薄弱园: which kindergartens need support, by a dated rule over facts on record, with the reasons. Pure.

The rule's numbers are data (`data/weak_rules.csv`): the district sets its own, those of this release are illustrative.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Self

from shared.parameters import NoParameterInForce

COUNT: Final = "reasons"


@dataclass(frozen=True, slots=True)
class WeakFacts:
    """What is on record of a kindergarten on a day; None where it is not known, which is no reason."""

    inspection: str | None = None
    grade: str | None = None
    children: int | None = None
    staff: int = 0
    carers: int = 0
    large_classes: int = 0
    major_hazards: int = 0
    account_alerts: int = 0
    ethics_cases: int = 0
    style_cases: int = 0


@dataclass(frozen=True, slots=True)
class WeakRule:
    """One edition: a threshold for each reason, which of them decide alone, and how many of the others it takes."""

    edition: str
    thresholds: Mapping[str, int]
    decisive: frozenset[str]
    least: int

    @classmethod
    def in_force(cls, rows: Iterable[Mapping[str, str]], on: date) -> Self:
        """The edition in force on that day, the latest of several. Raises NoParameterInForce."""
        held = [
            row
            for row in rows
            if row["since"] <= on.isoformat() and (not row["until"] or on.isoformat() < row["until"])
        ]
        if not held:
            raise NoParameterInForce(name="weak_rules", on=on.isoformat())
        latest = max(held, key=lambda row: row["since"])["edition"]
        own = {row["code"]: row for row in held if row["edition"] == latest}
        least = int(own.pop(COUNT)["threshold"])
        decisive = frozenset(code for code, row in own.items() if row["decisive"] == "yes")
        return cls(latest, {code: int(row["threshold"]) for code, row in own.items()}, decisive, least)


def too_few(children: int | None, people: int, most: int) -> bool:
    """More children to a person than the rule allows; without children on record nothing is said."""
    return bool(children) and (people == 0 or Decimal(children or 0) / people > most)


def reasons(facts: WeakFacts, rule: WeakRule) -> list[str]:
    """The reasons that hold, in the order of the rule."""
    at = rule.thresholds
    checks = {
        "inspection_failed": facts.inspection == "failed",
        "inspection_conditional": facts.inspection == "conditional",
        "grade_unqualified": facts.grade == "unqualified",
        "staff_ratio": too_few(facts.children, facts.staff, at.get("staff_ratio", 0)),
        "care_ratio": too_few(facts.children, facts.carers, at.get("care_ratio", 0)),
        "large_classes": facts.large_classes >= at.get("large_classes", 1),
        "major_hazard": facts.major_hazards >= at.get("major_hazard", 1),
        "account_alert": facts.account_alerts >= at.get("account_alert", 1),
        "ethics": facts.ethics_cases >= at.get("ethics", 1),
        "primary_style": facts.style_cases >= at.get("primary_style", 1),
    }
    return [code for code, holds in checks.items() if holds and code in at]


def is_weak(found: Iterable[str], rule: WeakRule) -> bool:
    """One reason that decides alone, or enough of the others."""
    found = list(found)
    return any(code in rule.decisive for code in found) or len(found) >= rule.least
