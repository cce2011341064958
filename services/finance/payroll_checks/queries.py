from importlib.resources import files

from sqlalchemy import Boolean, Date, Integer, Subquery, Text, Uuid, bindparam, column, select, text

from services.finance.payroll_checks.schemas import PayAverageOut, PayrollCoverageOut, PayrollFindingOut
from shared.listing import Listing


def _statement(name: str) -> str:
    written = (files("services.finance.payroll_checks") / f"{name}.sql").read_text(encoding="utf-8")
    return written.replace("::", r"\:\:")


PEOPLE = _statement("people")
_asked = (bindparam("month", type_=Date), bindparam("as_of", type_=Date))


def _findings() -> Subquery:
    made = text(PEOPLE + _statement("findings")).bindparams(*_asked)
    texts = ("place", "rule", "kind", "division", "role", "amount")
    uuids, days = ("kindergarten", "person"), ("month", "due_on")
    return made.columns(
        *(column(name, Text) for name in texts),
        *(column(name, Uuid) for name in uuids),
        *(column(name, Date) for name in days),
        column("outsourced", Boolean),
    ).subquery("found")


def _coverage() -> Subquery:
    made = text(PEOPLE + _statement("coverage")).bindparams(*_asked)
    numbers = ("staff", "outsourced", "proven", "paid_in_full", "exempt", "insured", "with_fund", "at_least_minimum")
    return made.columns(
        *(column(name, Text) for name in ("kindergarten_name", "type", "division", "arrears")),
        *(column(name, Integer) for name in (*numbers, "paid_late")),
        column("kindergarten", Uuid),
        column("pinyin", Text(collation="C")),
        column("month", Date),
        column("due_on", Date),
        column("overdue", Boolean),
    ).subquery("coverage")


def _averages() -> Subquery:
    made = text(_statement("averages")).bindparams(
        bindparam("month", type_=Date), bindparam("role", type_=Text), bindparam("alone", type_=Boolean)
    )
    texts = ("place", "type", "average", "established_average", "others_average", "ratio", "least_ratio")
    return made.columns(
        *(column(name, Text) for name in texts),
        column("kindergarten", Uuid),
        column("people", Integer),
        column("meets", Boolean),
        column("suppressed", Boolean),
    ).subquery("averages")


_found, _average, _covered = _findings().c, _averages().c, _coverage().c
FINDINGS = Listing(
    "payroll-findings",
    select(*(_found[name] for name in PayrollFindingOut.model_fields)),
    _found.place,
    {"place": _found.place},
    {name: _found[name] == bindparam(name) for name in ("kindergarten", "rule", "kind")},
)
COVERAGE = Listing(
    "payroll-coverage",
    select(*(_covered[name] for name in PayrollCoverageOut.model_fields)),
    _covered.kindergarten,
    {"kindergarten_name": _covered.pinyin},
    {name: _covered[name] == bindparam(name) for name in ("kindergarten", "type", "overdue")}
    | {"division": _covered.division.op("^@")(bindparam("division"))},
)
# For raising alerts: one a kindergarten, month and kind, with those it is about.
ALL = select(_found.rule, _found.kind, _found.kindergarten, _found.division, _found.person, _found.amount).order_by(
    _found.place
)
AVERAGES = Listing(
    "pay-averages",
    select(*(_average[name] for name in PayAverageOut.model_fields)),
    _average.place,
    {"place": _average.place},
)
