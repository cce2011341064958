"""Who would be paid nothing from a day on, before any run says so: what is asked for that day and is not met."""

from importlib.resources import files

from sqlalchemy import (
    ARRAY,
    Boolean,
    Date,
    DateTime,
    Integer,
    Text,
    Uuid,
    bindparam,
    case,
    column,
    literal_column,
    select,
    text,
    true,
)

from services.finance.subsidy_runs.rules import APPEAL
from services.finance.suspensions.schemas import SubsidyStanding
from shared.listing import Listing

_sql = (files("services.finance.suspensions") / "standings.sql").read_text(encoding="utf-8")
_standing = (
    text(_sql)
    .bindparams(bindparam("as_of", type_=Date))
    .columns(
        *(column(name, Text) for name in ("kindergarten_name", "division", "result", "document")),
        *(column(name, ARRAY(Text)) for name in ("programmes", "unmet", "reasons")),
        *(column(name, Boolean) for name in ("suspended", "vetoed")),
        *(column(name, Date) for name in ("since", "recognised_until", "alert_since")),
        *(column(name, Integer) for name in ("year", "revision")),
        column("kindergarten", Uuid),
        column("pinyin", Text(collation="C")),
        column("told_at", DateTime(timezone=True)),
    )
    .subquery("standing")
    .c
)
_shown = {"appeal": case((_standing.suspended, literal_column(f"'{APPEAL}'", Text)))}
STANDINGS = Listing(
    "subsidy-standings",
    select(
        *((_shown[name] if name in _shown else _standing[name]).label(name) for name in SubsidyStanding.model_fields)
    ),
    _standing.kindergarten,
    {"kindergarten_name": _standing.pinyin},
    {
        "kindergarten": _standing.kindergarten == bindparam("kindergarten"),
        "suspended": _standing.suspended == bindparam("suspended"),
        "as_of": true(),
    },
)
