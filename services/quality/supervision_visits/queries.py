from sqlalchemy import Date, Integer, bindparam, func, literal, select

from services.quality.kindergartens.models import Kindergarten
from services.quality.responsible_inspectors.models import InspectorAssignment
from services.quality.steps.queries import steps_of
from services.quality.supervision_visits.models import SupervisionIssue, SupervisionVisit
from services.quality.supervision_visits.schemas import (
    SupervisionCoverage,
    SupervisionIssueOut,
    SupervisionVisitOut,
)
from shared.documents import one
from shared.listing import Listing

_visit, _issue, _place = SupervisionVisit.__table__.c, SupervisionIssue.__table__.c, Kindergarten.__table__
_own = select(func.count()).where(_issue.visit == _visit.id).correlate(SupervisionVisit.__table__).scalar_subquery()
_of_visit = {"kindergarten_name": _place.c.name, "on": _visit.on_day, "issues": _own}
_visits = select(
    *((_of_visit[n] if n in _of_visit else _visit[n]).label(n) for n in SupervisionVisitOut.model_fields)
).select_from(SupervisionVisit.__table__.join(_place, _place.c.id == _visit.kindergarten))
VISITS = Listing(
    "supervision-visits",
    _visits,
    _visit.id,
    {"on": _visit.on_day},
    {
        "kindergarten": _visit.kindergarten == bindparam("kindergarten"),
        "inspector": _visit.inspector == bindparam("inspector"),
    },
)
VISIT = one(_visits.where(_visit.id == bindparam("id")))

_overdue = (_issue.state == "open") & (_issue.due_on < bindparam("as_of", type_=Date))
_of_issue = {"kindergarten_name": _place.c.name, "overdue": _overdue}
_columns = [(_of_issue[n] if n in _of_issue else _issue[n]).label(n) for n in SupervisionIssueOut.model_fields]
_from = SupervisionIssue.__table__.join(_place, _place.c.id == _issue.kindergarten)
ISSUES = Listing(
    "supervision-issues",
    select(*_columns).select_from(_from),
    _issue.id,
    {"due_on": _issue.due_on},
    {
        "kindergarten": _issue.kindergarten == bindparam("kindergarten"),
        "state": _issue.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
    },
)
ISSUE = one(
    select(*_columns, steps_of(SupervisionIssue.__table__).label("steps"))
    .select_from(_from)
    .where(_issue.id == bindparam("id"))
)

_first, _next = bindparam("first_day", type_=Date), bindparam("next_month", type_=Date)
_done = (
    select(func.count())
    .where(_visit.kindergarten == _place.c.id, _visit.on_day >= _first, _visit.on_day < _next)
    .correlate(_place)
    .scalar_subquery()
)
_who = InspectorAssignment.__table__
_over = _next <= bindparam("as_of", type_=Date)
_missing = (_done < bindparam("least", type_=Integer)) & _over
_of_month = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "inspector": _who.c.name,
    "visits": _done,
    "missing": _missing,
}
COVERAGE = Listing(
    "supervision-coverage",
    select(*(_of_month[n].label(n) for n in SupervisionCoverage.model_fields))
    .select_from(_place.outerjoin(_who, (_who.c.kindergarten == _place.c.id) & _who.c.until.is_(None)))
    .where(_place.c.status == "operating"),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
    {"missing": _missing == bindparam("missing"), "month": literal(value=True)},
)
