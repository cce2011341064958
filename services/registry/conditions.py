"""A checklist is answered whole: each condition once, none left out."""

from collections.abc import Sequence

from services.registry.refusals import refuse
from shared.errors import Fault
from shared.schemas import Code


def answered_once(given: Sequence[Code], asked: type[Code], pointer: str) -> None:
    """Refuse a list at `pointer` that leaves a condition out or names one twice."""
    faults = [
        Fault(pointer, "condition-left-out", f"缺少条件“{each.zh}”。", f"The condition {each.value} is left out.")
        for each in asked
        if each not in given
    ]
    faults += [
        Fault(f"{pointer}/{place}", "condition-twice", f"条件“{each.zh}”重复。", f"{each.value} is named twice.")
        for place, each in enumerate(given)
        if each in given[:place]
    ]
    refuse(faults)
