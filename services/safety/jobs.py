"""The work of safety's worker: what falls due happens within minutes of its day, or of the worker's return."""

from services.safety.incidents.actions import find_late_reports
from services.safety.inspection_imports import jobs as inspection_imports
from services.safety.self_checks.actions import find_missed
from services.safety.timers.actions import fire
from shared.days import now, today
from shared.db import Database
from shared.jobs import queue

__all__ = ["find_late", "find_missed_checks", "fire_timers", "inspection_imports"]


def _database() -> Database:
    found: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    return found


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="safety.fire_timers", queue="jobs", queueing_lock="safety.fire_timers", pass_context=False)
async def fire_timers(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Let everything happen that falls due today or fell due while no worker ran."""
    await fire(_database(), today())


@queue.periodic(cron="15 * * * *")
@queue.task(name="safety.find_missed_checks", queue="jobs", queueing_lock="safety.find_missed", pass_context=False)
async def find_missed_checks(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Make a hazard of every self-check that was due and not made."""
    await find_missed(_database(), today())


@queue.periodic(cron="* * * * *")
@queue.task(name="safety.find_late_reports", queue="jobs", queueing_lock="safety.find_late", pass_context=False)
async def find_late(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Make a finding of every report of an incident whose time is over and that nobody made."""
    await find_late_reports(_database(), now())
