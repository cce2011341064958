from sqlalchemy import Date, bindparam, func, select

from services.registry.classes.codes import ClassKind
from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import KindergartenType
from shared.documents import many
from shared.tables import FOREVER

_row = KindergartenType.__table__.c
TYPES = many(
    select(
        _row.id,
        _row.type,
        _row.since,
        func.nullif(_row.until, FOREVER).label("until"),
        _row.document,
        _row.synthetic,
        _row.version,
    )
    .where(_row.kindergarten == bindparam("id"))
    .order_by(_row.since.desc())
)
_day = bindparam("day", type_=Date)
CHILDREN = (
    select(func.count())
    .select_from(Enrolment)
    .join(Class, Class.id == Enrolment.class_id)
    .where(
        Enrolment.kindergarten == bindparam("id"),
        Enrolment.since <= _day,
        Enrolment.until > _day,
        Class.kind != ClassKind.NURSERY.value,
    )
)
