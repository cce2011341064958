from sqlalchemy import Date, Text, bindparam, func, select

from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.frameworks.schemas import FrameworkItemOut, FrameworkRow
from shared.documents import listed, one
from shared.listing import Listing
from shared.tables import FOREVER

_row, _item = Framework.__table__.c, FrameworkItem.__table__.c
_columns = [
    (func.nullif(_row.until, FOREVER) if name == "until" else _row[name]).label(name)
    for name in FrameworkRow.model_fields
]
_day = bindparam("as_of", type_=Date)
FRAMEWORKS = Listing(
    "frameworks",
    select(*_columns),
    _row.id,
    {"code": _row.code},
    {
        "code": _row.code == bindparam("code"),
        "kind": _row.kind == bindparam("kind"),
        "state": _row.state == bindparam("state"),
        "as_of": (_row.since <= _day) & (_row.until > _day),
    },
)
_shown = [
    (_item.weight.cast(Text) if name == "weight" else _item[name]).label(name) for name in FrameworkItemOut.model_fields
]
_own = select(*_shown).where(_item.framework == _row.id).order_by(_item.place).correlate(Framework.__table__)
_items = listed(_own).label("items")
FRAMEWORK = one(select(*_columns, _items).where(_row.code == bindparam("code"), _row.edition == bindparam("edition")))
