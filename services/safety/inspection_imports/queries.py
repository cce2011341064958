from typing import Any

from sqlalchemy import Integer, Text, bindparam, cast, extract, func, select

from services.safety.inspection_imports.models import OutsideInspection
from services.safety.inspection_imports.schemas import OutsideInspectionOut
from shared.documents import columns, listed, one
from shared.listing import Listing

_table = OutsideInspection.__table__.alias("o")
_row = _table.c
OUTSIDE = Listing(
    "outside-inspections",
    select(*columns(_table, OutsideInspectionOut, score=cast(_row.score, Text))),
    _row.id,
    {"inspected_on": _row.inspected_on},
    {
        "source": _row.source == bindparam("source"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "result": _row.result == bindparam("result"),
    },
)
_of = _row.source == bindparam("source", type_=Text)
_findings = func.coalesce(func.sum(_row.findings), 0)
_year = cast(extract("year", _row.inspected_on), Integer)
_results: Any = (
    select(_row.result, func.count().label("inspections"), _findings.label("findings"))
    .where(_of)
    .group_by(_row.result)
    .order_by(_row.result)
)
_years: Any = select(_year.label("year"), func.count().label("inspections")).where(_of).group_by(_year).order_by(_year)
_totals: Any = select(
    bindparam("source", type_=Text).label("source"),
    func.count().label("inspections"),
    _findings.label("findings"),
    listed(_results.correlate(None)).label("results"),
    listed(_years.correlate(None)).label("years"),
).where(_of)
TOTALS = one(_totals)
