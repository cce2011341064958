"""Who works in the kindergartens: by role, employment, education, title and age, and how that has changed."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from services.registry.posts.codes import Employment, PostRole
from services.registry.posts.rules import months_before
from services.registry.staff.codes import Education, Title
from services.registry.staffing.rules import AGE_BANDS, age_band
from services.registry.staffing.schemas import (
    AgeShare,
    EducationShare,
    EmploymentShare,
    RoleShare,
    StaffStructure,
    StaffStructures,
    TitleShare,
)

BANDS = list(dict.fromkeys(age_band(age) for age in (0, *AGE_BANDS)))


def days_of(on: date, years: int) -> list[date]:
    """The day and the same day of earlier years."""
    return [months_before(on, 12 * back) for back in range(years + 1)]


def structures(text: str, days: Iterable[date], role: PostRole | None) -> StaffStructures:
    """From the JSON of `STRUCTURE`: a structure for each day."""
    rows = [row for row in json.loads(text) if role is None or row[1] == role]
    return StaffStructures(items=[_structure([row for row in rows if row[0] == str(day)], day) for day in days])


def _structure(rows: list[list[Any]], day: date) -> StaffStructure:
    roles, employments, educations, titles, ages = (_counted(rows, column) for column in (1, 2, 3, 4, 6))
    bands = Counter[str]()
    for age, people in ages.items():
        bands[age_band(age)] += people
    return StaffStructure(
        as_of=day,
        people=sum(row[7] for row in rows),
        preschool_major=sum(row[7] for row in rows if row[5]),
        roles=[RoleShare(role=each, people=n) for each, n in _named(roles, PostRole)],
        employments=[EmploymentShare(employment=each, people=n) for each, n in _named(employments, Employment)],
        educations=[EducationShare(education=each, people=n) for each, n in _named(educations, Education)],
        titles=[TitleShare(title=each, people=n) for each, n in _named(titles, Title)],
        ages=[AgeShare(band=band, people=bands[band]) for band in BANDS],
    )


def _counted(rows: list[list[Any]], column: int) -> Counter[Any]:
    found: Counter[Any] = Counter()
    for row in rows:
        found[row[column]] += row[7]
    return found


def _named(found: Counter[Any], words: Any) -> Iterator[tuple[Any, int]]:
    """Every word with its number, none left out."""
    return ((each, found[each.value]) for each in words)
