"""SELECTs of attendance. Marks become words where PostgreSQL builds the JSON."""

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, func, select, text

from services.registry.attendance.codes import LETTERS, MARKS
from services.registry.attendance.models import Attendance
from services.registry.attendance.schemas import AttendanceQuery, NarrowedAttendance
from services.registry.classes.models import Class
from services.registry.narrowing import conditions, narrowing
from shared.auth import Actor
from shared.db import Query
from shared.listing import Listing

_a, _class = Attendance.__table__.alias("a"), Class.__table__.alias("c")
_row = _a.c
_WORDS = " ".join(f"WHEN '{letter}' THEN '{mark.value}'" for letter, mark in MARKS.items())


def _half(at: str) -> str:
    return f"CASE substr(a.marks, {at}, 1) {_WORDS} END"


def _number(letter: str) -> ColumnElement[int]:
    return func.length(_row.marks) - func.length(func.replace(_row.marks, letter, ""))


ATTENDANCE = Listing(
    "attendance",
    select(
        _row.month,
        _row.child,
        _row.class_id,
        _class.c.name.label("class_name"),
        _row.kindergarten,
        _row.division,
        _row.marks,
        *(_number(letter).label(mark.value) for mark, letter in LETTERS.items()),
        _row.synthetic,
    ).select_from(_a.outerjoin(_class, _class.c.id == _row.class_id)),
    # Within one month, which every query names, child and class are the key.
    _row.class_id,
    {"child": _row.child},
    {
        "month": _row.month == func.date_trunc("month", bindparam("month", type_=Date)).cast(Date),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "class_id": _row.class_id == bindparam("class_id"),
        "child": _row.child == bindparam("child"),
        "owned": conditions(_class.c.name, _class.c.pinyin, _row.kindergarten)["owned"],
    },
)


def narrowed(query: AttendanceQuery, actor: Actor) -> NarrowedAttendance:
    """The query as the indexes want it."""
    return NarrowedAttendance.model_construct(**dict(query), **narrowing(None, actor))


_SHUT = (
    "EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = c.kindergarten"
    " AND s.status IN ('suspended', 'closed') AND s.since <= :day AND s.until > :day)"
)
DAY = Query(
    text(f"""
SELECT json_build_object('class_id', c.id, 'kindergarten', c.kindergarten, 'day', CAST(:day AS date),
  'open', NOT {_SHUT} AND coalesce((SELECT d.open FROM calendar_days d
    WHERE d.kindergarten = c.kindergarten AND d.day = :day), CAST(:working AS boolean)),
  'taken', coalesce(m.taken, true),
  'writable', month_is_open(c.kindergarten, CAST(:month AS date)),
  'marks', coalesce(m.marks, '[]'))::text AS body
FROM classes c LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('child', e.child, 'morning', {_half("CAST(:at AS integer)")},
                                    'afternoon', {_half("CAST(:at AS integer) + 1")}) ORDER BY e.child) AS marks,
         bool_and(a.marks IS NOT NULL AND strpos(substr(a.marks, CAST(:at AS integer), 2), '_') = 0) AS taken
  FROM enrolments e LEFT JOIN attendance a ON a.month = :month AND a.child = e.child AND a.class_id = e.class_id
  WHERE e.class_id = c.id AND e.since <= :day AND e.until > :day) m ON true
WHERE c.id = :id
""").bindparams(bindparam("day", type_=Date), bindparam("month", type_=Date), bindparam("id", type_=Uuid))
)
CHILD_MONTH = Query(
    text(f"""
SELECT json_build_object('child', CAST(:child AS uuid), 'month', CAST(:month AS date), 'days', coalesce((
  SELECT json_agg(json_build_object('day', CAST(:month AS date) + n, 'class_id', a.class_id,
                                    'morning', {_half("2 * n + 1")}, 'afternoon', {_half("2 * n + 2")}) ORDER BY n)
  FROM attendance a CROSS JOIN generate_series(0, 30) n
  WHERE a.month = :month AND a.child = :child AND substr(a.marks, 2 * n + 1, 2) <> '__'), '[]'))::text AS body
WHERE EXISTS (SELECT FROM attendance a WHERE a.month = :month AND a.child = :child)
   OR EXISTS (SELECT FROM enrolments e WHERE e.child = :child AND e.since < :after AND e.until > :month)
""").bindparams(bindparam("child", type_=Uuid), bindparam("month", type_=Date), bindparam("after", type_=Date))
)

# Inside a write.
ROSTER = text(
    "SELECT child, since, until FROM enrolments WHERE class_id = :id AND since < :after AND until > :month"
    " ORDER BY child, since"
)
TAKEN = text(
    "SELECT child, marks FROM attendance WHERE kindergarten = :kindergarten AND month = :month AND class_id = :id"
)
CALENDAR = Query(
    text("""
SELECT k.id,
  (SELECT coalesce(array_agg(d.day ORDER BY d.day), '{}') FROM calendar_days d
   WHERE d.kindergarten = k.id AND d.day >= :month AND d.day < :after) AS days,
  (SELECT coalesce(array_agg(d.open ORDER BY d.day), '{}') FROM calendar_days d
   WHERE d.kindergarten = k.id AND d.day >= :month AND d.day < :after) AS states,
  (SELECT coalesce(array_agg(d.reason ORDER BY d.day), '{}') FROM calendar_days d
   WHERE d.kindergarten = k.id AND d.day >= :month AND d.day < :after) AS reasons,
  (SELECT coalesce(array_agg(ARRAY[s.since, s.until]), '{}') FROM kindergarten_statuses s
   WHERE s.kindergarten = k.id AND s.status IN ('suspended', 'closed')
   AND s.since < :after AND s.until > :month) AS shut
FROM kindergartens k WHERE k.id = :kindergarten
""").bindparams(bindparam("month", type_=Date), bindparam("after", type_=Date), bindparam("kindergarten", type_=Uuid))
)
STORE = text("""
INSERT INTO attendance (month, child, class_id, kindergarten, division, marks, synthetic)
SELECT :month, n.child, c.id, c.kindergarten, c.division, n.marks, c.synthetic
FROM classes c, unnest(CAST(:children AS uuid[]), CAST(:marks AS text[])) n(child, marks)
WHERE c.id = :id ORDER BY n.child
ON CONFLICT (month, child, class_id) DO UPDATE SET marks = excluded.marks WHERE attendance.marks <> excluded.marks
""")
# The same for a whole kindergarten.
ROLL = text("""
SELECT e.class_id, e.child, e.since, e.until, e.division, c.synthetic
FROM enrolments e JOIN classes c ON c.id = e.class_id
WHERE e.kindergarten = :kindergarten AND e.since < :until AND e.until > :month ORDER BY e.child, e.since
""")
TAKEN_BY_ALL = text(
    "SELECT class_id, child, marks FROM attendance WHERE kindergarten = :kindergarten AND month = :month"
)
STORE_ROWS = text("""
INSERT INTO attendance (month, child, class_id, kindergarten, division, marks, synthetic)
SELECT :month, n.child, c.id, c.kindergarten, c.division, n.marks, c.synthetic
FROM unnest(CAST(:classes AS uuid[]), CAST(:children AS uuid[]), CAST(:marks AS text[])) n(class_id, child, marks)
JOIN classes c ON c.id = n.class_id ORDER BY n.child, n.class_id
ON CONFLICT (month, child, class_id) DO UPDATE SET marks = excluded.marks
""")
HAVE_ATTENDANCE = text(r"""
SELECT min(a.month + n) FROM attendance a CROSS JOIN generate_series(0, 30) n
WHERE a.kindergarten = :kindergarten AND a.month BETWEEN date_trunc('month', CAST(:since AS date)) AND :until
  AND a.month + n >= :since AND a.month + n < :until AND substr(a.marks, 2 * n + 1, 2) <> '__'
""")
SET_DAYS = text("""
INSERT INTO calendar_days (kindergarten, day, division, open, reason, synthetic)
SELECT k.id, d.day, k.division, :open, :reason, k.synthetic
FROM kindergartens k, unnest(CAST(:days AS date[])) d(day) WHERE k.id = :kindergarten
ON CONFLICT (kindergarten, day) DO UPDATE SET open = excluded.open, reason = excluded.reason
""")
HOLD_CLASSES = text("""
SELECT id FROM classes WHERE kindergarten = :kindergarten AND since < :until AND until > :since
ORDER BY id FOR NO KEY UPDATE
""")
ANY_CERTIFIED = text(
    "SELECT true FROM unnest(CAST(:months AS date[])) m(month) WHERE NOT month_is_open(:kindergarten, m.month) LIMIT 1"
)
