"""The process that runs jobs: `python -m shared.worker registry`.

A worker that dies leaves its jobs with a stale heartbeat; the next look puts them back in the queue.
"""

import asyncio
import contextlib
import importlib
import sys

import structlog
from psycopg_pool import AsyncConnectionPool

from shared import logs
from shared.db import Database
from shared.jobs import queue
from shared.settings import settings

log = structlog.get_logger()
HEARTBEAT, STALLED = 2.0, 8.0  # seconds


async def rescue() -> None:
    """Retry jobs whose worker has not been heard of."""
    while True:
        for job in await queue.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
            log.warning("job taken over", job=job.id)
            await queue.job_manager.retry_job(job)
        await asyncio.sleep(HEARTBEAT)


async def serve(service: str) -> None:
    """Work until told to stop."""
    logs.configure(settings().log_level, f"{service}-worker")
    importlib.import_module(f"services.{service}.jobs")
    url = settings().app_database_url.get_secret_value()
    database = Database(url, 3, settings().district)
    queue.database = database  # type: ignore[attr-defined]  # the one thing a job's function needs
    await database.open()
    async with AsyncConnectionPool(url, min_size=1, max_size=4, open=False) as pool, queue.open_async(pool):
        rescuing = asyncio.create_task(rescue())
        try:
            await queue.run_worker_async(
                queues=["jobs"],
                concurrency=2,
                fetch_job_polling_interval=2.0,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
                shutdown_graceful_timeout=5.0,
            )
        finally:
            rescuing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await rescuing
            await database.close()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
