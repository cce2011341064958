"""Files of imports are not kept longer than anyone needs them: they hold the identifiers of children in full."""

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.models import Import, ImportFile, ImportKey
from services.registry.parameters.published import PARAMETERS
from services.registry.parameters.rules import in_force
from shared.days import today
from shared.db import Database
from shared.jobs import queue


@queue.periodic(cron="31 18 * * *")
@queue.task(name="registry.forget_import_files", queue="jobs", queueing_lock="registry.forget_import_files")
async def forget_import_files(timestamp: int) -> None:  # noqa: ARG001  # a periodic task is told which tick it is
    """Delete what is too old, every night in Beijing."""
    database: Database = queue.database  # type: ignore[attr-defined]  # the worker hands it over
    async with database.begin(database.system) as session:
        await forget_old_files(session)


async def forget_old_files(session: AsyncSession) -> None:
    """Delete files, and what dry runs kept, of imports older than the parameter says; findings and counts stay."""
    days = in_force(PARAMETERS, "import_file_days", today()).number
    old = select(Import.id).where(Import.created_at < today() - timedelta(days=int(days)))
    for part in (ImportFile, ImportKey):
        await session.execute(delete(part).where(part.import_id.in_(old)))
