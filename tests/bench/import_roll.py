"""A roll imported, beside a bare COPY of the same rows.

The limit is the file itself, streamed by COPY into a table of text columns without key, index or constraint. The
import reads the same file, checks every cell, seals and blinds every identifier and stores children, guardians and
enrolments under row-level security with all their keys; it is measured from the start of its job to its end. For
comparison the rows it stored are copied into bare tables too. PostgreSQL is the embedded one with durable settings.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import sql

from deploy.postgres import embedded
from services.registry.rolls import processes
from services.registry.rolls.columns import KEYS
from shared.jobs import perform
from shared.settings import settings
from tests import stack
from tests.bench.results import Result
from tests.registry.rolls import made as rolls

AIM = 0.25
STORED = ("children", "guardians", "enrolments")
PIECE = 1 << 20
BATCH = 20_000


async def run(given: argparse.Namespace) -> list[Result]:
    """Measure each size in a database of its own."""
    found: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder)) as server:
        stack.make_templates(server.admin_url, ["registry"])
        try:
            await _measure(server.admin_url, 4000)  # starts the helping processes, which stay
            for rows in given.rows:
                found += await _measure(server.admin_url, rows)
                if rows <= BATCH:
                    found += await _measure(server.admin_url, rows, atomicity="atomic")
                    found += await _measure(server.admin_url, rows, name="roll.xlsx")
        finally:
            processes.dismiss()
    return found


async def _measure(admin_url: str, rows: int, *, atomicity: str = "partial", name: str = "roll.csv") -> list[Result]:
    database = stack.Database.clone(admin_url, "registry", "bench")
    os.environ["HUAIYOU_APP_DATABASE_URL"], os.environ["HUAIYOU_FIELD_KEYS"] = database.app_url, stack.FIELD_KEYS
    settings.cache_clear()
    try:
        rooms = rolls.rooms(rows // rolls.SIZE + 1)
        rolls.open_rooms(database.admin_url, rooms)
        content = b"".join(_csv(rooms, rows))
        sheet = rolls.as_xlsx(rolls.each_row(rooms, rows)) if name.endswith("xlsx") else content
        bare = _bare(database.admin_url, content, rows)
        async with stack.running("registry", database) as registry:
            client = registry.client(("registrar", "110116"))
            answer = await client.post(
                "/v1/imports", files={"file": (name, sheet)}, data={"mode": "commit", "atomicity": atomicity}
            )
            answer.raise_for_status()
            begin = time.perf_counter()
            await perform(registry.app.state.database, UUID(answer.json()["job"]))
            taken = time.perf_counter() - begin
        kept = await database.fetch("SELECT count(*) FROM children")
        if kept != [(rows,)]:
            why = await database.fetch("SELECT code, count(*), min(row) FROM import_findings GROUP BY code")
            raise RuntimeError(f"{kept[0][0]} children of {rows} were stored: {why}")
        stored = _stored(database.admin_url, rows)
    finally:
        await asyncio.to_thread(database.drop)
    what = f"roll of {rows:,} rows, {name.rsplit('.', maxsplit=1)[-1]}, {atomicity}"
    made = rows / taken
    return [
        Result(what, made, "rows", "COPY of the file", made / bare, AIM),
        Result(f"  bare COPY of the file ({rows:,} rows)", bare, "rows"),
        Result(
            "  bare COPY of the rows it stores", stored, "rows", share=None, note=f"import: {made / stored:.3f} of it"
        ),
    ]


def _csv(rooms: list[rolls.Room], rows: int) -> Iterator[bytes]:
    """The file, a batch of rows at a time."""
    each = rolls.each_row(rooms, rows)
    for start in range(0, rows, BATCH):
        batch = rolls.as_csv(islice(each, BATCH), "utf-8")
        yield batch if start == 0 else batch.partition(b"\r\n")[2]


def _bare(admin_url: str, content: bytes, rows: int) -> float:
    """Rows a second of the file copied into a plain table, the best of three."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(key)) for key in KEYS)
        return max(_copied(admin, columns, content, "FORMAT csv, HEADER", rows) for _ in range(3))


def _copied(admin: psycopg.Connection, columns: sql.Composable, content: bytes, form: str, rows: int) -> float:
    admin.execute("DROP TABLE IF EXISTS bare")
    admin.execute(sql.SQL("CREATE TABLE bare ({})").format(columns))
    begin = time.perf_counter()
    with admin.cursor() as cursor, cursor.copy(f"COPY bare FROM STDIN ({form})") as copy:
        for start in range(0, len(content), PIECE):
            copy.write(content[start : start + PIECE])
    taken = time.perf_counter() - begin
    admin.execute("DROP TABLE bare")
    return rows / taken


def _stored(admin_url: str, rows: int) -> float:
    """Rows of the roll a second when what was stored is copied into plain tables."""
    taken = 0.0
    with psycopg.connect(admin_url, autocommit=True) as admin:
        for table in STORED:
            with admin.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                content = b"".join(bytes(piece) for piece in copy)
            shape = admin.execute(
                "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
                [table],
            ).fetchall()
            columns = sql.SQL(", ").join(
                sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in shape
            )
            taken += rows / _copied(admin, columns, content, "FORMAT binary", rows)
    return rows / taken
