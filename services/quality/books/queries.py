from typing import Any

from sqlalchemy import Integer, bindparam, func, select

from services.quality.books.models import Book, BookHolding
from services.quality.books.schemas import ReadingBookOut, ReadingBookRow
from services.quality.kindergartens.models import Kindergarten
from services.quality.steps.queries import steps_of
from shared.documents import one
from shared.listing import Listing

_row, _held, _place = Book.__table__.c, BookHolding.__table__.c, Kindergarten.__table__
_mine = _held.book == _row.id
_copies = select(func.coalesce(func.sum(_held.copies), 0)).where(_mine).correlate(Book.__table__).scalar_subquery()
_most_in_a_class = (
    select(func.coalesce(func.max(_held.copies), 0))
    .where(_mine, _held.place != "library")
    .correlate(Book.__table__)
    .scalar_subquery()
)
_unreviewed = (_row.state != "approved") & (_copies > 0)
_too_many = _most_in_a_class > bindparam("most_copies", type_=Integer)
_special: dict[str, Any] = {
    "kindergarten_name": _place.c.name,
    "copies": _copies,
    "unreviewed": _unreviewed,
    "too_many": _too_many,
}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in ReadingBookRow.model_fields]
_detail = [
    _row[n].label(n)
    for n in ReadingBookOut.model_fields
    if n not in ReadingBookRow.model_fields and n not in ("steps", "actions")
]
_from = Book.__table__.join(_place, _place.c.id == _row.kindergarten)
BOOKS = Listing(
    "books",
    select(*_columns).select_from(_from),
    _row.id,
    {"title": _row.title},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "audience": _row.audience == bindparam("audience"),
        "state": _row.state == bindparam("state"),
        "unreviewed": _unreviewed == bindparam("unreviewed"),
        "too_many": _too_many == bindparam("too_many"),
    },
)
BOOK = one(
    select(*_columns, *_detail, steps_of(Book.__table__).label("steps"))
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
