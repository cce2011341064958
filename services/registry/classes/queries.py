from sqlalchemy import Date, Integer, ScalarSelect, bindparam, column, func, select

from services.registry.classes.models import Class
from services.registry.classes.schemas import ClassQuery, NarrowedClasses
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten
from services.registry.narrowing import conditions, narrowing
from shared.auth import Actor
from shared.db import Query
from shared.documents import one
from shared.listing import Listing

_class, _in, _kindergarten = Class.__table__.alias("c"), Enrolment.__table__.alias("e"), Kindergarten.__table__
_row = _class.c
_as_of = bindparam("as_of", type_=Date)
_day = func.least(func.greatest(_as_of, _row.since), _row.until - 1)


def _children() -> ScalarSelect[int]:
    there = (_in.c.class_id == _row.id) & (_in.c.since <= _day) & (_in.c.until > _day)
    return select(func.count()).select_from(_in).where(there).scalar_subquery()


_oversize = _children() > _row.standard_size + bindparam("tolerance", type_=Integer)
_columns = select(
    _row.id,
    _row.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _row.division,
    _row.school_year,
    _row.name,
    _row.kind,
    _row.standard_size,
    _row.hard_limit,
    _row.boarding,
    _row.continues,
    _row.since,
    _row.until,
    _children().label("children"),
    _oversize.label("oversize"),
    _row.synthetic,
    _row.version,
).select_from(_class.outerjoin(_kindergarten, _kindergarten.c.id == _row.kindergarten))

CLASSES = Listing(
    "classes",
    _columns,
    _row.id,
    {"name": _row.pinyin, "school_year": _row.school_year},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "school_year": _row.school_year == bindparam("school_year"),
        "kind": _row.kind == bindparam("kind"),
        "oversize": _oversize == bindparam("oversize"),
        "as_of": (_row.since <= _as_of) & (_row.until > _as_of),
        **conditions(_row.name, _row.pinyin, _row.kindergarten),
    },
)
CLASS = one(_columns.where(_row.id == bindparam("id")), column("version"))

CLASS_EXISTS = Query(select(_row.id).where(_row.id == bindparam("id")))


def narrowed(query: ClassQuery, actor: Actor) -> NarrowedClasses:
    """The query as the indexes want it."""
    return NarrowedClasses.model_construct(**dict(query), **narrowing(query.q, actor))
