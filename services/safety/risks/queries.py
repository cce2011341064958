from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, func, literal_column, select

from services.safety.disputes.models import Dispute
from services.safety.hazards.models import Hazard
from services.safety.hazards.rules import OPEN
from services.safety.incidents.models import Incident
from services.safety.inspections.models import Inspection
from services.safety.kindergartens.models import Kindergarten
from services.safety.self_checks.models import SelfCheck
from shared.documents import among, many

_place = Kindergarten.__table__.alias("k")
_hazard, _incident, _dispute = Hazard.__table__.alias("h"), Incident.__table__.alias("i"), Dispute.__table__.alias("d")
_visit, _check = Inspection.__table__.alias("v"), SelfCheck.__table__.alias("c")
_on = bindparam("on", type_=Date)
_open = among(_hazard.c.state, OPEN)
# Each is counted once over all kindergartens: joined as plain subqueries they were counted anew for every one of them.
_hazards = (
    select(
        _hazard.c.kindergarten,
        func.count().filter(_open & (_hazard.c.level == "major")).label("major"),
        func.count().filter(_open & (_hazard.c.due_on < _on)).label("overdue"),
        func.count()
        .filter(_open & (_hazard.c.level == "general") & (_hazard.c.source != "missed_check"))
        .label("general"),
        func.count().filter((_hazard.c.source == "missed_check") & (_hazard.c.found_on > _on - 30)).label("missed"),
    )
    .group_by(_hazard.c.kindergarten)
    .cte("hz")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_grave = among(_incident.c.severity, ("serious", "grave"))
_incidents = (
    select(
        _incident.c.kindergarten,
        func.count().filter(_grave).label("grave_incidents"),
        func.count().filter(~_grave).label("incidents"),
    )
    .where(_incident.c.occurred_at >= _on - 180, _incident.c.occurred_at < _on + 1)
    .group_by(_incident.c.kindergarten)
    .cte("ic")
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_disputes = (
    select(_dispute.c.kindergarten, func.count().label("disputes"))
    .where(among(_dispute.c.state, ("registered", "mediating", "failed")), _dispute.c.risk == "high")
    .group_by(_dispute.c.kindergarten)
    .cte("dp")
    .prefix_with("MATERIALIZED", dialect="postgresql")
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
_zero: ColumnElement[int] = literal_column("0")
COUNTS = many(
    select(
        _place.c.id.label("kindergarten"),
        _place.c.name,
        _place.c.division,
        *(func.coalesce(_hazards.c[name], _zero).label(name) for name in ("major", "overdue", "general", "missed")),
        *(func.coalesce(_incidents.c[name], _zero).label(name) for name in ("grave_incidents", "incidents")),
        func.coalesce(_disputes.c.disputes, _zero).label("disputes"),
        _last.c.visited_on.label("last_inspected_on"),
        _last.c.score.label("last_score"),
    )
    .select_from(
        _place.outerjoin(_hazards, _hazards.c.kindergarten == _place.c.id)
        .outerjoin(_incidents, _incidents.c.kindergarten == _place.c.id)
        .outerjoin(_disputes, _disputes.c.kindergarten == _place.c.id)
        .outerjoin(_last, literal_column("true"))
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
    ).where(_place.c.id == _of)
)  # fmt: skip
