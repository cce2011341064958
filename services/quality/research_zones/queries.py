from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Numeric,
    ScalarSelect,
    Text,
    Uuid,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from services.quality.kindergartens.models import Kindergarten
from services.quality.research_activities.models import ResearchActivity, ResearchAttendance
from services.quality.research_zones.models import ResearchZone, ZoneMember
from services.quality.research_zones.schemas import ResearchCoverageRow, ResearchZoneOut
from shared.documents import many, one
from shared.listing import Listing

_zone, _member, _place = ResearchZone.__table__, ZoneMember.__table__, Kindergarten.__table__
_none = cast(literal_column("'{}'"), ARRAY(Uuid))
_members = (
    select(func.coalesce(func.array_agg(_member.c.kindergarten), _none))
    .where(_member.c.zone == _zone.c.id)
    .correlate(_zone)
    .scalar_subquery()
)
_same = _zone.alias("same")
_load = (
    select(func.count(func.distinct(_member.c.kindergarten)))
    .select_from(_member.join(_same, _same.c.id == _member.c.zone))
    .where(_same.c.researcher == _zone.c.researcher)
    .correlate(_zone)
    .scalar_subquery()
)
_special = {"kindergartens": _members, "load": _load, "overloaded": _load > bindparam("most", type_=Integer)}
_columns = [(_special[n] if n in _special else _zone.c[n]).label(n) for n in ResearchZoneOut.model_fields]
_kind = bindparam("kind", None, type_=Text)
ZONES = many(
    select(*_columns).where(_kind.is_(None) | (_zone.c.kind == _kind)).order_by(_zone.c.kind.desc(), _zone.c.name)
)
ZONE = one(select(*_columns).where(_zone.c.id == bindparam("id")))

_seen = ResearchAttendance.__table__.c
_activity = ResearchActivity.__table__.c


def _attended(*also: ColumnElement[bool]) -> ScalarSelect[int]:
    """How often a kindergarten was there this term."""
    within = (
        _seen.kindergarten == _place.c.id,
        _seen.on_day >= bindparam("term", type_=Date),
        _seen.on_day < bindparam("next_term", type_=Date),
    )
    rows = select(func.count()).select_from(ResearchAttendance.__table__).where(*within)
    if also:
        rows = rows.join(ResearchActivity.__table__, _activity.id == _seen.activity).where(*also)
    return rows.correlate(_place).scalar_subquery()


_activities = _attended()
_covered = _zone.c.id.is_not(None) & (_activities > 0)
_row: dict[str, Any] = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "zone": _zone.c.name,
    "researcher": _zone.c.researcher_name,
    "activities": _activities,
    "district_activities": _attended(_activity.level == "district"),
    "zone_activities": _attended(_activity.level == "zone"),
    "own_activities": _attended(_activity.level == "kindergarten"),
    "covered": _covered,
}
_from = _place.outerjoin(_member, (_member.c.kindergarten == _place.c.id) & (_member.c.place == "zone")).outerjoin(
    _zone, _zone.c.id == _member.c.zone
)
_operating = _place.c.status == "operating"
COVERAGE = Listing(
    "research-coverage",
    select(*(_row[n].label(n) for n in ResearchCoverageRow.model_fields)).select_from(_from).where(_operating),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
    {"covered": _covered == bindparam("covered")},
)
_each = (
    select(_zone.c.id.label("zone"), _covered.label("covered")).select_from(_from).where(_operating).subquery("each")
)
_all, _yes = func.count(), func.count().filter(_each.c.covered)
_percent = func.round(cast(100 * _yes, Numeric) / func.nullif(_all, 0), 2).cast(Text)
_peers = _zone.alias("peers")
_alliances = (
    select(func.count())
    .where(
        _peers.c.kind == "alliance",
        _peers.c.leader.is_not(None),
        select(_member.c.kindergarten).where(_member.c.zone == _peers.c.id).correlate(_peers).exists(),
    )
    .scalar_subquery()
)
FIGURE = one(
    select(
        _all.label("kindergartens"),
        func.count(_each.c.zone).label("in_a_zone"),
        _yes.label("covered"),
        case((_all > 0, _percent)).label("percent"),
        _alliances.label("alliances"),
        bindparam("planned", type_=Integer).label("alliances_planned"),
    ).select_from(_each)
)
