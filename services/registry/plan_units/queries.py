from sqlalchemy import bindparam, func, select

from services.registry.plan_units.models import PlanUnit, PlanUnitMember
from services.registry.plan_units.schemas import PlanUnitOut
from shared.documents import one
from shared.listing import Listing

_unit, _member = PlanUnit.__table__.c, PlanUnitMember.__table__.c
_columns = select(*(_unit[name] for name in PlanUnitOut.model_fields))
UNITS = Listing(
    "plan-units",
    _columns,
    _unit.code,
    {"code": _unit.code, "name": _unit.pinyin},
    {"kind": _unit.kind == bindparam("kind")},
)
UNIT = one(_columns.where(_unit.code == bindparam("code")))
_accounts = (
    select(_member.account)
    .where(_member.unit == _unit.code)
    .order_by(_member.account)
    .correlate(PlanUnit)
    .scalar_subquery()
)
MEMBERS = one(
    select(_unit.code.label("unit"), func.array(_accounts).label("accounts")).where(_unit.code == bindparam("code"))
)
