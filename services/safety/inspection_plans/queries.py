from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam, func, literal_column, select

from services.safety.inspection_plans.models import InspectionPlan
from services.safety.inspection_plans.schemas import InspectionPlanOut, InspectionPlanProgress
from services.safety.inspections.models import Inspection
from services.safety.kindergartens.models import Kindergarten
from shared.documents import among, columns, listed, one
from shared.listing import Listing

_plan, _place, _visit = (
    InspectionPlan.__table__.alias("p"),
    Kindergarten.__table__.alias("k"),
    Inspection.__table__.alias("v"),
)
_row = _plan.c
PLANS = Listing(
    "inspection-plans",
    select(*columns(_plan, InspectionPlanOut)),
    _row.id,
    {"year": _row.year},
    {
        "year": _row.year == bindparam("year"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
    },
)
_this = (_row.division == bindparam("division"), _row.year == bindparam("year", type_=Integer))
PLAN = one(select(*columns(_plan, InspectionPlanOut)).where(*_this))

_first, _on = func.make_date(_row.year, literal_column("1"), literal_column("1")), bindparam("as_of", type_=Date)
_next = func.make_date(_row.year + literal_column("1"), literal_column("1"), literal_column("1"))
_done = among(_visit.c.state, ("recorded", "signed", "shared")) & (_visit.c.visited_on >= _first)
_done &= (_visit.c.visited_on < _next) & (_visit.c.visited_on <= _on)
_open = among(_visit.c.state, ("planned", "visiting")) & (_visit.c.planned_on >= _first) & (_visit.c.planned_on < _next)
_counts = (
    select(
        func.count().filter(_done).label("visits"),
        func.count().filter(_open).label("planned"),
        func.count().filter(_done & (_visit.c.kind == "random")).label("random"),
        func.count().filter(_done & (_visit.c.kind == "joint")).label("joint"),
        func.count().filter(_done & (_visit.c.state == "shared")).label("shared"),
    )
    .where(_visit.c.kindergarten == _place.c.id)
    .lateral("counts")
)
_places = (
    select(_place.c.id, _place.c.name, _place.c.pinyin, _row.visits_each, *_counts.c)
    .select_from(
        _plan.join(_place, _place.c.division.bool_op("^@")(_row.division)).join(_counts, literal_column("true"))
    )
    .where(*_this, _place.c.status == "operating")
    .cte("places")
)
_of = _places.c
_behind = (
    select(_of.id.label("kindergarten"), _of.name, _of.visits, _of.planned)
    .where(_of.visits < _of.visits_each)
    .order_by(_of.visits, _of.pinyin)
)
_zero: ColumnElement[int] = literal_column("0")


def _sum(name: str) -> Any:
    return select(func.coalesce(func.sum(_of[name]), _zero)).scalar_subquery()


_told: dict[str, Any] = {
    "division": _row.division,
    "year": _row.year,
    "kindergartens": select(func.count()).select_from(_places).scalar_subquery(),
    "complete": select(func.count()).where(_of.visits >= _of.visits_each).scalar_subquery(),
    "asked": _sum("visits_each"),
    **{name: _sum(name) for name in ("visits", "random", "joint", "shared")},
    "random_met": _sum("random") * literal_column("100") >= _row.random_percent * _sum("visits"),
    "joint_met": _sum("joint") >= _row.joint_visits,
    "behind": listed(_behind),
}
PROGRESS = one(select(*(_told[name].label(name) for name in InspectionPlanProgress.model_fields)).where(*_this))
