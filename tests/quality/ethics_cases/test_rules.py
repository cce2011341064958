"""The measures on ethics, at each side of their boundaries."""

from datetime import date

import pytest

from services.quality.employment_bars.rules import normal_number
from services.quality.ethics_cases.catalogue import BEHAVIOURS, SANCTIONS
from services.quality.ethics_cases.codes import EthicsBehaviour, EthicsSanction
from services.quality.ethics_cases.rules import harms_children, is_serious, term_end

DAY = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("behaviours", "serious"),
    [
        (["abuse"], True),
        (["corporal_punishment"], True),
        (["disguised_corporal_punishment"], True),
        (["sexual_abuse", "insult"], True),
        (["insult"], False),
        (["discrimination", "other_norm"], False),
        ([], False),
    ],
)
def test_the_listed_behaviours_are_serious(behaviours: list[str], serious: bool):
    assert is_serious(BEHAVIOURS, behaviours, DAY) is serious


def test_a_list_is_in_force_from_its_day():
    assert not is_serious(BEHAVIOURS, ["abuse"], date(2018, 11, 7))
    assert is_serious(BEHAVIOURS, ["abuse"], date(2018, 11, 8))


def test_harm_to_children_calls_for_protection_and_police():
    assert harms_children(BEHAVIOURS, ["insult"])
    assert not harms_children(BEHAVIOURS, ["other_norm"])


@pytest.mark.parametrize(
    ("sanction", "months"),
    [("warning", 6), ("demerit", 12), ("demotion", 24), ("dismissal", None), ("qualification_loss", 24)],
)
def test_sanctions_have_the_terms_of_the_measures(sanction: str, months: int | None):
    assert SANCTIONS[sanction].months == months


def test_the_catalogue_has_every_code():
    assert {each.code for each in BEHAVIOURS} == set(EthicsBehaviour)
    assert set(SANCTIONS) == set(EthicsSanction)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 12, 1), 24, date(2028, 12, 1)),
    ],
)
def test_a_term_ends_on_the_same_day_of_the_month_or_its_last(start: date, months: int, end: date):
    assert term_end(start, months) == end


@pytest.mark.parametrize(
    ("number", "normal"),
    [
        ("110199194912310039", None),
        ("11019919491231002X", "11019919491231002X"),
        ("11019919491231002x", "11019919491231002X"),
        ("110199194912310021", None),
        ("110199194902300021", None),
        ("12345", None),
    ],
)
def test_identity_numbers_check(number: str, normal: str | None):
    assert normal_number(number) == normal
