"""Class and kindergarten size. Standards are dated parameters; what exceeds them is flagged, not refused.

Only the hard limit refuses, and it is the district's own setting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from services.registry.classes.codes import ClassKind
from services.registry.findings import Finding
from services.registry.parameters.rules import Parameter, in_force

OVERSIZE = Finding(
    "class-oversize", "大班额：在班人数超过班额标准", "The class has more children than its standard", "warning"
)
SERIOUSLY_OVERSIZE = Finding(
    "class-seriously-oversize",
    "严重大班额：在班人数超过班额标准的比例过高",
    "The class exceeds its standard by more than the tolerated share",
    "warning",
)
KINDERGARTEN_OVERSIZE = Finding(
    "kindergarten-oversize",
    "幼儿园规模一般不超过规定人数",
    "A kindergarten normally has no more children than the rules say",
    "warning",
)
CLASS_FULL = Finding("class-full", "班级人数已达硬上限", "The class has reached its hard limit")


@dataclass(frozen=True, slots=True)
class Size:
    """What a class of one kind may hold on a day, with the authority of the standard."""

    standard: int
    tolerance: int
    hard_limit: int
    document: str
    article: str


def class_size(parameters: Sequence[Parameter], kind: ClassKind, on: date) -> Size:
    """班额 (幼儿园工作规程 art. 11): 小班 25, 中班 30, 大班 35, 混合班 30; 托班 20 (托育机构设置标准).

    The hard limit is the standard times a factor of the district, rounded up; the factor is illustrative.
    Raises NoParameterInForce.
    """
    standard = in_force(parameters, "class_size", on, kind)
    tolerance = in_force(parameters, "oversize_tolerance", on)
    factor = in_force(parameters, "hard_limit_factor", on)
    return Size(
        standard=int(standard.number),
        tolerance=int(tolerance.number),
        hard_limit=ceil(standard.number * factor.number),
        document=standard.document,
        article=standard.article,
    )


def is_oversize(children: int, standard: int, tolerance: int = 0) -> bool:
    """大班额: more children than the standard and the tolerance of the district allow."""
    return children > standard + tolerance


def class_findings(parameters: Sequence[Parameter], kind: ClassKind, children: int, on: date) -> list[Finding]:
    """A class above its standard is 大班额; above it by more than the parameter's share it is serious."""
    size = class_size(parameters, kind, on)
    if not is_oversize(children, size.standard, size.tolerance):
        return []
    share = in_force(parameters, "oversize_serious_share", on).number
    return [SERIOUSLY_OVERSIZE if children > size.standard * (1 + share) else OVERSIZE]


def admission_refusal(children: int, hard_limit: int) -> Finding | None:
    """One more child is refused when the class already holds its hard limit."""
    return CLASS_FULL if children >= hard_limit else None


def kindergarten_findings(parameters: Sequence[Parameter], children: int, on: date) -> list[Finding]:
    """幼儿园规模一般不超过 360 人 (art. 11): normally, so it warns."""
    return [KINDERGARTEN_OVERSIZE] if children > in_force(parameters, "kindergarten_size", on).number else []
