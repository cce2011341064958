"""What a check found, as a value: batches collect findings, single requests turn an error into a refusal."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault or doubt.

    `code` is stable and kebab-case. An `error` refuses; an `override` refuses unless a reason is given; a `warning`
    is only shown. `rule` is its id in the catalogue of rules, where it has one.
    """

    code: str
    zh: str
    en: str
    severity: Literal["error", "override", "warning"] = "error"
    rule: str = ""
