"""What happens in the registry is known to finance, safety and quality: once, in order, whatever breaks in between."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import aiohttp
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from services.finance.kindergartens.actions import copy_kindergarten
from shared.consumer import Consumer, Handler, ServiceToken
from shared.contracts.registry import KINDERGARTEN_CHANGED, KINDERGARTEN_REGISTERED
from shared.events import announce
from tests import stack
from tests.registry import given
from tests.serving import serving
from tests.stack import Service

REGISTRAR = ("registrar", given.DISTRICT)
FIRST = {"status": "operating", "type": "private", "since": "2020-09-01"}
BOTH = (KINDERGARTEN_REGISTERED, KINDERGARTEN_CHANGED)


class Token(ServiceToken):
    """The service's token without a gateway to ask for it."""

    def __init__(self) -> None:
        super().__init__("", "", "")

    async def get(self, http: aiohttp.ClientSession) -> str:  # noqa: ARG002  # nobody is asked
        return stack.token(("service", given.DISTRICT), sub="service")


def consumer(url: str, sibling: Service, handlers: Mapping[str, Handler]) -> Consumer:
    return Consumer("registry", url, Token(), sibling.app.state.database, handlers)


def followed(sibling: Service) -> list[Consumer]:
    """The feeds the service follows, as its own application says."""
    app = importlib.import_module(f"services.{sibling.database.service}.app")
    return list(app.following(sibling.app, sibling.app.state.settings))


@asynccontextmanager
async def following(url: str, sibling: Service, handlers: Mapping[str, Handler] | None = None) -> AsyncIterator[None]:
    """The sibling follows registry's feed, as it does when it is served."""
    own = next(each for each in followed(sibling) if each.feed == "registry").handlers
    made = consumer(url, sibling, handlers or own)
    made.start()
    try:
        yield
    finally:
        await made.stop()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await true():  # noqa: ASYNC110  # what is waited for is in another process's hands
            await asyncio.sleep(0.02)


async def caught_up(registry: Service, sibling: Service) -> None:
    """Wait until the sibling has read the feed to its end."""
    await registry.numbered()
    head = (await registry.database.fetch("SELECT coalesce(max(position), 0) FROM event_positions"))[0][0]

    async def there() -> bool:
        return await sibling.database.fetch("SELECT position FROM feed_cursors") == [(head,)]

    await until(there)


async def register(registry: Service, **fields: Any) -> dict[str, Any]:
    body = given.new_kindergarten(founder_code="999", first=FIRST) | fields
    answer = await registry.client(REGISTRAR).post("/v1/kindergartens", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


COPY = "SELECT id, name, division, type, status, registry_version FROM kindergartens ORDER BY id"
ORIGINAL = """
SELECT k.id, k.name, k.division, t.type, s.status, k.version FROM kindergartens k
LEFT JOIN kindergarten_types t ON t.kindergarten = k.id AND t.since <= %s AND t.until > %s
LEFT JOIN kindergarten_statuses s ON s.kindergarten = k.id AND s.since <= %s AND s.until > %s ORDER BY k.id
"""


async def originals(registry: Service) -> list[tuple[Any, ...]]:
    return await registry.database.fetch(ORIGINAL, *[given.TODAY] * 4)


@pytest.fixture(params=["finance", "safety", "quality"])
def sibling(request: pytest.FixtureRequest) -> Service:
    found: Service = request.getfixturevalue(request.param)
    return found


async def test_a_service_knows_each_kindergarten_as_it_stands(registry: Service, sibling: Service):
    async with serving(registry.app) as url, following(url, sibling):
        made = await register(registry)
        await register(registry, division=given.OTHER_VILLAGE)
        await caught_up(registry, sibling)
        assert await sibling.database.fetch(COPY) == await originals(registry)
        client, one = registry.client(REGISTRAR), f"/v1/kindergartens/{made['id']}"
        await client.patch(one, json={"name": "怀柔区改名幼儿园(演示)"}, headers={"If-Match": '"1"'})
        change = {"type": "inclusive_private", "since": given.TODAY.isoformat(), "document": "演示"}
        await client.post(f"{one}/types", json=change)
        closing = {"status": "closed", "since": given.TODAY.isoformat(), "reason": "演示"}
        await client.post(f"{one}/statuses", json=closing)
        await caught_up(registry, sibling)
        assert await sibling.database.fetch(COPY) == await originals(registry)
        copies = {str(row[0]): row for row in await sibling.database.fetch(COPY)}
        assert copies[made["id"]][1:] == ("怀柔区改名幼儿园(演示)", given.VILLAGE, "inclusive_private", "closed", 4)
    # The copies are under the same scopes as the originals.
    seen = (await sibling.client(("town_officer", given.TOWN)).get("/v1/kindergartens")).json()["items"]
    assert [each["id"] for each in seen] == [made["id"]]
    own = (await sibling.client(("principal", f"k:{made['id']}")).get("/v1/kindergartens")).json()["items"]
    assert [each["id"] for each in own] == [made["id"]]


async def test_a_kindergarten_that_moves_changes_hands_everywhere(registry: Service, finance: Service):
    async with serving(registry.app) as url, following(url, finance):
        made = await register(registry)
        moved = {"division": given.OTHER_VILLAGE}
        one = f"/v1/kindergartens/{made['id']}"
        await registry.client(REGISTRAR).patch(one, json=moved, headers={"If-Match": '"1"'})
        await caught_up(registry, finance)
    for town, count in ((given.TOWN, 0), (given.OTHER_TOWN, 1)):
        seen = await finance.client(("town_officer", town)).get("/v1/kindergartens")
        assert len(seen.json()["items"]) == count


class Dies(Exception):  # stands for the loss of the process
    """The process ends between the effect and its acknowledgement."""


def counting(dying: list[int]) -> dict[str, Handler]:
    """A handler whose effect shows when it happens twice, and which dies after the effects whose turn is listed."""
    turn = 0

    async def effect(session: AsyncSession, event: Mapping[str, Any]) -> None:
        nonlocal turn
        await copy_kindergarten(session, event)
        data = {"event": event["id"], "version": event["data"]["version"]}
        await announce(session, "finance.copy.made", event["subject"], division=event["division"], data=data)
        turn += 1
        if turn in dying:
            raise Dies

    return dict.fromkeys(BOTH, effect)


async def effects(finance: Service) -> list[str]:
    rows = await finance.database.fetch("SELECT data->>'event' FROM events WHERE type = 'finance.copy.made'")
    return sorted(each for (each,) in rows)


async def announced(registry: Service) -> list[str]:
    rows = await registry.database.fetch("SELECT id FROM events WHERE type = ANY (%s)", list(BOTH))
    return sorted(str(each) for (each,) in rows)


async def test_who_dies_between_effect_and_acknowledgement_does_it_once(registry: Service, finance: Service):
    for _ in range(6):
        await register(registry)
    async with serving(registry.app) as url, following(url, finance, counting([1, 5, 9])):
        await caught_up(registry, finance)
        await register(registry)
        await caught_up(registry, finance)
    assert await effects(finance) == await announced(registry)
    assert len(await effects(finance)) == 7


async def test_two_processes_of_one_service_do_it_once(registry: Service, finance: Service):
    async with (
        serving(registry.app) as url,
        following(url, finance, counting([3])),
        following(url, finance, counting([2, 4])),
        following(url, finance, counting([])),
    ):
        await asyncio.gather(*(register(registry) for _ in range(30)))
        await caught_up(registry, finance)
    assert await effects(finance) == await announced(registry)


async def test_a_page_delivered_twice_takes_effect_once(registry: Service, finance: Service):
    await register(registry)
    await registry.numbered()
    page = (await registry.client(REGISTRAR).get("/v1/events")).json()
    made = consumer("", finance, counting([]))
    assert await made.apply(0, page["items"], page["next"])
    assert not await made.apply(0, page["items"], page["next"])
    assert len(await effects(finance)) == 1


async def test_an_older_state_never_overwrites_a_newer_one(registry: Service, finance: Service):
    made = await register(registry)
    one = f"/v1/kindergartens/{made['id']}"
    await registry.client(REGISTRAR).patch(one, json={"name": "怀柔区新名幼儿园(演示)"}, headers={"If-Match": '"1"'})
    await registry.numbered()
    told = {"types": ["registry.kindergarten.registered", "registry.kindergarten.changed"]}
    events = (await registry.client(REGISTRAR).get("/v1/events", params=told)).json()["items"]
    database = finance.app.state.database
    async with database.begin(database.system) as session:
        for event in reversed(events):
            await copy_kindergarten(session, event)
    assert await finance.database.fetch("SELECT name, registry_version FROM kindergartens") == [
        ("怀柔区新名幼儿园(演示)", 2)
    ]


async def test_a_release_that_follows_more_takes_up_what_it_had_passed_over(registry: Service, finance: Service):
    passed, heard = "registry.kindergarten.status_recorded", list[str]()

    async def hear(_: AsyncSession, event: Mapping[str, Any]) -> None:
        heard.append(f"{event['sequence']} {event['type']}")

    async with serving(registry.app) as url:
        async with following(url, finance, {KINDERGARTEN_REGISTERED: hear}):
            await register(registry)
            await register(registry)
            await caught_up(registry, finance)
        assert len(heard) == 2
        heard.clear()
        async with following(url, finance, {KINDERGARTEN_REGISTERED: hear, passed: hear}):

            async def known() -> bool:
                rows = await finance.database.fetch("SELECT types FROM feed_cursors WHERE feed = 'registry'")
                return set(rows[0][0]) == {KINDERGARTEN_REGISTERED, passed}

            await until(known)
            await register(registry)
            await until(lambda: _position(finance, registry))
    places = await registry.database.fetch(
        "SELECT p.position || ' ' || e.type FROM event_positions p JOIN events e ON e.id = p.event"
        " WHERE e.type = %s OR (e.type = %s AND p.position > 6) ORDER BY e.type = %s, p.position",
        passed,
        KINDERGARTEN_REGISTERED,
        KINDERGARTEN_REGISTERED,
    )
    assert sorted(heard) == sorted(place for (place,) in places)  # each once: the old of the new type, the new of both


async def _position(sibling: Service, registry: Service) -> bool:
    await registry.numbered()
    head = await registry.database.fetch("SELECT max(position) FROM event_positions")
    return await sibling.database.fetch("SELECT position FROM feed_cursors WHERE feed = 'registry'") == head


async def test_the_feed_is_followed_again_after_its_registry_was_away(registry: Service, finance: Service):
    async with serving(registry.app) as url:
        await register(registry)
        made = consumer(url, finance, counting([]))
        made.start()
        await caught_up(registry, finance)
    await register(registry)  # nobody serves the feed at this moment
    async with serving(registry.app) as other:
        made.url = other
        await caught_up(registry, finance)
        await made.stop()
    assert await effects(finance) == await announced(registry)


async def test_sixteen_writers_arrive_complete_and_in_order(registry: Service, finance: Service):
    entries = [await register(registry) for _ in range(4)]

    async def writing(who: int) -> None:
        """Each goes on until its own ten edits are in, against fifteen others."""
        client = registry.client(REGISTRAR)
        for number in range(10):
            one = f"/v1/kindergartens/{entries[(who + number) % 4]['id']}"
            while True:
                version = (await client.get(one, params={"as_of": given.TODAY.isoformat()})).headers["etag"]
                body = {"short_name": f"{who}-{number}"}
                answer = await client.patch(one, json=body, headers={"If-Match": version})
                if answer.status_code == 200:
                    break
                assert answer.status_code == 412, answer.text

    async with serving(registry.app) as url, following(url, finance, counting([7, 50, 51])), asyncio.timeout(60):
        await asyncio.gather(*(writing(who) for who in range(16)))
        await caught_up(registry, finance)
    assert await effects(finance) == await announced(registry)
    assert len(await effects(finance)) == 4 + 160
    assert await finance.database.fetch(COPY) == await originals(registry)
    # Finance saw every version of every kindergarten, one after the other.
    rows = await finance.database.fetch(
        "SELECT subject, array_agg((data->>'version')::int ORDER BY seq) FROM events GROUP BY subject"
    )
    assert dict(rows) == {f"kindergartens/{entry['id']}": list(range(1, 42)) for entry in entries}
    places = await registry.database.fetch("SELECT position FROM event_positions ORDER BY position")
    assert [place for (place,) in places] == list(range(1, len(places) + 1))


async def test_each_reader_of_the_feed_hears_of_its_own_only(registry: Service):
    near = await register(registry)
    far = await register(registry, division=given.OTHER_VILLAGE)
    group = {"name": "启明教育集团(演示)", "division": given.DISTRICT}
    await registry.client(REGISTRAR).post("/v1/groups", json=group)
    await registry.numbered()

    async def heard(role: str, scope: str) -> set[str]:
        page = (await registry.client((role, scope)).get("/v1/events")).json()
        assert page["next"] == 7  # two registered, each with its first status and type; one group
        return {each["subject"].split("/")[1] for each in page["items"]}

    everything = await heard("integration", given.DISTRICT)
    assert {near["id"], far["id"]} < everything
    assert len(everything) == 3
    assert await heard("town_officer", given.TOWN) == {near["id"]}
    assert await heard("town_officer", given.OTHER_TOWN) == {far["id"]}
    assert await heard("principal", f"k:{far['id']}") == {far["id"]}
    assert await heard("town_officer", "110116104") == set()
    stranger = await registry.client().get("/v1/events")
    assert stranger.status_code == 401


async def test_a_query_of_the_feed_without_a_scope_sees_nothing(registry: Service):
    made = await register(registry)
    database = registry.app.state.database
    async with database.sessions.begin() as session:
        assert (await session.execute(text("SELECT * FROM events"))).all() == []
    async with database.begin(database.system) as session:
        found = await session.scalars(text("SELECT kindergarten FROM events"))
        assert set(found.all()) == {UUID(made["id"])}
