"""A million daily check records: lists, the risk score of every kindergarten and the coverage of the term.

Each is asked for over HTTP, one after the other, of safety under granian with one worker on the embedded PostgreSQL,
with token check and row-level security. Beside each stands the bare query: the very SELECT, by the superuser, whose
rows PostgreSQL makes into JSON and nobody reads. `--checks` says how many records.
"""

import argparse
import asyncio
import json
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from deploy.postgres import embedded
from services.safety.check_coverage import queries as coverage
from services.safety.check_coverage.rules import Version, asked
from services.safety.checklists.rules import term
from services.safety.inspections import queries as inspections
from services.safety.risks import queries as risks
from services.safety.self_checks.router import CHECKS
from shared.days import today
from shared.db import Query
from shared.listing import Listing, Shape
from tests import stack
from tests.bench import served
from tests.bench.list_read import free_port, serving
from tests.bench.results import Result, table

KINDERGARTENS, ROUNDS, LIMIT_MS = 2_000, 60, 500.0
DISTRICT, TOWN = "110116", "110116102"
# A district as large as a megacity: seventeen towns, every second inspected this term, profiles with guards and
# cameras, hazards of every kind, one in a hundred days missed.
FILL = """
SET session_replication_role = replica;
CREATE TABLE places AS SELECT n, uuid_v7() AS id, '110116' || lpad((100 + n % 17)::text, 3, '0') AS division
FROM generate_series(1, {kindergartens}) n;
INSERT INTO kindergartens (id, division, name, pinyin, type, status, opened_on, synthetic, registry_version)
SELECT id, division, '演示' || n, 'yan shi ' || lpad(n::text, 5, '0'), 'public', 'operating', '2010-09-01', true, 1
FROM places;
INSERT INTO checklists (id, division, code, number, title, use, period, document, state, since, made_by)
VALUES (uuid_v7(), '110116', 'daily', 1, '每日安全自查', 'self_check', 'daily', '演示', 'published', '2010-01-01', 'x'),
       (uuid_v7(), '110116', 'visit', 1, '检查表', 'inspection', NULL, '演示', 'published', '2010-01-01', 'x');
INSERT INTO self_checks (id, kindergarten, division, checklist, code, first_day, last_day, checked_on, checked_by,
                         recorded_at, digest, score, failed, failed_keys, due, answers, note)
SELECT uuid_v7(), p.id, p.division, (SELECT id FROM checklists WHERE code = 'daily'), 'daily', d.day, d.day, d.day,
       'teacher', d.day, md5(p.id::text || d.day), 100 - d.n % 40, '{{}}', '{{}}', true,
       '[{{"item": "1.1", "result": "ok", "note": "", "files": []}}]', ''
FROM unnest(CAST('{days}' AS date[])) WITH ORDINALITY AS d(day, n), places p
WHERE hashint8(p.n::bigint * 100003 + d.n) % 100 <> 0 OR d.n > {spare}
LIMIT {checks};
INSERT INTO self_check_months (kindergarten, code, month, division, made)
SELECT kindergarten, code, date_trunc('month', first_day)::date, min(division), count(*)
FROM self_checks GROUP BY 1, 2, 3;
INSERT INTO hazards (id, kindergarten, division, state, source, source_reference, category, place, description,
                     legal_basis, immediate_measure, found_on, level, level_basis, due_on, responsible,
                     most_extensions, reported_by, state_since, listed)
SELECT uuid_v7(), p.id, p.division, (ARRAY['closed', 'assigned', 'submitted'])[1 + h % 3],
       CASE WHEN h % 5 = 0 THEN 'missed_check' ELSE 'self' END, p.id::text || h, 'fire', '楼梯', '演示', '', '',
       date '{today}' - h * 7, CASE WHEN h = 7 THEN 'major' ELSE 'general' END, '演示',
       date '{today}' - h * 7 + 14, '园长', 2, 'teacher', date '{today}' - h, true
FROM places p, generate_series(1, 40) h;
INSERT INTO incidents (id, kindergarten, division, state, category, severity, occurred_at, known_at, place, described,
                       injured, to_hospital, untold, recorded_by)
SELECT uuid_v7(), p.id, p.division, 'closed', 'injury', 'slight', date '{today}' - i * 40,
       date '{today}' - i * 40, '操场', '演示', 1, 0, '{{}}', 'teacher'
FROM places p, generate_series(1, 5) i;
INSERT INTO inspections (id, kindergarten, division, state, kind, announced, depth, checklist, reasons, plan,
                         planned_on, visited_on, score, made_by)
SELECT uuid_v7(), p.id, p.division, 'signed', 'planned', false, 'short',
       (SELECT id FROM checklists WHERE code = 'visit'), '{{}}', '', date '{today}' - v * 90 - n % 2 * 150,
       date '{today}' - v * 90 - n % 2 * 150, 70 + n % 30, 'x'
FROM places p, generate_series(0, 5) v;
INSERT INTO protections (kindergarten, division, principal, children, staff, boarders, safety_body, officer,
                         officer_full_time, closed_management, gate_duty, alarm_linked, guards)
SELECT id, division, '演示', 200 + n % 200, 40, 0, true, '演示', true, true, true, true,
       (SELECT jsonb_agg(jsonb_build_object('code', g::text, 'full_time', true, 'certificate_until', '2099-01-01'))
        FROM generate_series(1, 2 + n % 3) g)
FROM places;
RESET session_replication_role;
VACUUM ANALYZE;
"""


async def run(given: argparse.Namespace) -> list[Result]:
    """Fill, then ask for each of them."""
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder)) as server:
        stack.make_templates(server.admin_url, ["safety"])
        database = stack.Database.clone(server.admin_url, "safety", "bench")
        return await asyncio.to_thread(_measured, database, int(given.checks))


def _measured(database: stack.Database, checks: int) -> list[Result]:
    _fill(database.admin_url, checks)
    port = free_port()
    pem = stack.SIGNING.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    settings = {
        served.KEY: pem,
        "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS,
        "HUAIYOU_LOG_LEVEL": "ERROR",
        "HUAIYOU_APP_DATABASE_URL": database.app_url,
    }
    token = stack.token(("safety_officer", DISTRICT), seconds=3600)
    with serving("safety", port, settings), closing(psycopg.connect(database.admin_url, autocommit=True)) as admin:
        admin.execute("SET jit = off")
        found = []
        for what, path, query, values, rows in _asked():
            url = f"http://127.0.0.1:{port}/v1/{path}"
            _wait(url, token)
            ours = _times(partial(_ask, url, token, rows))
            bare = _times(partial(_bare, admin, query, values))
            found.append(_result(f"{what}, {checks:,} records", ours, bare))
    return found


def _asked() -> list[tuple[str, str, Query, dict[str, Any], int]]:
    """What is asked for: the words, the path, the bare query with its values, and the least number of rows in it."""
    on, span = today(), term(today())
    of = coverage.values(asked([Version("daily", "daily", date(2010, 1, 1), None)], on))
    page = Shape((), "-first_day", (), 50)
    town = Shape(("division", "since"), "-first_day", (), 50)
    since = on - timedelta(30)
    counted = {"division": DISTRICT, **of}
    risk, visited = {"on": on, "division": DISTRICT}, {"since": span.first, "until": span.last}
    return [
        ("list of checks", "self-checks?limit=50", _page(CHECKS, page), {}, 50),
        (
            "list of a town's month",
            f"self-checks?limit=50&division={TOWN}&since={since}",
            _page(CHECKS, town),
            {"division": TOWN, "since": since},
            50,
        ),
        ("risk of 2,000 kindergartens", "risks", risks.COUNTS, risk, KINDERGARTENS),
        (
            "self-check coverage",
            "self-check-coverage?limit=500",
            _page(coverage.COVERAGE, Shape((), "-missed", (), 500)),
            of,
            500,
        ),
        ("self-check coverage, whole", "self-check-coverage/summary", coverage.SUMMARY, counted, 0),
        (
            "unchecked by inspection",
            "inspection-coverage?limit=500&checked=false",
            _page(inspections.COVERAGE, Shape(("checked",), "name", (), 500)),
            visited | {"checked": False},
            500,
        ),
        ("inspection coverage, whole", "inspection-coverage/summary", inspections.SUMMARY, visited, 0),
    ]


def _page(listing: Listing, shape: Shape) -> Query:
    return listing.query(shape)


def _fill(admin_url: str, checks: int) -> None:
    days = checks // KINDERGARTENS + checks // KINDERGARTENS // 50 + 5
    on = today()
    with psycopg.connect(admin_url, autocommit=True) as admin, admin.cursor() as cursor:
        known = {"kindergartens": KINDERGARTENS, "checks": checks, "spare": days - 5, "today": on}
        known["days"] = "{" + ",".join(str(on - timedelta(back)) for back in range(days)) + "}"
        for statement in filter(None, map(str.strip, FILL.format(**known).split(";\n"))):
            cursor.execute(statement.encode())
        count = cursor.execute("SELECT count(*) FROM self_checks").fetchone()
    if count != (checks,):
        raise RuntimeError(f"{count} records are there")


def _wait(url: str, token: str) -> None:
    for _ in range(300):
        try:
            _ask(url, token, 0)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"{url} does not answer")


def _ask(url: str, token: str, rows: int) -> None:
    request = urllib.request.Request(url, headers={"Authorization": f"Bearer {token}"})  # noqa: S310  # our own address
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # our own address
        found = json.loads(answer.read())
    there = found if isinstance(found, list) else found.get("items", [])
    if len(there) < rows:
        raise RuntimeError(f"{url} answers {len(there)} rows")


def _bare(admin: psycopg.Connection, query: Query, values: dict[str, Any]) -> None:
    admin.execute(query.sql.encode(), query.defaults | values, prepare=True).fetchone()


def _times(step: Callable[[], Any]) -> list[float]:
    """Milliseconds of each round, in order of size; three rounds to warm up do not count."""
    taken = []
    for number in range(ROUNDS + 3):
        begin = time.perf_counter()
        step()
        if number >= 3:
            taken.append((time.perf_counter() - begin) * 1000)
    return sorted(taken)


def _result(what: str, ours: list[float], bare: list[float]) -> Result:
    middle, late = ours[len(ours) // 2], ours[len(ours) * 95 // 100]
    note = f"p50 {middle:.0f} ms, p95 {late:.0f} ms (aim {LIMIT_MS:.0f}), bare query p50 {bare[len(bare) // 2]:.0f} ms"
    if late >= LIMIT_MS:
        note += ", TOO SLOW"
    return Result(what, 1000 / middle, "answers", "the bare query", bare[len(bare) // 2] / middle, note=note)


def main() -> int:
    """Measure this alone."""
    asked_for = argparse.ArgumentParser(prog="python -m tests.bench.daily_checks", description=__doc__)
    asked_for.add_argument("--checks", type=int, default=1_000_000)
    print(table(asyncio.run(run(asked_for.parse_args()))))  # noqa: T201  # what it is for
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
