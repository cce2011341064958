"""When each kindergarten is evaluated and by whom. Pure.

三(二)2-c: every kindergarten once in every three years. A kindergarten evaluated in a year is due again three years
later at the latest, so that no window of three years leaves it out; work is evened out by taking some earlier, never
later.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from math import ceil

CYCLE = 3  # years; the plan's


@dataclass(frozen=True, slots=True)
class House:
    """A kindergarten to be evaluated: when it was last, or since when it operates."""

    id: str
    last: int | None
    opened: int


@dataclass(frozen=True, slots=True)
class Evaluator:
    """Someone who evaluates: at most `load` kindergartens a year, none of those in `conflicts` (督导条例 art. 10)."""

    account: str
    load: int
    conflicts: frozenset[str] = field(default_factory=frozenset)


def due_year(house: House, years: int = CYCLE) -> int:
    """The last year in which it must be evaluated: `years` after the last time, or the third of its operation."""
    return house.last + years if house.last is not None else house.opened + years - 1


def calendar(
    houses: Iterable[House], first: int, years: int = CYCLE, seed: str = "", cycle: int = CYCLE
) -> dict[str, int]:
    """The year of each kindergarten's evaluation within the `years` from `first` on; nobody is left out.

    An equal share of all each year, the longest waiting first; more only where more fall due that year. Who is overdue
    already, or was never evaluated, comes within the cycle: no plan makes that undone. Among equals the order is that
    of a digest of the seed, so that nobody chooses and anyone can check.
    """
    waiting = sorted(houses, key=lambda each: (due_year(each, cycle), _lot(seed, each.id)))
    share, last = ceil(len(waiting) / years), first + years - 1
    placed: dict[str, int] = {}
    for year in range(first, last + 1):
        must = [each for each in waiting if first <= due_year(each, cycle) <= year or year == last]
        may = [each for each in waiting if each not in must]
        for each in must + may[: max(0, share - len(must))]:
            placed[each.id] = year
        waiting = [each for each in waiting if each.id not in placed]
    return placed


def _lot(seed: str, id: str) -> str:
    return sha256(f"{seed}:{id}".encode()).hexdigest()


def teams(
    houses: Collection[str], evaluators: Sequence[Evaluator], size: int, seed: str = ""
) -> dict[str, tuple[str, ...]]:
    """For each kindergarten of one year its team: `size` persons where the limits allow it, else as many as they do.

    A maximum flow: no other assignment within loads and conflicts fills more places. Whoever has fewest is asked first.
    """
    order = sorted(houses, key=lambda each: _lot(seed, each))
    able = {
        house: [n for n, each in enumerate(evaluators) if each.load > 0 and house not in each.conflicts]
        for house in order
    }
    given: dict[str, set[int]] = {house: set() for house in order}
    work = [0] * len(evaluators)
    for _ in range(size):
        for house in sorted(order, key=lambda each: len(able[each])):
            if len(given[house]) < size:
                _place(house, able, given, work, [each.load for each in evaluators])
    return {house: tuple(sorted(evaluators[n].account for n in team)) for house, team in given.items()}


def _place(
    house: str, able: Mapping[str, list[int]], given: dict[str, set[int]], work: list[int], loads: list[int]
) -> bool:
    """Give the house one more person, moving others between houses along an augmenting path where that is needed."""
    came_from: dict[int, tuple[str, int | None]] = {}
    queue: list[tuple[str, int | None]] = [(house, None)]
    seen_houses = {house}
    while queue:
        here, replaced = queue.pop(0)
        for person in sorted(able[here], key=lambda n: work[n]):
            if person in given[here] or person in came_from:
                continue
            came_from[person] = (here, replaced)
            if work[person] < loads[person]:
                _shift(person, came_from, given, work)
                return True
            for other in sorted(each for each, team in given.items() if person in team):
                if other not in seen_houses:
                    seen_houses.add(other)
                    queue.append((other, person))
    return False


def _shift(
    free: int, came_from: Mapping[int, tuple[str, int | None]], given: dict[str, set[int]], work: list[int]
) -> None:
    """Walk the path back: each house takes the person found for it and lets go the one who goes on."""
    work[free] += 1
    person: int | None = free
    while person is not None:
        here, replaced = came_from[person]
        given[here].add(person)
        if replaced is not None:
            given[here].discard(replaced)
        person = replaced
