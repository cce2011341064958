"""A month of attendance taken and certified, beside a bare COPY and a bare GROUP BY of the same child-days.

The limits: a row for each child and day, streamed by COPY into a table without key, index or constraint, then counted
by class with one GROUP BY. Ours: the same days sent through the API, one request for each kindergarten, with every
check and event; then every kindergarten's month prepared by one account and certified by another, with its hash.
PostgreSQL is the embedded one with durable settings; one process serves. `--children` says how many.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import httpx
import psycopg

from deploy.postgres import embedded
from services.registry.ages.rules import school_year
from services.registry.attendance.rules import ALLOWED, day_mask, days_of, month_of
from shared.days import today
from shared.workdays import is_working_day
from tests import stack
from tests.bench.results import Result, table

FULL = 22  # working days of a month without a long holiday


def _full_month() -> date:
    """The latest month that is over and has its 22 working days."""
    month = month_of(month_of(today()) - timedelta(1))
    while sum(map(is_working_day, days_of(month))) < FULL:
        month = month_of(month - timedelta(1))
    return month


MONTH = _full_month()
OPEN = [day for day in days_of(MONTH) if is_working_day(day)]
SIZE, ROOMS = 30, 10  # children of a class, classes of a kindergarten
AT_ONCE = 4
PIECE = 1 << 20
YEAR = school_year(MONTH)
VILLAGE = "110116102001"
# A register without history: the triggers of enrolments would only find what is so already.
REGISTER = """
SET session_replication_role = replica;
CREATE TABLE places AS SELECT n AS number, uuid_v7() AS id FROM generate_series(1, {kindergartens}) n;
INSERT INTO kindergartens (id, division, name, pinyin, founder, founder_code, synthetic)
SELECT id, '{village}', '演示' || number, 'yan shi ' || number, '演示', '831', true FROM places;
INSERT INTO kindergarten_statuses (id, kindergarten, division, status, since, reason, synthetic)
SELECT uuid_v7(), id, '{village}', 'operating', '2020-09-01', '演示', true FROM places;
INSERT INTO classes (id, kindergarten, division, school_year, name, pinyin, kind, standard_size, hard_limit, since,
                     until, synthetic)
SELECT uuid_v7(), id, '{village}', {year}, '班' || n, 'ban ' || n, 'large', 35, 42, '{year}-09-01', '{next}-09-01', true
FROM places, generate_series(1, {rooms}) n;
CREATE TABLE seats AS SELECT uuid_v7() AS child, uuid_v7() AS enrolment, c.id AS class_id, c.kindergarten
FROM classes c, generate_series(1, {size}) LIMIT {children};
INSERT INTO children (id, division, kindergarten, name, pinyin, sex, birth_date, document_type, document_sealed,
                      document_index, document_mask, residence_division, synthetic)
SELECT child, '{village}', kindergarten, '演示幼儿', 'yan shi you er', '1', '{born}', '1', '', uuid_send(child), '',
       '{village}', true
FROM seats;
INSERT INTO enrolments (id, child, class_id, kindergarten, division, since, reason_in, synthetic)
SELECT enrolment, child, class_id, kindergarten, '{village}', '{year}-09-01', 'new', true FROM seats;
RESET session_replication_role;
ANALYZE;
"""
# One in twenty half days is not present.
DAYS = """
SELECT s.child, s.class_id, CAST(d AS date), CASE WHEN hashint4(n::int) % 20 = 0 THEN 'S' ELSE 'P' END, 'P'
FROM unnest(CAST(%s AS date[])) d, (SELECT *, row_number() OVER () AS n FROM seats) s
"""
BARE = "CREATE TABLE bare (child uuid, class_id uuid, day date, morning text, afternoon text)"
COUNT = """
SELECT class_id, count(*) FILTER (WHERE morning = 'P') + count(*) FILTER (WHERE afternoon = 'P'),
       count(DISTINCT child) FILTER (WHERE day = %s)
FROM bare GROUP BY class_id
"""


async def run(given: argparse.Namespace) -> list[Result]:
    """Build the register, measure the limits, then the API."""
    children = int(given.children)
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder) / "state") as server:
        stack.make_templates(server.admin_url, ["registry"])
        database = stack.Database.clone(server.admin_url, "registry", "bench")
        kindergartens = _register(database.admin_url, children)
        copied, counted = _limits(database.admin_url, Path(folder) / "days", children)
        async with stack.running("registry", database) as registry:
            rows = _rows(database.admin_url)
            clerk = registry.client(("clerk", "110116"), sub="clerk")
            principal = registry.client(("principal", "110116"), sub="principal")
            taken = await _timed(kindergartens, lambda place: _take(clerk, place, rows[place]))
            certified = await _timed(kindergartens, lambda place: _certify(clerk, principal, place))
        _agree(database.admin_url, children, kindergartens)
        size, bare_size = _sizes(database.admin_url)
        await asyncio.to_thread(database.drop)
    days = children * len(OPEN)
    what = f"{children:,} children × {len(OPEN)} days"
    return [
        Result(f"attendance taken, {what}", days / taken, "child-days", "bare COPY", copied / taken, note=_mib(size)),
        Result("  bare COPY of a row a child and day", days / copied, "child-days", note=_mib(bare_size)),
        Result(
            f"month certified, {len(kindergartens):,} kindergartens",
            days / certified,
            "child-days",
            "bare GROUP BY",
            counted / certified,
            note=f"{len(kindergartens) / certified:.1f} kindergartens a second, two requests each",
        ),
        Result("  bare GROUP BY by class", days / counted, "child-days"),
    ]


def _register(admin_url: str, children: int) -> list[str]:
    kindergartens = -(-children // (SIZE * ROOMS))
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(
            REGISTER.format(
                kindergartens=kindergartens,
                village=VILLAGE,
                year=YEAR,
                next=YEAR + 1,
                rooms=ROOMS,
                size=SIZE,
                children=children,
                born=date(YEAR - 6, 9, 1),
            )
        )
        return [str(place) for (place,) in admin.execute("SELECT id FROM places ORDER BY number")]


def _limits(admin_url: str, file: Path, children: int) -> tuple[float, float]:
    """Seconds of the bare COPY and of the bare GROUP BY."""
    with psycopg.connect(admin_url, autocommit=True) as admin:
        days = f"COPY ({_bound(DAYS)}) TO STDOUT"
        with file.open("wb") as out, admin.cursor() as cursor, cursor.copy(days) as copy:
            for piece in copy:
                out.write(piece)
        admin.execute(BARE)
        begin = time.perf_counter()
        with closing(file.open("rb")) as source, admin.cursor() as cursor, cursor.copy("COPY bare FROM STDIN") as copy:
            while block := source.read(PIECE):
                copy.write(block)
        copied = time.perf_counter() - begin
        begin = time.perf_counter()
        found = admin.execute(COUNT, [OPEN[0]]).fetchall()
        counted = time.perf_counter() - begin
        file.unlink()
    if sum(number for _, _, number in found) != children:
        raise RuntimeError("the bare table does not hold every child")
    return copied, counted


def _bound(query: str) -> str:
    days = ", ".join(f"'{day}'" for day in OPEN)
    return query.replace("%s", f"ARRAY[{days}]")


def _rows(admin_url: str) -> dict[str, list[dict[str, str]]]:
    """What each kindergarten sends: the days of the bare table, a row for each child."""
    whole = day_mask(OPEN).replace(ALLOWED, "P")
    found: dict[str, list[dict[str, str]]] = {}
    with psycopg.connect(admin_url) as admin:
        # A sick morning is the same on every day of a child, so two shapes are all there are.
        sick = "".join("_" if mark == "_" else "S" if at % 2 == 0 else mark for at, mark in enumerate(whole))
        rows = admin.execute(
            "SELECT s.kindergarten::text, b.child::text, b.morning"
            " FROM bare b JOIN seats s USING (child) WHERE b.day = %s ORDER BY 1, 2",
            [OPEN[0]],
        )
        for place, child, morning in rows:
            marks = sick if morning == "S" else whole
            found.setdefault(place, []).append({"child": child, "marks": marks})
    return found


async def _timed(places: Iterable[str], step: Callable[[str], Awaitable[None]]) -> float:
    """Seconds until every kindergarten has done the step, some at once."""
    waiting = iter(places)

    async def work() -> None:
        for place in waiting:
            await step(place)

    begin = time.perf_counter()
    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
    return time.perf_counter() - begin


async def _take(clerk: httpx.AsyncClient, id: str, rows: list[dict[str, str]]) -> None:
    address = f"/v1/kindergartens/{id}/attendance"
    answer = await clerk.put(address, params={"month": str(MONTH)}, json={"rows": rows})
    answer.raise_for_status()


async def _certify(clerk: httpx.AsyncClient, principal: httpx.AsyncClient, id: str) -> None:
    made = await clerk.post("/v1/headcounts", json={"kindergarten": id, "month": str(MONTH)})
    made.raise_for_status()
    answer = await principal.post(f"/v1/headcounts/{made.json()['id']}/certifications")
    answer.raise_for_status()


def _agree(admin_url: str, children: int, kindergartens: list[str]) -> None:
    """What was certified is what the bare table counts."""
    with psycopg.connect(admin_url) as admin:
        bare = {room: halves for room, halves, _ in admin.execute(COUNT, [OPEN[0]])}
        ours = admin.execute("SELECT class_id, half_days, children FROM headcount_classes").fetchall()
        certified = admin.execute("SELECT count(*) FROM headcounts WHERE state = 'certified'").fetchone()
    if certified != (len(kindergartens),) or {room: halves for room, halves, _ in ours} != bare:
        raise RuntimeError("what was certified is not what the bare table counts")
    if sum(number for _, _, number in ours) != children:
        raise RuntimeError("what was certified does not hold every child")


def _sizes(admin_url: str) -> tuple[int, int]:
    """Bytes of attendance with its keys, and of the bare table."""
    with psycopg.connect(admin_url) as admin:
        row = admin.execute(
            "SELECT (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('attendance')),"
            " pg_total_relation_size('bare')"
        ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def _mib(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MiB"


def main() -> int:
    """Measure attendance alone."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.attendance", description=__doc__)
    asked.add_argument("--children", type=int, default=100_000, help="a million takes several minutes")
    sys.stdout.write(table(asyncio.run(run(asked.parse_args()))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
