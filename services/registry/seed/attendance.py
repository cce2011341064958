"""Two months of attendance of the demonstration district, certified kindergarten by kindergarten as people do it.

The same child is ill on the same day whenever it is seeded; everything is marked synthetic.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.attendance.rules import DAY, days_of, month_of
from services.registry.headcounts.actions import certify_headcount, prepare_headcount
from services.registry.headcounts.schemas import HeadcountNew
from shared.auth import Actor
from shared.days import today
from shared.db import Database
from shared.workdays import is_working_day

MONTHS = 2
# Of 1024 child-days 30 are illness, 20 leave, 8 half a day of illness, 4 absence without word.
_attendance = text("""
INSERT INTO attendance (month, child, class_id, kindergarten, division, marks, synthetic)
SELECT CAST(:month AS date), child, class_id, kindergarten, division, string_agg(halves, '' ORDER BY n), true
FROM (
  SELECT child, class_id, kindergarten, division, n, CASE
    WHEN NOT there THEN '__' WHEN chance < 30 THEN 'SS' WHEN chance < 50 THEN 'LL' WHEN chance < 58 THEN 'PS'
    WHEN chance < 62 THEN 'AA' ELSE 'PP' END AS halves
  FROM (
    SELECT e.child, e.class_id, e.kindergarten, e.division, n,
           bool_or(e.since <= CAST(:month AS date) + n AND e.until > CAST(:month AS date) + n
                   AND CAST(:month AS date) + n = ANY (CAST(:open AS date[])) AND NOT EXISTS (
             SELECT FROM kindergarten_statuses s
             WHERE s.kindergarten = e.kindergarten AND s.status IN ('suspended', 'closed')
             AND s.since <= CAST(:month AS date) + n AND s.until > CAST(:month AS date) + n)) AS there,
           CAST(CAST('x' || substr(md5(e.child::text || (CAST(:month AS date) + n)::text), 1, 8) AS bit(32)) AS bigint)
             & 1023 AS chance
    FROM enrolments e CROSS JOIN generate_series(0, 30) n
    WHERE e.since <= :last AND e.until > :month
    GROUP BY e.child, e.class_id, e.kindergarten, e.division, n) each
) days GROUP BY child, class_id, kindergarten, division
""")
_untouched = text(
    "SELECT NOT EXISTS (SELECT FROM attendance) AND NOT EXISTS (SELECT FROM headcounts)"
    " AND NOT EXISTS (SELECT FROM kindergartens WHERE NOT synthetic)"
)
_due = text("""
SELECT k.id FROM kindergartens k
WHERE EXISTS (SELECT FROM kindergarten_statuses s WHERE s.kindergarten = k.id AND s.status = 'operating'
              AND s.since <= :last AND s.until > :month)
  AND EXISTS (SELECT FROM classes c WHERE c.kindergarten = k.id AND c.since <= :last AND c.until > :month)
ORDER BY k.pinyin, k.id
""")


def seeded_months(on: date) -> list[date]:
    """The last months that were over on a day, the earliest first."""
    found = [month_of(month_of(on) - DAY)]
    while len(found) < MONTHS:
        found.insert(0, month_of(found[0] - DAY))
    return found


async def certify_months(database: Database, on: date) -> int:
    """Take and certify the months before that day, all or nothing; how many, 0 where any month was touched before.

    A register with a real kindergarten in it is left alone.
    """
    clerk, principal = (_person(database, name) for name in ("seed-clerk", "seed-principal"))
    made = 0
    async with database.begin(clerk) as session:
        if not await session.scalar(_untouched):
            return 0
        for month in seeded_months(min(on, today())):
            made += await _certify(session, month, (clerk, principal))
    return made


async def _certify(session: AsyncSession, month: date, people: tuple[Actor, Actor]) -> int:
    days = list(days_of(month))
    asked = {"month": month, "last": days[-1]}
    await session.execute(_attendance, asked | {"open": [day for day in days if is_working_day(day)]})
    due: Sequence[UUID] = (await session.scalars(_due, asked)).all()
    clerk, principal = people
    for kindergarten in due:
        made = await prepare_headcount(session, clerk, HeadcountNew(kindergarten=kindergarten, month=month))
        await certify_headcount(session, principal, made)
    return len(due)


def _person(database: Database, name: str) -> Actor:
    """Somebody of the demonstration, in the district's scope."""
    return Actor(name, "", (), float("inf"), database.system.divisions)
