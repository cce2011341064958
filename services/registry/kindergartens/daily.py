"""What the calendar does by itself: a change that was planned takes effect on its day.

The other services keep today's state only, so on the day they are told. It is looked at every hour, one minute past:
cron counts in UTC, and Beijing's midnight is the beginning of one of its hours. A run that was missed costs nothing,
since the next one announces whatever stands otherwise than was last told.
"""

from services.registry.kindergartens.announcements import announce_due_changes
from shared.db import Database
from shared.jobs import queue


@queue.periodic(cron="1 * * * *")
@queue.task(
    name="registry.announce_due_changes",
    queue="jobs",
    queueing_lock="registry.announce_due_changes",
    pass_context=False,
)
async def announce_due(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Announce every kindergarten that stands otherwise today than was last told."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    async with database.begin(database.system) as session:
        await announce_due_changes(session)
