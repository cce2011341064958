"""How a kindergarten stands by what the other services told. Their facts are shown as they said them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Integer,
    ScalarSelect,
    Text,
    bindparam,
    func,
    literal_column,
    select,
)

from services.registry.divisions.models import Division
from services.registry.kindergartens.models import Kindergarten
from services.registry.service_facts.models import ServiceFact
from services.registry.service_facts.schemas import (
    KindergartenStanding,
    PublicStanding,
    StandingAlert,
    StandingEvaluation,
    StandingHazard,
    StandingInspection,
    StandingPenalty,
)
from shared.documents import listed, many, one
from shared.listing import Listing
from shared.schemas import Out

_fact, _k = ServiceFact.__table__.c, Kindergarten.__table__.c
LISTS: Mapping[str, tuple[str, type[Out]]] = {
    "inspections": ("annual_inspection", StandingInspection),
    "evaluations": ("evaluation", StandingEvaluation),
    "hazards": ("major_hazard", StandingHazard),
    "alerts": ("account_alert", StandingAlert),
    "penalties": ("penalty", StandingPenalty),
}


def _is(kind: str) -> ColumnElement[bool]:
    return (_fact.kindergarten == _k.id) & (_fact.kind == literal_column(f"'{kind}'"))


def _list(name: str) -> ScalarSelect[Any]:
    kind, model = LISTS[name]
    fields = [_fact.fact[each].label(each) for each in model.model_fields]
    return listed(select(*fields).where(_is(kind)).order_by(_fact["on_day"].desc(), _fact.key).correlate(Kindergarten))


def _count(kind: str, *, standing: bool = True) -> ScalarSelect[int]:
    rows = select(func.count()).select_from(ServiceFact).where(_is(kind))
    return (rows.where(_fact.standing) if standing else rows).correlate(Kindergarten).scalar_subquery()


def _latest(kind: str, field: str, type_: Any) -> ScalarSelect[Any]:
    found = _fact.fact[field].astext.cast(type_)
    by = _fact.fact["year"].astext.cast(Integer).desc() if kind == "annual_inspection" else _fact["on_day"].desc()
    rows = select(found).where(_is(kind)).order_by(by, _fact.key.desc()).limit(1)
    return rows.correlate(Kindergarten).scalar_subquery()


_special: dict[str, Any] = {
    "kindergarten": _k.id,
    "kindergarten_name": _k.name,
    "open_hazards": _count("major_hazard"),
    "confirmed_alerts": _count("account_alert"),
    **{name: _list(name) for name in LISTS},
}


def _standing(model: type[Out]) -> Any:
    return select(*(_special[name].label(name) for name in model.model_fields)).where(_k.id == bindparam("id"))


STANDING = one(_standing(KindergartenStanding))
PUBLIC = one(_standing(PublicStanding))
_result = _latest("annual_inspection", "result", Text)
_vetoed = _latest("annual_inspection", "vetoed", Boolean)
_qualified = _latest("evaluation", "qualified", Boolean)
STANDINGS = Listing(
    "kindergarten-standings",
    select(
        _k.id.label("kindergarten"),
        _k.name.label("kindergarten_name"),
        _k.division,
        _latest("annual_inspection", "year", Integer).label("inspection_year"),
        _result.label("inspection_result"),
        _vetoed.label("vetoed"),
        _latest("evaluation", "grade", Text).label("grade"),
        _qualified.label("qualified"),
        _special["open_hazards"].label("open_hazards"),
        _special["confirmed_alerts"].label("confirmed_alerts"),
        _count("penalty", standing=False).label("penalties"),
        _k.synthetic,
    ),
    _k.id,
    {"name": _k.pinyin},
    {
        "division": _k.division.bool_op("^@")(bindparam("division")),
        "inspection_result": _result == bindparam("inspection_result"),
        "vetoed": _vetoed == bindparam("vetoed"),
        "qualified": _qualified == bindparam("qualified"),
        "hazards": (_special["open_hazards"] > 0) == bindparam("hazards"),
        "alerts": (_special["confirmed_alerts"] > 0) == bindparam("alerts"),
        "synthetic": _k.synthetic == bindparam("synthetic"),
    },
)

_town = Division.__table__.c
_code = func.left(_fact.division, literal_column("9", Integer))  # of the town
_left = _fact.fact["children"].astext.cast(Integer) - _fact.fact["resettled"].astext.cast(Integer)
UNLICENSED = many(
    select(
        _code.label("division"),
        func.coalesce(func.max(_town.name), "").label("name"),
        func.count().label("open"),
        func.sum(func.greatest(_left, 0)).label("children"),
    )
    .select_from(ServiceFact.__table__.outerjoin(Division.__table__, _town.code == _code))
    .where(
        _fact.kind == literal_column("'unlicensed_site'"),
        _fact.standing,
        _fact.division.bool_op("^@")(bindparam("division", "", type_=Text)),
    )
    .group_by(_code)
    .order_by(_code)
)
# What the checks of a nursery filing ask: the latest of each, null where nothing was told.
WEIGHING = (
    _result.label("inspection_result"),
    _vetoed.label("vetoed"),
    _latest("evaluation", "grade", Text).label("grade"),
    _qualified.label("qualified"),
    _special["open_hazards"].label("open_hazards"),
)
