"""Reads of indicators: definitions, figures and the rows behind them, each one SELECT."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
)

from services.registry.divisions.models import Division
from services.registry.indicators import counting, tallies
from services.registry.indicators.codes import Breakdown
from services.registry.indicators.definitions import Formula, Side
from services.registry.indicators.models import Indicator
from services.registry.kindergartens.models import Kindergarten
from shared.db import Query
from shared.documents import many, one
from shared.listing import Listing
from shared.platform.tables import Code
from shared.tables import FOREVER

_i, _d, _k = Indicator.__table__.c, Division.__table__.c, Kindergarten.__table__.c
_as_of = bindparam("as_of", type_=Date)
_version = bindparam("version", None, type_=Integer)
_columns = (
    *(_i[name] for name in ("code", "version", "name_zh", "name_en", "kind", "unit", "decimals")),
    *(_i.definition[name].label(name) for name in ("numerator", "denominator", "parameters", "legal_source")),
    _i.tag,
    _i.note_zh,
    _i.since,
    func.nullif(_i.until, FOREVER).label("until"),
)
_in_force = (_i.since <= _as_of) & (_i.until > _as_of)
_wanted = and_(_i.code == bindparam("code"), or_(_i.version == _version, and_(_version.is_(None), _in_force)))

INDICATORS = Listing(
    "indicators",
    select(*_columns),
    func.concat_ws("/", _i.code, _i.version, type_=Text),
    {"code": _i.code, "name": _i.name_zh},
    {"code": _i.code == bindparam("code"), "kind": _i.kind == bindparam("kind"), "as_of": _in_force},
)
INDICATOR = one(select(*_columns).where(_wanted).order_by(_i.version.desc()).limit(1))

_parts = [_i[name] for name in ("code", "version", "name_zh", "kind", "unit", "decimals", "since", "definition")]
_definition = select(*_parts).where(_wanted).order_by(_i.version.desc()).limit(1).subquery("found")
# What a figure is asked of: the definition, and the names of the place as far as it exists for the caller.
ASKED = Query(
    select(
        select(func.row_to_json(literal_column("found"))).select_from(_definition).scalar_subquery(),
        select(_d.name).where(_d.code == bindparam("division", type_=Text)).scalar_subquery(),
        select(_k.name).where(_k.id == bindparam("kindergarten", type_=Uuid)).scalar_subquery(),
        select(_k.division).where(_k.id == bindparam("kindergarten", type_=Uuid)).scalar_subquery(),
    )
)
_LABELS = {Breakdown.ZONE: "zone", Breakdown.TYPE: "kindergarten_type", Breakdown.CLASS_KIND: "class_kind"}


@lru_cache(maxsize=512)
def values(formula: Formula, by: Breakdown, *, zone: bool, kindergarten: bool) -> Listing:
    """The figures of each day in `days`, divided: a list with the columns of `IndicatorValue`.

    Bind parameters besides those of counting: `area` and `name` of the place.
    """
    place = tallies.place_for(formula.sides, by, zone=zone, kindergarten=kindergarten)
    found = tallies.figures(formula.sides, by, place).subquery("found").c
    source, name = _named(found, by)
    over = found.n0
    under = found.n1 if formula.denominator else literal(0)
    chosen = dict(formula.parameters)
    return Listing(
        f"{formula.code}",
        select(
            literal(formula.code).label("indicator"),
            literal(formula.version).label("version"),
            found.day.label("as_of"),
            cast(bindparam("area", type_=Text), Text).label("division"),
            cast(bindparam("zone", None, type_=Text), Text).label("zone"),
            found.key.label("key"),
            name.label("name"),
            over.label("numerator"),
            (under if formula.denominator else null()).label("denominator"),
            tallies.shown(formula, over, under).label("value"),
            literal(formula.unit).label("unit"),
            *(
                cast(bindparam(f"_{each}", chosen.get(each), type_=Text), Text).label(each)
                for each in ("rate_mode", "population_basis")
            ),
            found.counted_on.label("population_counted_on"),
            literal(formula.nursery_counted).label("nursery_counted"),
            found.synthetic.label("synthetic"),
        ).select_from(source),
        func.concat_ws("/", found.day, found.key, type_=Text),
        {
            "as_of": found.day,
            "key": found.key,
            "name": name,
            "value": tallies.order(formula, over, under),
            "numerator": over,
        },
    )


def _named(found: Any, by: Breakdown) -> tuple[FromClause, ColumnElement[str]]:
    """The figures with the name of each key beside it."""
    figures: FromClause = found.key.table
    if by is Breakdown.TOWN:
        source = figures.outerjoin(Division, _d.code == found.key)
        return source, func.coalesce(_d.name, found.key, type_=Text)
    if by is Breakdown.KINDERGARTEN:
        source = figures.outerjoin(Kindergarten, _k.id == cast(func.nullif(found.key, ""), Uuid))
        return source, func.coalesce(_k.name, found.key, type_=Text)
    if by in _LABELS:
        source = figures.outerjoin(Code, and_(Code.list == _LABELS[by], Code.code == found.key))
        return source, func.coalesce(Code.label_zh, found.key, type_=Text)
    return figures, cast(bindparam("name", type_=Text), Text)


@lru_cache(maxsize=512)
def lineage(side: Side, *, zone: bool, kindergarten: bool) -> Listing:
    """The rows behind one side on the day: a list with the columns of `IndicatorInput`."""
    row = counting.rows(side, counting.one_by_one(side, zone=zone, kindergarten=kindergarten)).subquery("behind").c
    return Listing(
        "lineage",
        select(
            row.id,
            literal(side.count).label("source"),
            row.kindergarten,
            _k.name.label("kindergarten_name"),
            row.division,
            row.class_kind,
            row.type,
            row.amount,
            row.counted_on,
            row.synthetic,
        ).select_from(row.id.table.outerjoin(Kindergarten, _k.id == row.kindergarten)),
        row.id,
        {"id": row.id, "division": row.division},
        {"type": row.type == bindparam("type", type_=Text), "class_kind": row.class_kind == bindparam("class_kind")},
    )


@lru_cache(maxsize=128)
def tally(sides: tuple[Side, ...]) -> Query:
    """The counts of many sides in a whole division on many days, as JSON: day, n0, n1, …, synthetic, counted_on."""
    return many(tallies.figures(sides, Breakdown.WHOLE, tallies.place_for(sides)))
