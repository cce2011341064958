from typing import Any

from sqlalchemy import Integer, ScalarSelect, any_, bindparam, func, literal, select

from services.quality.ethics_commitments.models import EthicsAppraisal, EthicsCommitment, EthicsRoster
from services.quality.ethics_commitments.schemas import EthicsCoverage
from services.quality.kindergartens.models import Kindergarten
from shared.listing import Listing

_place, _roster = Kindergarten.__table__, EthicsRoster.__table__
_year = bindparam("year", type_=Integer)


def _covered(table: Any) -> ScalarSelect[int]:
    """How many of the roster have a row there that year."""
    row = table.c
    among = row.staff == any_(_roster.c.staff)
    rows = select(func.count()).where(row.kindergarten == _place.c.id, row.year == _year, among)
    return rows.correlate(_place, _roster).scalar_subquery()


_staff = func.cardinality(_roster.c.staff)
_committed, _appraised = _covered(EthicsCommitment.__table__), _covered(EthicsAppraisal.__table__)
_complete = func.coalesce((_staff == _committed) & (_staff == _appraised), literal(value=False))
_columns = {
    "kindergarten": _place.c.id,
    "kindergarten_name": _place.c.name,
    "division": _place.c.division,
    "staff": _staff,
    "committed": _committed,
    "appraised": _appraised,
    "complete": _complete,
}
_here = (_roster.c.kindergarten == _place.c.id) & (_roster.c.year == _year)
COVERAGE = Listing(
    "ethics-coverage",
    select(*(_columns[name].label(name) for name in EthicsCoverage.model_fields))
    .select_from(_place.outerjoin(_roster, _here))
    .where(_place.c.status == "operating"),
    _place.c.id,
    {"kindergarten_name": _place.c.pinyin},
    {
        "division": _place.c.division.bool_op("^@")(bindparam("division")),
        "complete": _complete == bindparam("complete"),
        "year": literal(value=True),
    },
)
