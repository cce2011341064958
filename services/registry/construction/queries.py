from sqlalchemy import bindparam, select

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
from services.registry.steps.queries import steps_of
from shared.documents import listed, many, one
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
_detail = _parts | {"steps": steps_of(_table)}
_computed = ("property_due_on", "findings", "actions")
PROJECT = one(
    select(
        *_columns,
        *(
            _detail[name].label(name) if name in _detail else _row[name]
            for name in ConstructionOut.model_fields
            if name not in ConstructionRow.model_fields and name not in _computed
        ),
    ).where(_row.id == bindparam("id"))
)
# What findings about every project under way depend on.
UNDERWAY = many(
    select(*_columns, *(part.label(name) for name, part in _parts.items()))
    .where(_row.state == "underway")
    .order_by(_row.pinyin, _row.id)
)
