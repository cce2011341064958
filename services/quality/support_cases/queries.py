from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, func, literal_column, or_, select

from services.quality.partnerships.models import Partnership
from services.quality.steps.queries import steps_of
from services.quality.support_cases.models import SupportCase
from services.quality.support_cases.schemas import SupportCaseOut, SupportCaseRow, SupportFigures
from services.quality.transition_coverage.queries import percent
from services.quality.weak_kindergartens.queries import ON, PLACE, SUPPORTED, WEAK, judged
from shared.documents import columns, one
from shared.listing import Listing

_row, _with = SupportCase.__table__, Partnership.__table__.c
_today = bindparam("today", type_=Date)
_overdue = (_row.c.state == "planned") & (_row.c.review_due_on < _today)


def _in_force(day: ColumnElement[Any]) -> ColumnElement[bool]:
    return (_with.since <= day) & (_with.until > day) & or_(_with.ended_on.is_(None), _with.ended_on > day)


_partners = (
    select(func.count()).where(_with.kindergarten == _row.c.kindergarten, _in_force(_today)).correlate(_row)
).scalar_subquery()
_special: dict[str, Any] = {
    "kindergarten_name": PLACE.c.name,
    "partners": _partners,
    "overdue": _overdue,
    "still_weak": WEAK,
}
_from = judged(_row.join(PLACE, PLACE.c.id == _row.c.kindergarten))
CASES = Listing(
    "support-cases",
    select(*columns(_row, SupportCaseRow, **_special)).select_from(_from),
    _row.c.id,
    {"as_of": _row.c.as_of},
    {
        "kindergarten": _row.c.kindergarten == bindparam("kindergarten"),
        "state": _row.c.state == bindparam("state"),
        "open": (_row.c.state != "released") == bindparam("open"),
        "overdue": _overdue == bindparam("overdue"),
    },
)
CASE = one(
    select(*columns(_row, SupportCaseOut, **_special, steps=steps_of(_row)))
    .select_from(_from)
    .where(_row.c.id == bindparam("id"))
)
_helped = select(_with.id).where(_with.kindergarten == PLACE.c.id, _in_force(ON)).correlate(PLACE).exists()
_each = (
    select(WEAK.label("weak"), SUPPORTED.label("supported"), _helped.label("helped"))
    .select_from(judged(PLACE))
    .where(PLACE.c.status == "operating")
    .offset(literal_column("0"))
    .subquery("each_of_them")
)


def _count(*conditions: ColumnElement[bool]) -> Any:
    rows = select(func.count()).select_from(_row).where(*conditions)
    return rows.scalar_subquery()


_weak = func.count().filter(_each.c.weak)
_supported = func.count().filter(_each.c.weak, _each.c.supported)
_paired = func.count().filter(_each.c.weak, _each.c.helped)
_late = select(func.count()).where(_with.ended_on.is_(None), _with.review_due_on < _today).scalar_subquery()
_figures: dict[str, ColumnElement[Any]] = {
    "kindergartens": func.count(),
    "weak": _weak,
    "weak_supported": _supported,
    "supported_percent": percent(_supported, _weak),
    "weak_with_partner": _paired,
    "partner_percent": percent(_paired, _weak),
    "open_cases": _count(_row.c.state != "released"),
    "planned": _count(_row.c.state == "planned"),
    "overdue_reviews": _count(_overdue) + _late,
}
FIGURES = one(select(*(_figures[n].label(n) for n in SupportFigures.model_fields)).select_from(_each))
