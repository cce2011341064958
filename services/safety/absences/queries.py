from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, select

from services.safety.absences.models import Absence, HealthExam
from services.safety.absences.schemas import AbsenceOut, AbsenceRow, HealthExamOut
from services.safety.steps.queries import steps_of
from shared.documents import columns, one
from shared.listing import Listing

_absence, _exam = Absence.__table__.alias("a"), HealthExam.__table__.alias("e")
_row, _made = _absence.c, _exam.c
_as_of = bindparam("as_of", type_=Date)
_examined = (
    select(_made.id)
    .where(
        _made.child == _row.child,
        _made.fit,
        _made.examined_on > _row.last_present_on,
        _made.examined_on <= _as_of,
    )
    .correlate(_absence)
)
_blocked: ColumnElement[bool] = (_row.state == "away") & (_row.free_until < _as_of) & ~_examined.exists()
_special: dict[str, ColumnElement[Any]] = {"group": _row.class_name, "blocked": _blocked}

ABSENCES = Listing(
    "absences",
    select(*columns(_absence, AbsenceRow, **_special)),
    _row.id,
    {"last_present_on": _row.last_present_on},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "child": _row.child == bindparam("child"),
        "state": _row.state == bindparam("state"),
        "cause": _row.cause == bindparam("cause"),
        "blocked": _blocked == bindparam("blocked"),
    },
)
ABSENCE = one(
    select(*columns(_absence, AbsenceOut, **_special, steps=steps_of(_absence, _row.id))).where(
        _row.id == bindparam("id")
    )
)
EXAMS = Listing(
    "health-exams",
    select(*columns(_exam, HealthExamOut)),
    _made.id,
    {"examined_on": _made.examined_on},
    {
        "kindergarten": _made.kindergarten == bindparam("kindergarten"),
        "division": _made.division.bool_op("^@")(bindparam("division")),
        "child": _made.child == bindparam("child"),
        "kind": _made.kind == bindparam("kind"),
        "fit": _made.fit == bindparam("fit"),
        "since": _made.examined_on >= bindparam("since"),
    },
)
EXAM = one(select(*columns(_exam, HealthExamOut)).where(_made.id == bindparam("id")))
