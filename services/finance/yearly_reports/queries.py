from sqlalchemy import Date, Integer, Text, bindparam, cast, column, func, select

from services.finance.books.models import Book
from services.finance.entries.models import Posting
from services.finance.yearly_reports.models import YearlyReport
from services.finance.yearly_reports.schemas import YearlyReportOut
from shared.documents import columns, one
from shared.listing import Listing

UNRESTRICTED = "3101"  # 非限定性净资产 of the non-profit standard
_row, _book, _posting = YearlyReport.__table__.c, Book.__table__.c, Posting.__table__.c


def _balance(years_on: int) -> object:
    """What the kindergarten's book says of the account at the beginning of a year; a credit is positive."""
    before = cast(func.make_date(_row.year + years_on, 1, 1), Date)
    found = (
        select(cast(func.coalesce(-func.sum(_posting.amount), 0).cast(_row.development_fund.type), Text))
        .select_from(
            Book.__table__.outerjoin(
                Posting.__table__,
                (_posting.book == _book.id) & (_posting.account == UNRESTRICTED) & (_posting.effective_on < before),
            )
        )
        .where(_book.kindergarten == _row.kindergarten, _book.standard == "nonprofit")
        .group_by(_book.id)
    )
    return found.limit(1).scalar_subquery()


_money = {
    name: cast(_row[name], Text)
    for name in ("opening_net_assets", "closing_net_assets", "net_income", "development_fund")
}
_shown = _money | {"ledger_opening": _balance(0), "ledger_closing": _balance(1)}
_columns = select(*columns(YearlyReport.__table__, YearlyReportOut, **_shown))  # type: ignore[arg-type]  # scalars
REPORTS = Listing(
    "yearly-reports",
    _columns,
    _row.id,
    {"year": _row.year},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "state", "opinion")}
    | {"year": _row.year == bindparam("year", type_=Integer)},
)
REPORT = one(_columns.where(_row.id == bindparam("id")), column("version"))
