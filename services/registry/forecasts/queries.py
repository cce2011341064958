"""What a forecast rests on, in one SELECT: births and people by town, and seats being built."""

from sqlalchemy import Date, Text, bindparam, extract, func, select

from services.registry.births.models import Birth
from services.registry.construction.models import ConstructionMilestone, ConstructionProject
from services.registry.divisions.models import Population
from services.registry.forecasts.models import Forecast
from services.registry.forecasts.schemas import ForecastKept, ForecastKeptOut
from shared.documents import listed, many, one

_birth, _people = Birth.__table__.c, Population.__table__.c
_project, _mile = ConstructionProject.__table__.c, ConstructionMilestone.__table__.c
_as_of, _under = bindparam("as_of", type_=Date), bindparam("division", type_=Text)
_births = select(_birth.division, _birth.year, _birth.births, _birth.synthetic).where(
    _birth.division.bool_op("^@")(_under), _birth.year < extract("year", _as_of)
)
_counted = (
    select(_people.division, _people.counted_on, _people.age, _people.children, _people.synthetic)
    .where(_people.division.bool_op("^@")(_under), _people.counted_on <= _as_of)
    .where(_people.basis == bindparam("basis", type_=Text))
    .order_by(_people.counted_on)
)
# The day a project is expected to be delivered, by the latest word.
_expected = func.coalesce(_mile.actual_on, _mile.forecast_on, _mile.planned_on)
_building = (
    select(
        func.substr(_project.division, 1, 9).label("town"),
        _project.planned_seats.label("seats"),
        _expected.label("expected_on"),
    )
    .join_from(ConstructionProject, ConstructionMilestone, _mile.project == _project.id)
    .where(_mile.track == "kindergarten", _mile.step == "deliver", _expected.is_not(None))
    .where(_project.state == "underway", _project.registered_on <= _as_of, _project.division.bool_op("^@")(_under))
)
INPUTS = one(
    select(listed(_births).label("births"), listed(_counted).label("people"), listed(_building).label("building"))
)
_kept = Forecast.__table__.c
KEPT = many(select(*(_kept[name] for name in ForecastKept.model_fields)).order_by(_kept.made_at.desc(), _kept.id))
ONE = one(select(*(_kept[name] for name in ForecastKeptOut.model_fields)).where(_kept.id == bindparam("id")))
