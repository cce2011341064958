"""The work of finance's worker: runs that were asked for, and every night the checks that wait for nobody's entry."""

from services.finance.check_runs.actions import run_nightly
from services.finance.scenarios import work as scenarios
from services.finance.subsidy_runs import work as subsidy_runs
from shared.db import Database
from shared.jobs import queue

__all__ = ["run_checks", "subsidy_runs"]


@queue.periodic(cron="30 18 * * *")  # half past two in the morning in Beijing
@queue.task(name="finance.run_checks", queue="jobs", queueing_lock="finance.run_checks", pass_context=False)
async def run_checks(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Raise what the months before give reason to raise."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    await run_nightly(database)


__all__ = ["scenarios", "subsidy_runs"]
