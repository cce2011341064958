from datetime import date
from decimal import Decimal

import pytest

from services.finance.parameters.rules import Dated, in_force, spellings
from shared.tables import FOREVER

RATES = [
    Dated("subsidy_rate", "quota/*/*", Decimal(600), date(2018, 1, 1), FOREVER),
    Dated("subsidy_rate", "quota/public/*", Decimal(700), date(2018, 1, 1), FOREVER),
    Dated("subsidy_rate", "quota/public/*", Decimal(800), date(2025, 9, 1), FOREVER),
    Dated("subsidy_rate", "quota/public/nursery", None, date(2024, 1, 1), date(2025, 1, 1)),
]


def test_the_most_exact_spelling_comes_first():
    assert spellings("a/b/c") == ["a/b/c", "a/b/*", "a/*/c", "a/*/*"]
    assert spellings("a") == ["a"]


@pytest.mark.parametrize(
    ("key", "on", "expected"),
    [
        ("quota/private/small", date(2018, 1, 1), Decimal(600)),
        ("quota/private/small", date(2017, 12, 31), "nothing"),
        ("quota/public/small", date(2025, 8, 31), Decimal(700)),
        ("quota/public/small", date(2025, 9, 1), Decimal(800)),
        ("quota/public/nursery", date(2024, 12, 31), None),
        ("quota/public/nursery", date(2025, 1, 1), Decimal(700)),
    ],
)
def test_the_number_in_force_depends_on_the_day(key: str, on: date, expected: object):
    found = in_force(RATES, "subsidy_rate", key, on)
    assert (found.value if found else "nothing") == expected
