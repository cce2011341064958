from sqlalchemy import Date, Text, bindparam, cast, select

from services.finance.charges.models import Charge
from services.finance.charges.schemas import ChargeOut
from shared.documents import one
from shared.listing import Listing

_row = Charge.__table__.c
_money = {
    name: cast(_row[name], Text).label(name) for name in ("gross", "waived", "aided", "amount", "municipal", "district")
}
_columns = select(*(_money.get(name, _row[name]) for name in ChargeOut.model_fields))
CHARGES = Listing(
    "charges",
    _columns,
    _row.id,
    {"charged_on": _row.charged_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "child": _row.child == bindparam("child"),
        "since": _row.charged_on >= bindparam("since", type_=Date),
        "until": _row.charged_on < bindparam("until", type_=Date),
    },
)
CHARGE = one(_columns.where(_row.id == bindparam("id")))
