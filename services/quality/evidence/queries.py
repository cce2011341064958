from sqlalchemy import ColumnElement, Date, Text, Uuid, any_, bindparam, cast, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY, array

from services.quality.evidence.models import Evidence
from services.quality.evidence.schemas import EvidenceOut
from services.quality.frameworks.models import Framework, FrameworkItem
from shared.documents import many, one
from shared.listing import Listing

_row, _item = Evidence.__table__.c, FrameworkItem.__table__.c
_columns = [_row[name] for name in EvidenceOut.model_fields]


def _usable(day: str) -> ColumnElement[bool]:
    on = bindparam(day, type_=Date)
    ended = or_(_row.valid_until.is_(None), _row.valid_until >= on)
    return (_row.collected_on <= on) & ended & or_(_row.withdrawn_on.is_(None), _row.withdrawn_on > on)


EVIDENCE = Listing(
    "evidence",
    select(*_columns),
    _row.id,
    {"collected_on": _row.collected_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "serves": bindparam("serves", type_=Text) == any_(_row.serves),
        "usable_on": _usable("usable_on"),
    },
)
ONE = one(select(*_columns).where(_row.id == bindparam("id")))

_own = array([func.concat(bindparam("code", type_=Text), literal(":"), _item.code)])
_asked = func.array_cat(cast(_own, ARRAY(Text)), _item.based_on)
_found = (
    select(func.coalesce(func.array_agg(_row.id), cast(array([], type_=Uuid), ARRAY(Uuid))))
    .where(_row.kindergarten == bindparam("kindergarten", type_=Uuid), _row.serves.op("&&")(_asked), _usable("as_of"))
    .correlate(FrameworkItem.__table__)
    .scalar_subquery()
)
COVERAGE = many(
    select(_item.code, _item.parent, _item.level, _item.text, _item.text_status, _found.label("evidence"))
    .join(Framework, Framework.id == FrameworkItem.framework)
    .where(Framework.code == bindparam("code", type_=Text), Framework.edition == bindparam("edition"))
    .order_by(_item.place)
)
