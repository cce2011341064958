from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, Numeric, Select, Text, bindparam, case, cast, func, select

from services.quality.book_numbers.schemas import BookNumbersRow, ClassBooksRow
from services.quality.books.models import Book, BookHolding
from services.quality.class_copies.models import ClassCopy
from services.quality.head_copies.models import HeadcountCopy
from services.quality.kindergartens.models import Kindergarten
from shared.documents import columns
from shared.listing import Listing

_place, _book, _held = Kindergarten.__table__, Book.__table__.c, BookHolding.__table__.c
_head, _group = HeadcountCopy.__table__.c, ClassCopy.__table__
_on, _least = bindparam("as_of", type_=Date), bindparam("books_per_child", type_=Integer)
_with_copies = Book.__table__.join(BookHolding.__table__, _held.book == _book.id)


def _own(rows: Select[Any]) -> Any:
    return rows.correlate(_place).scalar_subquery()


def last_month(kindergarten: ColumnElement[Any], on: ColumnElement[Any]) -> Select[Any]:
    """The last certified month that had begun on that day."""
    return select(func.max(_head.month)).where(_head.kindergarten == kindergarten, _head.month <= on)


_month = _own(last_month(_place.c.id, _on))
_counts = HeadcountCopy.__table__.alias("counts")
_counted = _counts.c
_children = _own(
    select(cast(func.sum(_counted.children), Integer)).where(
        _counted.kindergarten == _place.c.id,
        _counted.month == _month,
    )
)
_pictures = _own(
    select(cast(func.coalesce(func.sum(_held.copies), 0), Integer))
    .select_from(_with_copies)
    .where(_book.kindergarten == _place.c.id, _book.audience == "child", _book.picture_book, _book.state == "approved")
)


def _titles(*conditions: ColumnElement[bool]) -> Any:
    rows = select(func.count(func.distinct(_book.id))).select_from(_with_copies)
    return _own(rows.where(_book.kindergarten == _place.c.id, _held.copies > 0, *conditions))


def _each(books: ColumnElement[Any], children: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((children > 0, func.round(cast(books, Numeric) / func.nullif(children, 0), 2).cast(Text)))


_short = case((_children > 0, _pictures < _least * _children))
_row: dict[str, Any] = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "month": _month,
    "children": _children,
    "child_titles": _titles(_book.audience == "child"),
    "teacher_titles": _titles(_book.audience == "teacher"),
    "picture_books": _pictures,
    "per_child": _each(_pictures, _children),
    "short": _short,
    "unreviewed": _titles(_book.state != "approved"),
}
NUMBERS = Listing(
    "book-numbers",
    select(*columns(_place, BookNumbersRow, **_row)).where(_place.c.status == "operating"),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
    {
        "kindergarten": _place.c.id == bindparam("kindergarten"),
        "short": _short == bindparam("short"),
    },
)


def _in_class(rows: Select[Any]) -> Any:
    return rows.where(_held.place == cast(_group.c.id, Text), _held.copies > 0).correlate(_group).scalar_subquery()


_heres = HeadcountCopy.__table__.alias("here")
_here = _heres.c
_heads = (
    select(_here.children)
    .where(
        _here.kindergarten == _group.c.kindergarten,
        _here.class_id == _group.c.id,
        _here.month == last_month(_group.c.kindergarten, _on).correlate(_group).scalar_subquery(),
    )
    .correlate(_group)
    .scalar_subquery()
)
_copies = _in_class(select(cast(func.coalesce(func.sum(_held.copies), 0), Integer)))
_most = bindparam("most_copies", type_=Integer)
CLASSES = Listing(
    "class-books",
    select(
        *columns(
            _group,
            ClassBooksRow,
            class_id=_group.c.id,
            class_name=_group.c.name,
            children=_heads,
            titles=_in_class(select(func.count())),
            copies=_copies,
            per_child=_each(_copies, _heads),
            too_many=_in_class(select(func.count()).where(_held.copies > _most)),
        )
    ).where(_group.c.since <= _on, _group.c.until > _on),
    _group.c.id,
    {"class_name": _group.c.name},
    {"kindergarten": _group.c.kindergarten == bindparam("kindergarten")},
)
