"""Who comes before whom, and why; each number with its boundary on both sides."""

from datetime import date

import pytest

from services.registry.admissions.priorities import (
    Applicant,
    NoPrioritiesInForce,
    Place,
    band,
    commitment,
    distance,
    groups,
    in_force,
    order,
    standing,
    ticket,
)
from services.registry.admissions.published import VERSIONS

ILLUSTRATIVE = in_force(VERSIONS, date(2026, 9, 1))
HERE, ELSEWHERE = "kindergarten here", "kindergarten elsewhere"
PUBLIC = Place(HERE, "public", ("110116102001", "110116103"))
PRIVATE = Place(HERE, "private", ())
VILLAGE, TOWN, FAR = "110116102001", "110116103005", "110116001001"


def who(residence: str = FAR, *declared: str, at: str | None = None) -> Applicant:
    return Applicant(residence, frozenset((code, at) for code in declared))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (who(FAR, "martyr_child"), who(VILLAGE)),
        (who(FAR, "soldier_child"), who(VILLAGE, "sibling", at=HERE)),
        (who(FAR, "disabled_child"), who(VILLAGE)),
        (who(VILLAGE), who(FAR, "sibling", at=HERE)),
        (who(TOWN), who(FAR)),
        (who(VILLAGE, "sibling", at=HERE), who(VILLAGE)),
    ],
)
def test_the_law_comes_before_the_catchment_and_the_catchment_before_a_sibling(first: Applicant, then: Applicant):
    assert standing(ILLUSTRATIVE, first, PUBLIC, 3) < standing(ILLUSTRATIVE, then, PUBLIC, 0)


def test_a_sibling_elsewhere_counts_for_nothing_here():
    asked = (ILLUSTRATIVE, who(VILLAGE, "sibling", at=ELSEWHERE), PUBLIC, 0)
    assert standing(*asked) == standing(ILLUSTRATIVE, who(VILLAGE), PUBLIC, 0)


def test_soldiers_and_disabled_children_are_preferred_where_the_law_names_the_kindergarten():
    for code in ("soldier_child", "disabled_child"):
        assert standing(ILLUSTRATIVE, who(FAR, code), PRIVATE, 0) == standing(ILLUSTRATIVE, who(), PRIVATE, 0)
    assert standing(ILLUSTRATIVE, who(FAR, "martyr_child"), PRIVATE, 0) < standing(ILLUSTRATIVE, who(), PRIVATE, 0)


def test_a_way_that_is_not_known_stands_with_the_farthest():
    assert standing(ILLUSTRATIVE, who(), PUBLIC, None) == standing(ILLUSTRATIVE, who(), PUBLIC, 5)


@pytest.mark.parametrize(("metres", "expected"), [(0, 0), (500, 0), (500.1, 1), (5000, 4), (5000.1, 5)])
def test_a_band_ends_with_its_upper_end(metres: float, expected: int):
    assert band(metres, ILLUSTRATIVE.bands) == expected


def test_a_degree_of_latitude_is_111_kilometres():
    assert distance((40, 116), (41, 116)) == pytest.approx(111_195, abs=1)
    assert distance((40, 116), (40, 116)) == 0


def test_groups_say_who_comes_first_and_not_why():
    assert groups({"x": (1, 0, 5), "y": (0, 1, 5), "z": (1, 0, 5)}) == {"x": 2, "y": 1, "z": 2}


def test_a_lot_is_the_digest_anybody_can_compute():
    # printf abc | sha256sum
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert ticket("ab", "c") == ticket("a", "bc") == commitment("abc") == digest


def test_lots_decide_within_a_group_only():
    alike = dict.fromkeys(("x", "y", "z", "w"), 2)
    drawn = order(alike, "seed")
    assert drawn == sorted(alike, key=lambda number: ticket("seed", number))
    assert order(alike | {drawn[-1]: 1}, "seed") == [drawn[-1], *drawn[:-1]]
    assert any(order(alike, str(other)) != drawn for other in range(10))


def test_every_priority_is_dated_and_says_by_what_authority():
    for each in VERSIONS:
        assert each.document
        for criterion in each.criteria.values():
            assert criterion.document
            assert criterion.proof_zh
            # What is said to be law was read in the law; the district's own choices are marked until it makes them.
            assert (criterion.tag == "verified") == (criterion.code != "sibling")
        assert {code for step in each.steps for code in step.criteria} == set(each.criteria)


def test_before_any_priorities_there_are_none():
    with pytest.raises(NoPrioritiesInForce):
        in_force(VERSIONS, date(2019, 12, 31))
    assert in_force(VERSIONS, date(2020, 1, 1)).version == "illustrative-1"
