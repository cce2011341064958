"""The worker's part: what it does by itself is registered and does its work."""

from datetime import timedelta

import pytest

from services.safety import jobs
from shared.jobs import queue
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service


def test_the_worker_knows_what_to_do_by_itself():
    names = {task.task.name for task in queue.periodic_registry.periodic_tasks.values()}
    assert {"safety.fire_timers", "safety.find_missed_checks", "safety.find_late_reports"} <= names


async def test_what_fell_due_happens_when_the_worker_comes_back(safety: Service, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(queue, "database", safety.app.state.database, raising=False)
    await given.checklist(safety, since=TODAY - timedelta(10))
    garden = await given.kindergarten(safety)
    await safety.client(OFFICER).post("/v1/hazards", json=given.hazard(garden))
    await safety.database.fetch("UPDATE timers SET due_on = due_on - 30")
    for task in (jobs.fire_timers, jobs.find_missed_checks, jobs.find_late):
        await task(0)
    fired = await safety.database.fetch("SELECT step FROM timers WHERE fired_on IS NOT NULL AND step = 'ungraded'")
    assert fired == [("ungraded",)]
    missed = await safety.database.fetch("SELECT count(*) > 0 FROM hazards WHERE source = 'missed_check'")
    assert missed == [(True,)]
