"""Taking inspections from a file in somebody else's layout: all faults at once, sent again nothing is doubled."""

import csv
import io
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.inspection_imports.models import OutsideInspection
from services.safety.inspection_imports.rules import Layout, Row, read
from services.safety.inspection_imports.schemas import ImportFault, ImportLayout, InspectionImportOut
from services.safety.kindergartens.models import Kindergarten
from services.safety.offers import office_of
from services.safety.sites.rules import name_key
from shared.auth import Actor
from shared.days import today
from shared.errors import DomainError
from shared.events import announce
from shared.ids import new_id

MOST_ROWS, MOST_FAULTS, BATCH = 50_000, 1_000, 2_000
ENCODINGS = ("utf-8-sig", "gb18030")


class NotATable(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "文件不是 UTF-8 或 GB18030 编码的 CSV 表格。"
    en = "The file is no CSV table in UTF-8 or GB18030."


class ColumnMissing(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "表格没有列“{column}”。"
    en = "The table has no column {column}."


class TooManyRows(DomainError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    zh = "一次最多 {most} 行。"
    en = "At most {most} rows at once."


async def import_inspections(
    session: AsyncSession, actor: Actor, source: str, content: bytes, asked: ImportLayout, *, dry_run: bool
) -> InspectionImportOut:
    """Store the good rows and report the others. Raises NotATable, ColumnMissing, TooManyRows."""
    layout = Layout(**asked.model_dump())
    rows, faults, count = _read(content, layout)
    places = {name_key(each.name): each.id for each in await session.scalars(select(Kindergarten))}
    values = [asdict(row) | {"kindergarten": places.get(name_key(row.facility))} | _ours(actor, source) for row in rows]
    for each in values:
        each["described"] = each.pop("text")
    stored = 0 if dry_run else await _store(session, values)
    if not dry_run:
        data = {"source": source, "stored": stored}
        await announce(
            session, "safety.inspections.imported", "inspection-imports", division=office_of(actor), data=data
        )
    return InspectionImportOut(
        rows=count,
        stored=stored,
        known=0 if dry_run else len(rows) - stored,
        refused=count - len(rows),
        matched=sum(each["kindergarten"] is not None for each in values),
        dry_run=dry_run,
        faults=faults[:MOST_FAULTS],
    )


def _ours(actor: Actor, source: str) -> dict[str, Any]:
    return {"id": new_id(), "division": office_of(actor), "source": source, "imported_by": actor.id}


def _read(content: bytes, layout: Layout) -> tuple[list[Row], list[ImportFault], int]:
    reader = csv.DictReader(io.StringIO(_text(content), newline=""))
    known = set(reader.fieldnames or ())
    for name in ("reference", "facility", "inspected_on", "result", "score", "findings", "text"):
        if (column := getattr(layout, name)) and column not in known:
            raise ColumnMissing(column=column, pointer=f"/{name}")
    rows: list[Row] = []
    faults: list[ImportFault] = []
    count = 0
    try:
        for count, raw in enumerate(reader, 1):
            if count > MOST_ROWS:
                raise TooManyRows(most=MOST_ROWS)
            found = read(layout, raw, today())
            if isinstance(found, Row):
                rows.append(found)
            else:
                faults += [ImportFault(row=count, **asdict(each)) for each in found]
    except csv.Error as error:
        raise NotATable from error
    return rows, faults, count


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NotATable


async def _store(session: AsyncSession, values: list[dict[str, Any]]) -> int:
    stored = 0
    for start in range(0, len(values), BATCH):
        change = insert(OutsideInspection).values(values[start : start + BATCH])
        key = ["source", "reference"]
        found: list[UUID] = list(
            await session.scalars(change.on_conflict_do_nothing(index_elements=key).returning(OutsideInspection.id))
        )
        stored += len(found)
    return stored
