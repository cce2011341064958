from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, bindparam, case, literal_column, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.parameters.published import PARAMETERS
from services.safety.parameters.rules import number
from services.safety.suppliers.models import Supplier
from services.safety.suppliers.schemas import SupplierOut
from shared.documents import columns, one
from shared.listing import Listing

_supplier, _place = Supplier.__table__.alias("s"), Kindergarten.__table__
_row = _supplier.c
_as_of = bindparam("as_of", type_=Date)
# As `rules.standing` says it; a test holds the two together.
_standing: ColumnElement[str] = case(
    ((_row.since > _as_of) | (_row.until <= _as_of), literal_column("'ended'")),
    (_row.licence_until < _as_of, literal_column("'expired'")),
    (_row.licence_until <= _as_of + bindparam("soon", type_=Integer), literal_column("'expiring'")),
    else_=literal_column("'valid'"),
)
_special: dict[str, ColumnElement[Any]] = {
    "kindergarten_name": _place.c.name,
    "standing": _standing,
    "days_left": _row.licence_until - _as_of,
}
_rows = select(*columns(_supplier, SupplierOut, **_special)).select_from(
    _supplier.join(_place, _place.c.id == _row.kindergarten)
)
SUPPLIERS = Listing(
    "suppliers",
    _rows,
    _row.id,
    {"licence_until": _row.licence_until, "name": _row.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "standing": _standing == bindparam("standing"),
        "expires_before": _row.licence_until < bindparam("expires_before"),
    },
)
SUPPLIER = one(_rows.where(_row.kindergarten == bindparam("kindergarten"), _row.code == bindparam("code")))


def values(on: date) -> dict[str, Any]:
    """What decides the standing on that day."""
    return {"as_of": on, "soon": number(PARAMETERS, "supplier_warning_days", on)}
