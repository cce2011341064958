from sqlalchemy import Date, Integer, Numeric, Text, bindparam, case, func, literal_column, select

from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten
from services.registry.oversize_plans.models import OversizePlan
from services.registry.oversize_plans.rules import OPEN
from services.registry.oversize_plans.schemas import OversizePlanOut, OversizePlanRow
from services.registry.steps.queries import steps_of
from shared.documents import among, columns, one
from shared.listing import Listing

_day = bindparam("as_of", type_=Date)
_c, _e, _it, _k = Class.__table__.c, Enrolment.__table__.c, OversizePlan.__table__, Kindergarten.__table__.c
_row = _it.c
_there = (
    select(func.count())
    .where(_e.class_id == _c.id, _e.since <= _day, _e.until > _day)
    .correlate(Class.__table__)
    .scalar_subquery()
)
_tolerance = bindparam("tolerance", type_=Integer)
_counted = (
    select(
        _c.id,
        _c.name,
        _c.kind,
        _c.kindergarten,
        _c.division,
        _c.standard_size,
        _c.synthetic,
        _there.label("children"),
    )
    .where(_c.since <= _day, _c.until > _day)
    .subquery("counted")
)
_in = _counted.c
_severity = case(
    (
        _in.children > _in.standard_size * (1 + bindparam("serious", type_=Numeric)),
        literal_column("'red'", Text),
    ),
    else_=literal_column("'warn'", Text),
)
_open = (_row.made_on <= _day) & (func.coalesce(_row.ended_on, literal_column("DATE '9999-12-31'", Date)) > _day)
_late = func.coalesce(_row.due_on < _day, literal_column("false"))
OVERSIZE = Listing(
    "oversize-classes",
    select(
        _in.id.label("class_id"),
        _in.name.label("class_name"),
        _in.kind,
        _in.kindergarten,
        _k.name.label("kindergarten_name"),
        _in.division,
        _in.children,
        _in.standard_size,
        (_in.children - _in.standard_size).label("over"),
        _severity.label("severity"),
        _row.id.label("plan"),
        _row.state.label("plan_state"),
        _row.due_on,
        _late.label("overdue"),
        _in.synthetic,
    )
    .select_from(
        _counted.join(Kindergarten.__table__, _k.id == _in.kindergarten).outerjoin(
            _it, (_row.class_id == _in.id) & _open
        )
    )
    .where(_in.children > _in.standard_size + _tolerance),
    _in.id,
    {"over": _in.children - _in.standard_size, "name": _k.pinyin},
    {
        "kindergarten": _in.kindergarten == bindparam("kindergarten"),
        "division": _in.division.bool_op("^@")(bindparam("division")),
        "kind": _in.kind == bindparam("kind"),
        "severity": _severity == bindparam("severity"),
        "planned": _row.id.is_not(None) == bindparam("planned"),
        "overdue": _late == bindparam("overdue"),
        "synthetic": _in.synthetic == bindparam("synthetic"),
    },
)
_overdue = among(_row.state, OPEN) & (_row.due_on < _day)
_special = {
    "class_name": _c.name,
    "kindergarten_name": _k.name,
    "children_now": _there,
    "standard_now": _c.standard_size,
    "overdue": _overdue,
}
_from = _it.join(Class.__table__, _c.id == _row.class_id).join(Kindergarten.__table__, _k.id == _row.kindergarten)
PLANS = Listing(
    "oversize-plans",
    select(*columns(_it, OversizePlanRow, **_special)).select_from(_from),
    _row.id,
    {"due_on": _row.due_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "class_id": _row.class_id == bindparam("class_id"),
        "state": _row.state == bindparam("state"),
        "overdue": _overdue == bindparam("overdue"),
        "due_before": _row.due_on < bindparam("due_before", type_=Date),
    },
)
PLAN = one(
    select(*columns(_it, OversizePlanOut, **_special, steps=steps_of(_it)))
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
