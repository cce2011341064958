"""Findings of the rules as answers: refusals in the catalogue, faults of input with their pointers."""

from collections.abc import Iterable

from services.registry.findings import Finding
from shared.errors import CATALOGUE, DomainError, Fault, InvalidInput, rule


def named(*findings: Finding) -> tuple[str, ...]:
    """Put findings that can refuse a request into the catalogue; the names are what `problems(constraints=…)` takes."""
    return tuple(rule(each.code.replace("-", "_"), f"{each.zh}。", f"{each.en}.") for each in findings)


class RuleRefuses(DomainError):
    """A finding that was given to `named` says no; its code and sentences are the answer."""

    zh = "规则不允许。"
    en = "A rule does not allow it."

    def __init__(self, finding: Finding, *, pointer: str | None = None) -> None:
        super().__init__(pointer=pointer, extra={"rule": finding.rule} if finding.rule else None)
        self.sentence = CATALOGUE[finding.code]


def faults_at(pointer: str, findings: Iterable[Finding]) -> list[Fault]:
    """Findings about one field of the input."""
    return [Fault(pointer, each.code, f"{each.zh}。", f"{each.en}.") for each in findings]


def refuse(faults: list[Fault]) -> None:
    """Raise `InvalidInput` naming every fault, if there is any."""
    if faults:
        raise InvalidInput(reason_zh=faults[0].zh, reason_en=faults[0].en, faults=faults)
