from sqlalchemy import ARRAY, ColumnElement, Date, Integer, bindparam, column, func, literal_column, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.site_logs.models import SiteLog
from services.safety.site_logs.schemas import SiteLogOut
from shared.documents import among, columns, many, one
from shared.listing import Listing

_log, _place = SiteLog.__table__.alias("l"), Kindergarten.__table__.alias("k")
_row = _log.c
_inside = among(_row.kind, ("gate_person", "gate_vehicle")) & _row.left_at.is_(None)
LOGS = Listing(
    "site-logs",
    select(*columns(_log, SiteLogOut)),
    _row.id,
    {"at": _row.at},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "since": _row.at >= bindparam("since", type_=Date),
        "until": _row.at < bindparam("until", type_=Date) + literal_column("1"),
        "exception": _row.exception == bindparam("exception"),
        "inside": _inside == bindparam("inside"),
    },
)
LOG = one(select(*columns(_log, SiteLogOut)).where(_row.id == bindparam("id")))
_asked = func.unnest(bindparam("days", type_=ARRAY(Date))).table_valued(column("day", Date)).render_derived("asked")
_true: ColumnElement[bool] = literal_column("true")
_rounds = (
    select(func.count().label("rounds"))
    .where(_row.kindergarten == _place.c.id, _row.kind == "patrol")
    .where(_row.at >= _asked.c.day, _row.at < _asked.c.day + literal_column("1"))
    .lateral("rounds")
)
PATROL_GAPS = many(
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name,
        _asked.c.day,
        _rounds.c.rounds,
        bindparam("needed", type_=Integer).label("needed"),
    )
    .select_from(_place.join(_asked, _true).join(_rounds, _true))
    .where(_place.c.status == "operating", _place.c.division.bool_op("^@")(bindparam("division")))
    .where(_rounds.c.rounds < bindparam("needed", type_=Integer))
    .order_by(_asked.c.day, _place.c.pinyin)
)
