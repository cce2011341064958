"""What a roll is checked against: the classes in the sender's scope, and the published lists. Pure."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from services.registry.rolls.faults import near

LONGEST_GUESS, MOST_CANDIDATES, LIKE = 60, 5000, 0.7


@dataclass(frozen=True, slots=True)
class Room:
    """A class a child can be put into. Dates are ISO texts: texts compare like the days they name."""

    id: str
    kindergarten: str
    since: str
    until: str
    first_birth: str
    last_birth: str
    hard_limit: int


@dataclass(slots=True)
class Reference:
    """What the caller's scope holds for this school year, and the code lists."""

    today: date
    school_year: int
    kindergartens: dict[str, tuple[str, str]]  # id: (name, school code)
    rooms: dict[str, dict[str, Room]]  # by kindergarten, by name
    codes: dict[str, dict[str, str]]  # by list: code or label → code
    divisions: dict[str, str | None]  # code or name → code; None where a name is borne twice
    disability_schemes: dict[str, str]  # kind of disability → the standard it belongs to
    by_code: dict[str, str] = field(init=False)
    by_name: dict[str, str | None] = field(init=False)

    def __post_init__(self) -> None:
        self.by_code = {code: owner for owner, (_, code) in self.kindergartens.items() if code}
        self.by_name = unique((name, owner) for owner, (name, _) in self.kindergartens.items())


def unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """A table of names; None stands for a name that means several things."""
    found: dict[str, str | None] = {}
    for name, value in pairs:
        found[name] = None if found.get(name, value) != value else value
    return found


def nearest(text: str, known: Iterable[str]) -> dict[str, str]:
    """The facts of a did-you-mean; long texts and long lists are not worth the search."""
    if len(text) > LONGEST_GUESS:
        return {}
    candidates = [each for each in known if abs(len(each) - len(text)) <= 4]  # noqa: PLR2004  # letters apart at most
    return near(next(iter(difflib.get_close_matches(text, candidates[:MOST_CANDIDATES], 1, LIKE)), None))
