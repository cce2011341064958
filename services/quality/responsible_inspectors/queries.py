from sqlalchemy import Date, Integer, bindparam, func, select

from services.quality.kindergartens.models import Kindergarten
from services.quality.responsible_inspectors.models import InspectorAssignment
from services.quality.responsible_inspectors.schemas import InspectorAssignmentOut, InspectorPlate
from shared.documents import one
from shared.listing import Listing

_row, _place = InspectorAssignment.__table__.c, Kindergarten.__table__
_same = InspectorAssignment.__table__.alias("same")
_load = (
    select(func.count())
    .where(_same.c.account == _row.account, _same.c.until.is_(None))
    .correlate(InspectorAssignment.__table__)
    .scalar_subquery()
)
_special = {
    "kindergarten_name": _place.c.name,
    "rotation_due": _row.until.is_(None) & (_row.since <= bindparam("rotate_before", type_=Date)),
    "load": _load,
    "overloaded": _load > bindparam("most", type_=Integer),
}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in InspectorAssignmentOut.model_fields]
_from = InspectorAssignment.__table__.join(_place, _place.c.id == _row.kindergarten)
ASSIGNMENTS = Listing(
    "inspector-assignments",
    select(*_columns).select_from(_from),
    _row.id,
    {"kindergarten_name": _place.c.pinyin, "since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "account": _row.account == bindparam("account"),
        "current": _row.until.is_(None) == bindparam("current"),
    },
)
ASSIGNMENT = one(select(*_columns).select_from(_from).where(_row.id == bindparam("id")))
_plate = [(_special[n] if n in _special else _row[n]).label(n) for n in InspectorPlate.model_fields]
PLATE = one(select(*_plate).select_from(_from).where(_row.kindergarten == bindparam("id"), _row.until.is_(None)))
