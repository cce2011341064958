from sqlalchemy import Text, bindparam, case, func, literal_column, select

from services.registry.imports.models import Import, ImportFinding
from services.registry.imports.schemas import ImportOut
from services.registry.rolls.columns import COLUMNS
from shared import db
from shared.listing import Listing
from shared.platform.tables import Job

_import, _job, _finding = Import.__table__.c, Job.__table__, ImportFinding.__table__.c
_of_job = {"job_status": _job.c.status, "job_message": _job.c.message, "done": _job.c.done}
_columns = select(*(_of_job[name].label(name) if name in _of_job else _import[name] for name in ImportOut.model_fields))
_columns = _columns.select_from(Import.__table__.outerjoin(_job, _job.c.id == _import.job))

IMPORTS = Listing(
    "imports",
    _columns,
    _import.id,
    {"created_at": _import.created_at},
    {"state": _import.state == bindparam("state")},
)
_item = _columns.where(_import.id == bindparam("id")).subquery("item")
IMPORT = db.Query(select(func.row_to_json(literal_column("item")).cast(Text)).select_from(_item))

FINDINGS = Listing(
    "findings",
    select(
        _finding.number,
        _finding.row,
        _finding.field,
        case({column.key: column.zh for column in COLUMNS}, value=_finding.field, else_=_finding.field).label("label"),
        _finding.value,
        _finding.code,
        _finding.severity,
        _finding.zh,
        _finding.en,
    ).where(_finding.import_id == bindparam("id")),
    _finding.number,
    {"row": _finding.row},
    {
        "code": _finding.code == bindparam("code"),
        "severity": _finding.severity == bindparam("severity"),
        "row": _finding.row == bindparam("row"),
    },
)
