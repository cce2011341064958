from sqlalchemy import Date, ScalarSelect, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from services.registry.divisions.models import Division
from services.registry.kindergartens.codes import Status
from services.registry.kindergartens.models import Kindergarten, KindergartenStatus
from shared.documents import one
from shared.listing import Listing
from shared.tables import FOREVER

_unit, _parent, _below = Division.__table__.alias("u"), aliased(Division, name="p"), aliased(Division, name="b")
_row = _unit.c
_as_of = bindparam("as_of", type_=Date)
_in_use = (_row.since <= _as_of) & (_row.until > _as_of)
_columns = (
    _row.code,
    _row.name,
    _row.usual_name,
    _row.level,
    _row.kind,
    _row.parent,
    _parent.name.label("parent_name"),
    _row.zone,
    _row.zone_source,
    _row.latitude,
    _row.longitude,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.source,
)
_joined = _unit.outerjoin(_parent, _parent.code == _row.parent)

DIVISIONS = Listing(
    "divisions",
    select(*_columns).select_from(_joined).where(_in_use),
    _row.code,
    {"code": _row.code, "name": _row.pinyin},
    {
        "level": _row.level == bindparam("level"),
        "parent": _row.parent == bindparam("parent"),
        "zone": _row.zone == bindparam("zone"),
        "q": or_(
            _row.name.bool_op("^@")(bindparam("q")),
            func.replace(_row.pinyin, " ", "").bool_op("^@")(func.lower(bindparam("q"))),
        ),
    },
)


def _units(level: str) -> ScalarSelect[int]:
    below = _below.code.bool_op("^@")(_row.code) & (_below.level == level) & (_below.code != _row.code)
    in_use = (_below.since <= _as_of) & (_below.until > _as_of)
    return select(func.count()).select_from(_below).where(below, in_use).scalar_subquery()


_operating = (
    select(func.count())
    .select_from(Kindergarten)
    .join(KindergartenStatus, KindergartenStatus.kindergarten == Kindergarten.id)
    .where(
        Kindergarten.division.bool_op("^@")(_row.code),
        KindergartenStatus.status == Status.OPERATING.value,
        KindergartenStatus.since <= _as_of,
        KindergartenStatus.until > _as_of,
    )
    .scalar_subquery()
)
DIVISION = one(
    select(
        *_columns,
        _units("town").label("towns"),
        _units("village").label("villages"),
        _operating.label("kindergartens"),
    )
    .select_from(_joined)
    .where(_row.code == bindparam("code"))
)
