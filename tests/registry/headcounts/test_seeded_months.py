"""The demonstration district comes with two certified months, the same each time."""

from collections import Counter

import psycopg

from services.registry.attendance.rules import days_of
from services.registry.headcounts.rules import count_day
from services.registry.seed.attendance import certify_months, seeded_months
from services.registry.seed.loading import load
from services.registry.seed.synthetic import TODAY, district
from services.registry.seed.truth import enrolled
from shared.workdays import is_working_day
from tests.registry.given import KEYS
from tests.registry.given import TODAY as NOW
from tests.stack import Service

MADE = district()
MARKS = "SELECT md5(string_agg(marks, '' ORDER BY month, child, class_id)), bool_and(synthetic) FROM attendance"
SAME = "6615e49bf5f97f0c4acbf4c13aa0e7ff"  # of all marks, whenever the district is seeded


async def test_two_months_are_certified_once(registry: Service):
    with psycopg.connect(registry.database.app_url) as connection:
        assert load(connection, MADE, KEYS, "110116")
    database = registry.app.state.database
    made = await certify_months(database, TODAY)
    assert await certify_months(database, TODAY) == 0
    months = seeded_months(min(TODAY, NOW))
    fetch = registry.database.fetch
    states = await fetch("SELECT month, count(*), bool_and(synthetic) FROM headcounts GROUP BY 1 ORDER BY 1")
    assert [month for month, _, _ in states] == months
    assert sum(number for _, number, _ in states) == made
    assert await fetch("SELECT DISTINCT state, revision, prepared_by, certified_by FROM headcounts") == [
        ("certified", 1, "seed-clerk", "seed-principal")
    ]
    for month in months:
        on = count_day(month, 15)
        there = Counter(each.kindergarten for each in enrolled(MADE, on))
        rows = await fetch(
            "SELECT c.kindergarten, sum(children)::int FROM headcount_classes c JOIN headcounts h ON h.id = headcount"
            " WHERE month = %s GROUP BY 1",
            month,
        )
        assert {place: number for place, number in rows if number} == there
        open_days = sum(map(is_working_day, days_of(month)))
        share = await fetch(
            "SELECT sum(half_days)::float / (sum(children) * 2 * %s) FROM headcount_classes c"
            " JOIN headcounts h ON h.id = headcount WHERE month = %s",
            open_days,
            month,
        )
        assert 0.9 < share[0][0] < 1
    marks, synthetic = (await fetch(MARKS))[0]
    assert synthetic
    assert marks == SAME or NOW < TODAY
    leader = registry.client(("leader", "110116"))
    late = (await leader.get("/v1/uncertified-months", params={"month": str(months[-1])})).json()["items"]
    assert late == []
