from typing import Any

from sqlalchemy import ColumnElement, Date, Numeric, bindparam, cast, func, select
from sqlalchemy.types import Float

from services.safety.referrals.models import Referral
from services.safety.referrals.schemas import ReferralOut, ReferralRow, ReferralTimes
from services.safety.steps.queries import steps_of
from shared.documents import columns, many, one
from shared.listing import Listing

_referral = Referral.__table__.alias("r")
_row = _referral.c
_overdue: ColumnElement[bool] = (_row.state == "sent") & (_row.answer_by < bindparam("today", type_=Date))
REFERRALS = Listing(
    "referrals",
    select(*columns(_referral, ReferralRow, overdue=_overdue)),
    _row.id,
    {"sent_on": _row.sent_on},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "department": _row.department == bindparam("department"),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
        "subject": _row.subject == bindparam("subject"),
    },
)
REFERRAL = one(
    select(*columns(_referral, ReferralOut, overdue=_overdue, steps=steps_of(_referral, _row.id))).where(
        _row.id == bindparam("id")
    )
)
_days = cast(func.avg(_row.answered_on - _row.sent_on), Numeric)
_told: dict[str, Any] = {
    "department": _row.department,
    "sent": func.count(),
    "answered": func.count(_row.answered_on),
    "in_time": func.count().filter(_row.answered_on <= _row.answer_by),
    "overdue": func.count().filter(_overdue),
    "mean_days": cast(func.round(_days, 1), Float),
}
TIMES = many(
    select(*(_told[name].label(name) for name in ReferralTimes.model_fields))
    .where(
        _row.state != "withdrawn",
        _row.division.bool_op("^@")(bindparam("division")),
        _row.sent_on >= bindparam("since", type_=Date),
        _row.sent_on <= bindparam("until", type_=Date),
    )
    .group_by(_row.department)
    .order_by(_row.department)
)
