from sqlalchemy import bindparam, func, select

from services.registry.kindergartens.models import Group, Kindergarten
from shared.documents import one
from shared.listing import Listing

_row = Group.__table__.c
_members = select(func.count()).where(Kindergarten.group_id == _row.id).scalar_subquery()
_columns = select(
    _row.id,
    _row.name,
    _row.division,
    _row.founded_on,
    _members.label("kindergartens"),
    _row.synthetic,
    _row.version,
).select_from(Group.__table__)
GROUPS = Listing(
    "groups",
    _columns,
    _row.id,
    {"created": _row.id},
    {
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "q": func.strpos(_row.name, bindparam("q")) > 0,
    },
)
GROUP = one(_columns.where(_row.id == bindparam("id")))
