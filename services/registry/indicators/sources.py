"""What can be counted, as SQL: one row for each thing counted on each day, and what is known of it.

Every value is a bind parameter. Bind parameters all of it understands: `days`, `first` and `last` of them, `division`
(a prefix), and, where the place asks for them, `zone` and `kindergarten`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Interval,
    Select,
    Subquery,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    column,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    true,
)

from services.registry.classes.models import Class
from services.registry.divisions.models import Division, Population
from services.registry.enrolments.codes import Entry
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus, KindergartenType

TOWN_DIGITS = 9
PRESCHOOL_COHORTS = (4, 6)  # born in the school years so many before: 3 reached and 6 not yet at the cut-off
PRESCHOOL_AGES = (3, 5)

DAYS = select(func.unnest(bindparam("days", type_=ARRAY(Date)), type_=Date).label("day")).cte("days")
_k, _c, _e = Kindergarten.__table__.c, Class.__table__.c, Enrolment.__table__.c
_t, _s, _p = KindergartenType.__table__.c, KindergartenStatus.__table__.c, Population.__table__.c
_z = Division.__table__.alias("z").c
# The view of the migration: enrolments in scope with the school year their child was born in.
AGED = table(
    "enrolled_cohorts",
    column("id", Uuid),
    column("class_id", Uuid),
    column("kindergarten", Uuid),
    column("division", Text),
    column("since", Date),
    column("until", Date),
    column("synthetic", Boolean),
    column("cohort", Integer),
)


@dataclass(frozen=True, slots=True)
class Place:
    """By what the place is narrowed besides its division; `typed` and `aged`: what must be known of each row.

    `single`: a row for each enrolment instead of one for all that are alike.
    """

    zone: bool = False
    kindergarten: bool = False
    typed: bool = False
    aged: bool = False
    single: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """Where the rows come from, and what is known of each: its id, kindergarten, division, class_kind, type, amount."""

    source: FromClause
    where: tuple[ColumnElement[bool], ...]
    columns: Mapping[str, Any]


def years_before(day: ColumnElement[Any], years: int) -> ColumnElement[Any]:
    """The same day so many years before; 29 February becomes the 28th."""
    return day if years == 0 else cast(day - cast(literal_column(f"'{years} years'"), Interval), Date)


def school_year(day: ColumnElement[Any]) -> ColumnElement[int]:
    """学年 of a day, named by the year it starts in: four months on, September is January of the year after."""
    return cast(func.extract("year", day + cast(literal_column("'4 months'"), Interval)), Integer) - 1


def town(division: ColumnElement[Any]) -> ColumnElement[str]:
    return func.left(division, TOWN_DIGITS)


def _within(division: ColumnElement[Any], place: Place) -> tuple[ColumnElement[bool], ...]:
    inside = [division.bool_op("^@")(bindparam("division", type_=Text))]
    if place.zone:
        towns = select(_z.code).where(_z.zone == bindparam("zone", type_=Text))
        inside.append(town(division).in_(towns))
    return tuple(inside)


def _chosen(
    kindergarten: ColumnElement[Any], division: ColumnElement[Any], place: Place
) -> tuple[ColumnElement[bool], ...]:
    """What belongs to the kindergartens of the place."""
    one = (kindergarten == bindparam("kindergarten", type_=Uuid),) if place.kindergarten else ()
    return (*_within(division, place), *one)


def _typed(
    source: FromClause, at: ColumnElement[Any], kindergarten: ColumnElement[Any], place: Place
) -> tuple[FromClause, dict[str, Any]]:
    """Add the type each kindergarten has on the day; `changed_type` is the one it would have."""
    if not place.typed:
        return source, {"type": null(), "changed_type": null()}
    joined = source.outerjoin(KindergartenType.__table__, (_t.kindergarten == kindergarten) & _holds(_t, at))
    changed = case(
        (kindergarten == bindparam("changed", None, type_=Uuid), bindparam("changed_type", None, type_=Text)),
        else_=_t.type,
    )
    return joined, {"type": _t.type, "changed_type": changed}


def _holds(period: Any, at: ColumnElement[Any]) -> ColumnElement[bool]:
    held: ColumnElement[bool] = (period.since <= at) & (period.until > at)
    return held


def _enrolled(place: Place, years: int) -> Counted:
    """Children in a class on the day. Those alike in class, period and cohort are one row with their number."""
    e: Any = AGED.c if place.aged else _e
    known = [e.class_id, e.since, e.until, *([e.cohort] if place.aged else [])]
    first, last = (years_before(bindparam(name, type_=Date), years) for name in ("first", "last"))
    rows = select(*known).where(*_chosen(e.kindergarten, e.division, place), e.since <= last, e.until > first)
    x = _alike(rows, place, e.id, e.synthetic)
    at = years_before(DAYS.c.day, years)
    source: FromClause = DAYS.join(x, _holds(x.c, at)).join(Class, _c.id == x.c.class_id)
    source = source.join(Kindergarten, _k.id == _c.kindergarten)
    source, types = _typed(source, at, _k.id, place)
    born = school_year(at) - x.c.cohort if place.aged else null()
    return Counted(
        source,
        (),
        types
        | {
            "id": cast(x.c.id, Text) if place.single else null(),
            "kindergarten": _k.id,
            "division": _k.division,
            "class_kind": _c.kind,
            "amount": x.c.n,
            "synthetic": x.c.synthetic,
            "of_age": born.between(PRESCHOOL_COHORTS[0], PRESCHOOL_COHORTS[1]) if place.aged else true(),
        },
    )


def _entered(place: Place, years: int) -> Counted:
    """Children who first entered a kindergarten since the school year of the day began, up to that day."""
    at = years_before(DAYS.c.day, years)
    first, last = (years_before(bindparam(name, type_=Date), years) for name in ("first", "last"))
    rows = select(_e.class_id, _e.since).where(
        _e.reason_in == Entry.NEW.value,
        *_chosen(_e.kindergarten, _e.division, place),
        _e.since.between(_began(first), last),
    )
    x = _alike(rows, place, _e.id, _e.synthetic)
    source: FromClause = DAYS.join(x, x.c.since.between(_began(at), at)).join(Class, _c.id == x.c.class_id)
    source = source.join(Kindergarten, _k.id == _c.kindergarten)
    source, types = _typed(source, at, _k.id, place)
    return Counted(
        source,
        (),
        types
        | {
            "id": cast(x.c.id, Text) if place.single else null(),
            "kindergarten": _k.id,
            "division": _k.division,
            "class_kind": _c.kind,
            "amount": x.c.n,
            "synthetic": x.c.synthetic,
        },
    )


def _began(day: ColumnElement[Any]) -> ColumnElement[Any]:
    """The first day of the school year of a day."""
    return func.make_date(school_year(day), 9, 1, type_=Date)


def _alike(rows: Select[Any], place: Place, id: Any, synthetic: Any) -> Subquery:
    """Rows that agree in all columns as one, with their number; or each for itself, where the place says so."""
    if place.single:
        return rows.add_columns(id, literal(1).label("n"), synthetic).subquery("x")
    alike = rows.add_columns(func.count().label("n"), func.bool_or(synthetic).label("synthetic"))
    return alike.group_by(*rows.selected_columns).subquery("x")


def _present(at: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[int]:
    """Number of children enrolled on the day, of all ages and classes."""
    return select(func.count()).select_from(Enrolment).where(_holds(_e, at), *where).scalar_subquery()


def _classes(place: Place, years: int) -> Counted:
    """Classes of the day; as seats each counts for its standard size."""
    at = years_before(DAYS.c.day, years)
    source: FromClause = DAYS.join(Class, _holds(_c, at)).join(Kindergarten, _k.id == _c.kindergarten)
    source, types = _typed(source, at, _k.id, place)
    return Counted(
        source,
        _chosen(_c.kindergarten, _c.division, place),
        types
        | {
            "id": cast(_c.id, Text),
            "kindergarten": _k.id,
            "division": _k.division,
            "class_kind": _c.kind,
            "amount": literal(1),
            "seats": _c.standard_size,
            "synthetic": _c.synthetic,
            "children": _present(at, _e.class_id == _c.id),
        },
    )


def _kindergartens(place: Place, years: int) -> Counted:
    """Kindergartens, with the status and type of the day."""
    at = years_before(DAYS.c.day, years)
    source: FromClause = DAYS.join(Kindergarten, true()).outerjoin(
        KindergartenStatus, (_s.kindergarten == _k.id) & _holds(_s, at)
    )
    source, types = _typed(source, at, _k.id, place)
    return Counted(
        source,
        _chosen(_k.id, _k.division, place),
        types
        | {
            "id": cast(_k.id, Text),
            "kindergarten": _k.id,
            "division": _k.division,
            "class_kind": null(),
            "amount": literal(1),
            "synthetic": _k.synthetic,
            "status": _s.status,
            "children": _present(at, _e.kindergarten == _k.id),
        },
    )


def _population(place: Place, years: int) -> Counted:
    """Children living in each town, by the latest count not later than the day."""
    at = years_before(DAYS.c.day, years)
    later = Population.__table__.alias("later").c
    latest = (
        select(func.max(later.counted_on))
        .where(later.division == _p.division, later.age == _p.age, later.basis == _p.basis, later.counted_on <= at)
        .scalar_subquery()
    )
    source: FromClause = DAYS.join(Population, _p.counted_on == latest)
    return Counted(
        source,
        (func.length(_p.division) == TOWN_DIGITS, *_within(_p.division, place)),
        {
            "id": func.concat_ws("/", _p.division, _p.counted_on, _p.age, _p.basis),
            "kindergarten": cast(null(), Uuid),
            "division": _p.division,
            "class_kind": null(),
            "type": null(),
            "changed_type": null(),
            "amount": _p.children,
            "synthetic": _p.synthetic,
            "of_age": _p.age.between(PRESCHOOL_AGES[0], PRESCHOOL_AGES[1]),
            "basis": _p.basis,
            "counted_on": _p.counted_on,
        },
    )


Source = Callable[[Place, int], Counted]
SOURCES: dict[str, Source] = {
    "children_enrolled": _enrolled,
    "children_entered": _entered,
    "classes": _classes,
    "seats": _classes,
    "kindergartens": _kindergartens,
    "population": _population,
}
