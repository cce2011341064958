from sqlalchemy import Date, LargeBinary, Uuid, bindparam, column, func, select

from services.registry.bars.models import Bar
from services.registry.kindergartens.models import Kindergarten
from services.registry.posts.models import Post
from services.registry.staff.models import Person
from shared.db import Query
from shared.documents import many, one
from shared.listing import Listing
from shared.tables import FOREVER

_row, _post = Bar.__table__.c, Post.__table__.c
_as_of = bindparam("as_of", type_=Date)
_columns = select(
    _row.id,
    _row.name,
    _row.document_type,
    _row.document_mask,
    _row.ground,
    _row.decided_by,
    _row.decision,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.lifted_because,
    _row.synthetic,
    _row.version,
)
BARS = Listing(
    "bars", _columns, _row.id, {"since": _row.since}, {"as_of": (_row.since <= _as_of) & (_row.until > _as_of)}
)
BAR = one(_columns.where(_row.id == bindparam("id")), column("version"))
TO_STOP = many(
    select(
        _post.id,
        _post.person,
        _post.kindergarten,
        Kindergarten.name.label("kindergarten_name"),
        _post.role,
        _post.since,
    )
    .join(Person, Person.id == _post.person)
    .join(Kindergarten, Kindergarten.id == _post.kindergarten)
    .where(
        Person.document_index
        == func.coalesce(
            bindparam("document", None, type_=LargeBinary),
            select(_row.document_index).where(_row.id == bindparam("bar", None, type_=Uuid)).scalar_subquery(),
        ),
        _post.until > bindparam("on", type_=Date),
    )
    .order_by(_post.since)
)
KNOWN = Query(select(_row.id).where(_row.id == bindparam("id")))
HOLD_DOCUMENT = select(func.hold_document(bindparam("document", type_=LargeBinary)))
