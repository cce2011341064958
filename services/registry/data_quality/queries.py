from sqlalchemy import Date, Integer, Text, bindparam, case, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB

from services.registry.data_quality.models import DataFinding
from services.registry.data_quality.rules import WHOLE
from services.registry.data_quality.schemas import DataFindingRow
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus
from services.registry.steps.queries import steps_of
from shared.documents import one
from shared.listing import Listing
from shared.tables import FOREVER

_finding, _place = DataFinding.__table__, Kindergarten.__table__.alias("g")
_row = _finding.c
_as_of, _today = bindparam("as_of", type_=Date), bindparam("today", type_=Date)
_computed = {
    "kindergarten_name": _place.c.name,
    "until": func.nullif(_row.until, FOREVER),
    "days_open": func.least(_row.until, _today) - _row.since,
}
_columns = select(
    *((_computed[name] if name in _computed else _row[name]).label(name) for name in DataFindingRow.model_fields)
).select_from(_finding.outerjoin(_place, _place.c.id == _row.kindergarten))
_stood = (_row.since <= _as_of) & (_row.until > _as_of)
FINDINGS = Listing(
    "data-findings",
    _columns,
    _row.id,
    {"since": _row.since},
    {
        name: _row[name] == bindparam(name)
        for name in ("code", "rule", "severity", "owner", "kindergarten", "state", "subject")
    }
    | {"division": _row.division.bool_op("^@")(bindparam("division")), "as_of": _stood},
)
FINDING = one(_columns.add_columns(steps_of(_finding).label("steps")).where(_row.id == bindparam("id")))

_red, _warn = bindparam("red_points", type_=Integer), bindparam("warn_points", type_=Integer)
_counted = (
    select(
        _row.kindergarten,
        func.count().filter(_row.severity == literal("red")).label("red"),
        func.count().filter(_row.severity == literal("warn")).label("warn"),
        func.sum(case((_row.severity == literal("red"), _red), else_=_warn)).label("lost"),
        func.min(_row.since).label("oldest_since"),
    )
    .where(_stood, _row.state != "dismissed")
    .group_by(_row.kindergarten)
    .subquery("counted")
)
_by_code = (
    select(_row.kindergarten, _row.code, func.count().label("n"))
    .where(_stood, _row.state != "dismissed")
    .group_by(_row.kindergarten, _row.code)
    .subquery("each_code")
)
_codes = (
    select(_by_code.c.kindergarten, func.jsonb_object_agg(_by_code.c.code, _by_code.c.n).label("codes"))
    .group_by(_by_code.c.kindergarten)
    .subquery("by_code")
)
_status = KindergartenStatus.__table__.alias("s")
_lost = func.coalesce(_counted.c.lost, 0)
_score = func.greatest(0, WHOLE - _lost)
SCORES = Listing(
    "data-quality-scores",
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name.label("kindergarten_name"),
        _place.c.division,
        _score.label("score"),
        _lost.label("lost"),
        func.coalesce(_counted.c.red, 0).label("red"),
        func.coalesce(_counted.c.warn, 0).label("warn"),
        _counted.c.oldest_since,
        func.coalesce(_codes.c.codes, cast(literal("{}", Text), JSONB)).label("codes"),
    )
    .select_from(
        _place.outerjoin(_counted, _counted.c.kindergarten == _place.c.id)
        .outerjoin(_codes, _codes.c.kindergarten == _place.c.id)
        .join(_status, _status.c.kindergarten == _place.c.id)
    )
    .where(
        _status.c.since <= _as_of,
        _status.c.until > _as_of,
        or_(_status.c.status == "operating", _status.c.status == "suspended"),
    ),
    _place.c.id,
    {"score": _score, "name": _place.c.pinyin},
    {
        "kindergarten": _place.c.id == bindparam("kindergarten"),
        "division": _place.c.division.bool_op("^@")(bindparam("division")),
    },
)
