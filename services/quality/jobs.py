"""The work of quality's worker: what ends by the passing of days ends within the hour of its day."""

from services.quality.annual_inspections.deadlines import conclude_due
from shared.days import today
from shared.db import Database
from shared.jobs import queue


@queue.periodic(cron="5 * * * *")
@queue.task(name="quality.conclude", queue="jobs", queueing_lock="quality.conclude", pass_context=False)
async def conclude(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """End annual inspections that nobody can appeal any more."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    await conclude_due(database, today())
