from datetime import date

import pytest

from services.registry.rolls.seats import without_seat
from shared.tables import FOREVER

SEPTEMBER, OCTOBER, MARCH = date(2026, 9, 1), date(2026, 10, 1), date(2027, 3, 1)


@pytest.mark.parametrize(
    ("limit", "taken", "arrivals", "refused"),
    [
        (3, [], [(1, SEPTEMBER), (2, SEPTEMBER)], []),
        (1, [], [(1, SEPTEMBER), (2, SEPTEMBER)], [2]),
        (2, [(SEPTEMBER, FOREVER)], [(1, SEPTEMBER), (2, SEPTEMBER)], [2]),
        (1, [(SEPTEMBER, OCTOBER)], [(1, OCTOBER)], []),
        (1, [(SEPTEMBER, OCTOBER)], [(1, SEPTEMBER), (2, OCTOBER)], [1]),
        (1, [(MARCH, FOREVER)], [(1, SEPTEMBER)], [1]),
        (2, [(SEPTEMBER, MARCH), (MARCH, FOREVER)], [(1, OCTOBER), (2, OCTOBER)], [2]),
        (0, [], [(7, SEPTEMBER)], [7]),
    ],
)
def test_who_arrives_at_a_full_class_is_named(
    limit: int, taken: list[tuple[date, date]], arrivals: list[tuple[int, date]], refused: list[int]
):
    assert without_seat(limit, taken, arrivals) == refused
