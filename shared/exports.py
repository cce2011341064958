"""Every list as csv, ndjson or xlsx by `Accept`: streamed, with the number of rows and a hash at the end.

The rows come in the list's scope and filters, unpaged, in one read-only transaction, so an export is one moment.
csv and ndjson are made by PostgreSQL and passed on; xlsx is written to a file on disk in constant memory.
"""

import asyncio
import hashlib
import json
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import xlsxwriter
from fastapi import Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from psycopg import sql
from sqlalchemy import func, literal_column, select
from starlette.background import BackgroundTask

from shared.db import Query, Reader
from shared.listing import Listing, chosen_fields, page, plain, used_filters
from shared.schemas import Out, Page

CSV, NDJSON = "text/csv", "application/x-ndjson"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KINDS = {CSV: "csv", NDJSON: "ndjson", XLSX: "xlsx"}
SHEET_ROWS = 1_000_000


def responses(model: type[Out]) -> dict[int | str, dict[str, Any]]:
    """OpenAPI for a list: a page as JSON, or everything as a file."""
    schema = {"$ref": f"#/components/schemas/{model.__name__}"}
    files: dict[str, Any] = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in KINDS}
    return {200: {"content": {"application/json": {"schema": schema}, **files}}}


async def answer(request: Request, reader: Reader, listing: Listing, query: Page, **values: Any) -> Response:
    """A page, or the whole list as the file the caller accepts."""
    accepted = request.headers.get("accept", "").split(",")[0].split(";")[0].strip()
    if accepted not in KINDS:
        return await page(reader, listing, query, **values)
    rows, binds = _rows(listing, query, values)
    name = f"{listing.what}.{KINDS[accepted]}"
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    if accepted == XLSX:
        return await _workbook(reader, rows, binds, disposition)
    return StreamingResponse(_lines(reader, rows, binds, accepted), 200, disposition, accepted)


def _rows(listing: Listing, query: Page, values: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    given = used_filters(query)
    sort = str(plain(getattr(query, "sort", next(iter(listing.sorts)))))
    column, descending = listing.order(sort)
    rows = listing.statement(tuple(sorted(given)))
    if fields := chosen_fields(listing, query):
        rows = rows.with_only_columns(*(rows.selected_columns[name] for name in fields), maintain_column_froms=True)
    keys = (column.desc(), listing.key.desc()) if descending else (column, listing.key)
    return rows.order_by(*keys), {name: plain(value) for name, value in {**given, **values}.items()}


async def _lines(reader: Reader, rows: Any, binds: dict[str, Any], kind: str) -> AsyncIterator[bytes]:
    if kind == NDJSON:
        rows = select(func.row_to_json(literal_column("item"))).select_from(rows.subquery("item"))
    query = Query(rows)
    inner = sql.SQL(query.sql)
    form = "FORMAT csv, HEADER true" if kind == CSV else "FORMAT text"
    digest, count = hashlib.sha256(), 0
    async with reader.database.reading(reader.actor) as connection:
        bound = {**query.defaults, **binds}
        copy = sql.SQL("COPY ({}) TO STDOUT ({})").format(inner, sql.SQL(form))
        async with connection.cursor() as cursor, cursor.copy(copy, bound) as stream:
            if kind == CSV:
                yield "\ufeff".encode()  # so that Excel reads it as UTF-8
            async for block in stream:
                line = bytes(block) if kind == CSV else bytes(block).replace(b"\\\\", b"\\")
                digest.update(line)
                count += 1
                yield line
    if kind == NDJSON:
        yield json.dumps({"manifest": {"rows": count, "sha256": digest.hexdigest()}}).encode() + b"\n"


async def _workbook(reader: Reader, rows: Any, binds: dict[str, Any], headers: dict[str, str]) -> Response:
    with tempfile.NamedTemporaryFile(suffix=".xlsx", delete=False) as file:
        path = file.name
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet, count = book.add_worksheet(), 0
    query = Query(rows)
    async with reader.database.reading(reader.actor) as connection, connection.cursor() as cursor:
        await cursor.execute(query.sql, {**query.defaults, **binds})
        sheet.write_row(0, 0, [column.name for column in cursor.description or ()])
        async for row in cursor:
            count += 1
            if count > SHEET_ROWS:
                break
            sheet.write_row(count, 0, [_cell(value) for value in row])
    await asyncio.to_thread(book.close)
    return FileResponse(
        path, headers=headers | {"X-Rows": str(count)}, media_type=XLSX, background=BackgroundTask(Path(path).unlink)
    )


def _cell(value: Any) -> Any:
    return value if value is None or isinstance(value, (bool, int, float)) else str(value)
