from typing import Any

from sqlalchemy import ColumnElement, Integer, ScalarSelect, bindparam, case, cast, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import Uuid

from services.quality.evaluation_cycles.models import EvaluationCycle, EvaluationPlan
from services.quality.evaluation_cycles.schemas import EvaluationCycleOut, EvaluationPlanOut
from services.quality.evaluations.models import Evaluation
from services.quality.kindergartens.models import Kindergarten
from shared.documents import listed, one
from shared.listing import Listing

_cycle, _plan, _place = EvaluationCycle.__table__, EvaluationPlan.__table__, Kindergarten.__table__
_run = Evaluation.__table__
_this_year = bindparam("this_year", type_=Integer)
_done = func.date_part("year", _run.c.published_on).cast(Integer)
_behind = case((_done.is_(None), _this_year - _plan.c.year), else_=_done - _plan.c.year)
_columns = {
    "kindergarten_name": _place.c.name,
    "done_on_year": _done,
    "drift": func.greatest(_behind, 0),
}
_from = _plan.join(_place, _place.c.id == _plan.c.kindergarten).outerjoin(_run, _run.c.plan == _plan.c.id)
PLANS = Listing(
    "evaluation-plans",
    select(
        *((_columns[n] if n in _columns else _plan.c[n]).label(n) for n in EvaluationPlanOut.model_fields)
    ).select_from(_from),
    _plan.c.id,
    {"year": _plan.c.year, "kindergarten_name": _place.c.pinyin},
    {
        "cycle": _plan.c.cycle == bindparam("cycle"),
        "kindergarten": _plan.c.kindergarten == bindparam("kindergarten"),
        "year": _plan.c.year == bindparam("year"),
    },
)


def _count(condition: ColumnElement[bool]) -> ScalarSelect[int]:
    rows = select(func.count()).select_from(_plan.outerjoin(_run, _run.c.plan == _plan.c.id))
    return rows.where(_plan.c.cycle == _cycle.c.id, condition).correlate(_cycle).scalar_subquery()


_person = func.unnest(_plan.c.team).label("account")
_each = select(_person, _plan.c.year).where(_plan.c.cycle == _cycle.c.id).correlate(_cycle).subquery("work")
_work = (
    select(_each.c.account, _each.c.year, func.count().label("kindergartens"))
    .group_by(_each.c.account, _each.c.year)
    .order_by(_each.c.account, _each.c.year)
)
_planned = select(_plan.c.kindergarten).where(_plan.c.cycle == _cycle.c.id).correlate(_cycle)
_left_out = (
    select(func.coalesce(func.array_agg(_place.c.id), cast(literal_column("'{}'"), ARRAY(Uuid))))
    .where(_place.c.status == "operating", _place.c.id.not_in(_planned))
    .correlate(_cycle)
    .scalar_subquery()
)
_figures: dict[str, ColumnElement[Any]] = {
    "planned": _count(true()),
    "done": _count(_run.c.published_on.is_not(None)),
    "late": _count(_run.c.published_on.is_(None) & (_plan.c.year < _this_year)),
    "unstaffed": _count(_plan.c.missing > 0),
    "left_out": _left_out,
    "workload": listed(_work),
}
CYCLE = one(
    select(*((_figures[n] if n in _figures else _cycle.c[n]).label(n) for n in EvaluationCycleOut.model_fields)).where(
        _cycle.c.id == bindparam("id")
    )
)
