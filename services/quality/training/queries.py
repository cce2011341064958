from typing import Any

from sqlalchemy import Date, Numeric, Text, bindparam, func, literal, select

from services.quality.training.models import TrainingPlace, TrainingSession
from services.quality.training.schemas import TrainingHours, TrainingOut, TrainingPlaceOut
from shared.documents import one
from shared.listing import Listing

_row, _place = TrainingSession.__table__.c, TrainingPlace.__table__.c


def _shown(table: Any, name: str) -> Any:
    column = table[{"on": "on_day"}.get(name, name)]
    return (column.cast(Text) if name == "hours" else column).label(name)


_columns = [_shown(_row, name) for name in TrainingOut.model_fields]
TRAININGS = Listing(
    "trainings",
    select(*_columns),
    _row.id,
    {"on": _row.on_day},
    {"level": _row.level == bindparam("level"), "topic": _row.topic == bindparam("topic")},
)
TRAINING = one(select(*_columns).where(_row.id == bindparam("id")))
PLACE = one(
    select(*(_shown(_place, name) for name in TrainingPlaceOut.model_fields)).where(
        _place.session == bindparam("training"), _place.staff == bindparam("staff")
    )
)
_begin, _as_of = bindparam("begin", type_=Date), bindparam("as_of", type_=Date)
_topics = (
    select(
        _place.staff,
        _place.topic,
        func.sum(_place.hours).label("hours"),
        func.max(_place.kindergarten.cast(Text)).label("kindergarten"),
    )
    .where(_place.on_day >= _begin, _place.on_day <= _as_of)
    .group_by(_place.staff, _place.topic)
    .subquery("topics")
)
_sums = (
    select(
        _topics.c.staff,
        func.max(_topics.c.kindergarten).label("kindergarten"),
        func.sum(_topics.c.hours).label("hours"),
        func.json_object_agg(_topics.c.topic, _topics.c.hours.cast(Text)).label("by_topic"),
    )
    .group_by(_topics.c.staff)
    .subquery("sums")
)
_pace = bindparam("pace", type_=Numeric)
_behind = _sums.c.hours < _pace
_hours: dict[str, Any] = {
    "hours": _sums.c.hours.cast(Text),
    "pace": _pace.cast(Text),
    "behind": _behind,
}
HOURS = Listing(
    "training-hours",
    select(*((_hours[n] if n in _hours else _sums.c[n]).label(n) for n in TrainingHours.model_fields)),
    _sums.c.staff,
    {"hours": _sums.c.hours},
    {
        "kindergarten": _sums.c.kindergarten == bindparam("kindergarten").cast(Text),
        "behind": _behind == bindparam("behind"),
        "as_of": literal(value=True),
    },
)
