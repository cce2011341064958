"""What is asked of the register as a whole, whose it is to mend, and what it costs a kindergarten's score. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from services.registry.parameters.rules import Parameter, in_force
from services.registry.permissions import May
from services.registry.posts.codes import Severity
from shared.contracts.roles import Role
from shared.machine import Machine, Verb, states

WHOLE = 100
ROLES = {each.value: each for each in Role}
SEVERITIES = {each.value: each for each in Severity}
BASIS = "登记质量要求（示例，待区教委确定）"
MACHINE: Machine = {
    "dismiss": Verb("说明", May.JUDGE_DATA_QUALITY, states("open"), "dismissed", BASIS),
    "reopen": Verb("撤销说明", May.JUDGE_DATA_QUALITY, states("dismissed"), "reopened", BASIS),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: `rule` is the law's rule it serves, if any; the fix is the request that mends what it finds."""

    code: str
    rule: str | None
    severity: Severity
    owner: Role
    fix_method: str
    fix_path: str
    zh: str
    en: str
    basis: str

    @classmethod
    def read(cls, row: Mapping[str, str]) -> Self:
        return cls(
            code=row["code"],
            rule=row["rule"] or None,
            severity=SEVERITIES[row["severity"]],
            owner=ROLES[row["owner"]],
            fix_method=row["fix_method"],
            fix_path=row["fix_path"],
            zh=row["title_zh"],
            en=row["title_en"],
            basis=row["basis"],
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What a check found: the address of the row at fault, where it belongs, and what its mending needs to know."""

    code: str
    subject: str
    division: str
    kindergarten: str | None = None
    related: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)


def points(parameters: Sequence[Parameter], severity: str, on: date) -> int:
    """What one open finding of that severity takes from the score (illustrative, dated)."""
    return int(in_force(parameters, "data_quality_points", on, severity).number)


def score(lost: int) -> int:
    """A hundred less what the open findings take, never below nothing."""
    return max(0, WHOLE - lost)


def days_open(since: date, on: date) -> int:
    """How old a finding is: the day it was found counts nothing."""
    return (on - since).days
