from sqlalchemy import Date, Uuid, bindparam, column, func, select, text

from services.registry.classes.models import Class
from services.registry.enrolments.models import Enrolment
from services.registry.enrolments.schemas import EnrolmentQuery, NarrowedEnrolments
from services.registry.kindergartens.models import Kindergarten
from services.registry.narrowing import conditions, narrowing
from shared.auth import Actor
from shared.documents import one
from shared.listing import Listing
from shared.tables import FOREVER

_in, _class = Enrolment.__table__.alias("e"), Class.__table__.alias("c")
_kindergarten = Kindergarten.__table__.alias("g")
_row = _in.c
_as_of = bindparam("as_of", type_=Date)
_columns = select(
    _row.id,
    _row.child,
    _row.class_id,
    _class.c.name.label("class_name"),
    _class.c.kind.label("class_kind"),
    _class.c.school_year,
    _row.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _row.division,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.reason_in,
    _row.reason_out,
    _row.note,
    _row.synthetic,
    _row.version,
).select_from(
    # Both are always there; outer joins tell the planner that they drop no row, so that it reads in the list's order.
    _in.outerjoin(_class, _class.c.id == _row.class_id).outerjoin(
        _kindergarten, _kindergarten.c.id == _row.kindergarten
    )
)
ENROLMENTS = Listing(
    "enrolments",
    _columns,
    _row.id,
    {"recorded": _row.id, "since": _row.since},
    {
        "child": _row.child == bindparam("child"),
        "class_id": _row.class_id == bindparam("class_id"),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "class_kind": _class.c.kind == bindparam("class_kind"),
        "school_year": _class.c.school_year == bindparam("school_year"),
        "reason_in": _row.reason_in == bindparam("reason_in"),
        "reason_out": _row.reason_out == bindparam("reason_out"),
        "as_of": (_row.since <= _as_of) & (_row.until > _as_of),
        "during_from": _row.until > bindparam("during_from"),
        "during_until": _row.since < bindparam("during_until"),
        "owned": conditions(_class.c.name, _class.c.pinyin, _row.kindergarten)["owned"],
    },
)
ENROLMENT = one(_columns.where(_row.id == bindparam("id")), column("version"))

HOLD = select(func.hold_child(_row.child)).where(_row.id == bindparam("id"))
MAKE_ROOM = text("SELECT previous_until, previous_reason FROM make_room(:child, :since, :until)").columns(
    previous_until=Date, previous_reason=Enrolment.__table__.c.reason_out.type
)
# The most children of a class on any day from `since` until `until`: those there on the first day, then each move.
CROWD = text(
    "SELECT max(n) FROM (SELECT sum(change) OVER (ORDER BY day, change) AS n FROM ("
    " SELECT greatest(since, :since) AS day, 1 AS change FROM enrolments"
    " WHERE class_id = :id AND until > :since AND since < :until"
    " UNION ALL SELECT until, -1 FROM enrolments WHERE class_id = :id AND until > :since AND until < :until"
    " UNION ALL SELECT :since, 0) moves) counts"
).bindparams(bindparam("id", type_=Uuid), bindparam("since", type_=Date), bindparam("until", type_=Date))


def narrowed(query: EnrolmentQuery, actor: Actor) -> NarrowedEnrolments:
    """The query as the indexes want it."""
    return NarrowedEnrolments.model_construct(**dict(query), **narrowing(None, actor))
