from sqlalchemy import Uuid, bindparam, column, select

from services.finance.books.models import Book, Period
from services.finance.books.schemas import BookOut, PeriodOut
from shared.documents import one
from shared.listing import Listing

_book, _period = Book.__table__.c, Period.__table__.c
_books = select(*(_book[name] for name in BookOut.model_fields))
_periods = select(*(_period[name] for name in PeriodOut.model_fields))

BOOKS = Listing(
    "books",
    _books,
    _book.id,
    {"opened_on": _book.opened_on},
    {
        "division": _book.division.bool_op("^@")(bindparam("division")),
        "kindergarten": _book.kindergarten == bindparam("kindergarten"),
        "standard": _book.standard == bindparam("standard"),
    },
)
BOOK = one(_books.where(_book.id == bindparam("id")), column("version"))
PERIODS = Listing(
    "periods",
    _periods.where(_period.book == bindparam("id", type_=Uuid)),
    _period.id,
    {"month": _period.month},
    {"state": _period.state == bindparam("state")},
)
PERIOD = one(_periods.where(_period.book == bindparam("id"), _period.month == bindparam("month")), column("version"))
