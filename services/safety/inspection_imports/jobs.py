"""The job: a kept file becomes inspections of others, and a list of what is wrong with its rows.

It may be killed at any moment: what is stored is written down with it, and a worker that takes over reads the file
again and goes on behind the last batch.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.inspection_imports.models import (
    InspectionImport,
    InspectionImportFault,
    InspectionImportFile,
    OutsideInspection,
)
from services.safety.inspection_imports.rules import Layout, Reading, Row, RowFault, missing
from services.safety.inspection_imports.schemas import ImportLayout
from services.safety.inspection_imports.tables import Unreadable, rows
from services.safety.kindergartens.models import Kindergarten
from services.safety.sites.rules import name_key
from shared.days import today
from shared.events import announce
from shared.ids import new_id
from shared.jobs import Cancelled, Work, job

MOST_ROWS, MOST_FAULTS, BATCH = 200_000, 20_000, 2_000
# The rows as one parameter: a thousand rows of parameters took seconds to compile.
STORE = text("""
WITH told AS (SELECT * FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS r(id uuid, kindergarten uuid, reference text,
  facility text, inspected_on date, day_precision text, result text, score numeric, findings integer, text text)),
stored AS (
  INSERT INTO outside_inspections (id, division, kindergarten, import_id, source, reference, facility, inspected_on,
    day_precision, result, score, findings, described, imported_by)
  SELECT id, :division, kindergarten, :import, :source, reference, facility, inspected_on, day_precision, result, score,
         findings, text, :by
  FROM told ON CONFLICT (source, reference) DO NOTHING RETURNING 1)
SELECT count(*) FROM stored
""")


@dataclass(slots=True)
class Read:
    """What a file says."""

    good: list[Row] = field(default_factory=list)
    faults: list[tuple[int, RowFault]] = field(default_factory=list)
    count: int = 0
    refused: int = 0
    unreadable: bool = False


def read_file(format: str, content: bytes, layout: Layout) -> Read:
    """Every row, or what is wrong with it; a file that is no such table has one fault at its heading."""
    found = Read()
    try:
        header, table = rows(format, content)
        if lacking := missing(layout, header):
            found.faults = [(1, RowFault(each, "", "column-missing", f"表格没有列“{each}”")) for each in lacking]
            found.unreadable = True
            return found
        reading = Reading(layout, today())
        for number, raw in enumerate(islice(table, MOST_ROWS + 1), 2):
            found.count += 1
            row = [RowFault("", "", "not-a-row", "不是一行数据")] if raw is None else reading.read(raw)
            if isinstance(row, Row):
                found.good.append(row)
            else:
                found.refused += 1
                found.faults += [(number, each) for each in row]
    except Unreadable as why:
        return Read(faults=[(1, RowFault("", "", "not-a-table", why.zh))], unreadable=True)
    if found.count > MOST_ROWS:
        return Read(faults=[(1, RowFault("", "", "too-many-rows", f"一次最多 {MOST_ROWS} 行"))], unreadable=True)
    return found


@job("safety.inspections.import")
async def import_inspections(work: Work) -> Mapping[str, Any] | None:
    """Check a table, and store its sound rows when that was asked."""
    sent = UUID(work.arguments["import"])
    try:
        return await _import(work, sent)
    except Cancelled:
        async with work.database.begin(work.actor) as session:
            (await _held(session, sent)).state = "cancelled"
        raise


async def _held(session: AsyncSession, id: UUID) -> InspectionImport:
    return await session.get_one(InspectionImport, id, with_for_update=True)


async def _import(work: Work, id: UUID) -> Mapping[str, Any] | None:
    async with work.step(message="读取文件") as session:
        found = await _held(session, id)
        if found.state not in ("received", "storing"):
            return {"state": found.state}
        content = await session.scalar(select(InspectionImportFile.content).where(InspectionImportFile.import_id == id))
        places = {name_key(each.name): each.id for each in await session.scalars(select(Kindergarten))}
    layout = Layout(**ImportLayout.model_validate(found.layout).model_dump())
    read = await asyncio.to_thread(read_file, found.format, content or b"", layout)
    async with work.step(total=len(read.good), message="检查") as session:
        checked = await _check(session, id, read, places)
        if checked.state != "storing":
            await work.finish(session, _result(checked))
            return None
    for start, batch in _batches(read.good, work.checkpoint.get("stored", 0)):
        end = start + len(batch)
        async with work.step(done=end, total=len(read.good), message="写入", stored=end) as session:
            await _store(session, id, batch, places)
    async with work.step(done=len(read.good), total=len(read.good), message="完成") as session:
        ended = await _end(session, id)
        await work.finish(session, _result(ended))
    return None


def _batches(good: Sequence[Row], stored: int) -> Iterator[tuple[int, Sequence[Row]]]:
    for start in range(stored, len(good), BATCH):
        yield start, good[start : start + BATCH]


async def _check(session: AsyncSession, id: UUID, read: Read, places: Mapping[str, UUID]) -> InspectionImport:
    """Write down what was found, and what follows from it."""
    found = await _held(session, id)
    found.rows, found.accepted, found.refused = read.count, len(read.good), read.refused
    found.matched = sum(name_key(row.facility) in places for row in read.good)
    await session.execute(delete(InspectionImportFault).where(InspectionImportFault.import_id == id))
    faults = [
        asdict(fault) | {"import_id": id, "number": number, "row": row, "division": found.division}
        for number, (row, fault) in enumerate(read.faults[:MOST_FAULTS], 1)
    ]
    for start in range(0, len(faults), BATCH):
        await session.execute(insert(InspectionImportFault), faults[start : start + BATCH])
    if found.state == "received":
        found.checked_at = await session.scalar(select(func.now()))
    if read.unreadable or (found.mode == "commit" and found.atomicity == "atomic" and read.refused):
        found.state = "refused"
    else:
        found.state = "storing" if found.mode == "commit" else "checked"
    if found.state == "checked":
        found.known = await _known(session, found.source, [row.reference for row in read.good])
    return found


async def _known(session: AsyncSession, source: str, references: Sequence[str]) -> int:
    """How many of these are on record already."""
    known = 0
    for start in range(0, len(references), BATCH):
        some = OutsideInspection.reference.in_(references[start : start + BATCH])
        known += await session.scalar(select(func.count()).where(OutsideInspection.source == source, some)) or 0
    return known


async def _store(session: AsyncSession, id: UUID, batch: Sequence[Row], places: Mapping[str, UUID]) -> None:
    found = await _held(session, id)
    rows = [asdict(row) | {"id": new_id(), "kindergarten": places.get(name_key(row.facility))} for row in batch]
    asked = {"import": id, "division": found.division, "source": found.source, "by": found.actor}
    stored = (await session.execute(STORE, asked | {"rows": to_json(rows).decode()})).scalar_one()
    found.stored, found.known = found.stored + stored, found.known + len(batch) - stored


async def _end(session: AsyncSession, id: UUID) -> InspectionImport:
    found = await _held(session, id)
    found.state, found.stored_at = "stored", await session.scalar(select(func.now()))
    await session.execute(delete(InspectionImportFile).where(InspectionImportFile.import_id == id))
    data = {"source": found.source, "stored": found.stored, "known": found.known, "refused": found.refused}
    await announce(
        session, "safety.inspections.imported", f"inspection-imports/{id}", division=found.division, data=data
    )
    return found


def _result(found: InspectionImport) -> dict[str, Any]:
    names = ("state", "rows", "accepted", "refused", "matched", "stored", "known")
    return {name: getattr(found, name) for name in names}
