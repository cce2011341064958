"""The refused rows as a workbook: each as it was sent, with what is wrong in its cells."""

import asyncio
import io
from collections import defaultdict
from collections.abc import Mapping
from typing import cast

import xlsxwriter
from psycopg import AsyncConnection
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.imports.filing import kept_file
from services.registry.imports.models import Import, ImportFinding
from services.registry.rolls import processes
from services.registry.rolls.columns import COLUMNS, NOTES, PLACE, Column, Header, understand
from services.registry.rolls.reading import ROLL_SHEET, Source, records, text_source
from services.registry.rolls.template import head
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.errors import DomainError
from shared.logs import trace_id
from shared.platform.tables import AccessLog

NOTE_COLUMNS = tuple(Column(name, name, width=12 if name == NOTES[0] else 60) for name in NOTES)
Said = Mapping[int, Mapping[str, list[str]]]


class NothingToCorrect(DomainError):
    zh = "没有需要更正的行,或文件已不再保存。"
    en = "No row needs correction, or the file is not kept any more."


async def workbook(session: AsyncSession, keys: KeyRing, actor: Actor, found: Import) -> bytes:
    """Make the workbook and log the look at the identifiers in it. Raises NothingToCorrect."""
    query = select(ImportFinding.row, ImportFinding.field, ImportFinding.zh).where(
        ImportFinding.import_id == found.id, ImportFinding.severity != "warning"
    )
    said: defaultdict[int, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row, field, zh in await session.execute(query.order_by(ImportFinding.number)):
        said[row][field].append(zh)
    raw = await (await session.connection()).get_raw_connection()
    content = await kept_file(cast("AsyncConnection", raw.driver_connection), keys, found.id)
    if not said or not content or not found.rows:
        raise NothingToCorrect
    session.add(
        AccessLog(
            actor=actor.id,
            purpose="更正导入的花名册",
            subject=f"imports/{found.id}",
            fields=["document_number", "phone"],
            division=found.division,
            kindergarten=found.kindergarten,
            trace=trace_id(),
        )
    )
    if found.format == "xlsx":
        source = await processes.open_workbook(content)
    else:
        source = await asyncio.to_thread(text_source, found.format, content)  # type: ignore[arg-type]  # a check constraint knows the three
    return await asyncio.to_thread(_written, source, said)


def _written(source: Source, said: Said) -> bytes:
    """Refused rows in the order of our own columns, faulty cells marked and commented."""
    header = understand(source.header)
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    sheet = book.add_worksheet(ROLL_SHEET)
    head(book, sheet, [*COLUMNS, *NOTE_COLUMNS])
    plain = book.add_format({"num_format": "@"})
    wrong = book.add_format({"num_format": "@", "bg_color": "#FFD6D6"})
    line = 0
    for number, row in enumerate(records(source.dialect, source.body), source.first):
        if row is None or number not in said:
            continue
        line += 1
        for place, cell in enumerate(_ours(header, row)):
            found = said[number].get(COLUMNS[place].key)
            sheet.write_string(line, place, cell, wrong if found else plain)
            if found:
                sheet.write_comment(line, place, "\n".join(found))
        sheet.write_string(line, len(COLUMNS), str(number), plain)
        sheet.write_string(line, len(COLUMNS) + 1, _told(said[number]), plain)
    book.close()
    return made.getvalue()


def _ours(header: Header, row: list[str]) -> list[str]:
    longest = 32_767  # characters a cell of a workbook can hold
    return [row[place][:longest] if 0 <= place < len(row) else "" for place in header.positions]


def _told(found: Mapping[str, list[str]]) -> str:
    return ";".join(
        f"{COLUMNS[PLACE[field]].zh if field in PLACE else field}:{'、'.join(sentences)}"
        for field, sentences in found.items()
    )
