from sqlalchemy import Date, Text, bindparam, cast, column, func, select, text

from services.finance.payroll_sheets.models import PayrollProof, PayrollSheet
from services.finance.payroll_sheets.schemas import PayrollProofOut, PayrollSheetOut, PayrollStaffOut
from services.finance.posts.models import Post
from shared.db import Query
from shared.documents import columns, one
from shared.listing import Listing
from shared.tables import FOREVER

_sheet, _proof, _post = PayrollSheet.__table__.c, PayrollProof.__table__.c, Post.__table__.c
_sheets = select(*columns(PayrollSheet.__table__, PayrollSheetOut))
SHEETS = Listing(
    "payroll-sheets",
    _sheets,
    _sheet.id,
    {"month": _sheet.month},
    {
        "kindergarten": _sheet.kindergarten == bindparam("kindergarten"),
        "month": _sheet.month == bindparam("month", type_=Date),
        "state": _sheet.state == bindparam("state"),
    },
)
SHEET = one(_sheets.where(_sheet.id == bindparam("id")), column("version"))
_money = {
    name: cast(_proof[name], Text) for name in ("payable", "contributions", "paid", "insurance_base", "fund_base")
}
PROOFS = Listing(
    "payroll-proofs",
    select(*columns(PayrollProof.__table__, PayrollProofOut, **_money)),
    _proof.sheet,
    {"person": _proof.person},
    {name: _proof[name] == bindparam(name) for name in ("sheet", "kindergarten", "month", "person")}
    | {
        "in_force": (
            select(_sheet.id).where(_sheet.id == _proof.sheet, _sheet.state == "accepted").exists()
            == bindparam("in_force")
        )
    },
)
_month = bindparam("month", type_=Date)
_place = cast(_post.kindergarten, Text) + "/" + cast(_post.person, Text) + "/" + cast(_post.id, Text)
STAFF = Listing(
    "payroll-staff",
    select(*columns(Post.__table__, PayrollStaffOut, place=_place, until=func.nullif(_post.until, FOREVER))).where(
        _post.since < _month + text("interval '1 month'"), _post.until > _month
    ),
    _place,
    {"place": _place},
    {"kindergarten": _post.kindergarten == bindparam("kindergarten")},
)
# The people of a month by registry's id, to be filled into a table.
EXPECTED = Query(
    select(cast(func.coalesce(func.json_agg(_post.person.distinct()), text("'[]'")), Text)).where(
        _post.kindergarten == bindparam("kindergarten"),
        _post.since < _month + text("interval '1 month'"),
        _post.until > _month,
    )
)
