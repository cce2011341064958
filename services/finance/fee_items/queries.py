from sqlalchemy import Date, Text, bindparam, cast, column, func, select

from services.finance.fee_items.codes import FeeFilingState
from services.finance.fee_items.models import FeeItem
from services.finance.fee_items.schemas import FeeItemOut
from services.finance.kindergartens.models import Kindergarten
from shared.documents import one
from shared.listing import Listing
from shared.tables import FOREVER

_item, _of = FeeItem.__table__.alias("i"), Kindergarten.__table__
_row = _item.c
_amount, _until = cast(_row.amount, Text).label("amount"), func.nullif(_row.until, FOREVER).label("until")
_shown = {"amount": _amount, "until": _until}
_columns = select(*(_shown.get(name, _row[name]) for name in FeeItemOut.model_fields))
_day = bindparam("as_of", type_=Date)
_then = (_row.since <= _day) & (_row.until > _day)

FEE_ITEMS = Listing(
    "fee-items",
    _columns,
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "category": _row.category == bindparam("category"),
        "state": _row.state == bindparam("state"),
        "as_of": _then,
    },
)
FEE_ITEM = one(_columns.where(_row.id == bindparam("id")), column("version"))
NOTICES = Listing(
    "fee-notices",
    select(
        _row.kindergarten,
        _of.c.name.label("kindergarten_name"),
        _of.c.type,
        _row.category,
        _row.name,
        _amount,
        *(_row[name] for name in ("unit", "document", "content", "reductions", "refund_rule", "complaint_phone")),
        _row.voluntary,
        _row.since,
        _until,
        _row.published_on,
        _row.synthetic,
    )
    .select_from(_item.join(_of, _of.c.id == _row.kindergarten))
    .where(_row.state == FeeFilingState.PUBLISHED.value, _then),
    _row.id,
    {"kindergarten": _of.c.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
    },
)
