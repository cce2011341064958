from sqlalchemy import Date, bindparam, func, or_, select

from services.quality.kindergartens.models import Kindergarten
from services.quality.primary_schools.models import PrimarySchool
from services.quality.transition_pairs.models import TransitionActivity, TransitionPair
from services.quality.transition_pairs.schemas import TransitionActivityOut, TransitionPairOut
from shared.documents import one
from shared.listing import Listing

_row, _done = TransitionPair.__table__.c, TransitionActivity.__table__.c
_place, _school = Kindergarten.__table__, PrimarySchool.__table__
_activities = select(func.count()).where(_done.pair == _row.id).correlate(TransitionPair.__table__).scalar_subquery()
_special = {"kindergarten_name": _place.c.name, "school_name": _school.c.name, "activities": _activities}
_pairs = select(
    *((_special[n] if n in _special else _row[n]).label(n) for n in TransitionPairOut.model_fields)
).select_from(
    TransitionPair.__table__.join(_place, _place.c.id == _row.kindergarten).join(_school, _school.c.code == _row.school)
)
_on = bindparam("as_of", type_=Date)
PAIRS = Listing(
    "transition-pairs",
    _pairs,
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "school": _row.school == bindparam("school"),
        "as_of": (_row.since <= _on) & or_(_row.until.is_(None), _row.until > _on),
    },
)
PAIR = one(_pairs.where(_row.id == bindparam("id")))
_activity = select(*((_done.on_day if n == "on" else _done[n]).label(n) for n in TransitionActivityOut.model_fields))
ACTIVITIES = Listing(
    "transition-activities",
    _activity,
    _done.id,
    {"on": _done.on_day},
    {
        "kindergarten": _done.kindergarten == bindparam("kindergarten"),
        "school": _done.school == bindparam("school"),
        "kind": _done.kind == bindparam("kind"),
        "since": _done.on_day >= bindparam("since", type_=Date),
        "until": _done.on_day < bindparam("until", type_=Date),
    },
)
ACTIVITY = one(_activity.where(_done.id == bindparam("id")))
