"""In which order a kindergarten takes its applicants: dated priorities, then a draw that anybody can repeat. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal, Self

EARTH = 6_371_008.8  # metres, mean radius (IUGG)
Tag = Literal["verified", "known", "uncertain", "illustrative"]


class NoPrioritiesInForce(LookupError):  # errors are named as facts
    """No priorities were set for that day: a gap in the data, never a reason to guess."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """What guardians may declare, and who or what gives it weight.

    `types` are the types of kindergarten where it counts; `here_only`: it counts at the one kindergarten it names.
    """

    code: str
    zh: str
    en: str
    document: str
    article: str
    tag: Tag
    proof_zh: str
    types: frozenset[str]
    here_only: bool

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            code=row["code"],
            zh=row["label_zh"],
            en=row["label_en"],
            document=row["document"],
            article=row["article"],
            tag=row["tag"],
            proof_zh=row["proof_zh"],
            types=frozenset(row["types"]),
            here_only=row["here_only"],
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison; a later one decides only between those whom the ones before it leave level.

    `declared`: has one of `criteria` or not. `catchment`: lives in the catchment or not. `distance`: the band of the
    way from home, `metres` being the upper ends of the bands, nearest first; beyond them, or not known, is the last.
    """

    code: str
    zh: str
    kind: Literal["declared", "catchment", "distance"]
    criteria: frozenset[str]
    metres: tuple[int, ...]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        return cls(
            row["code"], row["label_zh"], row["kind"], frozenset(row.get("criteria", ())), tuple(row.get("metres", ()))
        )


@dataclass(frozen=True, slots=True)
class Priorities:
    """The priorities of admission under one document, in force from `since` until `until` (exclusive; None: still)."""

    version: str
    document: str
    tag: Tag
    since: date
    until: date | None
    steps: tuple[Step, ...]
    criteria: Mapping[str, Criterion]

    @classmethod
    def read(cls, row: Mapping[str, Any]) -> Self:
        until = row["until"]
        return cls(
            version=row["version"],
            document=row["document"],
            tag=row["tag"],
            since=date.fromisoformat(row["since"]),
            until=date.fromisoformat(until) if until else None,
            steps=tuple(map(Step.read, row["steps"])),
            criteria={each["code"]: Criterion.read(each) for each in row["criteria"]},
        )

    @property
    def bands(self) -> tuple[int, ...]:
        """Upper ends of the bands of distance, metres."""
        return next((each.metres for each in self.steps if each.kind == "distance"), ())


@dataclass(frozen=True, slots=True)
class Place:
    """What of a kindergarten matters to the order: its type, and the divisions that are its catchment 服务片区."""

    kindergarten: str
    type: str | None
    catchment: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Applicant:
    """What of an applicant matters: where it lives, and confirmed declarations as (criterion, kindergarten or None)."""

    residence: str
    declared: frozenset[tuple[str, str | None]]


def in_force(versions: Iterable[Priorities], on: date) -> Priorities:
    """The priorities of that day, the latest of several. Raises NoPrioritiesInForce."""
    held = [each for each in versions if each.since <= on and (each.until is None or on < each.until)]
    if not held:
        raise NoPrioritiesInForce(f"No priorities of admission are in force on {on.isoformat()}.")
    return max(held, key=lambda each: each.since)


def standing(priorities: Priorities, applicant: Applicant, place: Place, band: int | None) -> tuple[int, ...]:
    """How an applicant stands at a kindergarten: one number a step, the smaller the better, compared in their order.

    `band` is that of the distance, None when it is not known.
    """
    return tuple(_standing(priorities, step, applicant, place, band) for step in priorities.steps)


def _standing(priorities: Priorities, step: Step, applicant: Applicant, place: Place, band: int | None) -> int:
    if step.kind == "distance":
        return len(step.metres) if band is None else min(band, len(step.metres))
    if step.kind == "catchment":
        return 0 if applicant.residence.startswith(place.catchment) else 1
    return 0 if any(_counts(priorities, each, step, place) for each in applicant.declared) else 1


def _counts(priorities: Priorities, declared: tuple[str, str | None], step: Step, place: Place) -> bool:
    code, kindergarten = declared
    criterion = priorities.criteria.get(code)
    if criterion is None or code not in step.criteria or place.type not in criterion.types:
        return False
    return not criterion.here_only or kindergarten == place.kindergarten


def groups(standings: Mapping[str, tuple[int, ...]]) -> dict[str, int]:
    """The priority group of each applicant of a programme, 1 the first: who stands alike is in the same one.

    Published instead of the standings: it says who comes before whom and not why.
    """
    numbers = {each: place for place, each in enumerate(sorted(set(standings.values())), 1)}
    return {applicant: numbers[each] for applicant, each in standings.items()}


def ticket(seed: str, number: str) -> str:
    """The lot of an application: SHA-256 of seed and number written one after the other in ASCII, in hexadecimal.

    One lot counts at all kindergartens, which keeps more families near their wishes than one for each
    (Abdulkadiroğlu, Pathak and Roth 2009).
    """
    return hashlib.sha256((seed + number).encode("ascii")).hexdigest()


def commitment(seed: str) -> str:
    """What is published of a seed before it may be known: SHA-256 of it in ASCII, in hexadecimal."""
    return hashlib.sha256(seed.encode("ascii")).hexdigest()


def order(group: Mapping[str, int], seed: str) -> list[str]:
    """The applicants of a programme by number, the first to be admitted first: by group, then by lot."""
    return sorted(group, key=lambda number: (group[number], ticket(seed, number), number))


def band(metres: float, ends: Sequence[int]) -> int:
    """Which band of distance, 0 the nearest: the first whose upper end is not exceeded."""
    return next((place for place, end in enumerate(ends) if metres <= end), len(ends))


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Metres between two points (latitude, longitude in degrees) along the sphere."""
    (north, east), (upper, right) = (tuple(map(radians, each)) for each in (here, there))
    part = sin((upper - north) / 2) ** 2 + cos(north) * cos(upper) * sin((right - east) / 2) ** 2
    return 2 * EARTH * asin(sqrt(part))
