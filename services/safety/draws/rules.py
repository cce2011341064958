"""A random draw anybody can repeat: with the published seed, lists and conflicts it comes out the same.

SHA-256 of `seed|kindergarten` in hex orders the kindergartens; the first `count` are visited. For each, inspectors
without a conflict are ordered by the visits they already have, then by SHA-256 of `seed|kindergarten|inspector`.
The seed is the office's secret, whose hash was published before, followed by `|` and a public number nobody in the
office could know then (such as a lottery's): neither side alone can choose the outcome.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """A kindergarten drawn and who inspects it; fewer than asked for when the others have a conflict."""

    kindergarten: str
    inspectors: tuple[str, ...]


def digest(*parts: str) -> str:
    """Hex SHA-256 of the parts joined by `|`."""
    return hashlib.sha256("|".join(parts).encode()).hexdigest()


def draw(
    seed: str,
    kindergartens: Iterable[str],
    count: int,
    inspectors: Iterable[str],
    conflicts: Mapping[str, frozenset[str]],
    per_visit: int,
) -> list[Visit]:
    """The visits, in the order drawn. `conflicts` are the kindergartens an inspector must not inspect (回避)."""
    drawn = sorted(set(kindergartens), key=lambda each: digest(seed, each))[:count]
    people = sorted(set(inspectors))
    load: Counter[str] = Counter()
    visits = []
    for place in drawn:
        free = [each for each in people if place not in conflicts.get(each, frozenset())]
        free.sort(key=lambda each: (load[each], digest(seed, place, each)))
        chosen = tuple(free[:per_visit])
        load.update(chosen)
        visits.append(Visit(place, chosen))
    return visits
