"""Coverage of the transition, counted from what is on record. No decisions."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Numeric,
    Select,
    Text,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
)

from services.quality.class_copies.models import ClassCopy
from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.handovers.models import Handover
from services.quality.kindergartens.models import Kindergarten
from services.quality.primary_schools.models import PrimarySchool
from services.quality.transition_coverage.schemas import TransitionCoverageRow, TransitionFigures
from services.quality.transition_measures.models import TransitionMeasure
from services.quality.transition_measures.rules import documents_of
from services.quality.transition_pairs.models import TransitionActivity, TransitionPair
from services.quality.transition_pilots.models import TransitionPilot
from services.quality.transition_plans.models import TransitionPlan
from shared.documents import among, one
from shared.listing import Listing

_place, _group = Kindergarten.__table__, ClassCopy.__table__.c
_pair, _done, _plan = TransitionPair.__table__.c, TransitionActivity.__table__.c, TransitionPlan.__table__.c
_measure, _item, _of = TransitionMeasure.__table__.c, FrameworkItem.__table__.c, Framework.__table__.c
_sent, _school, _pilot = Handover.__table__.c, PrimarySchool.__table__.c, TransitionPilot.__table__.c
_on, _year = bindparam("as_of", type_=Date), bindparam("school_year", type_=Integer)
_first, _next = bindparam("first_day", type_=Date), bindparam("next_year", type_=Date)
_stands = (_pair.since <= _on) & or_(_pair.until.is_(None), _pair.until > _on)
_in_year = (_done.on_day >= _first) & (_done.on_day < _next)
_big = (_group.kind == "large") & (_group.since <= _on) & (_group.until > _on)
_asked = (
    (_of.state == "published")
    & (_of.since <= _on)
    & (_of.until > _on)
    & among(_of.code, documents_of("kindergarten"))
    & _item.text.is_not(None)
)


def _own(rows: Select[Any]) -> Any:
    return rows.correlate(_place).scalar_subquery()


def _plans(*conditions: ColumnElement[bool]) -> Any:
    filed = select(func.count()).select_from(
        TransitionPlan.__table__.join(ClassCopy.__table__, _group.id == _plan.class_id)
    )
    return _own(filed.where(_plan.kindergarten == _place.c.id, _plan.school_year == _year, _big, *conditions))


_schools = _own(select(func.count(func.distinct(_pair.school))).where(_pair.kindergarten == _place.c.id, _stands))
_activities = _own(select(func.count()).where(_done.kindergarten == _place.c.id, _in_year))
_classes = _own(select(func.count()).where(_group.kindergarten == _place.c.id, _big))
_filed = _plans()
_measures = select(func.count()).select_from(
    Framework.__table__.join(FrameworkItem.__table__, _item.framework == _of.id)
)
_carried = (
    select(func.count())
    .select_from(
        TransitionMeasure.__table__.join(Framework.__table__, _of.code == _measure.document).join(
            FrameworkItem.__table__, (_item.framework == _of.id) & (_item.code == _measure.item)
        )
    )
    .where(_measure.kindergarten == _place.c.id, _measure.state == "carried_out", _asked)
)
_covered = (_schools > 0) & (_activities > 0) & (_filed >= _classes)
_row: dict[str, Any] = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "division": _place.c.division,
    "schools": _schools,
    "activities": _activities,
    "large_classes": _classes,
    "plans_filed": _filed,
    "plans_accepted": _plans(_plan.state == "accepted"),
    "measures": _measures.where(_asked).scalar_subquery(),
    "carried_out": _own(_carried),
    "handovers": _own(
        select(func.count()).where(_sent.kindergarten == _place.c.id, _sent.sent_on >= _first, _sent.sent_on < _next)
    ),
    "covered": _covered,
}
_operating = _place.c.status == "operating"
COVERAGE = Listing(
    "transition-coverage",
    select(*(_row[n].label(n) for n in TransitionCoverageRow.model_fields)).where(_operating),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
    {
        "division": _place.c.division.op("^@")(bindparam("division")),
        "paired": (_schools > 0) == bindparam("paired"),
        "covered": _covered == bindparam("covered"),
    },
)
_each = (
    select(*(_row[n].label(n) for n in ("schools", "activities", "large_classes", "plans_filed", "covered")))
    .where(_operating)
    .offset(literal_column("0"))
    .subquery("each_of_them")
)
_all = func.count()


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return cast(func.coalesce(func.sum(column), 0), Integer)


def percent(part: ColumnElement[Any], whole: ColumnElement[Any]) -> ColumnElement[Any]:
    """Per cent with two places as text; null of nothing."""
    return case((whole > 0, func.round(cast(100 * part, Numeric) / func.nullif(whole, 0), 2).cast(Text)))


_there = or_(_school.closed_on.is_(None), _school.closed_on > _on)
_all_schools = select(func.count()).where(_there).scalar_subquery()
_with_pair = (
    select(func.count(func.distinct(_pair.school)))
    .select_from(TransitionPair.__table__.join(PrimarySchool.__table__, _school.code == _pair.school))
    .where(_stands, _there)
    .scalar_subquery()
)
_paired = _all.filter(_each.c.schools > 0)
_figures: dict[str, ColumnElement[Any]] = {
    "school_year": _year,
    "kindergartens": _all,
    "paired": _paired,
    "paired_percent": percent(_paired, _all),
    "schools": _all_schools,
    "schools_paired": _with_pair,
    "schools_paired_percent": percent(_with_pair, _all_schools),
    "activities": _sum(_each.c.activities),
    "active": _all.filter(_each.c.activities > 0),
    "large_classes": _sum(_each.c.large_classes),
    "plans_filed": _sum(_each.c.plans_filed),
    "plans_filed_percent": percent(_sum(_each.c.plans_filed), _sum(_each.c.large_classes)),
    "covered": _all.filter(_each.c.covered),
    "covered_percent": percent(_all.filter(_each.c.covered), _all),
    "pilots": select(func.count()).where(_pilot.since <= _on, _pilot.until > _on).scalar_subquery(),
}
FIGURES = one(select(*(_figures[n].label(n) for n in TransitionFigures.model_fields)).select_from(_each))
