from importlib.resources import files
from typing import Any

from sqlalchemy import BindParameter, Date, Text, Uuid, bindparam, cast, column, select, text

from services.finance.subsidy_runs.models import SubsidyLine, SubsidyRun
from services.finance.subsidy_runs.schemas import SubsidyLineOut, SubsidyRunOut
from shared.documents import one
from shared.listing import Listing


def statement(name: str, package: str = "services.finance.subsidy_runs") -> str:
    """A part of a statement, its casts spelled so that SQLAlchemy takes none for a parameter."""
    return (files(package) / f"{name}.sql").read_text(encoding="utf-8").replace("::", r"\:\:")


_binds: tuple[BindParameter[Any], ...] = (
    bindparam("month", type_=Date),
    bindparam("programmes"),
    bindparam("run", type_=Uuid),
)
# What is entitled is computed by the same text for runs and for scenarios; only their inputs differ.
ENTITLEMENT, EXPLAINED = statement("entitlement"), statement("explanation")
_lines = f"{statement('inputs')} {ENTITLEMENT} {statement('settlement')}"
INSERT_LINES = text(f"{_lines} {statement('insertion').format(explained=EXPLAINED)}").bindparams(*_binds)
COUNT_CHANGES = text(f"{_lines} {statement('comparison')}").bindparams(*_binds)

_run, _line = SubsidyRun.__table__.c, SubsidyLine.__table__.c
_total = {"total": cast(_run.total, Text).label("total")}
_runs = select(*(_total.get(name, _run[name]) for name in SubsidyRunOut.model_fields))
RUNS = Listing(
    "subsidy-runs",
    _runs,
    _run.id,
    {"month": _run.month},
    {"state": _run.state == bindparam("state"), "month": _run.month == bindparam("month", type_=Date)},
)
RUN = one(_runs.where(_run.id == bindparam("id")), column("version"))
_money = {
    name: cast(_line[name], Text).label(name) for name in ("entitled", "settled", "amount", "municipal", "district")
}
LINES = Listing(
    "subsidy-lines",
    select(*(_money.get(name, _line[name]) for name in SubsidyLineOut.model_fields)),
    _line.id,
    {"id": _line.id},
    {
        "run": _line.run == bindparam("run", type_=Uuid),
        "kindergarten": _line.kindergarten == bindparam("kindergarten"),
        "programme": _line.programme == bindparam("programme"),
        "month": _line.month == bindparam("month", type_=Date),
    },
)
_beside = (
    text(
        """
        SELECT k.id AS kindergarten, k.name AS kindergarten_name, k.pinyin, x.programme,
               k.id::text || x.programme AS place,
               CAST(x.current AS text) AS current, CAST(x.corrections AS text) AS corrections,
               CAST(x.former AS text) AS former, CAST(x.current - x.former AS text) AS difference
        FROM (SELECT l.kindergarten, l.programme,
                     sum(CASE WHEN l.run = r.id AND l.month = r.month THEN l.amount ELSE 0.00 END) AS current,
                     sum(CASE WHEN l.run = r.id AND l.month < r.month THEN l.amount ELSE 0.00 END) AS corrections,
                     sum(CASE WHEN l.run <> r.id THEN l.amount ELSE 0.00 END) AS former
              FROM subsidy_runs r JOIN subsidy_lines l ON l.run = r.id
                OR (l.month = (r.month - interval '1 month')::date AND l.programme = ANY (r.programmes) AND l.run IN (
                      SELECT o.id FROM subsidy_runs o WHERE o.month = (r.month - interval '1 month')::date
                        AND o.state NOT IN ('preparing', 'prepared', 'cancelled')))
              WHERE r.id = :id GROUP BY 1, 2) x JOIN kindergartens k ON k.id = x.kindergarten
        """.replace("::", r"\:\:")
    )
    .bindparams(bindparam("id", type_=Uuid))
    .columns(
        column("kindergarten", Uuid),
        column("kindergarten_name", Text),
        column("pinyin", Text(collation="C")),
        column("programme", Text),
        column("place", Text),
        column("current", Text),
        column("corrections", Text),
        column("former", Text),
        column("difference", Text),
    )
    .subquery("beside")
)
_shown = ("kindergarten", "kindergarten_name", "programme", "current", "corrections", "former", "difference")
COMPARISON = Listing(
    "subsidy-comparison",
    select(*(_beside.c[name] for name in _shown)),
    _beside.c.place,
    {"kindergarten_name": _beside.c.pinyin},
)
EXPLANATION = select(_line.id, cast(_line.amount, Text), _line.explanation).where(_line.id == bindparam("id"))
