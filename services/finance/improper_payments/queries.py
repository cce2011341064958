from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from sqlalchemy import Date, Integer, Text, Uuid, bindparam, column, select, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.finance.improper_payments.schemas import ImproperPaymentOut
from shared.listing import Listing
from shared.workdays import is_working_day

_radar = (files("services.finance.improper_payments") / "radar.sql").read_text(encoding="utf-8")
_found = (
    text(_radar.replace("::", r"\:\:"))
    .bindparams(bindparam("month", type_=Date), bindparam("workdays", type_=ARRAY(Date)))
    .columns(
        *(column(name, Text) for name in ("place", "rule", "division", "amount", "alert_state")),
        *(column(name, Uuid) for name in ("kindergarten", "alert")),
        column("children", Integer),
        column("evidence", JSONB),
    )
    .subquery("found")
)
FOUND = Listing(
    "improper-payments",
    select(*(_found.c[name] for name in ImproperPaymentOut.model_fields)),
    _found.c.place,
    {"place": _found.c.place},
    {name: _found.c[name] == bindparam(name) for name in ("kindergarten", "rule")},
)
ALL = select(_found).order_by(_found.c.place)


def asked(month: date) -> dict[str, Any]:
    """The binds of a month."""
    days = [month + timedelta(step) for step in range(31)]
    return {"month": month, "workdays": [day for day in days if day.month == month.month and is_working_day(day)]}
