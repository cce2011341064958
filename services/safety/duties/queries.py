from sqlalchemy import Date, bindparam, func, literal_column, or_, select

from services.safety.duties.models import ContactPlan, Duty, DutyPost
from services.safety.duties.schemas import DutyOut, DutyPostOut
from shared.documents import columns, listed, many, one
from shared.listing import Listing

_post, _duty, _plan = DutyPost.__table__.alias("p"), Duty.__table__.alias("d"), ContactPlan.__table__
_row = _post.c
POSTS = Listing(
    "duty-posts",
    select(*columns(_post, DutyPostOut)),
    _row.id,
    {"since": _row.since},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
    },
)
POST = one(select(*columns(_post, DutyPostOut)).where(_row.id == bindparam("id")))
_since, _until = bindparam("since", type_=Date), bindparam("until", type_=Date)
_roster = (
    select(_duty.c.day, _duty.c.checked_in_at)
    .where(_duty.c.post == _row.id, _duty.c.day >= _since, _duty.c.day <= _until)
    .correlate(_post)
)
ROSTERS = many(
    select(*columns(_post, DutyPostOut), listed(_roster).label("roster")).where(
        _row.division.bool_op("^@")(bindparam("division")),
        _row.since <= _until,
        or_(_row.until.is_(None), _row.until > _since),
    )
)
DUTIES = many(
    select(*columns(_duty, DutyOut))
    .where(_duty.c.post == bindparam("post"), _duty.c.day >= func.coalesce(_since, literal_column("'-infinity'::date")))
    .order_by(_duty.c.day, _duty.c.label)
)
CONTACTS = one(
    select(_plan.c.kindergarten, _plan.c.contacts, _plan.c.agreed_on).where(
        _plan.c.kindergarten == bindparam("kindergarten")
    )
)
