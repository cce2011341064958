"""The allocation against the literature, against brute force, and against every lie an applicant can tell."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.registry.admissions.rules import Market, Move, allocate, vacancy_chain, waiting_lists
from tests.registry.admissions.stability import faults, liking, reports, stable_allocations

Ranking = Mapping[str, str]


def one_each(wishes: Ranking, order: Ranking) -> Market:
    """A market of one place each, its lists written as words: "ABC"."""
    spelt = [{name: tuple(listed) for name, listed in side.items()} for side in (wishes, order)]
    return Market(dict.fromkeys(order, 1), *spelt)


def turned(market: Market) -> Market:
    """The other side asks."""
    return Market(dict.fromkeys(market.wishes, 1), market.order, market.wishes)


# Gale and Shapley 1962, example 1: three stable sets; the men's first choices, the women's, and one between.
FIRST = one_each({"a": "ABC", "b": "BCA", "c": "CAB"}, {"A": "bca", "B": "cab", "C": "abc"})
# Example 2: one stable set only, in which nobody has its first choice.
SECOND = one_each(
    {"a": "ABCD", "b": "ADCB", "c": "BACD", "d": "DBCA"}, {"A": "dcab", "B": "bdac", "C": "dabc", "D": "cbad"}
)
# Roth 1982, used by Abdulkadiroğlu and Sönmez 2003: the stable matching is not the dearest for all.
SCHOOLS = Market(
    {"s1": 1, "s2": 1, "s3": 1},
    {"i1": ("s2", "s1", "s3"), "i2": ("s1", "s2", "s3"), "i3": ("s1", "s2", "s3")},
    {"s1": ("i1", "i3", "i2"), "s2": ("i2", "i1", "i3"), "s3": ("i2", "i1", "i3")},
)


def test_gale_and_shapley_example_1_each_side_that_asks_gets_its_first_choices():
    assert allocate(FIRST) == {"a": "A", "b": "B", "c": "C"}
    assert allocate(turned(FIRST)) == {"A": "b", "B": "c", "C": "a"}
    stable = list(stable_allocations(FIRST))
    assert len(stable) == 3
    assert {"a": "B", "b": "C", "c": "A"} in stable


def test_gale_and_shapley_example_2_has_one_stable_set_and_nobody_its_first_choice():
    only = {"a": "C", "b": "D", "c": "A", "d": "B"}
    assert allocate(SECOND) == only
    assert {name: by for by, name in allocate(turned(SECOND)).items()} == only
    assert list(stable_allocations(SECOND)) == [only]
    assert all(liking(SECOND, name, got) > 0 for name, got in only.items())


def test_the_school_choice_example_gives_the_published_student_optimal_matching():
    published = {"i1": "s1", "i2": "s2", "i3": "s3"}
    assert allocate(SCHOOLS) == published
    # Two would rather change places; the third, who stands before one of them, would then be passed over.
    dearer: dict[str, str | None] = {"i1": "s2", "i2": "s1", "i3": "s3"}
    assert faults(SCHOOLS, dearer) == ["i3 was passed over at s1"]


@pytest.mark.parametrize(
    ("seats", "wishes", "order", "expected"),
    [
        ({"A": 0}, {"x": ("A",)}, {"A": ("x",)}, {"x": None}),
        ({"A": 1}, {"x": ()}, {"A": ("x",)}, {"x": None}),
        ({"A": 1}, {"x": ("A",)}, {"A": ()}, {"x": None}),
        ({"A": 1}, {}, {}, {}),
        ({"A": 2}, {"x": ("A",), "y": ("A",), "z": ("A",)}, {"A": ("z", "x", "y")}, {"x": "A", "y": None, "z": "A"}),
    ],
    ids=["no seat", "no wish", "not admissible", "nobody", "more than seats"],
)
def test_the_edges_of_a_market(seats: Any, wishes: Any, order: Any, expected: Any):
    assert allocate(Market(seats, wishes, order)) == expected


@st.composite
def markets(draw: st.DrawFn, most: int = 5, programmes: int = 3) -> Market:
    """A small market with ties of no kind: incomplete wishes, incomplete orders, seats from none to three."""
    applicants = [f"i{number}" for number in range(draw(st.integers(1, most)))]
    names = [f"s{number}" for number in range(draw(st.integers(1, programmes)))]

    def lists(of: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
        return st.lists(st.sampled_from(of), unique=True, max_size=len(of)).map(tuple)

    return Market(
        {name: draw(st.integers(0, 3)) for name in names},
        {name: draw(lists(names)) for name in applicants},
        {name: tuple(draw(st.permutations(applicants)))[: draw(st.integers(0, len(applicants)))] for name in names},
    )


@settings(max_examples=200, deadline=None)
@given(markets())
def test_it_is_stable_and_no_stable_allocation_is_dearer_to_anybody(market: Market):
    made = allocate(market)
    assert faults(market, made) == []
    for other in stable_allocations(market):
        for applicant in market.wishes:
            assert liking(market, applicant, made[applicant]) <= liking(market, applicant, other[applicant])
        # Rural hospitals (Roth 1986): whoever finds a place in one finds one in all, and as many are taken everywhere.
        assert {a for a, p in made.items() if p} == {a for a, p in other.items() if p}
        assert sorted(p for p in made.values() if p) == sorted(p for p in other.values() if p)


@settings(max_examples=100, deadline=None)
@given(markets(most=4))
def test_no_applicant_gains_by_any_other_list_of_wishes(market: Market):
    honest = allocate(market)
    for applicant, wishes in market.wishes.items():
        for lie in reports(list(market.seats)):
            got = allocate(Market(market.seats, {**market.wishes, applicant: lie}, market.order))[applicant]
            if got in wishes:
                assert liking(market, applicant, got) >= liking(market, applicant, honest[applicant])


@settings(max_examples=100, deadline=None)
@given(markets(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(market: Market, chance: Any):
    shuffled = list(market.wishes.items())
    chance.shuffle(shuffled)
    assert allocate(Market(market.seats, dict(shuffled), market.order)) == allocate(market)


@settings(max_examples=100, deadline=None)
@given(markets())
def test_who_waits_would_rather_be_there_and_the_list_keeps_the_order(market: Market):
    made = allocate(market)
    for programme, line in waiting_lists(market, made).items():
        order = list(market.order[programme])
        assert line == sorted(line, key=order.index)
        for applicant in order:
            wishes = market.wishes[applicant]
            rather = programme in wishes and liking(market, applicant, programme) < liking(
                market, applicant, made[applicant]
            )
            assert (applicant in line) == rather


@settings(max_examples=200, deadline=None)
@given(markets(), st.data())
def test_when_a_place_is_given_back_its_chain_ends_in_what_is_stable_without_who_gave_it_back(
    market: Market, data: st.DataObject
):
    made = allocate(market)
    leavers = [applicant for applicant, got in made.items() if got]
    if not leavers:
        return
    gone = data.draw(st.sampled_from(leavers))
    waiting = {
        programme: [each for each in line if each != gone] for programme, line in waiting_lists(market, made).items()
    }
    given_back = made.pop(gone)
    assert given_back is not None
    moves = vacancy_chain({given_back: 1}, waiting, market.wishes, made)
    after = made | {move.applicant: move.after for move in moves}
    left = Market(market.seats, {a: w for a, w in market.wishes.items() if a != gone}, market.order)
    assert faults(left, after) == []
    assert all(liking(market, m.applicant, m.after) < liking(market, m.applicant, m.before) for m in moves)


def test_a_freed_place_moves_one_up_and_the_place_that_frees_moves_another():
    wishes = {"x": ("A",), "y": ("A", "B"), "z": ("A", "B")}
    waiting = {"A": ["y", "z"], "B": ["z"]}
    held = {"y": "B", "z": None}
    assert vacancy_chain({"A": 1}, waiting, wishes, held) == [Move("y", "B", "A"), Move("z", None, "B")]


def test_several_freed_places_leave_whoever_moved_its_dearest_only():
    wishes = {"y": ("A", "B", "C")}
    waiting = {"A": ["y"], "B": ["y"], "C": ["y"]}
    for names in ("ABC", "CBA", "BAC"):
        assert vacancy_chain(dict.fromkeys(names, 1), waiting, wishes, {"y": None}) == [Move("y", None, "A")]
