"""办园条件 (教督〔2020〕1号 C1, C2): from the counts of a district to its rates, beside what is required. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from services.registry.parameters.rules import Parameter, in_force
from services.registry.premises.codes import PremisesGroup, PremisesMeasure

SHOWN = Decimal("0.01")
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many; `required` is a percentage. Compared unrounded, shown with two decimals."""

    met: int
    unmet: int
    unknown: int
    required: Decimal

    @property
    def total(self) -> int:
        return self.met + self.unmet + self.unknown

    @property
    def percent(self) -> Decimal | None:
        """What is not known is not met."""
        if not self.total:
            return None
        return (Decimal(self.met * PERCENT) / self.total).quantize(SHOWN, ROUND_HALF_UP)

    @property
    def reached(self) -> bool | None:
        return self.met * PERCENT >= self.required * self.total if self.total else None


def thresholds(parameters: Sequence[Parameter], on: date) -> Mapping[PremisesMeasure, Parameter]:
    """m² for each child that C1 asks for, of each measure."""
    return {each: in_force(parameters, "premises_area_per_child", on, each.value) for each in PremisesMeasure}


def rates(
    rows: Sequence[Mapping[str, Any]], parameters: Sequence[Parameter], on: date
) -> Mapping[tuple[PremisesGroup, PremisesMeasure], Rate]:
    """达标率 of each group and measure; `rows` hold `group` and `<measure>_met` (True, False, None) a kindergarten."""
    found = {}
    for group in PremisesGroup:
        required = in_force(parameters, "premises_rate", on, group.value).number
        mine = [row for row in rows if row["group"] == group.value]
        for measure in PremisesMeasure:
            said = [row[f"{measure.value}_met"] for row in mine]
            found[group, measure] = Rate(said.count(True), said.count(False), said.count(None), required)
    return found


def all_reached(found: Sequence[Rate]) -> bool | None:
    """C1: every rate that concerns somebody is reached; None where nobody is concerned."""
    concerned = [each.reached for each in found if each.reached is not None]
    return all(concerned) if concerned else None
