from sqlalchemy import ARRAY, Date, LargeBinary, Text, Uuid, and_, bindparam, cast, column, func, select
from sqlalchemy.dialects.postgresql import JSONB

from services.registry.children.models import Child
from services.registry.children.schemas import ChildQuery, NarrowedChildren
from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.kindergartens.models import Kindergarten
from services.registry.narrowing import conditions, narrowing
from shared.auth import Actor
from shared.documents import many, one
from shared.listing import Listing
from shared.platform.tables import RowHistory

_child, _in = Child.__table__.alias("c"), Enrolment.__table__.alias("e")
_class, _kindergarten = Class.__table__.alias("k"), Kindergarten.__table__.alias("g")
_row = _child.c
_as_of = bindparam("as_of", type_=Date)
# A child is in one class on one day, so the join keeps one row a child.
_there = and_(_in.c.child == _row.id, _in.c.since <= _as_of, _in.c.until > _as_of)
_division = func.coalesce(_in.c.division, _row.residence_division)
_own = (
    "id",
    "name",
    "sex",
    "birth_date",
    "nationality",
    "ethnicity",
    "document_type",
    "document_mask",
    "household_division",
    "household_kind",
    "residence_division",
    "overseas_kind",
    "left_behind",
    "disability_scheme",
    "disability_kind",
    "special_care",
    "first_enrolled_on",
)
_columns = select(
    *(_row[name] for name in _own),
    _division.label("division"),
    _in.c.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _in.c.class_id,
    _class.c.name.label("class_name"),
    _class.c.kind.label("class_kind"),
    _in.c.id.label("enrolment"),
    _in.c.since.label("enrolled_since"),
    _row.synthetic,
    _row.version,
).select_from(
    _child.outerjoin(_in, _there)
    .outerjoin(_class, _class.c.id == _in.c.class_id)
    .outerjoin(_kindergarten, _kindergarten.c.id == _in.c.kindergarten)
)

CHILDREN = Listing(
    "children",
    _columns,
    _row.id,
    {"name": _row.pinyin, "birth_date": _row.birth_date},
    {
        "kindergarten": _in.c.kindergarten == bindparam("kindergarten"),
        "class_id": _in.c.class_id == bindparam("class_id"),
        "division": _division.bool_op("^@")(bindparam("division")),
        "division_now": _row.division.bool_op("^@")(bindparam("division_now")),
        "residence": _row.residence_division.bool_op("^@")(bindparam("residence")),
        "born_from": _row.birth_date >= bindparam("born_from"),
        "born_to": _row.birth_date <= bindparam("born_to"),
        "sex": _row.sex == bindparam("sex"),
        "ethnicity": _row.ethnicity == bindparam("ethnicity"),
        "needs": (_row.special_care.is_not(None) | _row.disability_kind.is_not(None)) == bindparam("needs"),
        "enrolled": _in.c.id.is_not(None) == bindparam("enrolled"),
        **conditions(_row.name, _row.pinyin, _row.kindergarten),
    },
)
CHILD = one(_columns.where(_row.id == bindparam("id")), column("version"))
BY_DOCUMENT = many(_columns.where(_row.document_index == bindparam("document", type_=LargeBinary)))
FIND = select(func.find_child(bindparam("document", type_=LargeBinary), bindparam("name"), bindparam("birth_date")))

_state, _sealed = RowHistory.__table__, ["document_sealed", "document_index"]
HISTORY = Listing(
    "history",
    select(
        _state.c.id,
        _state.c.recorded_until,
        _state.c.actor,
        _state.c.operation,
        _state.c.before.op("-", return_type=JSONB())(cast(_sealed, ARRAY(Text))).label("before"),
    ).where(_state.c.table_name == "children", _state.c.row_id == cast(bindparam("child", type_=Uuid), Text)),
    _state.c.id,
    {"recorded_until": _state.c.recorded_until},
)


def narrowed(query: ChildQuery, actor: Actor) -> NarrowedChildren:
    """The query as the indexes want it: where a child is now stands in its own row."""
    asked = dict(query) | narrowing(query.q, actor)
    if query.as_of is None:
        asked |= {"division": None, "division_now": query.division}
    return NarrowedChildren.model_construct(**asked)
