"""A list of 50 children with 20 columns each, beside a bare handler that sends the same JSON.

The limit: one asyncpg statement, no token, no row-level security, no framework. Ours: the registry with token check and
row-level security, directly and through the gateway with its limits counted. Every program runs under granian with one
worker, in a register of a hundred thousand children on the embedded PostgreSQL.
"""

import argparse
import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Text, func, literal_column, select
from sqlalchemy.dialects import postgresql

from deploy.postgres import embedded
from services.registry.children.queries import CHILDREN
from tests import stack
from tests.bench import served
from tests.bench.results import Result
from tests.registry.rolls import made as rolls

ROWS, COLUMNS, CHILDREN_THERE, CLIENTS = 50, 20, 100_000, 64
AIMS = {"direct": 0.60, "gateway": 0.35}
FIELDS = tuple(str(column.key) for column in CHILDREN.select.selected_columns)[:COLUMNS]
_children = """
INSERT INTO children (id, division, kindergarten, name, pinyin, sex, birth_date, ethnicity, document_type,
  document_sealed, document_index, document_mask, residence_division, first_enrolled_on, synthetic)
SELECT uuid_v7(), c.division, c.kindergarten, '示例' || n, 'shi li ' || md5(n::text), '1', '2023-01-01', '01', '1',
  sha256(n::text::bytea), sha256(n::text::bytea), '110***********0010', c.division, c.since, true
FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM classes) c
JOIN generate_series(0, %s - 1) n ON n / 28 = c.place
"""
_enrolments = """
INSERT INTO enrolments (id, child, class_id, kindergarten, division, since, reason_in, synthetic)
SELECT uuid_v7(), k.id, c.id, c.kindergarten, c.division, c.since, 'new', true
FROM (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM children) k
JOIN (SELECT *, row_number() OVER (ORDER BY id) - 1 AS place FROM classes) c ON c.place = k.place / 28
"""


async def run(given: argparse.Namespace) -> list[Result]:
    """Measure the limit and both ways, one after the other, twice; the better of each counts."""
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder)) as server:
        stack.make_templates(server.admin_url, ["registry", "gateway"])
        registry, gateway = (stack.Database.clone(server.admin_url, name, "bench") for name in ("registry", "gateway"))
        return await asyncio.to_thread(_measured, registry, gateway, given.seconds)


def _measured(registry: stack.Database, gateway: stack.Database, seconds: float) -> list[Result]:
    _fill(registry)
    ports = {name: free_port() for name in ("bare", "registry", "gateway")}
    pem = stack.SIGNING.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    common = {
        served.KEY: pem,
        served.STATEMENT: statement(),
        served.URL: registry.admin_url,
        "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS,
        "HUAIYOU_REGISTRY_URL": f"http://127.0.0.1:{ports['registry']}",
        "HUAIYOU_LIMIT_UNITS": str(10**9),
        "HUAIYOU_LOG_LEVEL": "ERROR",
    }
    urls = {"bare": registry.app_url, "registry": registry.app_url, "gateway": gateway.app_url}
    token = stack.token(("registrar", "110116"), seconds=3600)
    query = f"limit={ROWS}&fields={','.join(FIELDS)}"
    asked = {
        "bare": (f"http://127.0.0.1:{ports['bare']}/?{query}", ""),
        "direct": (f"http://127.0.0.1:{ports['registry']}/v1/children?{query}", token),
        "gateway": (f"http://127.0.0.1:{ports['gateway']}/registry/v1/children?{query}", token),
    }
    with contextlib.ExitStack() as running:
        for name, port in ports.items():
            running.enter_context(serving(name, port, common | {"HUAIYOU_APP_DATABASE_URL": urls[name]}))
        for url, secret in asked.values():
            _answers(url, secret)
        rounds = [{way: _asked(*where, seconds) for way, where in asked.items()} for _ in range(2)]
    found = {way: max((each[way] for each in rounds), key=lambda one: one["rate"]) for way in asked}
    return [_result(way, found[way], found["bare"]["rate"]) for way in asked]


def _result(way: str, found: dict[str, float], limit: float) -> Result:
    names = {"bare": "bare asyncpg handler", "direct": "registry, direct", "gateway": "registry, through the gateway"}
    note = f"{CLIENTS} clients, p50 {found['p50']:.0f} ms, p99 {found['p99']:.0f} ms, {found['bytes'] / 1000:.1f} kB"
    if found["faults"]:
        note += f", {found['faults']:.0f} answers were no 200"
    what = f"list of {ROWS} × {COLUMNS}: {names[way]}"
    return Result(
        what, found["rate"], "answers", "" if way == "bare" else "the limit", *_share(way, found, limit), note
    )


def _share(way: str, found: dict[str, float], limit: float) -> tuple[float | None, float | None]:
    return (None, None) if way == "bare" else (found["rate"] / limit, AIMS[way])


def statement() -> str:
    """The list's own SELECT, its JSON built by PostgreSQL, with values instead of parameters."""
    table = CHILDREN.select
    column = CHILDREN.sorts["name"]
    rows = table.with_only_columns(*(table.selected_columns[name] for name in FIELDS), maintain_column_froms=True)
    page = rows.order_by(column, CHILDREN.key).limit(ROWS).params(as_of=date.today()).subquery("item")  # noqa: DTZ011  # any day
    listed = func.json_agg(literal_column("item"))
    whole = select(func.json_build_object("items", listed).cast(Text)).select_from(page)
    return str(whole.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))  # type: ignore[no-untyped-call]


def _fill(database: stack.Database) -> None:
    """A hundred thousand children in their classes, past triggers and checks: only reading is measured."""
    rolls.open_rooms(database.admin_url, rolls.rooms(CHILDREN_THERE // rolls.SIZE + 1))
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute("SET session_replication_role = replica")
        admin.execute(_children, [CHILDREN_THERE])
        admin.execute(_enrolments)
        admin.execute("VACUUM ANALYZE")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def serving(name: str, port: int, settings: dict[str, str], workers: int = 1) -> Iterator[None]:
    """One program under granian."""
    env = os.environ | settings | {"HUAIYOU_LISTEN": f"127.0.0.1:{port}", "HUAIYOU_WORKERS": str(workers)}
    argv = [sys.executable, "-m", "deploy.serve", f"tests.bench.served:{name}"]
    process = subprocess.Popen(argv, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  # ours
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(12)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, token: str) -> None:
    """Wait for the first good answer, and see that it holds what it should."""
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})  # noqa: S310  # ours
    for _ in range(300):
        try:
            with urllib.request.urlopen(asked, timeout=5) as answer:  # noqa: S310  # our own address
                rows = json.loads(answer.read())["items"]
        except OSError:
            time.sleep(0.1)
            continue
        if [len(rows), {len(row) for row in rows}] != [ROWS, {COLUMNS}]:
            raise RuntimeError(f"{url} answers {len(rows)} rows")
        return
    raise RuntimeError(f"{url} does not answer")


def _asked(url: str, token: str, seconds: float) -> dict[str, float]:
    argv = [sys.executable, "-m", "tests.bench.load", url, str(CLIENTS), str(seconds), *([token] if token else [])]
    found: dict[str, float] = json.loads(subprocess.run(argv, check=True, capture_output=True).stdout)  # noqa: S603  # ours
    return found
