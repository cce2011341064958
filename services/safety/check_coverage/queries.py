from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Text,
    bindparam,
    case,
    cast,
    column,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.types import Float

from services.safety.check_coverage.rules import Asked
from services.safety.check_coverage.schemas import CheckCoverageRow, CheckCoverageSummary
from services.safety.checklists.models import Checklist
from services.safety.kindergartens.models import Kindergarten
from services.safety.self_checks.models import SelfCheck, SelfCheckMonth
from shared.documents import many, one
from shared.listing import Listing

_list, _place = Checklist.__table__.c, Kindergarten.__table__.alias("k")
_check, _month = SelfCheck.__table__.c, SelfCheckMonth.__table__.c
_code = bindparam("checklist", type_=Text)
VERSIONS = many(
    select(_list.code, _list.period, _list.since, _list.until).where(
        _list.use == "self_check", _list.state == "published", or_(_code.is_(None), _list.code == _code)
    )
)


def _pairs(codes: str, days: str, name: str) -> Any:
    """Two arrays side by side, as rows of code and day."""
    arrays = (bindparam(codes, type_=ARRAY(Text)), bindparam(days, type_=ARRAY(Date)))
    return func.unnest(*arrays).table_valued(column("code", Text), column("day", Date)).render_derived(name)


_since, _until = bindparam("since", type_=Date), bindparam("until", type_=Date)
_live, _due = _pairs("live_codes", "live_days", "live"), _pairs("due_codes", "due_days", "due")
_by_month = (
    select(_month.kindergarten, func.sum(_month.made).label("made"))
    .select_from(SelfCheckMonth.__table__.join(_live, _live.c.code == _month.code))
    .where(_month.month >= func.date_trunc("month", _since).cast(Date), _month.month < _live.c.day)
    .group_by(_month.kindergarten)
)
_one_by_one = (
    select(_check.kindergarten, func.count().label("made"))
    .select_from(SelfCheck.__table__.join(_live, _live.c.code == _check.code))
    .where(_check.first_day >= _since, _check.first_day >= _live.c.day, _check.last_day < _until, _check.due)
    .group_by(_check.kindergarten)
)
_told = _by_month.union_all(_one_by_one).subquery("told")
_made = (
    select(_told.c.kindergarten, func.sum(_told.c.made).label("made"))
    .group_by(_told.c.kindergarten)
    .cte("made")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_all_due = select(func.count()).select_from(_due).scalar_subquery()
_since_opened = (
    select(func.count()).select_from(_due).where(_due.c.day >= _place.c.opened_on).correlate(_place).scalar_subquery()
)
_due_here = case(
    (or_(_place.c.opened_on.is_(None), _place.c.opened_on <= _since), _all_due), else_=_since_opened
).label("due")
_made_here = func.coalesce(_made.c.made, literal_column("0")).label("made")
_counted = (
    select(_place.c.id, _place.c.name, _place.c.pinyin, _place.c.division, _due_here, _made_here)
    .select_from(_place.outerjoin(_made, _made.c.kindergarten == _place.c.id))
    .where(_place.c.status == "operating")
    .subquery("counted")
)
_row = _counted.c
_missed = func.greatest(_row.due - _row.made, literal_column("0"))


def _percent(made: Any, due: Any) -> Any:
    rate = cast(func.round(made * literal_column("100.0") / due, 2), Float)
    return case((due > literal_column("0"), func.least(rate, literal_column("100.0"))), else_=None)


_columns: dict[str, Any] = {
    "kindergarten": _row.id,
    "name": _row.name,
    "division": _row.division,
    "due": _row.due,
    "made": _row.made,
    "missed": _missed,
    "percent": _percent(_row.made, _row.due),
}
COVERAGE = Listing(
    "self-check-coverage",
    select(*(_columns[name].label(name) for name in CheckCoverageRow.model_fields)),
    _row.id,
    {"missed": _missed, "name": _row.pinyin},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "complete": (_missed == literal_column("0")) == bindparam("complete"),
    },
)
_zero: ColumnElement[int] = literal_column("0")
_totals = (
    select(
        func.count().label("kindergartens"),
        func.count().filter(_missed == _zero).label("complete"),
        func.coalesce(func.sum(_row.due), _zero).label("due"),
        func.coalesce(func.sum(_row.made), _zero).label("made"),
        func.coalesce(func.sum(_missed), _zero).label("missed"),
    )
    .where(_row.division.bool_op("^@")(bindparam("division")))
    .subquery("totals")
)
_summed: dict[str, Any] = {"since": _since, "until": _until, "percent": _percent(_totals.c.made, _totals.c.due)}
SUMMARY = one(
    select(
        *(
            (_summed[name] if name in _summed else _totals.c[name]).label(name)
            for name in CheckCoverageSummary.model_fields
        )
    )
)


def values(found: Asked) -> dict[str, Any]:
    """The parameters of both statements."""
    known: dict[str, Any] = {"since": found.since, "until": found.until}
    for name in ("due", "live"):
        pairs = getattr(found, name)
        known |= {f"{name}_codes": [code for code, _ in pairs], f"{name}_days": [day for _, day in pairs]}
    return known
