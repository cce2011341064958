from sqlalchemy import Date, Integer, Text, bindparam, case, cast, extract, func, select

from services.finance.bank_statements.models import BankLine, BankStatement
from services.finance.bank_statements.schemas import BankLineOut, BankStatementOut
from shared.documents import one
from shared.listing import Listing

_line, _file = BankLine.__table__.c, BankStatement.__table__.c
_amount = {"amount": cast(_line.amount, Text).label("amount")}
LINES = Listing(
    "bank-lines",
    select(*(_amount.get(name, _line[name]) for name in BankLineOut.model_fields)),
    _line.id,
    {"booked_on": _line.booked_on},
    {
        "kindergarten": _line.kindergarten == bindparam("kindergarten"),
        "account": _line.account == bindparam("account"),
        "match": _line.match == bindparam("match"),
        "since": _line.booked_on >= bindparam("since", type_=Date),
        "until": _line.booked_on < bindparam("until", type_=Date),
    },
)
STATEMENT = one(select(*(_file[name] for name in BankStatementOut.model_fields)).where(_file.id == bindparam("id")))

_year = cast(extract("year", _line.booked_on), Integer).label("year")
_income = (
    select(_line.kindergarten, _year, func.sum(case((_line.amount > 0, _line.amount), else_=0)).label("income"))
    .group_by(_line.kindergarten, _year)
    .subquery("income")
)
_out = (
    select(_line.kindergarten, _year, _line.use, func.sum(-_line.amount).label("spent"))
    .where(_line.amount < 0)
    .group_by(_line.kindergarten, _year, _line.use)
    .subquery("out")
)
_share = cast(func.round(_out.c.spent / func.nullif(_income.c.income, 0), 4), Text)
_spending = (
    select(
        _out.c.kindergarten,
        _out.c.year,
        _out.c.use,
        cast(_income.c.income, Text).label("income"),
        cast(_out.c.spent, Text).label("spent"),
        _share.label("share"),
        (cast(_out.c.kindergarten, Text) + "/" + _out.c.use).label("place"),
    )
    .join_from(_out, _income, (_income.c.kindergarten == _out.c.kindergarten) & (_income.c.year == _out.c.year))
    .subquery("spending")
)
_shown = ("kindergarten", "year", "use", "income", "spent", "share")
SPENDING = Listing(
    "spending",
    select(*(_spending.c[name] for name in _shown)),
    _spending.c.place,
    {"year": _spending.c.year},
    {
        "kindergarten": _spending.c.kindergarten == bindparam("kindergarten"),
        "year": _spending.c.year == bindparam("year", type_=Integer),
    },
)
