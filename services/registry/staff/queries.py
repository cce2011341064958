from sqlalchemy import ColumnElement, Date, LargeBinary, bindparam, column, exists, func, literal_column, select

from services.registry.kindergartens.models import Kindergarten
from services.registry.narrowing import conditions, narrowing
from services.registry.posts.models import Post
from services.registry.staff.models import Person
from services.registry.staff.schemas import NarrowedStaff, StaffQuery
from shared.auth import Actor
from shared.documents import many, one
from shared.listing import Listing

_person = Person.__table__.alias("s")
_row = _person.c
_post, _kindergarten = Post.__table__.alias("p"), Kindergarten.__table__.alias("g")
_as_of = bindparam("as_of", type_=Date)
_held = (_post.c.person == _row.id) & (_post.c.since <= _as_of) & (_post.c.until > _as_of)
_own = (
    "id",
    "name",
    "sex",
    "birth_date",
    "ethnicity",
    "document_type",
    "document_mask",
    "education",
    "preschool_major",
    "title",
    "experience_months",
    "experience_evidence",
    "division",
    "kindergarten",
)
_each = (
    select(
        _post.c.id,
        _post.c.kindergarten,
        _kindergarten.c.name.label("kindergarten_name"),
        _post.c.role,
        _post.c.class_id,
        _post.c.employment,
        _post.c.full_time,
        _post.c.since,
    )
    .select_from(_post.join(_kindergarten, _kindergarten.c.id == _post.c.kindergarten))
    .where(_held)
    .order_by(_post.c.since, _post.c.id)
    .correlate(_person)
    .subquery("post")
)
_posts = (
    select(func.coalesce(func.json_agg(literal_column("post")), literal_column("'[]'::json")))
    .select_from(_each)
    .scalar_subquery()
)
_columns = select(*(_row[name] for name in _own), _posts.label("posts"), _row.synthetic, _row.version)


def _with(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(_held, *conditions)


STAFF = Listing(
    "staff",
    _columns,
    _row.id,
    {"name": _row.pinyin, "birth_date": _row.birth_date},
    {
        "kindergarten": _with(_post.c.kindergarten == bindparam("kindergarten")),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "role": _with(_post.c.role == bindparam("role")),
        "employment": _with(_post.c.employment == bindparam("employment")),
        "education": _row.education == bindparam("education"),
        "title": _row.title == bindparam("title"),
        "preschool_major": _row.preschool_major == bindparam("preschool_major"),
        "employed": _with() == bindparam("employed"),
        **conditions(_row.name, _row.pinyin, _row.kindergarten),
    },
)
MEMBER = one(_columns.where(_row.id == bindparam("id")), column("version"))
BY_DOCUMENT = many(_columns.where(_row.document_index == bindparam("document", type_=LargeBinary)))
FIND = select(func.find_person(bindparam("document", type_=LargeBinary), bindparam("name")))


def narrowed(query: StaffQuery, actor: Actor) -> NarrowedStaff:
    """The query as the indexes want it. Scope alone decides who is seen: a second post may be elsewhere."""
    return NarrowedStaff.model_construct(**dict(query) | narrowing(query.q, actor) | {"owned": None})
