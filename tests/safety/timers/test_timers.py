"""Timers over a year of days: holidays, standstills and restarts, each escalation once and for the right day."""

import asyncio
import random
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from services.safety.disputes import rules as disputes
from services.safety.hazards.rules import ladder
from services.safety.parameters.published import PARAMETERS
from services.safety.penalties import rules as penalties
from services.safety.referrals import rules as referrals
from services.safety.sites import rules as sites
from services.safety.suppliers import rules as suppliers
from services.safety.timers.actions import arm, fire
from services.safety.timers.rules import Due, fallen_due
from services.safety.timers.schemas import TimerPage
from services.safety.video_accesses import rules as video_accesses
from shared.db import Database
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.safety import given
from tests.stack import Service

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def cases(count: int, garden: Any) -> list[SimpleNamespace]:
    """Hazards in every state, begun on days all over the year."""
    chosen = random.Random(2026)  # noqa: S311  # a fixed draw, no secret
    made = []
    for number in range(count):
        since = FIRST + timedelta(chosen.randrange(330))
        state = ("reported", "graded", "assigned", "submitted", "accepted")[number % 5]
        level = "major" if number % 3 == 0 else "general"
        made.append(
            SimpleNamespace(
                id=new_id(),
                division=given.VILLAGE,
                kindergarten=garden,
                state=state,
                level=level,
                listed=level == "major" and number % 2 == 0,
                since=since,
                due_on=add_working_days(since, chosen.randrange(1, 40)),
            )
        )
    return made


def others(garden: Any) -> list[tuple[str, SimpleNamespace, list[Due]]]:
    """Everything else that has deadlines, in each state that waits, begun on days all over the year."""
    chosen = random.Random(27)  # noqa: S311  # a fixed draw, no secret
    made: list[tuple[str, SimpleNamespace, list[Due]]] = []
    for number in range(160):
        since = FIRST + timedelta(chosen.randrange(330))
        later = since + timedelta(chosen.randrange(1, 60))
        case = SimpleNamespace(
            id=new_id(), division=given.VILLAGE, kindergarten=garden, state_since=since, due_on=later, visited_on=None,
            risk="high", registered_on=since, filed_on=since, decision_due=later, delivery_due=later,
            execution_due=later, return_by=later, sent_on=since, answer_by=later, licence_until=later, until=None,
        )  # fmt: skip
        kind, state = WAITING[number % len(WAITING)]
        case.state = state
        steps = {
            "site": lambda case=case: sites.ladder(PARAMETERS, case, case.state_since),
            "penalty": lambda case=case: penalties.ladder(PARAMETERS, case),
            "dispute": lambda case=case: disputes.ladder(PARAMETERS, case, case.state_since),
            "video_access": lambda case=case: video_accesses.ladder(PARAMETERS, case, case.state_since),
            "referral": lambda case=case: referrals.ladder(PARAMETERS, case),
            "supplier": lambda case=case: suppliers.ladder(PARAMETERS, case, case.state_since),
        }[kind]()
        assert steps, (kind, state)
        made.append((kind, case, steps))
    return made


WAITING = [
    ("site", "reported"), ("site", "confirmed"), ("site", "ordered"), ("site", "closed"), ("penalty", "filed"),
    ("penalty", "decided"), ("penalty", "delivered"), ("dispute", "registered"), ("dispute", "agreed"),
    ("video_access", "approved"), ("video_access", "handed_over"), ("referral", "sent"), ("supplier", "filed"),
]  # fmt: skip


async def test_a_year_with_restarts_escalates_each_once_on_the_right_day(safety: Service):
    garden = await given.kindergarten(safety)
    database: Database = safety.app.state.database
    hazards = cases(200, garden)
    waiting = [("hazard", each, ladder(PARAMETERS, each, each.since, frozenset())) for each in hazards]
    waiting += others(garden)
    async with database.begin(database.system) as session:
        for kind, each, steps in waiting:
            await arm(session, kind, each, steps)
    stands = random.Random(7)  # noqa: S311  # a fixed draw, no secret
    day, standstills = FIRST, 0
    while day <= LAST:
        if stands.random() < 0.1:  # no worker for up to five days
            day += timedelta(stands.randrange(1, 6))
            standstills += 1
        if stands.random() < 0.2:  # another process takes over, while the old one still works
            restarted = Database(safety.database.app_url, 2)
            await asyncio.gather(fire(restarted, min(day, LAST)), fire(database, min(day, LAST)))
            await restarted.close()
        else:
            await fire(database, min(day, LAST))
        day += timedelta(1)
    await fire(database, LAST)
    assert standstills > 20
    fired = await safety.database.fetch("SELECT subject, step, due_on, fired_on FROM timers WHERE fired_on IS NOT NULL")
    expected = {(each.id, due.step, due.on) for _, each, steps in waiting for due in fallen_due(steps, LAST)}
    assert {row[:3] for row in fired} == expected
    assert len(fired) == len(expected) > 700
    assert all(0 <= (row[3] - row[2]).days <= 6 for row in fired if row[2] >= FIRST)
    told = await safety.database.fetch(
        "SELECT count(*), count(DISTINCT (subject, data->>'step', data->>'due_on')) FROM events"
        " WHERE type LIKE 'safety.%.escalated'"
    )
    assert told == [(len(expected), len(expected))]


async def test_a_step_done_in_time_is_never_escalated(safety: Service):
    garden = await given.kindergarten(safety)
    officer = safety.client(given.OFFICER)
    made = (await officer.post("/v1/hazards", json=given.hazard(garden))).json()["id"]
    await safety.client(given.INSPECTOR).post(f"/v1/hazards/{made}/gradings", json={})
    await fire(safety.app.state.database, given.TODAY + timedelta(200))
    page = await officer.get("/v1/timers", params={"fired": True, "subject": made})
    steps = [each.step for each in TimerPage.model_validate_json(page.content).items]
    assert "ungraded" not in steps
    assert sorted(steps) == ["due_soon", "overdue", "overdue_district", "overdue_leader", "unassigned"]


async def test_a_step_armed_again_for_the_same_day_does_not_go_off_twice(safety: Service):
    garden = await given.kindergarten(safety)
    database: Database = safety.app.state.database
    (each,) = cases(1, garden)
    for _ in range(2):
        async with database.begin(database.system) as session:
            await arm(session, "hazard", each, ladder(PARAMETERS, each, each.since, frozenset()))
        await fire(database, LAST)
    assert (await safety.database.fetch("SELECT count(*) FROM events"))[0][0] == 1
