"""An intake round of 10,000 applicants and 80 kindergartens. The aim is an allocation in under 5 s.

First the allocation alone: from standings by priority to places and waiting lists, the drawing of lots included. Then
the round as the district runs it, through the API on the embedded PostgreSQL with durable settings: closing it
(reading everything, publishing the inputs), the preview, and the job that publishes the result and stores every place.
"""

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg

from deploy.postgres import embedded
from services.registry import jobs
from services.registry.admissions.priorities import commitment, groups, order
from services.registry.admissions.rules import Market, allocate, waiting_lists
from services.registry.ages.rules import school_year
from shared.crypto import KeyRing
from shared.days import today
from shared.ids import new_id
from shared.jobs import perform
from shared.settings import settings
from tests import stack
from tests.bench.results import Result, table

APPLICANTS, KINDERGARTENS, AIM = 10_000, 80, 5.0  # the aim in seconds
WISHES, SEATS = 8, 120
SEED, VILLAGE = "0" * 64, "110116102001"
YEAR = school_year(today()) + 1
REGISTER = """
SET session_replication_role = replica;
CREATE TABLE places AS SELECT uuid_v7() AS id, n AS number FROM generate_series(1, {kindergartens}) n;
INSERT INTO kindergartens (id, division, name, pinyin, founder, founder_code, synthetic)
SELECT id, '{village}', '演示' || number, 'yan shi', '演示', '831', true FROM places;
INSERT INTO children (id, division, name, pinyin, sex, birth_date, document_type, document_sealed, document_index,
                      document_mask, residence_division, synthetic)
SELECT c, '{village}', '演示幼儿', 'yan shi you er', '1', '{born}', '1', '', uuid_send(c), '', '{village}', true
FROM (SELECT uuid_v7() AS c FROM generate_series(1, {applicants})) made;
INSERT INTO admission_rounds (id, division, school_year, stage, name, opens_on, closes_on, answer_days, priorities,
                              state, seed_commitment, synthetic)
VALUES ('{round}', '110116', {year}, 1, '演示', '{yesterday}', '{yesterday}', 5, 'illustrative-1', 'open',
        '{commitment}', true);
INSERT INTO admission_seats (id, round, kindergarten, division, kind, seats, catchment, kindergarten_name, type)
SELECT uuid_v7(), '{round}', id, '{village}', 'small', {seats},
       CASE WHEN number % 2 = 0 THEN ARRAY['{village}'] ELSE ARRAY[]::text[] END, '演示', 'public' FROM places;
INSERT INTO admission_applications (id, round, number, child, division, consented_on, wishes, bands, synthetic)
SELECT uuid_v7(), '{round}', substr(md5(c.id::text), 1, 16), c.id, '{village}', '{yesterday}', w.wishes, w.bands, true
FROM children c CROSS JOIN LATERAL (
  SELECT array_agg(s.id) AS wishes, array_agg(CAST(hashint4(s.n) % 6 AS smallint)) AS bands
  FROM (SELECT id, CAST(random() * 1e6 AS integer) AS n FROM admission_seats ORDER BY md5(id::text || c.id::text)
        LIMIT {wishes}) s) w;
RESET session_replication_role;
ANALYZE;
"""


def alone(wished: int, seats: int) -> float:
    """Seconds of one allocation: lots, places, waiting lists."""
    chance = random.Random(wished)  # noqa: S311  # the same market each time
    names = [f"K{number:02}" for number in range(KINDERGARTENS)]
    wishes = {f"{chance.getrandbits(64):016x}": chance.sample(names, wished) for _ in range(APPLICANTS)}
    standings: dict[str, dict[str, tuple[int, ...]]] = {name: {} for name in names}
    for applicant, listed in wishes.items():
        for name in listed:
            standings[name][applicant] = (int(chance.random() > 0.02), chance.randrange(2), chance.randrange(6))
    begin = time.perf_counter()
    lines = {name: order(groups(of), SEED) for name, of in standings.items()}
    market = Market(dict.fromkeys(names, seats), wishes, lines)
    waiting_lists(market, allocate(market))
    return time.perf_counter() - begin


async def run(_: argparse.Namespace) -> list[Result]:
    """Measure the allocation alone, then the round."""
    size = f"{APPLICANTS:,} applicants × {KINDERGARTENS} kindergartens"
    found = []
    for wished in (5, 20, KINDERGARTENS):
        taken = max(alone(wished, seats) for seats in (100, 130))
        found.append(_result(f"places allocated, {size}, {wished} wishes", taken))
    with tempfile.TemporaryDirectory(prefix="huaiyou-bench-") as folder, embedded(Path(folder) / "state") as server:
        stack.make_templates(server.admin_url, ["registry"])
        database = stack.Database.clone(server.admin_url, "registry", "bench")
        address = f"/v1/admission-rounds/{_register(database.admin_url)}"
        os.environ |= {"HUAIYOU_APP_DATABASE_URL": database.app_url, "HUAIYOU_FIELD_KEYS": stack.FIELD_KEYS}
        settings.cache_clear()
        async with stack.running("registry", database) as registry:
            client = registry.client(("registrar", "110116"))
            closed, _answer = await _timed(client.post(f"{address}/closings"))
            seen, plan = await _timed(client.post(f"{address}/allocations?preview=true", json={}))
            begin = time.perf_counter()
            started = await client.post(f"{address}/allocations", json={"token": plan["token"]})
            await perform(registry.app.state.database, UUID(started.json()["job"]))
            stored = time.perf_counter() - begin
        await asyncio.to_thread(database.drop)
    found += [
        _result(f"round closed and published, {size}", closed),
        _result("allocation previewed", seen),
        _result(f"allocation stored and published, {plan['placed']:,} placed", stored),
    ]
    return found


def _result(what: str, seconds: float) -> Result:
    return Result(what, APPLICANTS / seconds, "applicants", note=f"{seconds:.2f} s, the aim is under {AIM:.0f}")


def _register(admin_url: str) -> UUID:
    made, keys = new_id(), KeyRing.parse(stack.FIELD_KEYS)
    said: dict[str, Any] = {
        "kindergartens": KINDERGARTENS,
        "applicants": APPLICANTS,
        "village": VILLAGE,
        "born": f"{YEAR - 4}-10-01",
        "round": made,
        "year": YEAR,
        "yesterday": today() - timedelta(1),
        "commitment": commitment(SEED),
        "seats": SEATS,
        "wishes": WISHES,
    }
    with psycopg.connect(admin_url, autocommit=True) as admin:
        admin.execute(REGISTER.format(**said))
        sealed = keys.encrypt(SEED, made.bytes)
        admin.execute("INSERT INTO admission_seeds VALUES (%s, '110116', %s)", [made, sealed])
    assert jobs  # the worker knows its jobs by this import
    return made


async def _timed(call: Any) -> tuple[float, Any]:
    begin = time.perf_counter()
    answer: httpx.Response = await call
    taken = time.perf_counter() - begin
    assert answer.is_success, answer.text
    return taken, answer.json()


if __name__ == "__main__":
    sys.stdout.write(table(asyncio.run(run(argparse.Namespace()))))
