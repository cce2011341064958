from sqlalchemy import Date, ScalarSelect, Text, Uuid, bindparam, column, func, select, text

from services.registry.kindergartens.models import Kindergarten
from services.registry.posts.models import Post
from services.registry.quotas.models import StaffQuota
from shared.db import Query
from shared.documents import one
from shared.listing import Listing
from shared.tables import FOREVER

_quota, _post, _kindergarten = StaffQuota.__table__.alias("q"), Post.__table__.c, Kindergarten.__table__.alias("g")
_row = _quota.c
_as_of = bindparam("as_of", type_=Date)


def _used() -> ScalarSelect[int]:
    there = (_post.kindergarten == _row.kindergarten) & (_post.employment == _row.kind)
    held = (_post.since <= _as_of) & (_post.until > _as_of)
    return select(func.count(_post.person.distinct())).where(there, held).scalar_subquery()


_columns = select(
    _row.id,
    _row.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _row.division,
    _row.kind,
    _row.approved,
    _used().label("used"),
    (_row.approved - _used()).label("free"),
    _row.document,
    _row.since,
    func.nullif(_row.until, FOREVER).label("until"),
    _row.synthetic,
    _row.version,
).select_from(_quota.join(_kindergarten, _kindergarten.c.id == _row.kindergarten))
QUOTAS = Listing(
    "staff-quotas",
    _columns.where(_row.since <= _as_of, _row.until > _as_of),
    _row.id,
    {"name": _kindergarten.c.pinyin},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "kind": _row.kind == bindparam("kind"),
        "exceeded": (_used() > _row.approved) == bindparam("exceeded"),
    },
)
QUOTA = one(_columns.where(_row.id == bindparam("id")), column("version"))
# Every day on which the number approved or used changes begins a step; steps before the first quota are left out.
COURSE = Query(
    text(
        "WITH held AS (SELECT since, until, approved FROM staff_quotas WHERE kindergarten = :id AND kind = :kind),"
        " at_work AS (SELECT person, since, until FROM posts WHERE kindergarten = :id AND employment = :kind),"
        " days AS (SELECT since AS day FROM held UNION SELECT until FROM held UNION SELECT since FROM at_work"
        "  UNION SELECT until FROM at_work),"
        " steps AS (SELECT day AS since, lead(day) OVER (ORDER BY day) AS until FROM days"
        "  WHERE day >= (SELECT min(since) FROM held)),"
        " counted AS (SELECT s.since, nullif(s.until, '9999-12-31') AS until,"
        "  coalesce((SELECT approved FROM held h WHERE h.since <= s.since AND h.until > s.since), 0) AS approved,"
        "  (SELECT count(DISTINCT person) FROM at_work w WHERE w.since <= s.since AND w.until > s.since) AS used"
        "  FROM steps s WHERE s.since < '9999-12-31')"
        " SELECT coalesce(json_agg(json_build_object('since', since, 'until', until, 'approved', approved,"
        "  'used', used, 'free', approved - used) ORDER BY since)::text, '[]') FROM counted"
    ).bindparams(bindparam("id", type_=Uuid), bindparam("kind", type_=Text))
)
