"""Reads of tasks: each shows the state of the day asked for, from the four days a task keeps."""

from typing import Any

from sqlalchemy import ARRAY, Date, Text, Uuid, bindparam, case, cast, func, literal_column, select, text
from sqlalchemy.orm import aliased

from services.registry.indicators.models import Indicator
from services.registry.plan_tasks.models import PlanTask, PlanTaskReport
from services.registry.plan_tasks.schemas import PlanQuarterReport, PlanTaskReportOut
from services.registry.plan_units.models import PlanUnit, PlanUnitMember
from services.registry.plans.models import Clause
from services.registry.plans.queries import CURRENT
from services.registry.steps.queries import steps_of
from shared.db import Query
from shared.documents import listed, many, one
from shared.listing import Listing

_table = PlanTask.__table__
_task, _clause, _lead = _table.c, Clause.__table__.c, aliased(PlanUnit, name="lead_unit")
_unit, _member, _report = PlanUnit.__table__.c, PlanUnitMember.__table__.c, PlanTaskReport.__table__.c
_as_of = bindparam("as_of", type_=Date)
STATE = case(
    (_task.closed_on <= _as_of, _task.state),
    (_task.submitted_on <= _as_of, "submitted"),
    (_task.confirmed_on <= _as_of, "confirmed"),
    (_task.assigned_on <= _as_of, "assigned"),
    else_="draft",
)
_overdue = ((STATE == "assigned") | (STATE == "confirmed")) & (_task.due_on < _as_of)


def _upto(name: str) -> Any:
    """A day of the task's life, as far as it had come."""
    return case((_task[name] <= _as_of, _task[name])).label(name)


_names = (
    select(func.coalesce(func.json_agg(_unit.name_zh), literal_column("'[]'::json")))
    .where(_unit.code == func.any(_task.assist))
    .correlate(_table)
    .scalar_subquery()
)
_columns = (
    *(_task[name] for name in ("id", "plan", "clause")),
    _clause.quote,
    *(_task[name] for name in ("title", "lead")),
    _lead.name_zh.label("lead_name"),
    _task.assist,
    _names.label("assist_names"),
    *(_task[name] for name in ("basis", "division", "due_on", "measure", "indicator", "comparison")),
    cast(_task.threshold, Text).label("threshold"),
    STATE.label("state"),
    _overdue.label("overdue"),
    *(_upto(name) for name in ("assigned_on", "confirmed_on", "submitted_on", "closed_on")),
    _task.carried_from,
    _task.version,
)
_joined = _table.join(Clause, (_clause.plan == _task.plan) & (_clause.id == _task.clause)).join(
    _lead, _lead.code == _task.lead
)
_wanted = _task.plan == func.coalesce(bindparam("plan", None, type_=Text), CURRENT)
# Of a unit the caller acts for, or of the caller's own town; the district itself is no unit.
_own = (
    select(_member.unit)
    .where(
        _member.account == func.current_setting("app.actor", literal_column("true")),
        (_member.unit == _task.lead) | (_member.unit == func.any(_task.assist)),
    )
    .correlate(_table)
    .exists()
) | text(
    "EXISTS (SELECT FROM unnest(plan_tasks.towns) t,"
    " unnest(string_to_array(current_setting('app.divisions', true), ',')) d WHERE t ^@ d AND length(d) > 6)"
)
_named = bindparam("unit", type_=Text)
TASKS = Listing(
    "plan-tasks",
    select(*_columns).select_from(_joined).where(_wanted),
    _task.id,
    {"clause": _clause.place, "due_on": _task.due_on, "title": _task.pinyin},
    {
        "unit": (_task.lead == _named) | (_named == func.any(_task.assist)),
        "lead": _task.lead == bindparam("lead"),
        "clause": _task.clause == bindparam("clause"),
        "section": _task.clause.bool_op("^@")(bindparam("section")),
        "state": bindparam("state") == STATE,
        "overdue": _overdue == bindparam("overdue"),
        "due_before": _task.due_on < bindparam("due_before"),
        "mine": func.coalesce(_own, literal_column("false")) == bindparam("mine"),
    },
)
_computed = {
    "quarter": func.to_char(_report.quarter, 'YYYY"-Q"Q'),
    "late": _report.first_reported_on > _report.due_on,
}
_report_columns = [
    (_computed[name] if name in _computed else _report[name]).label(name) for name in PlanTaskReportOut.model_fields
]
_reports = listed(
    select(*_report_columns)
    .where(_report.task == _task.id, _report.first_reported_on <= _as_of)
    .order_by(_report.quarter.desc())
    .correlate(_table)
)
_of_task = {name: _task[name] for name in ("clause", "title", "lead")} | {"lead_name": _lead.name_zh}
_quarter_columns: list[Any] = [
    (_of_task[name] if name in _of_task else _computed[name] if name in _computed else _report[name]).label(name)
    for name in PlanQuarterReport.model_fields
]
REPORTS = Listing(
    "plan-task-reports",
    select(*_quarter_columns)
    .select_from(PlanTaskReport.__table__.join(_table, _task.id == _report.task).join(_lead, _lead.code == _task.lead))
    .where(_wanted, _report.first_reported_on <= _as_of),
    func.concat_ws("/", _report.task, _report.quarter, type_=Text),
    {"quarter": _report.quarter},
    {
        "quarter": _computed["quarter"] == bindparam("quarter"),
        "unit": _task.lead == bindparam("unit"),
        "late": _computed["late"] == bindparam("late"),
    },
)
_members = (
    select(func.coalesce(func.json_agg(_member.account), literal_column("'[]'::json")))
    .where(_member.unit == _task.lead)
    .correlate(_table)
    .scalar_subquery()
)
TASK = one(
    select(
        *_columns,
        _as_of.label("as_of"),
        *(_task[name] for name in ("parameters", "evidence_service", "evidence_path", "created_at")),
        _reports.label("reports"),
        steps_of(_table).label("steps"),
        # What decisions depend on; the answer leaves it out.
        _task.submitted_by,
        _members.label("members"),
        _task.towns,
        _task.state.label("state_now"),
    )
    .select_from(_joined)
    .where(_task.id == bindparam("id")),
    literal_column("whole_row.version"),
)
SOME = many(
    select(*_columns)
    .select_from(_joined)
    .where(_task.id == func.any(bindparam("tasks", type_=ARRAY(Uuid))))
    .order_by(_clause.place, _task.id)
)
_indicator = Indicator.__table__.c
_other = Indicator.__table__.alias("other").c
_version = (
    select(func.coalesce(func.max(_other.version).filter(_other.since <= _as_of), func.min(_other.version)))
    .where(_other.code == _task.indicator)
    .correlate(_table)
    .scalar_subquery()
)
# Everything about the tasks of a plan that warnings, scorecards and the matrix depend on.
WORK = many(
    select(
        *_columns,
        _task.parameters,
        _task.state.label("state_now"),
        _reports.label("reports"),
        *(_indicator[name].label(f"indicator_{name}") for name in ("code", "version", "name_zh", "kind", "unit")),
        *(_indicator[name].label(f"indicator_{name}") for name in ("decimals", "definition", "since")),
    )
    .select_from(_joined.outerjoin(Indicator, (_indicator.code == _task.indicator) & (_indicator.version == _version)))
    .where(_wanted, func.coalesce(_task.id == bindparam("id", None, type_=_task.id.type), literal_column("true")))
    .order_by(_clause.place, _task.id)
)
PLAN_NOW = Query(select(CURRENT))
