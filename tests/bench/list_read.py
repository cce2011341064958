"""The list of children (50 rows × 20 columns of 100,000) beside a bare asyncpg handler of the same SELECT.

Each is served by one worker of the same server; row-level security, token check, routing and paging are on for ours.
Three rounds in turn, the median of each; one embedded PostgreSQL with durable settings for all.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from deploy.databases import Database, provision
from deploy.postgres import embedded
from services.registry.children import queries
from services.registry.days import today
from shared.listing import Shape
from shared.migrations import upgrade
from tests import stack
from tests.bench.results import Result
from tests.faults.plant import ROOT, free_port

CHILDREN, CONNECTIONS, ROUNDS = 100_000, 48, 3
FIELDS = (
    *("id", "name", "sex", "birth_date", "nationality", "ethnicity", "document_type", "document_mask"),
    *("household_division", "household_kind", "residence_division", "overseas_kind", "left_behind"),
    *("disability_kind", "special_care", "first_enrolled_on", "division", "kindergarten", "synthetic", "version"),
)
PATH = f"/v1/children?limit=50&fields={','.join(FIELDS)}"
CLIENT, SECRET = "integration", "x" * 43
FILL = f"""
SET session_replication_role = replica;
INSERT INTO children (id, division, name, pinyin, sex, birth_date, ethnicity, document_type, document_sealed,
  document_index, document_mask, household_division, residence_division, left_behind, synthetic)
SELECT uuid_v7(), v.code, '演示' || n, 'yan shi ' || lpad(n::text, 7, '0'), (1 + n % 2)::text,
  date '2021-01-01' + n % 1000, '01', '1', '\\x00', sha256(n::text::bytea),
  '110***********' || lpad((n % 10000)::text, 4, '0'),
  v.code, v.code, '0', true
FROM generate_series(1, {CHILDREN}) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS place, count(*) OVER () AS units
      FROM divisions WHERE level = 'village') v ON v.place = 1 + n % v.units;
ANALYZE;
"""


async def run(given: argparse.Namespace) -> list[Result]:
    """Measure direct and through the gateway, and the limit."""
    with tempfile.TemporaryDirectory() as folder, embedded(Path(folder)) as server:
        passwords = dict.fromkeys(("registry", "gateway"), stack.PASSWORDS)
        databases = provision(server.admin_url, passwords, "bench")
        for service, database in databases.items():
            upgrade(service, database.owner_url)
            stack.load_reference(service, database.owner_url)
        dsn = stack.with_database(server.admin_url, databases["registry"].name)
        with psycopg.connect(dsn, autocommit=True) as admin:
            admin.execute(FILL)
            limit_sql = _written_out(admin)
        with _serving(databases, dsn, limit_sql) as urls:
            return await _measure(urls, given.seconds)


def _written_out(admin: psycopg.Connection) -> str:
    """The list's own SELECT with its values in it."""
    query = queries.CHILDREN.query(Shape((), "name", FIELDS, 50))
    values = {**query.defaults, "as_of": today()}
    return psycopg.ClientCursor(admin).mogrify(query.sql, values)


@contextmanager
def _serving(databases: dict[str, Database], dsn: str, sql: str) -> Iterator[dict[str, str]]:
    """Registry, gateway and the bare handler, each on a port and one worker."""
    ports = {name: free_port() for name in ("registry", "gateway", "bare")}
    urls = {name: f"http://127.0.0.1:{port}" for name, port in ports.items()}
    common = os.environ | {
        "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS,
        "HUAIYOU_JWKS_URL": f"{urls['gateway']}/.well-known/jwks.json",
        "HUAIYOU_REGISTRY_URL": urls["registry"],
        "HUAIYOU_LIMIT_UNITS": "0",
        "HUAIYOU_LOG_LEVEL": "WARNING",
        "BENCH_DSN": dsn,
        "BENCH_SQL": json.dumps(sql),
    }
    seeds = {"HUAIYOU_SEED_PASSWORDS": "{}", "HUAIYOU_SEED_CLIENTS": json.dumps({CLIENT: SECRET})}
    gateway = common | {"HUAIYOU_APP_DATABASE_URL": databases["gateway"].app_url}
    subprocess.run([sys.executable, "-m", "gateway.seed"], cwd=ROOT, env=gateway | seeds, check=True)
    apps = {"registry": "registry", "gateway": "gateway", "bare": "tests.bench.bare:create_app"}
    running = []
    for name, app in apps.items():
        database = databases["gateway" if name == "gateway" else "registry"]
        env = common | {
            "HUAIYOU_APP_DATABASE_URL": database.app_url,
            "HUAIYOU_LISTEN": f"127.0.0.1:{ports[name]}",
        }
        running.append(
            subprocess.Popen(  # noqa: S603  # our own modules
                [sys.executable, "-m", "deploy.serve", app], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
            )
        )
    try:
        yield urls
    finally:
        for each in running:
            each.terminate()
        for each in running:
            each.wait(20)


async def _measure(urls: dict[str, str], seconds: float) -> list[Result]:
    token = await _token(urls)
    targets = {
        "bare asyncpg handler": urls["bare"] + "/",
        "list of children, direct": urls["registry"] + PATH,
        "list of children, through the gateway": urls["gateway"] + "/registry" + PATH,
    }
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in targets}
    for turn in range(ROUNDS + 1):
        for name, url in targets.items():
            said = await _load(url, 1.5 if turn == 0 else seconds / ROUNDS, token)
            if said["failures"]:
                raise RuntimeError(f"{name}: {said['failures']} answers were not 200: {said['first_failure']}")
            if turn:
                found[name].append(said)
    middle = {
        name: {key: statistics.median(each[key] for each in rounds) for key in ("rate", "p50", "p99")}
        for name, rounds in found.items()
    }
    limit = middle["bare asyncpg handler"]["rate"]
    aims = (None, 0.60, 0.35)
    return [
        Result(
            name,
            each["rate"],
            "requests",
            "the bare handler" if aim else "",
            each["rate"] / limit if aim else None,
            aim,
            f"p50 {each['p50']:.1f} ms, p99 {each['p99']:.1f} ms at {CONNECTIONS} connections",
        )
        for (name, each), aim in zip(middle.items(), aims, strict=True)
    ]


async def _token(urls: dict[str, str]) -> str:
    """Wait for all to answer, and sign in at the gateway as the machine it was seeded with."""
    form = {"grant_type": "client_credentials", "client_id": CLIENT, "client_secret": SECRET}
    deadline = time.monotonic() + 60
    async with aiohttp.ClientSession() as http:
        while time.monotonic() < deadline:
            with suppress(aiohttp.ClientError):
                async with http.post(f"{urls['gateway']}/auth/v1/tokens", data=form) as answer:
                    token = (await answer.json()).get("access_token", "")
                headers = {"Authorization": f"Bearer {token}"}
                checks = (urls["registry"] + PATH, urls["gateway"] + "/registry" + PATH, urls["bare"] + "/")
                answers = [await http.get(url, headers=headers) for url in checks]
                if all(each.status == 200 for each in answers):
                    bodies = [json.loads(await each.read())["items"] for each in answers]
                    if bodies[0] != bodies[1] or bodies[0] != bodies[2]:
                        raise RuntimeError("the three do not answer the same rows")
                    return str(token)
            await asyncio.sleep(0.2)
    raise RuntimeError("the services do not come up")


async def _load(url: str, seconds: float, token: str) -> dict[str, Any]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bench.load", url, str(seconds), str(CONNECTIONS), token),
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    out, _ = await process.communicate()
    said: dict[str, Any] = json.loads(out)
    return said
