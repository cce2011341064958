"""What is written of an import beside the rows themselves: findings, steps, keys, counts, state."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.codes import ImportState
from services.registry.imports.models import Import, ImportFinding, ImportKey, ImportStep
from services.registry.imports.staging import Lane, Step
from services.registry.rolls.faults import RowFault

BATCH = 5000
_findings = text(
    "INSERT INTO import_findings (import_id, number, row, field, value, code, severity, zh, en)"
    " SELECT :import, f.* FROM unnest(CAST(:numbers AS integer[]), CAST(:rows AS integer[]), CAST(:fields AS text[]),"
    " CAST(:values AS text[]), CAST(:codes AS text[]), CAST(:severities AS text[]), CAST(:zh AS text[]),"
    " CAST(:en AS text[])) AS f"
)
_keys = """
SELECT array_agg(row ORDER BY row), array_agg(document_index ORDER BY row), array_agg(class_id ORDER BY row),
       array_agg(since ORDER BY row)
FROM {table} HAVING count(*) > 0
"""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of a file by what became of them."""

    rows: int
    accepted: int
    faults: Sequence[RowFault]

    @property
    def refused(self) -> int:
        return self.rows - self.accepted

    @property
    def refusing(self) -> bool:
        return any(each.refuses for each in self.faults)

    @property
    def counts(self) -> dict[str, int]:
        warnings = sum(not each.refuses for each in self.faults)
        return {"rows": self.rows, "accepted": self.accepted, "refused": self.refused, "warnings": warnings}


async def add_findings(session: AsyncSession, import_id: UUID, faults: Iterable[RowFault]) -> None:
    """Store findings after those there are, in the order of the file."""
    last = await session.scalar(select(func.max(ImportFinding.number)).where(ImportFinding.import_id == import_id))
    ordered = sorted(faults, key=lambda each: each.row)
    for start in range(0, len(ordered), BATCH):
        batch = ordered[start : start + BATCH]
        first = (last or 0) + start + 1
        columns: dict[str, Any] = {
            "numbers": list(range(first, first + len(batch))),
            "rows": [each.row for each in batch],
            "fields": [each.field for each in batch],
            "values": [each.value for each in batch],
            "codes": [each.code for each in batch],
            "severities": [each.severity for each in batch],
            "zh": [each.zh for each in batch],
            "en": [each.en for each in batch],
        }
        await session.execute(_findings, columns | {"import": import_id})


async def refused_rows(session: AsyncSession, import_id: UUID) -> frozenset[int]:
    """Rows that an earlier check refused."""
    query = select(ImportFinding.row).where(ImportFinding.import_id == import_id, ImportFinding.severity != "warning")
    return frozenset(await session.scalars(query))


async def forget_check(session: AsyncSession, import_id: UUID) -> None:
    """Drop what a check that broke off has left."""
    for part in (ImportFinding, ImportKey, ImportStep):
        await session.execute(delete(part).where(part.import_id == import_id))


async def forget_keys(session: AsyncSession, import_id: UUID) -> None:
    """Drop what a dry run kept."""
    await session.execute(delete(ImportKey).where(ImportKey.import_id == import_id))


async def keep_keys(session: AsyncSession, lanes: Sequence[Lane], steps: Iterable[Step], import_id: UUID) -> None:
    """Keep what the rows of a dry run hang on, instead of what was kept before."""
    await forget_keys(session, import_id)
    for step in steps:
        for rows, documents, classes, days in await lanes[step.lane].rows(_keys.format(table=step.table)):
            values = {"rows": rows, "documents": documents, "classes": classes, "days": days}
            await session.execute(insert(ImportKey).values(import_id=import_id, first_row=rows[0], **values))


async def plan_steps(session: AsyncSession, import_id: UUID, steps: Iterable[Step]) -> None:
    """Write down which kindergartens are stored together."""
    rows = [
        {
            "import_id": import_id,
            "number": step.number,
            "kindergartens": [UUID(each) for each in step.kindergartens],
            "rows": step.rows,
        }
        for step in steps
        if step.kindergartens
    ]
    if rows:
        await session.execute(insert(ImportStep), rows)


async def set_state(session: AsyncSession, import_id: UUID, state: ImportState, **values: Any) -> None:
    await session.execute(update(Import).where(Import.id == import_id).values(state=state.value, **values))


async def stored_so_far(session: AsyncSession, import_id: UUID) -> dict[str, int]:
    """Children born and updated by the steps that are done."""
    query = select(
        func.coalesce(func.sum(ImportStep.rows - ImportStep.updated), 0),
        func.coalesce(func.sum(ImportStep.updated), 0),
    ).where(ImportStep.import_id == import_id, ImportStep.stored_at.is_not(None))
    born, updated = (await session.execute(query)).one()
    return {"born": int(born), "updated": int(updated)}
