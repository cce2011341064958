from sqlalchemy import Date, Text, bindparam, cast, func, literal_column, select

from services.registry.construction.models import (
    ConstructionMilestone,
    ConstructionObstacle,
    ConstructionProject,
    ConstructionReport,
)
from services.registry.construction.schemas import (
    ConstructionMilestoneOut,
    ConstructionObstacleOut,
    ConstructionOut,
    ConstructionReportOut,
    ConstructionRow,
)
from services.registry.steps.models import Step
from services.registry.steps.queries import steps_of
from shared.documents import among, listed, many, one
from shared.listing import Listing

_table = ConstructionProject.__table__
_row = _table.c
_columns = [_row[name] for name in ConstructionRow.model_fields]
PROJECTS = Listing(
    "construction-projects",
    select(*_columns),
    _row.id,
    {"name": _row.pinyin},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "plan_project": _row.plan_project == bindparam("plan_project"),
        "synthetic": _row.synthetic == bindparam("synthetic"),
    },
)
_step = Step.__table__.c
_mile, _bar, _told = ConstructionMilestone.__table__.c, ConstructionObstacle.__table__.c, ConstructionReport.__table__.c
_parts = {
    "milestones": listed(
        select(*(_mile[name] for name in ConstructionMilestoneOut.model_fields))
        .where(_mile.project == _row.id)
        .order_by(_mile.track, _mile.step)
        .correlate(_table)
    ),
    "obstacles": listed(
        select(*(_bar[name] for name in ConstructionObstacleOut.model_fields))
        .where(_bar.project == _row.id)
        .order_by(_bar.raised_on, _bar.id)
        .correlate(_table)
    ),
    "reports": listed(
        select(*(_told[name] for name in ConstructionReportOut.model_fields))
        .where(_told.project == _row.id)
        .order_by(_told.month.desc())
        .correlate(_table)
    ),
}
# The day a project was opened or given up.
_closed = (
    select(func.max(_step.on_day))
    .where(_step.subject == _row.id, among(_step.verb, ("open", "cancel")))
    .correlate(_table)
    .scalar_subquery()
)
_detail = _parts | {"steps": steps_of(_table), "property_area": cast(_row.property_area, Text)}
_computed = {"property_due_on", "property_should_transfer", "property_days_late", "seats_needed", "as_of"}
_computed |= {"findings", "actions"}
PROJECT = one(
    select(
        *_columns,
        *(
            _detail[name].label(name) if name in _detail else _row[name]
            for name in ConstructionOut.model_fields
            if name not in ConstructionRow.model_fields and name not in _computed
        ),
        _closed.label("closed_on"),
    ).where(_row.id == bindparam("id")),
    literal_column("whole_row.version"),
)
# What findings about every project under way on the day depend on.
UNDERWAY = many(
    select(*_columns, *(part.label(name) for name, part in _parts.items()), _closed.label("closed_on"))
    .where(_row.registered_on <= bindparam("as_of", type_=Date))
    .where((_row.state == "underway") | (_closed > bindparam("as_of", type_=Date)))
    .order_by(_row.pinyin, _row.id)
)
