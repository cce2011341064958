"""No kindergarten is left out in any three years, nobody is overloaded, nobody judges where they have an interest."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from services.quality.evaluation_cycles.rules import Evaluator, House, calendar, due_year, teams

FIRST, HORIZON = 2020, 5


def district(rng: random.Random) -> list[House]:
    houses = []
    for n in range(rng.randint(1, 90)):
        opened = rng.randint(FIRST - 12, FIRST + 9)
        last = rng.choice([None, FIRST - 1, FIRST - 2, FIRST - 3, FIRST - 6]) if opened < FIRST - 6 else None
        houses.append(House(f"k{n}", last, opened))
    return houses


def test_in_a_thousand_random_districts_no_three_years_leave_a_kindergarten_out():
    for number in range(1000):
        rng = random.Random(number)  # noqa: S311  # made-up districts and scores, no secrets
        houses = {each.id: each for each in district(rng)}
        evaluated: dict[str, list[int]] = {key: [each.last] if each.last else [] for key, each in houses.items()}
        for cycle in range(HORIZON):
            first = FIRST + 3 * cycle
            open_now = [
                House(key, evaluated[key][-1] if evaluated[key] else None, each.opened)
                for key, each in houses.items()
                if each.opened <= first
            ]
            placed = calendar(open_now, first, seed=str(number))
            assert placed.keys() == {each.id for each in open_now}
            for key, year in placed.items():
                assert first <= year < first + 3
                evaluated[key].append(year)
        last_year = FIRST + 3 * HORIZON - 1
        for key, each in houses.items():
            start = max(FIRST, each.opened)
            for window in range(start, last_year - 1):
                assert any(window <= year <= window + 2 for year in evaluated[key]), (number, key, window)


@settings(max_examples=1000, deadline=None)
@given(
    count=st.integers(1, 75),
    people=st.integers(0, 12),
    size=st.sampled_from([2, 3]),
    number=st.integers(0, 2**32 - 1),
)
def test_any_district_is_whole_in_any_three_years_within_loads_and_conflicts(
    count: int, people: int, size: int, number: int
):
    """Planned cycle after cycle as kindergartens open; where people are too few, places stay open and say so."""
    rng, seed = random.Random(number), str(number)  # noqa: S311  # made-up districts and scores, no secrets
    houses = [(rng.randint(2008, 2029), rng.choice([None, 2017, 2019])) for _ in range(count)]
    pool = [(rng.randint(0, 25), rng.sample(range(count), rng.randint(0, count // 2))) for _ in range(people)]
    done = {n: [last] if last and opened <= last else [] for n, (opened, last) in enumerate(houses)}
    staff = [Evaluator(f"e{n}", load, frozenset(f"k{c}" for c in there)) for n, (load, there) in enumerate(pool)]
    for first in range(FIRST, FIRST + 12, 3):
        now = [House(f"k{n}", max(done[n], default=None), o) for n, (o, _) in enumerate(houses) if o <= first]
        placed = calendar(now, first, seed=seed)
        assert placed.keys() == {each.id for each in now}
        for year in range(first, first + 3):
            mine = [key for key, when in placed.items() if when == year]
            found = teams(mine, staff, size, seed)
            for each in staff:
                judged = [key for key, team in found.items() if each.account in team]
                assert len(judged) <= each.load
                assert not each.conflicts & set(judged)
            assert found.keys() == set(mine)
            assert all(size - len(team) >= 0 for team in found.values())
            for key in mine:
                done[int(key[1:])].append(year)
    for n, (opened, _) in enumerate(houses):
        begun = next((first for first in range(FIRST, FIRST + 12, 3) if opened <= first), None)
        for window in range(begun or FIRST + 12, FIRST + 10):
            assert any(window <= year <= window + 2 for year in done[n]), (n, window)


def test_an_overdue_kindergarten_comes_first_and_the_years_are_even():
    houses = [House(f"k{n}", 2023, 2010) for n in range(9)] + [House("late", 2019, 2010)]
    placed = calendar(houses, 2024, seed="x")
    assert placed["late"] == 2024
    assert sorted(sum(year == y for year in placed.values()) for y in (2024, 2025, 2026)) == [2, 4, 4]


def test_nobody_is_evaluated_later_than_three_years_after_the_last_time():
    rng = random.Random(7)  # noqa: S311  # made-up districts and scores, no secrets
    houses = [House(f"k{n}", rng.choice([2023, 2024, 2025]), 2010) for n in range(60)]
    placed = calendar(houses, 2026, seed="x")
    assert all(placed[each.id] <= due_year(each) for each in houses)


def test_the_order_is_fixed_by_the_seed_alone():
    houses = [House(f"k{n}", None, 2010) for n in range(20)]
    assert calendar(houses, 2026, seed="a") == calendar(houses[::-1], 2026, seed="a")
    assert calendar(houses, 2026, seed="a") != calendar(houses, 2026, seed="b")


def flow(houses: list[str], evaluators: list[Evaluator], size: int) -> int:
    """The most places that can be filled, by another way: depth-first augmenting over single places."""
    taken: dict[tuple[str, int], int] = {}
    slots = [(n, slot) for n, each in enumerate(evaluators) for slot in range(each.load)]
    match: dict[tuple[int, int], str] = {}

    def augment(house: str, seen: set[tuple[int, int]]) -> bool:
        mine = {n for (n, _), other in match.items() if other == house}
        for n, slot in slots:
            if (n, slot) in seen or house in evaluators[n].conflicts or n in mine:
                continue
            seen.add((n, slot))
            if (n, slot) not in match:
                match[n, slot] = house
                return True
            other = match.pop((n, slot))
            match[n, slot] = house
            if augment(other, seen):
                return True
            match[n, slot] = other
        return False

    count = 0
    for _ in range(size):
        for house in houses:
            count += augment(house, set())
    assert taken == {}
    return count


def test_teams_keep_within_loads_and_conflicts_and_fill_as_many_places_as_can_be():
    for number in range(300):
        rng = random.Random(number)  # noqa: S311  # made-up districts and scores, no secrets
        houses = [f"k{n}" for n in range(rng.randint(1, 12))]
        pool = [
            Evaluator(f"e{n}", rng.randint(0, 5), frozenset(rng.sample(houses, rng.randint(0, len(houses) // 2))))
            for n in range(rng.randint(1, 9))
        ]
        size = rng.choice([2, 3])
        found = teams(houses, pool, size, seed=str(number))
        assert found.keys() == set(houses)
        for each in pool:
            mine = [house for house, team in found.items() if each.account in team]
            assert len(mine) <= each.load
            assert not each.conflicts & set(mine)
        assert all(len(set(team)) == len(team) <= size for team in found.values())
        assert sum(map(len, found.values())) >= flow(houses, pool, size)
