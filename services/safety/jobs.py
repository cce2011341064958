"""The work of safety's worker: what falls due happens within ten minutes of its day, or of the worker's return."""

from services.safety.days import today
from services.safety.timers.actions import fire
from shared.db import Database
from shared.jobs import queue


@queue.periodic(cron="*/10 * * * *")
@queue.task(name="safety.fire_timers", queue="jobs", queueing_lock="safety.fire_timers", pass_context=False)
async def fire_timers(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Let everything happen that falls due today or fell due while no worker ran."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    await fire(database, today())
