from sqlalchemy import Date, Text, Uuid, bindparam, column, func, select

from services.registry.classes.models import Class
from services.registry.kindergartens.models import Kindergarten
from services.registry.posts.models import Post
from services.registry.staff.models import Person
from shared.documents import many, one
from shared.listing import Listing
from shared.tables import FOREVER

_post, _person = Post.__table__.alias("p"), Person.__table__.alias("s")
_class, _kindergarten = Class.__table__.alias("k"), Kindergarten.__table__.alias("g")
_row = _post.c
_as_of = bindparam("as_of", type_=Date)
_holds = (_row.since <= _as_of) & (_row.until > _as_of)
_columns = select(
    _row.id,
    _row.person,
    _person.c.name.label("person_name"),
    _row.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _row.division,
    _row.role,
    _row.class_id,
    _class.c.name.label("class_name"),
    _row.employment,
    _row.full_time,
    _row.contract,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.reason_out,
    _row.note,
    _row.synthetic,
    _row.version,
).select_from(
    _post.outerjoin(_person, _person.c.id == _row.person)
    .outerjoin(_class, _class.c.id == _row.class_id)
    .outerjoin(_kindergarten, _kindergarten.c.id == _row.kindergarten)
)
POSTS = Listing(
    "posts",
    _columns,
    _row.id,
    {"recorded": _row.id, "since": _row.since},
    {
        "person": _row.person == bindparam("person"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "role": _row.role == bindparam("role"),
        "class_id": _row.class_id == bindparam("class_id"),
        "employment": _row.employment == bindparam("employment"),
        "full_time": _row.full_time == bindparam("full_time"),
        "reason_out": _row.reason_out == bindparam("reason_out"),
        "as_of": _holds,
    },
)
_one = _columns.where(_row.id == bindparam("id"))
POST = one(_one, column("version"))
STANDING = select(func.staff_standing(bindparam("person", type_=Uuid)))
WITH_STANDING = one(_one.add_columns(func.staff_standing(_row.person).label("standing")), column("version"))
HOLD = select(func.hold_person(bindparam("person", type_=Uuid)))

# What the rules ask about those who work on a day. The function sees earlier posts elsewhere, which the caller may not.
AT_WORK = many(
    select(
        _row.id.label("post"),
        _row.person,
        _person.c.name.label("person_name"),
        _row.role,
        _row.since,
        _row.kindergarten,
        _kindergarten.c.name.label("kindergarten_name"),
        _row.division,
        func.staff_standing(_row.person).label("standing"),
    )
    .select_from(
        _post.join(_person, _person.c.id == _row.person).join(_kindergarten, _kindergarten.c.id == _row.kindergarten)
    )
    .where(
        _holds,
        _row.division.bool_op("^@")(bindparam("division", "", type_=Text)),
        func.coalesce(bindparam("kindergarten", None, type_=Uuid), _row.kindergarten) == _row.kindergarten,
    )
    .order_by(_row.division, _row.kindergarten, _row.id)
)
