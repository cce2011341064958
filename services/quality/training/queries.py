from typing import Any

from sqlalchemy import (
    JSON,
    Date,
    Numeric,
    Text,
    Uuid,
    any_,
    bindparam,
    case,
    func,
    literal,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import array, distinct_on

from services.quality import data
from services.quality.head_copies.models import PostCopy
from services.quality.training.models import TrainingPlace, TrainingSession
from services.quality.training.schemas import TrainingHours, TrainingOut, TrainingPlaceOut
from shared.documents import many, one
from shared.listing import Listing

TOPICS = {row["topic"]: int(row["hours"]) for row in data.rows("training_topics")}
_row, _place = TrainingSession.__table__.c, TrainingPlace.__table__.c


def _shown(table: Any, name: str) -> Any:
    column = table[{"on": "on_day"}.get(name, name)]
    return (column.cast(Text) if name == "hours" else column).label(name)


def _of_places(what: Any) -> Any:
    rows = select(what).where(_place.session == _row.id)
    return rows.correlate(TrainingSession.__table__).scalar_subquery()


_feedback: dict[str, Any] = {
    "attended": _of_places(func.count().filter(_place.attended)),
    "rated": _of_places(func.count(_place.rating)),
    "rating": _of_places(func.round(func.avg(_place.rating), 2)),
}
_columns = [_feedback[n].label(n) if n in _feedback else _shown(_row, n) for n in TrainingOut.model_fields]
TRAININGS = Listing(
    "trainings",
    select(*_columns),
    _row.id,
    {"on": _row.on_day},
    {
        "level": _row.level == bindparam("level"),
        "topic": _row.topic == bindparam("topic"),
        "stage": bindparam("stage", type_=Text) == any_(_row.stages),
    },
)
TRAINING = one(select(*_columns).where(_row.id == bindparam("id")))
PLACE = one(
    select(*(_shown(_place, name) for name in TrainingPlaceOut.model_fields)).where(
        _place.session == bindparam("training"), _place.staff == bindparam("staff")
    )
)
_begin, _end = bindparam("begin", type_=Date), bindparam("end", type_=Date)
_as_of, _asked = bindparam("as_of", type_=Date), bindparam("hours", type_=Numeric)
_zero = literal_column("0", Numeric)


def _by(column: Any, name: str) -> Any:
    """Hours in the cycle of each member of staff, by that column, as one JSON object."""
    each = (
        select(_place.staff, column.label("kind"), func.sum(_place.hours).label("hours"))
        .select_from(TrainingPlace.__table__.join(TrainingSession.__table__, _row.id == _place.session))
        .where(_place.on_day >= _begin, _place.on_day <= _as_of)
        .group_by(_place.staff, column)
        .subquery(f"each_{name}")
    )
    return (
        select(
            each.c.staff,
            func.sum(each.c.hours).label("hours"),
            func.json_object_agg(each.c.kind, each.c.hours.cast(Text)).label("by"),
        )
        .group_by(each.c.staff)
        .subquery(name)
    )


_topics, _levels = _by(_place.topic, "topics"), _by(_row.level, "levels")
# Everyone at work that day, and everyone who was trained: where they work, and since when in this cycle.
_post = PostCopy.__table__.c


def _held_on(day: Any) -> Any:
    return (_post.since <= day) & (_post.until.is_(None) | (_post.until > day))


_known = union_all(
    select(
        _post.person.label("staff"), _post.kindergarten, _post.division, _post.since, literal_column("1").label("rank")
    ).where(_held_on(_as_of)),
    select(_place.staff, _place.kindergarten, _place.division, _begin, literal_column("2")).where(
        _place.on_day >= _begin, _place.on_day <= _as_of
    ),
).subquery("known")
_staff = (
    select(_known.c.staff, _known.c.kindergarten, _known.c.division, _known.c.since)
    .ext(distinct_on(_known.c.staff))
    .order_by(_known.c.staff, _known.c.rank, _known.c.since)
    .subquery("people")
)
_gone = _as_of - func.greatest(_staff.c.since, _begin) + literal_column("1")
_pace = func.round(_asked * _gone / (_end - _begin), 1)
_hours = func.coalesce(_topics.c.hours, _zero)
_nothing = literal_column("'{}'::json", JSON)
_by_topic = func.coalesce(_topics.c.by, _nothing)
_short = func.array_remove(
    array(
        [
            case((func.coalesce(_by_topic.op("->>")(topic).cast(Numeric), _zero) < least, literal_column(f"'{topic}'")))
            for topic, least in TOPICS.items()
        ]
    ),
    null(),
)
_figures: dict[str, Any] = {
    "staff": _staff.c.staff,
    "kindergarten": _staff.c.kindergarten,
    "hours": _hours.cast(Text),
    "pace": _pace.cast(Text),
    "behind": _hours < _pace,
    "by_topic": _by_topic,
    "by_level": func.coalesce(_levels.c.by, _nothing),
    "short_topics": _short,
}
HOURS = Listing(
    "training-hours",
    select(*(_figures[n].label(n) for n in TrainingHours.model_fields)).select_from(
        _staff.outerjoin(_topics, _topics.c.staff == _staff.c.staff).outerjoin(
            _levels, _levels.c.staff == _staff.c.staff
        )
    ),
    _staff.c.staff,
    {"hours": _hours},
    {
        "kindergarten": _staff.c.kindergarten == bindparam("kindergarten"),
        "behind": (_hours < _pace) == bindparam("behind"),
        "short": (func.cardinality(_short) > 0) == bindparam("short"),
        "as_of": literal(value=True),
    },
)
_first, _last = bindparam("first", type_=Date), bindparam("last", type_=Date)
_only = bindparam("kindergarten", None, type_=Uuid)
_working = (
    select(_post.person.label("staff"), _post.role)
    .ext(distinct_on(_post.person))
    .where(_held_on(func.least(_last, _as_of)), _only.is_(None) | (_post.kindergarten == _only))
    .order_by(_post.person, _post.since.desc())
    .subquery("working")
)
_year = (
    select(_place.staff, func.sum(_place.hours).label("hours"))
    .where(_place.attended, _place.on_day >= _first, _place.on_day <= func.least(_last, _as_of))
    .group_by(_place.staff)
    .subquery("year")
)
_all, _trained = func.count(), func.count(_year.c.staff)
COVERAGE = many(
    select(
        _working.c.role,
        _all.label("staff"),
        _trained.label("trained"),
        func.round(100 * _trained.cast(Numeric) / _all, 2).cast(Text).label("percent"),
        func.round(func.coalesce(func.sum(_year.c.hours), _zero) / _all, 1).cast(Text).label("hours"),
    )
    .select_from(_working.outerjoin(_year, _year.c.staff == _working.c.staff))
    .group_by(_working.c.role)
    .order_by(_working.c.role)
)
