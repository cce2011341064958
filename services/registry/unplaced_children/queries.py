from datetime import date

from sqlalchemy import Date, Integer, bindparam, literal_column, select, true

from services.registry.admissions.models import AdmissionApplication, AdmissionPlace, AdmissionRound
from services.registry.ages.rules import PRESCHOOL_AGES, birth_window, school_year_since, school_year_until
from services.registry.children.models import Child
from services.registry.enrolments.models import Enrolment
from services.registry.unplaced_children.models import FollowUp
from services.registry.unplaced_children.schemas import ChildFollowUpOut
from shared.documents import many, one
from shared.listing import Listing

_child, _in, _follow_up = Child.__table__, Enrolment.__table__, FollowUp.__table__
_application, _place, _round = AdmissionApplication.__table__, AdmissionPlace.__table__, AdmissionRound.__table__
_year = bindparam("year", type_=Integer)
_of_year = (_round.c.school_year == _year) & (_round.c.id == _place.c.round)
# In a kindergarten on any day of the school year that is still to come: enrolled now, or from a later day.
_enrolled = (
    select(_in.c.id)
    .where(
        _in.c.child == _child.c.id,
        _in.c.since < bindparam("year_until", type_=Date),
        _in.c.until > bindparam("from_day", type_=Date),
    )
    .exists()
)
_placed = (
    select(_place.c.id)
    .where(_place.c.child == _child.c.id, _of_year, _place.c.state == literal_column("'offered'"))
    .exists()
)
_waits = (
    select(_place.c.id)
    .where(_place.c.child == _child.c.id, _of_year, _place.c.state == literal_column("'waiting'"))
    .exists()
)
_applied = (
    select(_application.c.id)
    .join(_round, _round.c.id == _application.c.round)
    .where(
        _application.c.child == _child.c.id,
        _application.c.state == literal_column("'filed'"),
        _round.c.school_year == _year,
    )
    .exists()
)
_last = (
    select(_follow_up.c.outcome, _follow_up.c.followed_on, _follow_up.c.next_on)
    .where(_follow_up.c.child == _child.c.id, _follow_up.c.school_year == _year)
    .order_by(_follow_up.c.id.desc())
    .limit(1)
    .lateral("last")
)
UNPLACED = Listing(
    "unplaced-children",
    select(
        _child.c.id,
        _child.c.name,
        _child.c.sex,
        _child.c.birth_date,
        _child.c.residence_division.label("division"),
        _year.label("school_year"),
        _applied.label("applied"),
        _waits.label("waiting"),
        _last.c.outcome,
        _last.c.followed_on,
        _last.c.next_on,
        _child.c.synthetic,
    )
    .select_from(_child.outerjoin(_last, true()))
    .where(
        _child.c.birth_date >= bindparam("born_from", type_=Date),
        _child.c.birth_date <= bindparam("born_to", type_=Date),
        ~_enrolled,
        ~_placed,
    ),
    _child.c.id,
    {"birth_date": _child.c.birth_date},
    {
        "division": _child.c.residence_division.bool_op("^@")(bindparam("division")),
        "followed": _last.c.followed_on.is_not(None) == bindparam("followed"),
        "outcome": _last.c.outcome == bindparam("outcome"),
        "due_before": _last.c.next_on < bindparam("due_before", type_=Date),
    },
)
_columns = select(*(_follow_up.c[name] for name in ChildFollowUpOut.model_fields))
FOLLOW_UP = one(_columns.where(_follow_up.c.id == bindparam("id")))
FOLLOW_UPS = many(_columns.where(_follow_up.c.child == bindparam("child")).order_by(_follow_up.c.id.desc()))
KNOWN = one(select(_child.c.id).where(_child.c.id == bindparam("id")))


def days(year: int, on: date) -> dict[str, object]:
    """What the list asks of a school year: ages at its cut-off, and the days of it that are still to come."""
    born_from, born_to = birth_window(year, *PRESCHOOL_AGES)
    return {
        "year": year,
        "born_from": born_from,
        "born_to": born_to,
        "from_day": max(on, school_year_since(year)),
        "year_until": school_year_until(year),
    }
