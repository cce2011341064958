from sqlalchemy import Date, and_, bindparam, case, column, distinct, func, select

from services.finance.aids.codes import AidState
from services.finance.aids.models import Aid
from services.finance.aids.schemas import AidOut
from services.finance.enrolments.models import Enrolment
from shared.documents import one
from shared.listing import Listing

FEWEST = 5  # smaller groups are not shown

_row, _in = Aid.__table__.c, Enrolment.__table__.c
_columns = select(*(_row[name] for name in AidOut.model_fields))
AIDS = Listing(
    "aids",
    _columns,
    _row.id,
    {"since": _row.since},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "child", "state")},
)
AID = one(_columns.where(_row.id == bindparam("id")), column("version"))

_day = bindparam("as_of", type_=Date)
_held = and_(
    _row.child == _in.child,
    _row.kindergarten == _in.kindergarten,
    _row.state == AidState.APPROVED.value,
    _row.since <= _day,
    _row.until > _day,
)
_aided = func.count(distinct(_row.child))
_covered = (
    select(
        _in.kindergarten,
        func.count(distinct(_in.child)).label("children"),
        case((_aided.between(1, FEWEST - 1), None), else_=_aided).label("aided"),
    )
    .select_from(Enrolment.__table__.outerjoin(Aid.__table__, _held))
    .where(_in.since <= _day, _in.until > _day)
    .group_by(_in.kindergarten)
    .subquery("covered")
)
COVERAGE = Listing("aid-coverage", select(_covered), _covered.c.kindergarten, {"kindergarten": _covered.c.kindergarten})
