from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Text,
    Uuid,
    bindparam,
    column,
    exists,
    func,
    literal_column,
    select,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.sql.functions import coalesce

from services.registry.attendance.codes import NOT_TAKEN, WIDTH
from services.registry.headcounts.codes import HeadcountState
from services.registry.headcounts.models import Headcount, HeadcountClass
from services.registry.headcounts.schemas import (
    HeadcountQuery,
    NarrowedHeadcounts,
    NarrowedUncertifiedMonths,
    UncertifiedMonthQuery,
)
from services.registry.kindergartens.models import Kindergarten
from services.registry.narrowing import conditions, narrowing
from shared.auth import Actor
from shared.documents import one
from shared.listing import Listing

_head, _kindergarten = Headcount.__table__.alias("h"), Kindergarten.__table__.alias("k")
_later, _class = Headcount.__table__.alias("l").c, HeadcountClass.__table__.alias("c").c
_row = _head.c
_nursery = _class.kind == "nursery"
_counted = (
    select(
        *(
            coalesce(func.sum(_class[name]).filter(condition), 0).label(label)
            for name, condition, label in (
                ("children", ~_nursery, "children"),
                ("last_year_children", ~_nursery, "last_year_children"),
                ("child_days", ~_nursery, "child_days"),
                ("children", _nursery, "nursery_children"),
                ("child_days", _nursery, "nursery_child_days"),
            )
        )
    )
    .where(_class.headcount == _row.id)
    .lateral("n")
)
_columns = (
    _row.id,
    _row.kindergarten,
    _kindergarten.c.name.label("kindergarten_name"),
    _row.division,
    _row.month,
    _row.revision,
    _row.state,
    _row.count_day,
    _row.open_days,
    *_counted.c,
    _row.reason,
    _row.document,
    _row.prepared_by,
    _row.prepared_at,
    _row.certified_by,
    _row.certified_at,
    _row.previous_hash,
    _row.hash,
    _row.difference,
    _row.synthetic,
    _row.version,
)
_joined = _head.outerjoin(_kindergarten, _kindergarten.c.id == _row.kindergarten).outerjoin(_counted, true())
_known_at = bindparam("known_at", type_=DateTime(timezone=True))
_shown = ("class_id", "name", "kind", "children", "last_year_children", "half_days", "child_days", "roll_hash")
_classes = (
    select(
        coalesce(
            func.json_agg(
                aggregate_order_by(
                    func.json_build_object(*(part for name in _shown for part in (name, _class[name]))), _class.class_id
                )
            ),
            literal_column("'[]'::json"),
        )
    )
    .where(_class.headcount == _row.id)
    .scalar_subquery()
)
HEADCOUNTS = Listing(
    "headcounts",
    select(*_columns).select_from(_joined),
    _row.id,
    {"month": _row.month},
    {
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "month": _row.month == bindparam("month"),
        "as_of": _row.month == func.date_trunc("month", bindparam("as_of", type_=Date)).cast(Date),
        "state": _row.state == bindparam("state"),
        "known_at": (_row.certified_at <= _known_at)
        & ~exists().where(
            _later.kindergarten == _row.kindergarten,
            _later.month == _row.month,
            _later.revision > _row.revision,
            _later.certified_at <= _known_at,
        ),
        "owned": conditions(_kindergarten.c.name, _kindergarten.c.pinyin, _row.kindergarten)["owned"],
    },
)
# Not who they are: the hash of the roll stands for them.
_staff = _row.staff.op("-")(literal_column("'roll'", Text)).label("staff")
HEADCOUNT = one(
    select(*_columns, _staff, _classes.label("classes"))
    .select_from(_joined)
    .where(_row.id == bindparam("id", type_=Uuid)),
    column("version"),
)


# A month a kindergarten was operating and had classes in, without a certified headcount.
_uncertified = (
    text("""
SELECT to_char(m.month, 'YYYY-MM-') || k.id AS id, k.id AS kindergarten, k.name AS kindergarten_name, k.division,
       k.pinyin, m.month, m.deadline, m.deadline < CAST(:as_of AS date) AS overdue, h.prepared_by
FROM kindergartens k
CROSS JOIN unnest(CAST(:months AS date[]), CAST(:deadlines AS date[])) m(month, deadline)
LEFT JOIN headcounts h ON h.kindergarten = k.id AND h.month = m.month AND h.state = 'prepared'
WHERE EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = k.id AND s.status = 'operating'
              AND s.since < m.month + interval '1 month' AND s.until > m.month)
  AND EXISTS (SELECT FROM classes c WHERE c.kindergarten = k.id
              AND c.since < m.month + interval '1 month' AND c.until > m.month)
  AND NOT EXISTS (SELECT FROM headcounts x
                  WHERE x.kindergarten = k.id AND x.month = m.month AND x.state = 'certified')
""")
    .columns(
        column("id", Text),
        column("kindergarten", Uuid),
        column("kindergarten_name", Text),
        column("division", Text),
        column("pinyin", Text),
        column("month", Date),
        column("deadline", Date),
        column("overdue", Boolean),
        column("prepared_by", Text),
    )
    .subquery("u")
    .c
)
UNCERTIFIED = Listing(
    "uncertified-months",
    select(*(each for each in _uncertified if each.key != "pinyin")),
    _uncertified.id,
    {"month": _uncertified.month},
    {
        "kindergarten": _uncertified.kindergarten == bindparam("kindergarten"),
        "division": _uncertified.division.bool_op("^@")(bindparam("division")),
        "overdue": _uncertified.overdue == bindparam("overdue"),
        "owned": conditions(_uncertified.kindergarten_name, _uncertified.pinyin, _uncertified.kindergarten)["owned"],
    },
)


def narrowed(query: HeadcountQuery, actor: Actor) -> NarrowedHeadcounts:
    """The query as the indexes want it."""
    return NarrowedHeadcounts.model_construct(**dict(query), **narrowing(None, actor))


def narrowed_months(query: UncertifiedMonthQuery, actor: Actor) -> NarrowedUncertifiedMonths:
    """The query as the indexes want it."""
    return NarrowedUncertifiedMonths.model_construct(**dict(query), **narrowing(None, actor))


# Inside a write. A child's age is its school year of birth: whoever has left is out of sight, its month is not.
STAYS = text(f"""
SELECT e.class_id, c.name, c.kind, e.child, e.since, e.until, v.cohort,
       coalesce(a.marks, repeat('{NOT_TAKEN}', {WIDTH})) AS marks
FROM enrolments e
JOIN enrolled_cohorts v ON v.id = e.id AND v.kindergarten = e.kindergarten
JOIN classes c ON c.id = e.class_id
LEFT JOIN attendance a ON a.kindergarten = e.kindergarten AND a.month = :month AND a.child = e.child
                      AND a.class_id = e.class_id
WHERE e.kindergarten = :kindergarten AND v.kindergarten = :kindergarten AND e.since < :after AND e.until > :month
  AND v.since < :after AND v.until > :month
ORDER BY e.class_id, e.child, e.since
""")
LATEST = (
    select(Headcount)
    .where(
        Headcount.kindergarten == bindparam("kindergarten"),
        Headcount.month == bindparam("month"),
        Headcount.state == HeadcountState.CERTIFIED.value,
    )
    .order_by(Headcount.revision.desc())
    .limit(1)
)
UNFINISHED = select(Headcount).where(
    Headcount.kindergarten == bindparam("kindergarten"),
    Headcount.month == bindparam("month"),
    Headcount.state.in_([HeadcountState.CORRECTING.value, HeadcountState.PREPARED.value]),
)
CLASSES = select(HeadcountClass).where(HeadcountClass.headcount == bindparam("id")).order_by(HeadcountClass.class_id)
