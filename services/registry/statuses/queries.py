from sqlalchemy import bindparam, func, select

from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import KindergartenStatus
from shared.documents import many
from shared.tables import FOREVER

_row = KindergartenStatus.__table__.c
STATUSES = many(
    select(
        _row.id,
        _row.status,
        _row.since,
        func.nullif(_row.until, FOREVER).label("until"),
        _row.reason,
        _row.synthetic,
        _row.version,
    )
    .where(_row.kindergarten == bindparam("id"))
    .order_by(_row.since.desc())
)
LEAVES_LAST = select(func.max(Enrolment.until)).where(Enrolment.kindergarten == bindparam("id"))
