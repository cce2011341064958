"""The reviews, and the facts the system has of a division and year."""

from typing import Any

from sqlalchemy import Date, Integer, Text, bindparam, cast, func, literal_column, select, true
from sqlalchemy.dialects.postgresql import distinct_on

from services.quality.annual_inspections.models import AnnualInspection
from services.quality.evaluations.models import Evaluation
from services.quality.indicator_copies.models import IndicatorCopy
from services.quality.kindergartens.models import Kindergarten
from services.quality.primary_style_checks.models import PrimaryStyleCheck
from services.quality.steps.queries import steps_of
from services.quality.universality_reviews.models import UniversalityReview, UniversalityValue
from services.quality.universality_reviews.schemas import UniversalityReviewRow
from shared.documents import listed, one
from shared.listing import Listing

_table = UniversalityReview.__table__
_row, _value = _table.c, UniversalityValue.__table__.c
_columns = [_row[name] for name in UniversalityReviewRow.model_fields]
REVIEWS = Listing(
    "universality-reviews",
    select(*_columns),
    _row.id,
    {"year": _row.year},
    {"year": _row.year == bindparam("year"), "state": _row.state == bindparam("state")},
)
_values = select(
    *(_value[n] for n in ("code", "stated", "evidence", "note", "responsible", "measure", "due_on")),
    _value.value.cast(Text),
)
REVIEW = one(
    select(
        *_columns,
        _row.facts,
        listed(_values.where(_value.review == _row.id).correlate(_table)).label("values"),
        steps_of(_table).label("steps"),
    ).where(_row.id == bindparam("id"))
)

_division, _year = bindparam("division", type_=Text), bindparam("year", type_=Integer)
_place, _run, _inspection = Kindergarten.__table__.c, Evaluation.__table__.c, AnnualInspection.__table__.c
_check, _frozen = PrimaryStyleCheck.__table__.c, IndicatorCopy.__table__.c
_here = (_place.division.bool_op("^@")(_division)) & (_place.status == "operating")
_latest = (
    select(_frozen.indicator, _frozen.id, _frozen.value, _frozen.as_of)
    .ext(distinct_on(_frozen.indicator))
    .where(_frozen.division == _division, func.date_part("year", _frozen.as_of) == _year)
    .order_by(_frozen.indicator, _frozen.as_of.desc(), _frozen.id.desc())
    .subquery("latest")
)
_town = func.left(_place.division, literal_column("9", Integer))
_towns = (
    select(_town.label("town"), func.bool_or(_place.type == "public").label("public"))
    .where(_here)
    .group_by(_town)
    .subquery("towns")
)
_graded = (
    select(_run.kindergarten, _run.grade)
    .ext(distinct_on(_run.kindergarten))
    .where(_run.published_on.is_not(None), _run.year <= _year, _run.division.bool_op("^@")(_division))
    .order_by(_run.kindergarten, _run.published_on.desc())
    .subquery("graded")
)
_decided = select(_inspection.kindergarten).where(_inspection.year == _year, _inspection.result.is_not(None))
_found: dict[str, Any] = {
    "frozen": select(
        func.coalesce(
            func.json_object_agg(
                _latest.c.indicator,
                func.json_build_object(
                    literal_column("'value'"),
                    _latest.c.value,
                    literal_column("'id'"),
                    _latest.c.id,
                    literal_column("'as_of'"),
                    cast(_latest.c.as_of, Date),
                ),
            ),
            literal_column("'{}'::json"),
        )
    ),
    "towns_without_public": select(func.count()).select_from(_towns).where(~_towns.c.public),
    "operating": select(func.count()).where(_here),
    "inspected": select(func.count()).where(_here, _place.id.in_(_decided)),
    "graded": select(func.count()).select_from(_graded),
    "qualified": select(func.count()).select_from(_graded).where(_graded.c.grade != "unqualified"),
    "checks": select(func.count()).where(
        _check.division.bool_op("^@")(_division), func.date_part("year", _check.on_day) == _year
    ),
    "primary_style_findings": select(func.count()).where(
        _check.division.bool_op("^@")(_division),
        func.date_part("year", _check.on_day) == _year,
        func.cardinality(_check.found) > 0,
    ),
}
FACTS = one(select(*(rows.scalar_subquery().label(name) for name, rows in _found.items())).where(true()))
