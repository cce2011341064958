"""What a side counts, as SQL: which rows of its source, and for how much each."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    bindparam,
    cast,
    func,
    null,
    select,
    true,
)

from services.registry.classes.models import Class
from services.registry.indicators.definitions import Side
from services.registry.indicators.sources import DAYS, SOURCES, Counted, Place

Condition = Callable[[Counted, tuple[str, ...]], ColumnElement[bool]]


def _is(name: str) -> Condition:
    return lambda counted, values: counted.columns[name] == func.any(_bound(values))


def _bound(values: tuple[str, ...]) -> ColumnElement[Any]:
    return bindparam(None, list(values), type_=ARRAY(Text))


def _sized(counted: Counted, values: tuple[str, ...]) -> ColumnElement[bool]:
    """班额: within or over the standard size of the class and the tolerance."""
    which, tolerance = values
    most = Class.__table__.c.standard_size + bindparam(None, int(tolerance), type_=Integer)
    children = counted.columns["children"]
    over: ColumnElement[bool] = children > most
    return over if which == "over_standard" else children <= most


CONDITIONS: dict[str, Condition] = {
    "kindergarten_type": _is("type"),
    "class_kind": _is("class_kind"),
    "class_kind_not": lambda counted, values: counted.columns["class_kind"] != func.all(_bound(values)),
    "age_group": lambda counted, _: counted.columns["of_age"],
    "basis": _is("basis"),
    "concerned": lambda counted, _: counted.columns["kindergarten"] == bindparam("changed", None, type_=Uuid),
    "size": _sized,
    "status": _is("status"),
    "children_over": lambda counted, values: (
        counted.columns["children"] > bindparam(None, int(values[0]), type_=Integer)
    ),
}


def condition(counted: Counted, side: Side) -> ColumnElement[bool]:
    """Which of the rows the side counts."""
    found: ColumnElement[bool] = true()
    for name, values in side.where:
        if side.changed and name == "kindergarten_type":
            found &= counted.columns["changed_type"] == func.any(_bound(values))
        else:
            found &= CONDITIONS[name](counted, values)
    return found


def amount(counted: Counted, side: Side) -> ColumnElement[int]:
    """For how much each row counts."""
    found: ColumnElement[int] = counted.columns["seats" if side.count == "seats" else "amount"]
    return found


def one_by_one(side: Side, *, zone: bool, kindergarten: bool) -> Place:
    """The place as `rows` needs it: every row for itself, with its type."""
    return Place(zone=zone, kindergarten=kindergarten, typed=True, aged=side.names("age_group"), single=True)


def rows(side: Side, place: Place) -> Select[Any]:
    """The rows behind one side, one for each thing counted: what `lineage` shows and a snapshot keeps."""
    counted = SOURCES[side.count](place, side.years_before)
    known = counted.columns
    return (
        select(
            DAYS.c.day,
            known["id"].label("id"),
            known["kindergarten"].label("kindergarten"),
            known["division"].label("division"),
            known["class_kind"].label("class_kind"),
            known["type"].label("type"),
            cast(amount(counted, side), Integer).label("amount"),
            known["synthetic"].label("synthetic"),
            known.get("counted_on", cast(null(), Date)).label("counted_on"),
        )
        .select_from(counted.source)
        .where(*counted.where, condition(counted, side))
    )
