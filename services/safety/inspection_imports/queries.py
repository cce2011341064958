from typing import Any

from sqlalchemy import Integer, Text, bindparam, cast, extract, func, select

from services.safety.inspection_imports.models import InspectionImport, InspectionImportFault, OutsideInspection
from services.safety.inspection_imports.schemas import (
    InspectionImportFaultOut,
    InspectionImportOut,
    OutsideInspectionOut,
)
from shared.documents import columns, listed, one
from shared.listing import Listing
from shared.platform.tables import Job

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
        "since": _row.inspected_on >= bindparam("since"),
        "until": _row.inspected_on <= bindparam("until"),
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
    func.count(_row.facility.distinct()).label("facilities"),
    func.count(_row.score).label("scored"),
    cast(func.min(_row.score), Text).label("lowest_score"),
    cast(func.max(_row.score), Text).label("highest_score"),
    cast(func.round(func.avg(_row.score), 4), Text).label("mean_score"),
    listed(_results.correlate(None)).label("results"),
    listed(_years.correlate(None)).label("years"),
).where(_of)
TOTALS = one(_totals)

_import, _job = InspectionImport.__table__.alias("i"), Job.__table__.alias("j")
_of_job = {"job_status": _job.c.status, "job_message": _job.c.message, "done": _job.c.done}
_imports = select(*columns(_import, InspectionImportOut, **_of_job)).select_from(
    _import.outerjoin(_job, _job.c.id == _import.c.job)
)
IMPORTS = Listing(
    "inspection-imports",
    _imports,
    _import.c.id,
    {"created_at": _import.c.created_at},
    {"state": _import.c.state == bindparam("state"), "source": _import.c.source == bindparam("source")},
)
IMPORT = one(_imports.where(_import.c.id == bindparam("id")))
_fault = InspectionImportFault.__table__.alias("f")
FAULTS = Listing(
    "inspection-import-faults",
    select(*columns(_fault, InspectionImportFaultOut, column=_fault.c.column_name)).where(
        _fault.c.import_id == bindparam("id")
    ),
    _fault.c.number,
    {"row": _fault.c.row},
    {"code": _fault.c.code == bindparam("code")},
)
