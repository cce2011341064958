from sqlalchemy import Date, Integer, LargeBinary, Text, bindparam, column, func, literal_column, select

from services.registry.founders.models import Founder
from services.registry.founders.schemas import FounderOut
from services.registry.kindergartens.models import Kindergarten
from shared.documents import columns, many, one
from shared.listing import Listing
from shared.tables import FOREVER

_row, _k = Founder.__table__.c, Kindergarten.__table__.c
_as_of = bindparam("as_of", type_=Date)
_columns = select(
    *columns(
        Founder.__table__,
        FounderOut,
        kindergarten_name=_k.name,
        share=_row.share.cast(Text),
        until=func.nullif(_row.until, FOREVER),
    )
).select_from(Founder.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten))
FOUNDERS = Listing(
    "founders",
    _columns,
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "role": _row.role == bindparam("role"),
        "nature": _row.nature == bindparam("nature"),
        "assets": _row.assets == bindparam("assets"),
        "q": func.strpos(_row.name, bindparam("q")) > 0,
        "credit_code": _row.credit_code == bindparam("credit_code"),
        "as_of": (_row.since <= _as_of) & (_row.until > _as_of),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
FOUNDER = one(_columns.where(_row.id == bindparam("id")), column("version"))
# Whoever is barred, wherever the list is kept: yes or no.
IS_BARRED = select(
    func.is_barred(
        bindparam("document", type_=LargeBinary), bindparam("since", type_=Date), bindparam("until", type_=Date)
    )
)
_bars = func.barred_since(_row.document_index, _as_of)
_due = (_bars + func.make_interval(0, bindparam("months", type_=Integer))).cast(Date)
BARRED = many(
    select(
        _row.id.label("founder"),
        _row.kindergarten,
        _k.name.label("kindergarten_name"),
        _row.name,
        _row.role,
        _bars.label("barred_since"),
        _due.label("change_due_on"),
        (_due < _as_of).label("overdue"),
        literal_column("'REG-13'", Text).label("rule"),
    )
    .select_from(Founder.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten))
    .where(_row.since <= _as_of, _row.until > _as_of, _row.document_index.is_not(None), _bars.is_not(None))
    .order_by(_due, _row.id)
)
