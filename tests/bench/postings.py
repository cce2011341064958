"""Postings through the API, beside pgbench on the same server.

Ours: entries of two lines, each a request of its own with token, scope, ledger rules and event, committed durably —
all into one book and account (hot), spread over forty books, and in batches of a hundred, both hot and spread.
The limit: pgbench's own TPC-B transaction, once on one branch that every client updates, once spread. PostgreSQL is
the embedded one.
"""

import argparse
import asyncio
import contextlib
import itertools
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deploy.postgres import Server, embedded
from tests import stack
from tests.bench import served
from tests.bench.list_read import free_port, serving
from tests.bench.results import Result, table
from tests.finance import given as rows

CLIENTS, BOOKS, BATCH, LINES = 32, 40, 100, 2
CORES = os.cpu_count() or 1
AIM = 2000.0  # postings a second, on four cores


async def run(given: argparse.Namespace) -> list[Result]:
    """Measure pgbench, then the API, on one server."""
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder)) as server:
        hot = await asyncio.to_thread(_pgbench, server, 1, given.seconds)
        spread = await asyncio.to_thread(_pgbench, server, 50, given.seconds)
        stack.make_templates(server.admin_url, ["finance"])
        database = stack.Database.clone(server.admin_url, "finance", "bench")
        async with stack.running("finance", database) as finance:
            books = [(await rows.book(finance, await rows.kindergarten(finance)))["id"] for _ in range(BOOKS)]
        with _served(database) as url:
            found = [await _posted(url, turn, size, given.seconds) for turn, size in _ways(books)]
        await asyncio.to_thread(database.drop)
    names = (
        "one book and account",
        f"spread over {BOOKS} books",
        f"batches of {BATCH}, one book and account",
        f"batches of {BATCH}, spread",
    )
    limits = (hot, spread, hot, spread)
    ours = [
        Result(f"postings, {name}", rate, "postings", "pgbench", rate / LINES / limit, note=note)
        for name, limit, (rate, note) in zip(names, limits, found, strict=True)
    ]
    bare = [
        Result("  pgbench TPC-B, one branch", hot, "transactions"),
        Result("  pgbench TPC-B, fifty branches", spread, "transactions"),
    ]
    return ours + bare


def _ways(books: list[str]) -> Iterator[tuple[Callable[[], str], int]]:
    """Which book comes next, and entries a request."""
    turn = itertools.cycle(books)
    yield lambda: books[0], 1
    yield lambda: next(turn), 1
    yield lambda: books[0], BATCH
    yield lambda: next(turn), BATCH


def _pgbench(server: Server, scale: int, seconds: float) -> float:
    """Transactions a second of pgbench's own script."""
    argv = [str(server.bin / "pgbench"), server.admin_url]
    subprocess.run([*argv, "-i", "-q", "-s", str(scale)], check=True, capture_output=True)  # noqa: S603  # ours
    asked = ["-n", "-c", str(CLIENTS), "-j", "2", "-T", str(int(seconds)), "-M", "prepared"]
    said = subprocess.run([*argv, *asked], check=True, capture_output=True, text=True).stdout  # noqa: S603  # ours
    found = re.search(r"tps = ([\d.]+)", said)
    if found is None:
        raise RuntimeError(said)
    return float(found[1])


@contextlib.contextmanager
def _served(database: stack.Database) -> Iterator[str]:
    port = free_port()
    pem = stack.SIGNING.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    settings = {
        served.KEY: pem,
        "HUAIYOU_APP_DATABASE_URL": database.app_url,
        "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS,
        "HUAIYOU_LOG_LEVEL": "ERROR",
    }
    with serving("finance", port, settings, workers=max(1, CORES // 2)):
        yield f"http://127.0.0.1:{port}"


async def _posted(url: str, turn: Callable[[], str], size: int, seconds: float) -> tuple[float, str]:
    """Postings a second of many clients, and what was said of the answers."""
    headers = {"Authorization": f"Bearer {stack.token(rows.PREPARER, seconds=3600)}"}
    keys, faults, taken = itertools.count(), 0, list[float]()

    def body() -> tuple[str, Any]:
        made = [
            rows.entry(f"{os.getpid()}-{id(turn)}-{next(keys)}", "2025-09-10", ("1002", "12.34"), ("4101", "-12.34"))
        ]
        made += [made[0] | {"source_key": f"{made[0]['source_key']}-{n}"} for n in range(1, size)]
        return ("entries", made[0]) if size == 1 else ("entry-batches", {"entries": made})

    async def client(http: aiohttp.ClientSession, until: float) -> None:
        nonlocal faults
        while (now := time.perf_counter()) < until:
            path, sent = body()
            async with http.post(f"{url}/v1/books/{turn()}/{path}", json=sent) as answer:
                faults += answer.status != 201
                await answer.read()
            taken.append(time.perf_counter() - now)

    connector = aiohttp.TCPConnector(limit=CLIENTS)
    async with aiohttp.ClientSession(connector=connector, headers=headers) as http:
        await _answers(http, url)
        for length in (1.0, seconds):
            taken.clear()
            begin = time.perf_counter()
            await asyncio.gather(*(client(http, begin + length) for _ in range(CLIENTS)))
        spent = time.perf_counter() - begin
    ordered = sorted(taken)
    middle, late = (ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99))
    note = f"{CLIENTS} clients, p50 {middle:.0f} ms, p99 {late:.0f} ms"
    return len(ordered) * size * LINES / spent, note + (f", {faults} refused" if faults else "")


async def _answers(http: aiohttp.ClientSession, url: str) -> None:
    for _ in range(300):
        with contextlib.suppress(aiohttp.ClientError):
            async with http.get(f"{url}/health") as answer:
                if answer.status == 200:
                    return
        await asyncio.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")


def main() -> int:
    """Measure postings alone."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.postings", description=__doc__)
    asked.add_argument("--seconds", type=float, default=8.0)
    sys.stdout.write(table(asyncio.run(run(asked.parse_args()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
