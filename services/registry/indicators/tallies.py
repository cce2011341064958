"""Many counts on many days in one SELECT: each source is read once, each count is a filtered sum over it."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    Numeric,
    Select,
    Subquery,
    Text,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)

from services.registry.divisions.models import Division
from services.registry.indicators.codes import Breakdown, Kind
from services.registry.indicators.counting import amount, condition
from services.registry.indicators.definitions import Formula, Side
from services.registry.indicators.sources import DAYS, SOURCES, Counted, Place, town

_SAME_ROWS = {"seats": "classes"}


def place_for(
    sides: Sequence[Side], by: Breakdown = Breakdown.WHOLE, *, zone: bool = False, kindergarten: bool = False
) -> Place:
    """What must be known of each row to count these sides."""
    typed = by is Breakdown.TYPE or any(side.names("kindergarten_type") for side in sides)
    aged = any(side.names("age_group") for side in sides)
    return Place(zone=zone, kindergarten=kindergarten, typed=typed, aged=aged)


def figures(sides: Sequence[Side], by: Breakdown, place: Place) -> Select[Any]:
    """A row for each day and key: `n0`, `n1`, … are the counts of the sides in their order.

    `synthetic`: some row looked at is. `counted_on`: the oldest population count used.
    """
    numbered = sorted(enumerate(sides), key=lambda each: _source(each[1]))
    tallies = [_tally(source, list(of), by, place) for source, of in groupby(numbered, lambda each: _source(each[1]))]
    names = [f"n{at}" for at in range(len(sides))]
    # One below the other and added up: joining them would compare every key with every other.
    below = [select(*(_column(each, name) for name in ("day", "key", *names, *_KNOWN))) for each in tallies]
    if by is Breakdown.WHOLE:  # a day on which nothing is counted has a row too
        below.append(select(DAYS.c.day, _EMPTY.label("key"), *(_column(None, name) for name in (*names, *_KNOWN))))
    all_ = union_all(*below).subquery("tallies").c
    return select(
        all_.day,
        all_.key,
        *(func.coalesce(func.max(all_[name]), 0, type_=BigInteger).label(name) for name in names),
        func.coalesce(func.bool_or(all_.synthetic), false()).label("synthetic"),
        func.min(all_.counted_on).label("counted_on"),
    ).group_by(all_.day, all_.key)


_EMPTY = cast(literal_column("''"), Text)
_KNOWN: dict[str, Any] = {"synthetic": Boolean, "counted_on": Date}


def _column(tally: Subquery | None, name: str) -> Any:
    """A column of the tally; nothing where it counts something else."""
    if tally is not None and name in tally.c:
        return tally.c[name]
    return cast(null(), _KNOWN.get(name, BigInteger)).label(name)


def _source(side: Side) -> tuple[str, int]:
    return _SAME_ROWS.get(side.count, side.count), side.years_before


def _tally(source: tuple[str, int], sides: list[tuple[int, Side]], by: Breakdown, place: Place) -> Subquery:
    name, years = source
    counted = SOURCES[name](place, years)
    key = _key(counted, by).label("key")
    sums = (
        cast(func.sum(amount(counted, side)).filter(condition(counted, side)), BigInteger).label(f"n{at}")
        for at, side in sides
    )
    dated = counted.columns.get("counted_on", cast(null(), Date))
    synthetic = func.bool_or(counted.columns["synthetic"]).label("synthetic")
    rows = select(DAYS.c.day, key, *sums, synthetic, func.min(dated).label("counted_on"))
    rows = rows.select_from(counted.source).where(*counted.where)
    return rows.group_by(DAYS.c.day, key).subquery(f"{name}_{years}")


def _key(counted: Counted, by: Breakdown) -> ColumnElement[str]:
    known = counted.columns
    zone = select(Division.zone).where(Division.code == town(known["division"])).scalar_subquery()
    columns: dict[Breakdown, Any] = {
        Breakdown.WHOLE: _EMPTY,
        Breakdown.TOWN: town(known["division"]),
        Breakdown.ZONE: zone,
        Breakdown.KINDERGARTEN: cast(known["kindergarten"], Text),
        Breakdown.TYPE: known["type"],
        Breakdown.CLASS_KIND: known["class_kind"],
    }
    return func.coalesce(columns[by], "", type_=Text)


def exact(kind: Kind, over: ColumnElement[int], under: ColumnElement[int]) -> tuple[Any, Any]:
    """The value as a fraction: numerator and denominator, the latter NULL where there is none (as in rules.ratio)."""
    if kind is Kind.RATIO:
        return over, func.nullif(under, 0)
    if kind is Kind.CHANGE:
        return over - under, func.nullif(under, 0)
    return (over - under if kind is Kind.DIFFERENCE else over), literal(1)


def shown(formula: Formula, over: ColumnElement[int], under: ColumnElement[int]) -> ColumnElement[str]:
    """The printed figure, rounded half up once on integers: what rules.shown says, in SQL."""
    top, bottom = (cast(each, Numeric) for each in exact(formula.kind, over, under))
    units = func.div(2 * func.abs(top) * formula.scale * 10**formula.decimals + bottom, 2 * bottom, type_=Numeric)
    signed = case((top < 0, -units), else_=units) / cast(10**formula.decimals, Numeric)
    return cast(func.round(signed, formula.decimals), Text)


def order(formula: Formula, over: ColumnElement[int], under: ColumnElement[int]) -> ColumnElement[Any]:
    """What values are sorted by; a figure that does not exist comes before all others."""
    top, bottom = (cast(each, Numeric) for each in exact(formula.kind, over, under))
    return func.coalesce(func.round(top / bottom, 12), cast(-(10**12), Numeric), type_=Numeric)
