from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Date, FromClause, Text, bindparam, column, func, literal_column, select

from services.safety.kindergartens.models import Kindergarten
from services.safety.routines.models import BusRun, Drill, Meal, MorningCheck
from services.safety.routines.schemas import BusRunRow, DrillRow, MealRow, MorningCheckRow
from shared.documents import among, columns, many
from shared.listing import Listing
from shared.schemas import Out

_check, _place, _drill = MorningCheck.__table__.c, Kindergarten.__table__.c, Drill.__table__.c
_since, _until = bindparam("since", type_=Date), bindparam("until", type_=Date)
ABSENCES = many(
    select(_check.kindergarten, _check["class_name"].label("group"), _check.day, _check.causes).where(
        _check.day >= _since, _check.day <= _until, _check.division.bool_op("^@")(bindparam("division"))
    )
)
_held = (
    select(_drill.id)
    .where(_drill.kindergarten == _place.id, _drill.held_on >= _since, _drill.held_on <= _until)
    .where(among(_drill.kind, ("evacuation", "fire", "earthquake", "joint")))
)
UNDRILLED = many(
    select(_place.id, _place.name)
    .where(_place.status == "operating", _place.division.bool_op("^@")(bindparam("division")), ~_held.exists())
    .order_by(_place.pinyin)
)


def _daily(what: str, table: FromClause, row: type[Out], day: str = "day", **special: ColumnElement[Any]) -> Listing:
    """A list of daily records, the newest day in front."""
    of = table.c
    filters = {
        "kindergarten": of.kindergarten == bindparam("kindergarten"),
        "division": of.division.bool_op("^@")(bindparam("division")),
        "since": of[day] >= bindparam("since"),
        "until": of[day] <= bindparam("until"),
    }
    if "faults" in of:
        filters["faulty"] = (func.cardinality(of.faults) > literal_column("0")) == bindparam("faulty")
    if "kind" in of:
        filters["kind"] = of.kind == bindparam("kind")
    return Listing(what, select(*columns(table, row, **special)), of.id, {day: of[day]}, filters)


CHECKS = _daily("morning-checks", MorningCheck.__table__, MorningCheckRow, group=_check.class_name)
MEALS = _daily("meals", Meal.__table__, MealRow)
RUNS = _daily("bus-runs", BusRun.__table__, BusRunRow)
DRILLS = _daily("drills", Drill.__table__, DrillRow, "held_on")

_meal = Meal.__table__.c
_asked = func.unnest(bindparam("days", type_=ARRAY(Date))).table_valued(column("day", Date)).render_derived("asked")
_days = _asked.c.day
MEAL_GAPS = many(
    select(
        _place.id.label("kindergarten"),
        _place.name,
        _days.label("day"),
        _meal.id.is_not(None).label("recorded"),
        func.coalesce(_meal.faults, literal_column("'{}'::text[]")).label("faults"),
    )
    .select_from(
        Kindergarten.__table__.join(_asked, literal_column("true")).outerjoin(
            Meal.__table__,
            (_meal.kindergarten == _place.id) & (_meal.day == _days) & (_meal.meal == bindparam("meal", type_=Text)),
        )
    )
    .where(_place.status == "operating", _place.division.bool_op("^@")(bindparam("division")))
    .where(_meal.id.is_(None) | (func.cardinality(_meal.faults) > literal_column("0")))
    .where(func.coalesce(_place.opened_on, _days) <= _days)
    .order_by(_days, _place.pinyin, _place.id)
)
