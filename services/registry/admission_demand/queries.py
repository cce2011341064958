"""Applications against places, counted for the caller's scope; nobody is named."""

from sqlalchemy import Integer, ScalarSelect, Text, bindparam, func, or_, select

from services.registry.admissions.models import AdmissionApplication, AdmissionPlace, AdmissionRound, AdmissionSeats
from shared.documents import among, listed, one

_round, _seats = AdmissionRound.__table__.c, AdmissionSeats.__table__
_wish, _place = AdmissionApplication.__table__.c, AdmissionPlace.__table__.c
_s = _seats.c
_kind = bindparam("type", None, type_=Text)
_of_type = or_(_kind.is_(None), _s.type == _kind)
_of_year = _round.school_year == bindparam("school_year", type_=Integer)
_filed = _wish.state == "filed"
_with_rounds = _seats.join(AdmissionRound.__table__, _round.id == _s.round)
_here = select(_s.id).select_from(_with_rounds).where(_of_year, _of_type).subquery("here")
_ids = select(_here.c.id)
# Of a kindergarten there may be seats of several kinds of class in a round.
_own = func.array_agg(_s.id)
_grouped = (
    select(
        _s.round,
        _round.name.label("round_name"),
        _round.state,
        _s.kindergarten,
        _s.kindergarten_name,
        _s.division,
        _s.type,
        func.sum(_s.seats).label("seats"),
        _own.label("ids"),
    )
    .select_from(_with_rounds)
    .where(_of_year, _of_type)
    .group_by(_s.round, _round.name, _round.state, _s.kindergarten, _s.kindergarten_name, _s.division, _s.type)
    .subquery("grouped")
)
_g = _grouped.c
_first = (
    select(func.count())
    .where(_wish.round == _g.round, _filed, _wish.wishes[1] == func.any(_g.ids))
    .correlate(_grouped)
    .scalar_subquery()
)
_any = (
    select(func.count()).where(_wish.round == _g.round, _filed, _wish.wishes.overlap(_g.ids)).correlate(_grouped)
).scalar_subquery()


def _places(*states: str) -> ScalarSelect[int]:
    return (
        select(func.count(_place.application.distinct()))
        .where(_place.seats_of == func.any(_g.ids), among(_place.state, states))
        .correlate(_grouped)
        .scalar_subquery()
    )


_items = select(
    *(_g[name] for name in ("round", "round_name", "state", "kindergarten", "kindergarten_name", "division", "type")),
    _g.seats,
    _first.label("first_wishes"),
    _any.label("wishes"),
    _places("offered", "accepted").label("placed"),
    _places("waiting").label("waiting"),
    (_g.seats - _first).label("seats_less_first_wishes"),
).order_by(_g.division, _g.kindergarten_name, _g.round)
_total_seats = select(func.coalesce(func.sum(_g.seats), 0)).select_from(_grouped).scalar_subquery()
_applied = (
    select(func.count()).where(_filed, _wish.wishes[1].in_(_ids)).select_from(AdmissionApplication).scalar_subquery()
)
DEMAND = one(
    select(
        bindparam("school_year", type_=Integer).label("school_year"),
        _kind.label("type"),
        _total_seats.label("seats"),
        _applied.label("applications"),
        select(func.count(_place.application.distinct()))
        .where(_place.seats_of.in_(_ids), among(_place.state, ("offered", "accepted")))
        .scalar_subquery()
        .label("placed"),
        select(func.count(_place.application.distinct()))
        .where(_place.seats_of.in_(_ids), _place.state == "waiting")
        .scalar_subquery()
        .label("waiting"),
        (_total_seats - _applied).label("seats_less_applications"),
        listed(_items).label("items"),
    )
)
