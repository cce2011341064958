from sqlalchemy import BigInteger, Date, Text, and_, bindparam, case, column, distinct, func, select, text

from services.finance.aids.codes import AidCategory, AidState
from services.finance.aids.models import Aid
from services.finance.aids.schemas import AidOut
from services.finance.enrolments.models import Enrolment
from shared.documents import one
from shared.listing import Listing

FEWEST = 5  # smaller groups are not shown

_row, _in = Aid.__table__.c, Enrolment.__table__.c
_columns = select(*(_row[name] for name in AidOut.model_fields))
AIDS = Listing(
    "aids",
    _columns,
    _row.id,
    {"since": _row.since},
    {name: _row[name] == bindparam(name) for name in ("kindergarten", "child", "state")},
)
AID = one(_columns.where(_row.id == bindparam("id")), column("version"))

_day = bindparam("as_of", type_=Date)
_held = and_(
    _row.child == _in.child,
    _row.kindergarten == _in.kindergarten,
    _row.state == AidState.APPROVED.value,
    _row.since <= _day,
    _row.until > _day,
)
_aided = func.count(distinct(_row.child))
_covered = (
    select(
        _in.kindergarten,
        func.count(distinct(_in.child)).label("children"),
        case((_aided.between(1, FEWEST - 1), None), else_=_aided).label("aided"),
    )
    .select_from(Enrolment.__table__.outerjoin(Aid.__table__, _held))
    .where(_in.since <= _day, _in.until > _day)
    .group_by(_in.kindergarten)
    .subquery("covered")
)
COVERAGE = Listing("aid-coverage", select(_covered), _covered.c.kindergarten, {"kindergarten": _covered.c.kindergarten})
_labels = " ".join(f"WHEN '{each.value}' THEN '{each.zh}'" for each in AidCategory)
_groups = (
    text(
        f"""
        WITH held AS (
          SELECT child, kindergarten, category, left(division, 9) AS town FROM aids
          WHERE state = 'approved' AND since <= :as_of AND until > :as_of),
        keyed AS (SELECT DISTINCT child, kindergarten,
                         CASE CAST(:by AS text) WHEN 'town' THEN town ELSE category END AS key FROM held),
        spared AS (
          SELECT kindergarten, child, sum(aided) AS amount FROM charges
          WHERE covers_since <= :as_of AND covers_since >= make_date(
            extract(year FROM CAST(:as_of AS date) - interval '8 months')::integer, 9, 1)
          GROUP BY 1, 2)
        SELECT key, CASE key {_labels} ELSE key END AS label, CASE WHEN count(*) >= {FEWEST} THEN count(*) END AS aided,
               CASE WHEN count(*) >= {FEWEST} THEN coalesce(sum(s.amount), 0.00)::text END AS amount
        FROM keyed LEFT JOIN spared s USING (kindergarten, child) GROUP BY key
        """.replace("::", r"\:\:")
    )
    .bindparams(bindparam("as_of", type_=Date), bindparam("by", "category"))
    .columns(column("key", Text), column("label", Text), column("aided", BigInteger), column("amount", Text))
    .subquery("groups")
)
GROUPS = Listing("aid-groups", select(_groups), _groups.c.key, {"key": _groups.c.key})
