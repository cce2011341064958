"""What the indicators of a demonstration district must come to, counted child by child.

A slow, obvious second opinion for the queries that compute them.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.registry.ages.rules import school_year, school_year_since, three_to_five
from services.registry.classes.codes import ClassKind
from services.registry.kindergartens.codes import Type
from services.registry.seed.rows import District, Enrolment


@dataclass(frozen=True, slots=True)
class Figure:
    """Numerator and denominator; a count has denominator 1."""

    numerator: int
    denominator: int = 1


def enrolled(district: District, on: date) -> Iterator[Enrolment]:
    """The enrolments in force on a day."""
    return (e for e in district.enrolments if e.since <= on < e.until)


def types_on(district: District, on: date) -> dict[UUID, Type]:
    """办园性质 of every kindergarten that has one on a day."""
    return {t.kindergarten: t.type for t in district.types if t.since <= on < t.until}


def truth(district: District, on: date, division: str = "110116") -> dict[str, Figure]:
    """The indicators of a division (any prefix of a kindergarten's) on a day within the three school years."""
    inside = {k.id for k in district.kindergartens if k.division.startswith(division)}
    rooms = {room.id: room for room in district.classes if room.kindergarten in inside}
    births = {child.id: child.birth_date for child in district.children}
    types = types_on(district, on)
    present = [e for e in enrolled(district, on) if e.kindergarten in inside]
    preschool = [e for e in present if rooms[e.class_id].kind is not ClassKind.NURSERY]
    by_type = Counter(types[e.kindergarten] for e in preschool)
    public, inclusive = by_type[Type.PUBLIC], by_type[Type.INCLUSIVE_PRIVATE]
    year = school_year(on)
    counted = school_year_since(year)
    persons = sum(
        p.children for p in district.populations if p.counted_on == counted and p.division.startswith(division)
    )
    sizes = Counter(e.class_id for e in present)
    current = [room for room in rooms.values() if room.school_year == year]
    standard = [room for room in current if room.kind is not ClassKind.NURSERY]
    oversize = [room for room in current if sizes[room.id] > room.standard_size]
    fit = [room for room in standard if sizes[room.id] <= room.standard_size]
    whole = Counter(e.kindergarten for e in present)
    return {
        "children_enrolled": Figure(len(present)),
        "enrolment_rate_3y": Figure(sum(three_to_five(births[e.child], on) for e in preschool), persons),
        "enrolment_rate_3y_gross": Figure(len(preschool), persons),
        "inclusive_coverage": Figure(public + inclusive, len(preschool)),
        "public_share": Figure(public, len(preschool)),
        "class_size_compliance": Figure(len(fit), len(standard)),
        "oversize_classes": Figure(len(oversize)),
        "oversize_kindergartens": Figure(sum(children > 360 for children in whole.values())),  # noqa: PLR2004  # art. 11
        "classes": Figure(len(current)),
        "seats": Figure(sum(room.standard_size for room in standard)),
    }
