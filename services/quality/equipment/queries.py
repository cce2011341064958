from typing import Any

from sqlalchemy import (
    Date,
    Integer,
    Text,
    any_,
    bindparam,
    cast,
    func,
    literal_column,
    or_,
    select,
    union_all,
)

from services.quality.class_copies.models import ClassCopy
from services.quality.equipment.models import EquipmentEdition, EquipmentHolding, EquipmentItem
from services.quality.equipment.schemas import (
    EquipmentCoverageRow,
    EquipmentGapRow,
    EquipmentHoldingOut,
    EquipmentItemOut,
    EquipmentListOut,
)
from services.quality.kindergartens.models import Kindergarten
from services.quality.transition_coverage.queries import percent
from shared.documents import columns, listed, one
from shared.listing import Listing

_of, _item, _held = EquipmentEdition.__table__, EquipmentItem.__table__, EquipmentHolding.__table__
_place, _group = Kindergarten.__table__, ClassCopy.__table__
_on = bindparam("as_of", type_=Date)
_in_force = (_of.c.since <= _on) & or_(_of.c.until.is_(None), _of.c.until > _on)
_lines = select(*columns(_item, EquipmentItemOut)).where(_item.c.edition == _of.c.edition).order_by(_item.c.code)
LIST = one(
    select(*columns(_of, EquipmentListOut, items=listed(_lines.correlate(_of))))
    .where(_in_force)
    .order_by(_of.c.since.desc())
    .limit(1)
)
HOLDING = one(
    select(*columns(_held, EquipmentHoldingOut)).where(
        _held.c.kindergarten == bindparam("kindergarten"),
        _held.c.place == bindparam("place"),
        _held.c.item == bindparam("item"),
    )
)
_asked = _item.join(_of, (_of.c.edition == _item.c.edition) & _in_force)
_fields = [_item.c[n] for n in ("code", "name", "area", "unit", "least")]
_house = [_place.c.id.label("kindergarten"), _place.c.name.label("house"), _place.c.pinyin, _place.c.division]
_for_all = (
    select(*_house, literal_column("'shared'").label("place"), literal_column("'全园'").label("place_name"), *_fields)
    .select_from(_place.join(_asked, _item.c.per == "kindergarten"))
    .where(_place.c.status == "operating")
)
_for_each = (
    select(*_house, cast(_group.c.id, Text).label("place"), _group.c.name.label("place_name"), *_fields)
    .select_from(
        _place.join(_group, _group.c.kindergarten == _place.c.id).join(
            _asked,
            (_item.c.per == "class") & or_(func.cardinality(_item.c.kinds) == 0, _group.c.kind == any_(_item.c.kinds)),
        )
    )
    .where(_place.c.status == "operating", _group.c.since <= _on, _group.c.until > _on)
)
_need = union_all(_for_all, _for_each).subquery("need")
_from = _need.outerjoin(
    _held,
    (_held.c.kindergarten == _need.c.kindergarten) & (_held.c.place == _need.c.place) & (_held.c.item == _need.c.code),
)
_usable = func.coalesce(_held.c.usable, 0)
_gap = func.greatest(_need.c.least - _usable, 0)
_special: dict[str, Any] = {
    "kindergarten_name": _need.c.house,
    "usable": _usable,
    "gap": _gap,
}
GAPS = Listing(
    "equipment-gaps",
    select(*columns(_need, EquipmentGapRow, **_special)).select_from(_from),
    func.concat(_need.c.kindergarten, _need.c.place, _need.c.code).cast(Text),
    {"kindergarten_name": _need.c.pinyin},
    {
        "kindergarten": _need.c.kindergarten == bindparam("kindergarten"),
        "area": _need.c.area == bindparam("area"),
        "code": _need.c.code == bindparam("code"),
        "short": (_gap > 0) == bindparam("short"),
    },
)
_each = (
    select(
        _need.c.kindergarten,
        _need.c.house.label("kindergarten_name"),
        _need.c.pinyin,
        _need.c.division,
        cast(func.count(), Integer).label("lines"),
        cast(func.count().filter(_gap == 0), Integer).label("met"),
    )
    .select_from(_from)
    .group_by(_need.c.kindergarten, _need.c.house, _need.c.pinyin, _need.c.division)
    .subquery("each_house")
)
_complete = _each.c.met == _each.c.lines
COVERAGE = Listing(
    "equipment-coverage",
    select(*columns(_each, EquipmentCoverageRow, met_percent=percent(_each.c.met, _each.c.lines), complete=_complete)),
    _each.c.kindergarten,
    {"kindergarten_name": _each.c.pinyin},
    {
        "kindergarten": _each.c.kindergarten == bindparam("kindergarten"),
        "complete": _complete == bindparam("complete"),
    },
)
