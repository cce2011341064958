"""A year of subsidy for a megacity, prepared with every line explained, beside bare INSERT … SELECT … GROUP BY.

Two limits, neither with conditions, shares, differences or explanations: one sums a row for each child and month, as a
register without certified months would have to; the other sums exactly the certified classes our run reads. Then the
same run at Huairou's own size. PostgreSQL is the embedded one with durable settings.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
import psycopg

import services.finance.jobs  # noqa: F401  # the kinds of work
from deploy.postgres import embedded
from shared.jobs import perform
from tests import stack
from tests.bench.results import Result, table
from tests.finance import given as rows

MONTHS, SIZE, ROOMS = 12, 30, 10  # children of a class, classes of a kindergarten
LAST = "2026-08-01"
HUAIROU = 10_000
AIM = 1 / 3
FILL = """
SET session_replication_role = replica;
CREATE TABLE places AS SELECT n AS number, gen_random_uuid() AS id FROM generate_series(1, {kindergartens}) n;
INSERT INTO kindergartens (id, division, name, pinyin, type, status, opened_on, synthetic, registry_version)
SELECT id, '110116102001', '演示' || number, 'yan shi ' || number, 'public', 'operating', '2020-09-01', true, 1
FROM places;
INSERT INTO kindergarten_states (kindergarten, version, type, status, since, division)
SELECT id, 1, 'public', 'operating', '2020-09-01', '110116102001' FROM places;
INSERT INTO headcounts (kindergarten, month, revision, division, count_day, open_days, certified_by, hash)
SELECT id, m, 1, '110116102001', m + 14, 21, '园长', md5(id::text || m) FROM places,
  (SELECT generate_series('2025-09-01'::date, '{last}'::date, '1 month')::date AS m) months;
INSERT INTO class_headcounts (kindergarten, month, revision, class_id, division, kind, children, last_year_children,
  child_days)
SELECT h.kindergarten, h.month, 1, md5(h.kindergarten::text || n)::uuid, h.division,
  (ARRAY['small', 'middle', 'large'])[n % 3 + 1], {size}, CASE WHEN n % 3 = 2 THEN {size} ELSE 0 END, {size} * 21
FROM headcounts h, generate_series(1, {rooms}) n;
RESET session_replication_role;
CREATE TABLE child_months AS
SELECT kindergarten, month, class_id, c AS child FROM class_headcounts, generate_series(1, {size}) c;
CREATE TABLE bare (kindergarten uuid, month date, amount numeric(14, 2));
ANALYZE;
"""
BY_CHILD = "INSERT INTO bare SELECT kindergarten, month, count(*) * 700.33 FROM child_months GROUP BY 1, 2"
BY_CLASS = "INSERT INTO bare SELECT kindergarten, month, sum(children) * 700.33 FROM class_headcounts GROUP BY 1, 2"


async def run(given: argparse.Namespace) -> list[Result]:
    """The year of that many children, then Huairou's."""
    found = []
    for children in (int(given.subsidised), HUAIROU):
        with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder) / "state") as server:
            stack.make_templates(server.admin_url, ["finance"])
            database = stack.Database.clone(server.admin_url, "finance", "bench")
            found += await _measured(database, children)
            await asyncio.to_thread(database.drop)
    return found


async def _measured(database: stack.Database, children: int) -> list[Result]:
    kindergartens = -(-children // (SIZE * ROOMS))
    with psycopg.connect(database.admin_url, autocommit=True) as admin:
        admin.execute(FILL.format(kindergartens=kindergartens, last=LAST, size=SIZE, rooms=ROOMS))
        by_child, by_class = (_timed(admin, limit) for limit in (BY_CHILD, BY_CLASS))
    async with stack.running("finance", database) as finance:
        await rows.book(finance, None)
        await rows.terms(finance)
        await rows.programme(finance)
        await rows.parameter(finance, "subsidy_rate", "quota/*/*", "700.33", "2025-09-01")
        caller = rows.preparer(finance)
        begin = time.perf_counter()
        made = rows.ok(await caller.post("/v1/subsidy-runs", json={"month": LAST}), 202)
        await perform(finance.app.state.database, made["job"])
        taken = time.perf_counter() - begin
        await _agrees(caller, made["id"], kindergartens)
        begin = time.perf_counter()
        rows.ok(await rows.approver(finance).post(f"/v1/subsidy-runs/{made['id']}/approvals"))
        approved = time.perf_counter() - begin
    whole = kindergartens * ROOMS * SIZE * MONTHS
    what = f"subsidy of a year, {kindergartens * ROOMS * SIZE:,} children × {MONTHS}"
    said = f"{taken:.2f} s for {kindergartens * MONTHS:,} explained lines"
    return [
        Result(what, whole / taken, "child-months", "bare by child", by_child / taken, AIM, said),
        Result("  the same run", whole / taken, "child-months", "bare by class", by_class / taken),
        Result("  bare INSERT … GROUP BY of a row a child and month", whole / by_child, "child-months"),
        Result("  bare INSERT … GROUP BY of the certified classes", whole / by_class, "child-months"),
        Result("  approved, with payments and entries", whole / approved, "child-months", note=f"{approved:.2f} s"),
    ]


def _timed(admin: psycopg.Connection, statement: str) -> float:
    """Seconds of the better of two runs into an empty table."""
    taken = []
    for _ in range(2):
        admin.execute("TRUNCATE bare")
        begin = time.perf_counter()
        admin.execute(statement)
        taken.append(time.perf_counter() - begin)
    return min(taken)


async def _agrees(caller: httpx.AsyncClient, run: str, kindergartens: int) -> None:
    found: dict[str, Any] = rows.ok(await caller.get(f"/v1/subsidy-runs/{run}"))
    expected = f"{kindergartens * MONTHS * ROOMS * SIZE * 70033 / 100:.2f}"
    if (found["state"], found["total"]) != ("prepared", expected):
        raise RuntimeError(f"the run is {found['state']} with {found['total']}, not {expected}")


def main() -> int:
    """Measure subsidies alone."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.subsidy", description=__doc__)
    asked.add_argument("--subsidised", type=int, default=1_000_000, help="children")
    sys.stdout.write(table(asyncio.run(run(asked.parse_args()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
