"""办园条件: rates beside what is required, on both sides of every boundary."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.registry.parameters.published import PARAMETERS
from services.registry.premises.codes import PremisesGroup, PremisesMeasure
from services.registry.premises.rules import Rate, all_reached, rates, thresholds

ON = date(2026, 9, 1)


def test_the_standard_for_each_child_has_its_authority():
    found = thresholds(PARAMETERS, ON)
    assert {name.value: str(each.number) for name, each in found.items()} == {
        "outdoor": "4",
        "activity": "8.17",
        "building": "10.44",
    }
    assert {each.tag for each in found.values()} == {"verified"}


@pytest.mark.parametrize(
    ("met", "unmet", "unknown", "required", "percent", "reached"),
    [
        (1, 1, 0, 50, "50.00", True),
        (1, 1, 1, 50, "33.33", False),
        (2, 0, 0, 100, "100.00", True),
        (199, 1, 0, 100, "99.50", False),
        (17, 3, 0, 85, "85.00", True),
        (84999, 15001, 0, 85, "85.00", False),
        (0, 0, 0, 50, None, None),
    ],
)
def test_a_rate_is_compared_unrounded_and_what_is_unknown_is_not_met(
    met: int, unmet: int, unknown: int, required: int, percent: str | None, reached: bool | None
):
    rate = Rate(met, unmet, unknown, Decimal(required))
    assert (rate.percent and str(rate.percent), rate.reached) == (percent, reached)


def row(group: str, *met: bool | None) -> dict[str, Any]:
    return {"group": group} | {f"{each.value}_met": said for each, said in zip(PremisesMeasure, met, strict=True)}


def test_older_kindergartens_are_asked_for_half():
    rows = [
        row("from_2017", True, True, True),
        row("before_2017", True, True, None),
        row("before_2017", False, True, True),
    ]
    found = rates(rows, PARAMETERS, ON)
    assert found[PremisesGroup.BEFORE_2017, PremisesMeasure.OUTDOOR].reached
    assert all_reached(list(found.values()))
    found = rates([*rows, row("from_2017", True, False, True)], PARAMETERS, ON)
    assert not found[PremisesGroup.FROM_2017, PremisesMeasure.ACTIVITY].reached
    assert all_reached(list(found.values())) is False
    assert all_reached([]) is None
