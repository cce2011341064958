from typing import Any

from sqlalchemy import ColumnElement, Date, Label, Text, bindparam, extract, func, literal_column, select
from sqlalchemy.orm import aliased

from services.registry.added_places.codes import PlaceChannel
from services.registry.added_places.models import AddedPlaces
from services.registry.added_places.schemas import AddedPlacesOut
from services.registry.kindergartens.models import Kindergarten, KindergartenType
from shared.documents import many, one
from shared.listing import Listing

_row, _k, _type = AddedPlaces.__table__.c, Kindergarten.__table__.c, aliased(KindergartenType, name="t")
_known = {"kindergarten_name": _k.name, "type": _type.type}
_joined = AddedPlaces.__table__.join(Kindergarten.__table__, _k.id == _row.kindergarten).outerjoin(
    _type, (_type.kindergarten == _row.kindergarten) & (_type.since <= _row.added_on) & (_type.until > _row.added_on)
)
_columns: list[Any] = [
    (_known[name] if name in _known else _row[name]).label(name) for name in AddedPlacesOut.model_fields
]
_rows = select(*_columns).select_from(_joined)
_year = extract("year", _row.added_on)
ADDED = Listing(
    "added-places",
    _rows,
    _row.id,
    {"added_on": _row.added_on},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "channel": _row.channel == bindparam("channel"),
        "year": _year == bindparam("year"),
        "withdrawn": _row.withdrawn_on.is_not(None) == bindparam("withdrawn"),
    },
)
ONE = one(_rows.where(_row.id == bindparam("id")))
_as_of = bindparam("as_of", type_=Date)


def _sum(condition: ColumnElement[bool], name: str) -> Label[int]:
    return func.coalesce(func.sum(_row.seats).filter(condition), 0).label(name)


_figures: list[Any] = [
    _year.label("year"),
    *(_sum(_row.channel == each.value, each.value) for each in PlaceChannel),
    _sum(_row.channel != PlaceChannel.CONVERTED.value, "built"),
    func.sum(_row.seats).label("total"),
    _sum(_type.type == "public", "public"),
    func.bool_or(_row.synthetic).label("synthetic"),
]
REPORT = many(
    select(*_figures)
    .select_from(_joined)
    .where(_row.added_on <= _as_of, func.coalesce(_row.withdrawn_on > _as_of, literal_column("true")))
    .where(_row.division.bool_op("^@")(bindparam("division", type_=Text)))
    .group_by(_year)
    .order_by(_year)
)
