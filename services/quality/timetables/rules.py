"""The day of a class, checked against what the rules of daily life ask (D2.4). Pure; minutes count from midnight."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the day: from and to in minutes since midnight."""

    kind: str
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Norm:
    """Minutes outdoors, of them in sport, at free play, and the least and most between two main meals."""

    outdoor: int
    sport: int
    meal_least: int
    meal_most: int
    play: int = 0


def overlapping(day: Sequence[Stretch]) -> list[int]:
    """Places of stretches that end before they begin, or begin before the one before has ended."""
    wrong = [n for n, each in enumerate(day) if each.end <= each.begin]
    return wrong + [n for n, (one, two) in enumerate(pairwise(day), 1) if two.begin < one.end and n not in wrong]


def minutes(day: Sequence[Stretch], *kinds: str) -> int:
    return sum(each.end - each.begin for each in day if each.kind in kinds)


def findings(day: Sequence[Stretch], norm: Norm) -> list[str]:
    """What falls short: `outdoor` (QUA-08; sport outdoors counts as outdoors), `sport`, `meal_interval`, `play`.

    The interval is from the end of a main meal to the beginning of the next. Free play is asked by a district's norm.
    """
    meals = [each for each in day if each.kind == "meal"]
    wrong_interval = any(
        not norm.meal_least <= later.begin - meal.end <= norm.meal_most for meal, later in pairwise(meals)
    )
    checks = {
        "outdoor": minutes(day, "outdoor", "sport") < norm.outdoor,
        "sport": minutes(day, "sport") < norm.sport,
        "meal_interval": wrong_interval,
        "play": minutes(day, "play") < norm.play,
    }
    return [code for code, short in checks.items() if short]
