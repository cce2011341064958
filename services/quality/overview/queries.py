"""One SELECT for the whole of it. Only what is published counts."""

from typing import Any

from sqlalchemy import Date, Integer, Numeric, Text, bindparam, cast, func, literal_column, select
from sqlalchemy.dialects.postgresql import distinct_on

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.evaluation_cycles.models import EvaluationCycle, EvaluationPlan
from services.quality.evaluations.models import Evaluation, EvaluationLevel
from services.quality.frameworks.models import FrameworkItem
from services.quality.guidance_visits.models import GuidanceVisit
from services.quality.kindergartens.models import Kindergarten
from services.quality.supervision_visits.models import SupervisionIssue, SupervisionVisit
from shared.documents import listed, one

_division = bindparam("division", "", type_=Text)
_framework = bindparam("framework", None, type_=Text)
_as_of = bindparam("as_of", type_=Date)
_place, _run, _level = Kindergarten.__table__.c, Evaluation.__table__, EvaluationLevel.__table__.c
_cycle, _plan, _item = EvaluationCycle.__table__, EvaluationPlan.__table__, FrameworkItem.__table__.c
_visit, _issue = SupervisionVisit.__table__.c, SupervisionIssue.__table__.c
_guided, _inspection = GuidanceVisit.__table__.c, AnnualInspection.__table__.c


def _below(column: Any) -> Any:
    return column.bool_op("^@")(_division)


def _two(value: Any) -> Any:
    return func.round(cast(value, Numeric), 2).cast(Text)


_out = (_run.c.published_on <= _as_of) & _below(_run.c.division)
_asked = _framework.is_(None) | (_cycle.c.framework == _framework)
_operating = select(func.count()).where(_place.status == "operating", _below(_place.division))


def _graded(grade: str) -> Any:
    return func.count().filter(_out & (_run.c.grade == grade)).label(grade)


_rounds = (
    select(
        _cycle.c.framework,
        _cycle.c.first_year,
        func.count().label("planned"),
        func.count().filter(_out).label("published"),
        _two(func.avg(_run.c.points).filter(_out)).label("mean"),
        *(_graded(each) for each in ("excellent", "good", "qualified", "unqualified")),
    )
    .select_from(_plan.join(_cycle, _cycle.c.id == _plan.c.cycle).outerjoin(_run, _run.c.plan == _plan.c.id))
    .where(_below(_plan.c.division), _asked)
    .group_by(_cycle.c.framework, _cycle.c.first_year)
    .order_by(_cycle.c.framework, _cycle.c.first_year)
)
_published = (
    select(_run.c.id, _run.c.framework, _run.c.framework_code, _run.c.kindergarten, _run.c.parts, _cycle.c.first_year)
    .select_from(_run.join(_plan, _plan.c.id == _run.c.plan).join(_cycle, _cycle.c.id == _plan.c.cycle))
    .where(_out, _asked)
    .subquery("published")
)
_part = func.jsonb_each_text(_published.c.parts).table_valued("key", "value").lateral("part")
_points = cast(_part.c.value, Numeric)
_by_area = (
    select(
        _published.c.framework_code.label("framework"),
        _published.c.first_year,
        _part.c.key.label("area"),
        func.max(_item.text).label("name"),
        func.count().label("kindergartens"),
        func.avg(_points).label("mean"),
        func.min(_points).label("least"),
        func.max(_points).label("most"),
    )
    .select_from(_published)
    .join(_part, literal_column("true"))
    .outerjoin(FrameworkItem, (_item.framework == _published.c.framework) & (_item.code == _part.c.key))
    .group_by(_published.c.framework_code, _published.c.first_year, _part.c.key)
    .subquery("by_area")
)
_before = func.lag(_by_area.c.mean).over(
    partition_by=(_by_area.c.framework, _by_area.c.area), order_by=_by_area.c.first_year
)
_areas = select(
    *(_by_area.c[name] for name in ("framework", "first_year", "area", "name", "kindergartens")),
    *(_two(_by_area.c[name]).label(name) for name in ("mean", "least", "most")),
    _two(_by_area.c.mean - _before).label("change"),
).order_by(_by_area.c.framework, _by_area.c.area, _by_area.c.first_year)
_last = (
    select(_published.c.id, _published.c.framework, _published.c.framework_code)
    .ext(distinct_on(_published.c.kindergarten, _published.c.framework_code))
    .order_by(_published.c.kindergarten, _published.c.framework_code, _published.c.first_year.desc())
    .subquery("last")
)
_mean_level = func.avg(_level.level)
_items = (
    select(
        _last.c.framework_code.label("framework"),
        _level.item,
        func.max(_item.text).label("text"),
        func.count().label("kindergartens"),
        _two(_mean_level).label("mean"),
    )
    .select_from(_last)
    .join(EvaluationLevel, _level.evaluation == _last.c.id)
    .outerjoin(FrameworkItem, (_item.framework == _last.c.framework) & (_item.code == _level.item))
    .group_by(_last.c.framework_code, _level.item)
)
_month = (
    func.generate_series(
        func.date_trunc(literal_column("'month'"), _as_of) - literal_column("interval '11 months'"),
        func.date_trunc(literal_column("'month'"), _as_of),
        literal_column("interval '1 month'"),
    )
    .table_valued("month")
    .render_derived()
)
_first = cast(_month.c.month, Date)
_next = cast(_month.c.month + literal_column("interval '1 month'"), Date)


def _in_month(day: Any, division: Any, what: Any) -> Any:
    rows = select(what).where(day >= _first, day < _next, day <= _as_of, _below(division))
    return rows.correlate(_month).scalar_subquery()


_found = (
    select(func.count())
    .select_from(SupervisionIssue.__table__.join(SupervisionVisit.__table__, _visit.id == _issue.visit))
    .where(_visit.on_day >= _first, _visit.on_day < _next, _visit.on_day <= _as_of, _below(_issue.division))
    .correlate(_month)
    .scalar_subquery()
)
_months = select(
    _first.label("month"),
    _in_month(_visit.on_day, _visit.division, func.count()).label("visits"),
    _in_month(_visit.on_day, _visit.division, func.count(func.distinct(_visit.kindergarten))).label("visited"),
    _operating.scalar_subquery().label("kindergartens"),
    _in_month(_guided.on_day, _guided.division, func.count()).label("guidance"),
    _found.label("issues"),
).order_by(_first)


def _result(name: str) -> Any:
    return func.count().filter(_inspection.result == name).label(name)


_inspections = (
    select(
        _inspection.year,
        func.count().label("opened"),
        *(_result(each) for each in ("passed", "conditional", "failed")),
        func.count().filter(_inspection.vetoed & _inspection.result.is_not(None)).label("vetoed"),
    )
    .where(_below(_inspection.division), _inspection.opened_on <= _as_of)
    .group_by(_inspection.year)
    .order_by(_inspection.year)
)
TEN = 10
OVERVIEW = one(
    select(
        _operating.scalar_subquery().label("kindergartens"),
        listed(_rounds).label("rounds"),
        listed(_areas).label("areas"),
        listed(_items.order_by(_mean_level, _level.item).limit(literal_column(f"{TEN}", Integer))).label("weakest"),
        listed(_items.order_by(_mean_level.desc(), _level.item).limit(literal_column(f"{TEN}", Integer))).label(
            "strongest"
        ),
        listed(_months).label("months"),
        listed(_inspections).label("inspections"),
    )
)
