from sqlalchemy import Date, Text, Uuid, bindparam, case, cast, func, literal_column, select

from services.finance.entries.models import Entry, Posting
from shared.documents import one
from shared.listing import Listing

_entry, _line, _later = Entry.__table__.alias("e"), Posting.__table__.alias("p"), Entry.__table__.alias("r")
_row = _entry.c
_lines = (
    select(
        _line.c.line,
        _line.c.account,
        cast(case((_line.c.amount > 0, _line.c.amount)), Text).label("debit"),
        cast(case((_line.c.amount < 0, -_line.c.amount)), Text).label("credit"),
        _line.c.memo,
    )
    .where(_line.c.entry == _row.id)
    .order_by(_line.c.line)
    .correlate(_entry)
    .subquery("l")
)
_columns = select(
    _row.id,
    _row.book,
    _row.kindergarten,
    _row.source,
    _row.source_key,
    _row.effective_on,
    _row.summary,
    _row.reverses,
    select(_later.c.id).where(_later.c.reverses == _row.id).scalar_subquery().label("reversed_by"),
    _row.recorded_at,
    _row.recorded_by,
    select(func.json_agg(literal_column("l"))).select_from(_lines).scalar_subquery().label("lines"),
)
ENTRIES = Listing(
    "entries",
    _columns.where(_row.book == bindparam("id", type_=Uuid)),
    _row.id,
    {"effective_on": _row.effective_on},
    {
        "since": _row.effective_on >= bindparam("since", type_=Date),
        "until": _row.effective_on < bindparam("until", type_=Date),
        "source": _row.source == bindparam("source"),
        "source_key": _row.source_key == bindparam("source_key"),
    },
)
ENTRY = one(_columns.where(_row.id == bindparam("id", type_=Uuid)))
