"""A child whose period begins or ends today changes hands today, without anyone doing anything."""

from sqlalchemy import text

from shared.db import Database
from shared.jobs import queue


@queue.periodic(cron="1 * * * *")
@queue.task(name="registry.follow_calendar", queue="jobs")
async def follow_calendar(timestamp: int) -> None:  # noqa: ARG001  # the queue says for which moment it calls
    """Put each child where its enrolment of today says. Hourly: a worker that was away at midnight catches up."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    async with database.begin(database.system) as session:
        await session.execute(text("SELECT follow_calendar()"))
