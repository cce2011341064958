"""SELECTs of staff attendance. Marks become words where PostgreSQL builds the JSON."""

from sqlalchemy import ColumnElement, Date, Uuid, bindparam, func, select, text

from services.registry.attendance.codes import LETTERS, MARKS
from services.registry.kindergartens.models import Kindergarten
from services.registry.staff.models import Person
from services.registry.staff_attendance.models import StaffAttendance
from shared.db import Query
from shared.listing import Listing

_a, _person, _k = StaffAttendance.__table__.alias("a"), Person.__table__.alias("s"), Kindergarten.__table__.alias("k")
_row = _a.c
_WORDS = " ".join(f"WHEN '{letter}' THEN '{mark.value}'" for letter, mark in MARKS.items())
OWN = "p.full_time AND p.employment <> 'outsourced'"
CARER = f"{OWN} AND p.role IN ('teacher', 'childcare')"


def _half(at: str) -> str:
    return f"CASE substr(a.marks, {at}, 1) {_WORDS} END"


def _number(letter: str) -> ColumnElement[int]:
    return func.length(_row.marks) - func.length(func.replace(_row.marks, letter, ""))


ATTENDANCE = Listing(
    "staff-attendance",
    select(
        _row.month,
        _row.person,
        _person.c.name,
        _row.kindergarten,
        _k.c.name.label("kindergarten_name"),
        _row.division,
        _row.marks,
        *(_number(letter).label(mark.value) for mark, letter in LETTERS.items()),
        _row.synthetic,
    ).select_from(_a.join(_k, _k.c.id == _row.kindergarten).outerjoin(_person, _person.c.id == _row.person)),
    # Within one month, which every query names, person and kindergarten are the key.
    _row.kindergarten,
    {"person": _row.person},
    {
        "month": _row.month == func.date_trunc("month", bindparam("month", type_=Date)).cast(Date),
        "kindergarten": _row.kindergarten == bindparam("kindergarten"),
        "division": _row.division.bool_op("^@")(bindparam("division")),
        "person": _row.person == bindparam("person"),
    },
)
_SHUT = (
    "EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = k.id"
    " AND s.status IN ('suspended', 'closed') AND s.since <= :day AND s.until > :day)"
)
DAY = Query(
    text(f"""
SELECT json_build_object('kindergarten', k.id, 'class_id', CAST(:class_id AS uuid), 'day', CAST(:day AS date),
  'open', NOT {_SHUT} AND coalesce((SELECT d.open FROM calendar_days d
    WHERE d.kindergarten = k.id AND d.day = :day), CAST(:working AS boolean)),
  'taken', coalesce(m.taken, true),
  'writable', month_is_open(k.id, CAST(:month AS date)),
  'marks', coalesce(m.marks, '[]'))::text AS body
FROM kindergartens k LEFT JOIN LATERAL (
  SELECT json_agg(json_build_object('person', p.person, 'name', s.name,
                                    'morning', {_half("CAST(:at AS integer)")},
                                    'afternoon', {_half("CAST(:at AS integer) + 1")}) ORDER BY p.person) AS marks,
         bool_and(a.marks IS NOT NULL AND strpos(substr(a.marks, CAST(:at AS integer), 2), '_') = 0) AS taken
  FROM (SELECT DISTINCT person FROM posts WHERE kindergarten = k.id AND since <= :day AND until > :day
        AND (CAST(:class_id AS uuid) IS NULL OR class_id = :class_id)) p
  LEFT JOIN staff s ON s.id = p.person
  LEFT JOIN staff_attendance a ON a.month = :month AND a.kindergarten = k.id AND a.person = p.person) m ON true
WHERE k.id = :id
""").bindparams(
        bindparam("day", type_=Date),
        bindparam("month", type_=Date),
        bindparam("id", type_=Uuid),
        bindparam("class_id", None, type_=Uuid),
    )
)
PERSON_MONTH = Query(
    text(f"""
SELECT json_build_object('person', s.id, 'month', CAST(:month AS date), 'days', coalesce((
  SELECT json_agg(json_build_object('day', CAST(:month AS date) + n, 'kindergarten', a.kindergarten,
                                    'morning', {_half("2 * n + 1")}, 'afternoon', {_half("2 * n + 2")}) ORDER BY n)
  FROM staff_attendance a CROSS JOIN generate_series(0, 30) n
  WHERE a.month = :month AND a.person = s.id AND substr(a.marks, 2 * n + 1, 2) <> '__'), '[]'))::text AS body
FROM staff s WHERE s.id = :person
""").bindparams(bindparam("person", type_=Uuid), bindparam("month", type_=Date))
)


def _present(table: str, which: str) -> str:
    return (
        f"(SELECT count(*) FROM {table} a CROSS JOIN (VALUES (1), (2)) h (half)"
        f" WHERE a.month = :month AND a.kindergarten = k.id AND substr(a.marks, 2 * n + h.half, 1) = 'P'{which})"
    )


def _posted(which: str) -> str:
    return (
        " AND EXISTS (SELECT FROM posts p WHERE p.person = a.person AND p.kindergarten = k.id"
        f" AND p.since <= CAST(:month AS date) + n AND p.until > CAST(:month AS date) + n AND {which})"
    )


# By day: half days of children, of staff and of carers present; and whether the month is certified.
PRESENCE = Query(
    text(f"""
SELECT json_build_object('certified', NOT month_is_open(k.id, CAST(:month AS date)),
  'days', (SELECT json_agg(json_build_array(CAST(:month AS date) + n, {_present("attendance", "")},
    {_present("staff_attendance", _posted(OWN))}, {_present("staff_attendance", _posted(CARER))}) ORDER BY n)
    FROM generate_series(0, CAST(:last AS integer)) n))::text AS body
FROM kindergartens k WHERE k.id = :id
""").bindparams(bindparam("month", type_=Date), bindparam("id", type_=Uuid))
)

# Inside a write.
SERVICES = text(f"""
SELECT p.person, p.since, p.until, {OWN} AS own, {CARER} AS carer FROM posts p
WHERE p.kindergarten = :kindergarten AND p.since < :after AND p.until > :month
  AND (CAST(:class_id AS uuid) IS NULL OR p.class_id = :class_id)
ORDER BY p.person, p.since
""").bindparams(bindparam("class_id", None, type_=Uuid))
TAKEN = text("SELECT person, marks FROM staff_attendance WHERE kindergarten = :kindergarten AND month = :month")
STORE = text("""
INSERT INTO staff_attendance (month, kindergarten, person, division, marks, synthetic)
SELECT :month, k.id, n.person, k.division, n.marks, k.synthetic
FROM kindergartens k, unnest(CAST(:people AS uuid[]), CAST(:marks AS text[])) n(person, marks)
WHERE k.id = :kindergarten ORDER BY n.person
ON CONFLICT (month, kindergarten, person) DO UPDATE SET marks = excluded.marks
""")
