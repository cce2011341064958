from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    Boolean,
    ColumnElement,
    Date,
    FromClause,
    bindparam,
    case,
    column,
    func,
    literal_column,
    select,
)

from services.safety.disputes.models import Dispute
from services.safety.hazards.models import Hazard
from services.safety.hazards.rules import OPEN
from services.safety.incidents.models import Incident
from services.safety.inspections.models import Inspection
from services.safety.kindergartens.models import Kindergarten
from services.safety.protections.models import AlarmTest, Protection
from services.safety.routines.models import Drill, Meal, MorningCheck
from services.safety.self_checks.models import SelfCheck
from shared.documents import among, many

_place = Kindergarten.__table__.alias("k")
_hazard, _incident, _dispute = Hazard.__table__.alias("h"), Incident.__table__.alias("i"), Dispute.__table__.alias("d")
_on = bindparam("on", type_=Date)
_filed = Protection.__table__.alias("p")
# Full-time guards with a certificate valid on the day, as `guards_short` counts them.
_each = func.jsonb_to_recordset(_filed.c.guards).table_valued(
    column("full_time", Boolean), column("certificate_until", Date)
)
_guard = _each.render_derived("guard", with_types=True)
_valid = (
    select(func.count())
    .select_from(_guard)
    .where(_guard.c.full_time, _guard.c.certificate_until >= _on)
    .correlate(_filed)
    .scalar_subquery()
)
_visit, _check = Inspection.__table__.alias("v"), SelfCheck.__table__.alias("c")
_open = among(_hazard.c.state, OPEN)
# Counted place by place over an index: joined as aggregates of all places, whose size row-level security hides from the
# planner, they were compared each with each.
_hazards = (
    select(
        func.count().filter(_open & (_hazard.c.level == "major")).label("major"),
        func.count().filter(_open & (_hazard.c.due_on < _on)).label("overdue"),
        func.count()
        .filter(_open & (_hazard.c.level == "general") & (_hazard.c.source != "missed_check"))
        .label("general"),
        func.count().filter((_hazard.c.source == "missed_check") & (_hazard.c.found_on > _on - 30)).label("missed"),
        func.coalesce(
            func.sum(_hazard.c.failed_verifications + _hazard.c.reopenings).filter(_hazard.c.found_on > _on - 365),
            literal_column("0"),
        ).label("reopened"),
    )
    .where(_hazard.c.kindergarten == _place.c.id)
    .lateral("hz")
)
_grave = among(_incident.c.severity, ("serious", "grave"))
_incidents = (
    select(
        func.count().filter(_grave).label("grave_incidents"),
        func.count().filter(~_grave).label("incidents"),
    )
    .where(_incident.c.kindergarten == _place.c.id)
    .where(_incident.c.occurred_at >= _on - 180, _incident.c.occurred_at < _on + 1)
    .lateral("ic")
)
_disputes = (
    select(
        func.count()
        .filter(among(_dispute.c.state, ("registered", "mediating", "failed")) & (_dispute.c.risk == "high"))
        .label("disputes"),
        func.count()
        .filter(
            among(_dispute.c.source, ("complaint", "hotline"))
            & (_dispute.c.registered_on > _on - 180)
            & (_dispute.c.registered_on <= _on)
        )
        .label("complaints"),
    )
    .where(_dispute.c.kindergarten == _place.c.id)
    .lateral("dp")
)
_last = (
    select(_visit.c.visited_on, _visit.c.score)
    .where(
        _visit.c.kindergarten == _place.c.id,
        among(_visit.c.state, ("recorded", "signed", "shared")),
        _visit.c.visited_on <= _on,
    )
    .order_by(_visit.c.visited_on.desc())
    .limit(1)
    .lateral("last_visit")
)
_true: ColumnElement[bool] = literal_column("true")
COUNTS = many(
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name,
        _place.c.division,
        *_hazards.c,
        *_incidents.c,
        *_disputes.c,
        _last.c.visited_on.label("last_inspected_on"),
        _last.c.score.label("last_score"),
        *(_filed.c[name] for name in ("children", "staff", "boarders")),
        case((_filed.c.kindergarten.is_not(None), _valid)).label("guards"),
    )
    .select_from(
        _place.join(_hazards, _true)
        .join(_incidents, _true)
        .join(_disputes, _true)
        .outerjoin(_last, _true)
        .outerjoin(_filed, _filed.c.kindergarten == _place.c.id)
    )
    .where(_place.c.status == "operating", _place.c.division.bool_op("^@")(bindparam("division")))
    .order_by(_place.c.pinyin)
)
_of: BindParameter[UUID] = bindparam("kindergarten")
OPEN_HAZARDS = many(
    select(
        _hazard.c.id,
        _hazard.c.category,
        _hazard.c.description,
        _hazard.c.level,
        _hazard.c.state,
        _hazard.c.source,
        _hazard.c.due_on,
    )
    .where(_hazard.c.kindergarten == _of, _open)
    .order_by(_hazard.c.due_on.nulls_last(), _hazard.c.id)
)
_told = {
    "health": ((MorningCheck.__table__, "day"), (Meal.__table__, "day")),
    "protection": ((Drill.__table__, "held_on"), (AlarmTest.__table__, "tested_on")),
}


def _latest(tables: Iterable[tuple[FromClause, str]]) -> ColumnElement[date]:
    """The last day any of these records of the kindergarten tells of."""
    days = (
        select(func.max(table.c[day])).where(table.c.kindergarten == _of).scalar_subquery() for table, day in tables
    )
    return func.greatest(*days)


LAST_CHECKS = many(
    select(
        select(func.max(_visit.c.visited_on)).where(_visit.c.kindergarten == _place.c.id).correlate(_place)
        .scalar_subquery().label("inspected"),
        select(func.max(_check.c.checked_on)).where(_check.c.kindergarten == _place.c.id).correlate(_place)
        .scalar_subquery().label("checked"),
        select(func.json_object_agg(literal_column("category"), literal_column("day")))
        .select_from(
            select(_hazard.c.category, func.max(_hazard.c.found_on).label("day"))
            .where(_hazard.c.kindergarten == _of)
            .group_by(_hazard.c.category)
            .subquery("found")
        )
        .scalar_subquery()
        .label("found"),
        *(_latest(tables).label(area) for area, tables in _told.items()),
    ).where(_place.c.id == _of)
)  # fmt: skip
