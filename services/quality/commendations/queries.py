from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, literal_column, or_, select

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.annual_inspections.rules import VETOING
from services.quality.commendations.models import Commendation
from services.quality.commendations.schemas import CommendationOut, CommendationRow
from services.quality.evaluations.models import Evaluation
from services.quality.kindergartens.models import Kindergarten
from services.quality.service_facts.models import ServiceFact
from services.quality.steps.queries import steps_of
from shared.documents import one
from shared.listing import Listing

_table, _place = Commendation.__table__, Kindergarten.__table__
_row, _fact = _table.c, ServiceFact.__table__.c
_inspection, _evaluation = AnnualInspection.__table__.c, Evaluation.__table__.c


def _alone(rows: Select[Any]) -> ScalarSelect[Any]:
    return rows.correlate(_table).scalar_subquery()


_same_year = (_inspection.kindergarten == _row.kindergarten) & (_inspection.year == _row.year)
_result = _alone(select(_inspection.result).where(_same_year))
_vetoed = func.coalesce(_alone(select(_inspection.vetoed).where(_same_year)), literal_column("false"))
_grade = _alone(
    select(_evaluation.grade)
    .where(_evaluation.kindergarten == _row.kindergarten, _evaluation.published_on.is_not(None))
    .order_by(_evaluation.published_on.desc(), _evaluation.id.desc())
    .limit(1)
)


def _standing(kind: str, *, any_year: bool = False) -> ScalarSelect[int]:
    rows = select(func.count()).where(_fact.kindergarten == _row.kindergarten, _fact.kind == kind, _fact.standing)
    in_year: ColumnElement[bool] = func.date_part("year", _fact.on_day) == _row.year
    return _alone(rows if any_year else rows.where(in_year))


_cases = _standing(VETOING)
# A failed or vetoed inspection of the year, or a confirmed serious case before there is an inspection.
BARRED = or_(func.coalesce(_result == "failed", literal_column("false")), _vetoed, _cases > 0)
_facts = func.json_build_object(
    literal_column("'inspection'"),
    _result,
    literal_column("'vetoed'"),
    _vetoed,
    literal_column("'grade'"),
    _grade,
    literal_column("'serious_cases'"),
    _cases,
    literal_column("'penalties'"),
    _standing("penalty"),
    literal_column("'open_major_hazards'"),
    _standing("major_hazard", any_year=True),
)
_special: dict[str, Any] = {"kindergarten_name": _place.c.name, "barred": BARRED}
_columns = [(_special[n] if n in _special else _row[n]).label(n) for n in CommendationRow.model_fields]
_left = ("facts", "steps", "actions")
_detail = [_row[n].label(n) for n in CommendationOut.model_fields if n not in (*CommendationRow.model_fields, *_left)]
_from = _table.join(_place, _place.c.id == _row.kindergarten)
COMMENDATIONS = Listing(
    "commendations",
    select(*_columns).select_from(_from),
    _row.id,
    {"year": _row.year},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "year": _row.year == bindparam("year"),
        "state": _row.state == bindparam("state"),
        "barred": bindparam("barred") == BARRED,
    },
)
COMMENDATION = one(
    select(*_columns, *_detail, _facts.label("facts"), steps_of(_table).label("steps"))
    .select_from(_from)
    .where(_row.id == bindparam("id"))
)
STANDS_BARRED = select(BARRED).select_from(_table).where(_row.id == bindparam("id"))
