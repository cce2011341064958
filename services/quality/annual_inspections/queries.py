from typing import Any

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, cast, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from services.quality.annual_inspections.models import AnnualInspection, InspectionItem
from services.quality.annual_inspections.schemas import (
    AnnualInspectionItemOut,
    AnnualInspectionOut,
    AnnualInspectionRow,
    ServiceFactOut,
)
from services.quality.frameworks.models import Framework, FrameworkItem
from services.quality.kindergartens.models import Kindergarten
from services.quality.service_facts.models import ServiceFact
from services.quality.steps.queries import steps_of
from shared.documents import listed, one
from shared.listing import Listing

_row, _place, _framework = AnnualInspection.__table__.c, Kindergarten.__table__, Framework.__table__
_overdue = (_row.state == "open") & (_row.due_on < bindparam("as_of", type_=Date))
_special = {"kindergarten_name": _place.c.name, "overdue": _overdue}
_columns = [
    (_special[name] if name in _special else _row[name]).label(name) for name in AnnualInspectionRow.model_fields
]
_from = AnnualInspection.__table__.join(_place, _place.c.id == _row.kindergarten)

INSPECTIONS = Listing(
    "annual-inspections",
    select(*_columns).select_from(_from),
    _row.id,
    {"year": _row.year, "kindergarten_name": _place.c.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "year": _row.year == bindparam("year"),
        "state": _row.state == bindparam("state"),
        "result": _row.result == bindparam("result"),
        "vetoed": _row.vetoed == bindparam("vetoed"),
    },
)

_item, _said = FrameworkItem.__table__.c, InspectionItem.__table__.c
_none = cast(literal_column("'{}'"), ARRAY(Uuid))
_of_item = {"item": _item.code, "evidence": func.coalesce(_said.evidence, _none)}


def _asked(name: str) -> ColumnElement[Any]:
    if name in _of_item:
        return _of_item[name]
    return _item[name] if name in _item else _said[name]


_items = (
    select(*(_asked(name).label(name) for name in AnnualInspectionItemOut.model_fields))
    .select_from(
        FrameworkItem.__table__.outerjoin(
            InspectionItem.__table__, (_said.inspection == _row.id) & (_said.item == _item.code)
        )
    )
    .where(_item.framework == _row.framework, _item.answer != "none")
    .order_by(_item.place)
    .correlate(AnnualInspection.__table__)
)
_fact = ServiceFact.__table__.c
_told_in = func.date_part("year", _fact.on_day)
_facts = (
    select(*((_fact.on_day if name == "on" else _fact[name]).label(name) for name in ServiceFactOut.model_fields))
    .where(
        _fact.kindergarten == _row.kindergarten,
        _fact.standing,
        or_(_told_in == _row.year, (_fact.kind == "major_hazard") & (_told_in < _row.year)),
    )
    .order_by(_fact.on_day, _fact.source)
    .correlate(AnnualInspection.__table__)
)
_detail = {
    "framework": _framework.c.code,
    "framework_edition": _framework.c.edition,
    "items": listed(_items),
    "facts": listed(_facts),
    "steps": steps_of(AnnualInspection.__table__),
}
INSPECTION = one(
    select(
        *_columns,
        *(
            (_detail[name] if name in _detail else _row[name]).label(name)
            for name in AnnualInspectionOut.model_fields
            if name not in AnnualInspectionRow.model_fields and name not in ("effects", "actions")
        ),
    )
    .select_from(_from.join(_framework, _framework.c.id == _row.framework))
    .where(_row.id == bindparam("id"))
)
