"""What a measurement says, and how a table of them is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Result:
    """One line: so many a second; for what is beside a limit, which share of it, and which share was the aim."""

    what: str
    rate: float
    unit: str
    of: str = ""
    share: float | None = None
    aim: float | None = None
    note: str = ""


def table(found: Iterable[Result]) -> str:
    lines = [f"\n{'':<58}{'a second':>12}  {'ratio':>6} {'aim':>5}\n"]
    for each in found:
        share = f"{each.share:6.3f}" if each.share is not None else " " * 6
        aim = f"{each.aim:5.2f}" if each.aim is not None else " " * 5
        lines.append(f"{each.what:<58}{each.rate:>12,.0f}  {share} {aim}  {each.unit}{_rest(each)}\n")
    return "".join(lines)


def _rest(each: Result) -> str:
    return "".join(f", {said}" for said in (each.of and f"of {each.of}", each.note) if said)
