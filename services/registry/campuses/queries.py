from sqlalchemy import Date, bindparam, func, or_, select

from services.registry.kindergartens.models import Campus
from shared.documents import many, one
from shared.tables import FOREVER

_row = Campus.__table__.c
_day = bindparam("as_of", None, type_=Date)
_columns = select(
    _row.id,
    _row.name,
    _row.address,
    _row.latitude,
    _row.longitude,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.synthetic,
    _row.version,
)
CAMPUSES = many(
    _columns.where(
        _row.kindergarten == bindparam("id"), or_(_day.is_(None), (_row.since <= _day) & (_row.until > _day))
    ).order_by(_row.since, _row.name, _row.id)
)
CAMPUS = one(_columns.where(_row.id == bindparam("campus")))
