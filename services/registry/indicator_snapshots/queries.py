"""Reads of frozen figures, and the counting of what is frozen."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Date,
    Select,
    Subquery,
    Text,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    true,
)
from sqlalchemy.dialects.postgresql import distinct_on

from services.registry.indicator_snapshots.models import IndicatorSnapshot, IndicatorSnapshotInput
from services.registry.indicators.codes import Breakdown, Part
from services.registry.indicators.counting import one_by_one, rows
from services.registry.indicators.definitions import Formula, Side
from services.registry.indicators.models import Indicator
from services.registry.indicators.tallies import figures, place_for
from shared.db import Query
from shared.documents import many, one
from shared.listing import Listing

_s, _n, _i = IndicatorSnapshot.__table__.c, IndicatorSnapshotInput.__table__.c, Indicator.__table__.c
_columns = (
    _s.id,
    _s.indicator,
    _i.name_zh.label("indicator_name"),
    *(column for column in _s if column.key not in ("id", "indicator")),
)
_named = IndicatorSnapshot.__table__.join(Indicator, and_(_i.code == _s.indicator, _i.version == _s.version))

SNAPSHOTS = Listing(
    "indicator-snapshots",
    select(*_columns).select_from(_named),
    _s.id,
    {"frozen_at": _s.frozen_at, "as_of": _s.as_of},
    {
        name: _s[name] == bindparam(name)
        for name in ("indicator", "division", "zone", "kindergarten", "as_of", "published")
    },
)
SNAPSHOT = one(select(*_columns).select_from(_named).where(_s.id == bindparam("id", type_=Uuid)))

_later = Indicator.__table__.alias("later").c
_in_force = (
    select(func.max(_later.version))
    .where(_later.code == _s.indicator, _later.since <= func.current_date(), _later.until > func.current_date())
    .scalar_subquery()
)


def _kept(part: Part) -> Any:
    return select(_n.rows).where(_n.snapshot == _s.id, _n.part == part.value).scalar_subquery()


def digest(over: Any, under: Any) -> ColumnElement[str]:
    """SHA-256 of both sides, as PostgreSQL prints their JSON objects (keys in its own fixed order)."""
    both = func.concat_ws(literal_column("E'\\n'"), cast(over, Text), cast(under, Text), type_=Text)
    return func.encode(func.sha256(func.convert_to(both, "UTF8")), "hex", type_=Text)


# With what is needed to count it again; found only by whoever may see the rows behind it.
KEPT = Query(
    select(
        func.jsonb_build_object(
            *(part for column in _s for part in (column.key, column)),
            *(part for name in ("kind", "decimals", "since", "definition") for part in (name, _i[name])),
            "version_in_force",
            func.coalesce(_in_force, _s.version),
            type_=Text,
        ).cast(Text),
        digest(_kept(Part.NUMERATOR), _kept(Part.DENOMINATOR)) == _s.inputs_digest,
    )
    .select_from(_named)
    .where(_s.id == bindparam("id", type_=Uuid), _kept(Part.NUMERATOR).is_not(None))
)

# What everybody may know of the plan's district: of each indicator and basis the latest published figure.
PUBLISHED = many(
    select(*_columns)
    .select_from(_named)
    .ext(distinct_on(_s.indicator, _s.parameters))
    .where(
        _s.published,
        _s.division == bindparam("division", type_=Text),
        _s.zone.is_(None),
        _s.kindergarten.is_(None),
        _s.as_of <= bindparam("as_of", type_=Date),
    )
    .order_by(_s.indicator, _s.parameters, _s.as_of.desc(), _s.frozen_at.desc())
)


def _side(side: Side, name: str, *, zone: bool, kindergarten: bool) -> Subquery:
    """All rows of one side as one JSON object, id to amount, and their total."""
    row = rows(side, one_by_one(side, zone=zone, kindergarten=kindergarten)).subquery(f"{name}_rows").c
    return select(
        func.coalesce(func.jsonb_object_agg(row.id, row.amount), literal_column("'{}'::jsonb")).label("rows"),
        cast(func.coalesce(func.sum(row.amount), 0), BigInteger).label("total"),
        func.count().label("number"),
    ).subquery(name)


@lru_cache(maxsize=512)
def counted(formula: Formula, *, zone: bool, kindergarten: bool) -> Select[Any]:
    """Both sides, counted row by row in one SELECT: totals, the rows themselves as JSON text, and their digest."""
    over = _side(formula.numerator, "numerator", zone=zone, kindergarten=kindergarten)
    place = place_for(formula.sides, zone=zone, kindergarten=kindergarten)
    whole = figures(formula.sides, Breakdown.WHOLE, place).subquery("whole")
    found: list[Any] = [
        over.c.total.label("numerator"),
        over.c.number.label("numerator_rows"),
        cast(over.c.rows, Text).label("numerator_inputs"),
        whole.c.synthetic,
        whole.c.counted_on,
    ]
    if formula.denominator is None:
        nothing: list[Any] = [
            null().label("denominator"),
            literal(0).label("denominator_rows"),
            null().label("denominator_inputs"),
        ]
        known = digest(over.c.rows, null()).label("inputs_digest")
        return select(*found, *nothing, known).select_from(over.join(whole, true()))
    under = _side(formula.denominator, "denominator", zone=zone, kindergarten=kindergarten)
    return select(
        *found,
        under.c.total.label("denominator"),
        under.c.number.label("denominator_rows"),
        cast(under.c.rows, Text).label("denominator_inputs"),
        digest(over.c.rows, under.c.rows).label("inputs_digest"),
    ).select_from(over.join(under, true()).join(whole, true()))
