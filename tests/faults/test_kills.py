"""`kill -9` in the middle of the work: what was acknowledged is there, once, and the feed tells it whole."""

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import psycopg

from tests import stack
from tests.faults.plant import Plant, durable, insist, published_keys
from tests.registry import given

WRITERS, EACH = 100, 4


def bearer() -> dict[str, str]:
    return {"Authorization": f"Bearer {stack.token(('registrar', '110116'), ('auditor', '110116'), sub='faults')}"}


async def write(http: aiohttp.ClientSession, plant: Plant, writer: int, acknowledged: dict[str, str]) -> None:
    """One writer: several kindergartens, each with a key of its own."""
    for number in range(EACH):
        key = f"{writer}-{number}"
        body = given.new_kindergarten(name=f"园 {key}(演示)")
        found = await insist(http, f"{plant.url}/v1/kindergartens", body, bearer() | {"Idempotency-Key": key})
        acknowledged[key] = str(found["id"])


class Consumer:
    """Follows the feed and keeps everything it was given."""

    def __init__(self, plant: Plant) -> None:
        self.plant, self.after, self.seen = plant, 0, list[dict[str, Any]]()

    async def turn(self, http: aiohttp.ClientSession, wait: float = 1.0) -> bool:
        """One page; False when there was none."""
        query = {"after": str(self.after), "limit": "50", "wait": str(wait)}
        try:
            async with http.get(f"{self.plant.url}/v1/events", params=query, headers=bearer()) as answer:
                if answer.status != 200:
                    return False
                page = await answer.json()
        except (aiohttp.ClientError, TimeoutError):
            await asyncio.sleep(0.05)
            return False
        self.seen += page["items"]
        self.after = page["next"]
        return bool(page["items"])

    async def follow(self, http: aiohttp.ClientSession) -> None:
        while True:
            await self.turn(http)

    async def finish(self, http: aiohttp.ClientSession, expected: int) -> None:
        """Read on until the feed has told everything."""
        async with asyncio.timeout(30):
            while len(self.seen) < expected:
                await self.turn(http)


async def test_killing_postgres_and_the_service_under_a_hundred_writers_loses_and_repeats_nothing(tmp_path: Path):
    async with published_keys() as jwks:
        with durable(tmp_path / "an installation", "registry", jwks) as plant:
            serving = plant.start("deploy.serve", "registry")
            await plant.ready()
            acknowledged: dict[str, str] = {}
            timeout = aiohttp.ClientTimeout(20)
            async with aiohttp.ClientSession(timeout=timeout, connector=aiohttp.TCPConnector(limit=0)) as http:
                consumer = Consumer(plant)
                following = asyncio.create_task(consumer.follow(http))
                writing = asyncio.gather(*(write(http, plant, each, acknowledged) for each in range(WRITERS)))
                for blow in ("postgres", "service", "postgres"):
                    before = len(acknowledged)
                    enough = before + WRITERS // 2
                    while len(acknowledged) < enough and not writing.done():  # noqa: ASYNC110  # writers know no event
                        await asyncio.sleep(0.01)
                    if blow == "postgres":
                        plant.kill_postgres()
                    else:
                        plant.kill(serving)
                        serving = plant.start("deploy.serve", "registry")
                await writing
                following.cancel()
                await check_the_record(plant, consumer, http, acknowledged)


async def check_the_record(
    plant: Plant, consumer: Consumer, http: aiohttp.ClientSession, acknowledged: dict[str, str]
) -> None:
    """Every acknowledged write is there once; the feed has each event once, in an unbroken row; the chain holds."""
    assert len(acknowledged) == WRITERS * EACH
    with psycopg.connect(plant.server.admin_url + "&dbname=faults_registry") as admin:
        stored = {str(found) for (found,) in admin.execute("SELECT id FROM kindergartens").fetchall()}
        announced = admin.execute("SELECT count(*), count(DISTINCT subject) FROM events").fetchone()
    assert stored == set(acknowledged.values())
    assert announced is not None
    await consumer.finish(http, announced[0])
    assert [event["sequence"] for event in consumer.seen] == list(range(1, announced[0] + 1))
    assert len({event["id"] for event in consumer.seen}) == announced[0]
    assert {event["subject"].split("/")[1] for event in consumer.seen} == stored
    async with http.get(f"{plant.url}/v1/events/verification", headers=bearer()) as answer:
        assert await answer.json() == []
