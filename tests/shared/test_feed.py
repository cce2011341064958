"""The change feed: who hears of what, in which order, and how soon."""

import asyncio
import json
import time
from typing import Any

import httpx
import pytest

from shared.feed import EventPage
from tests import stack
from tests.serving import serving
from tests.stack import Service

DISTRICT, TOWN, OTHER = "110116", "110116102", "110116103"
WRITER = ("registrar", DISTRICT)


async def store(specimen: Service, *names: str, division: str = TOWN) -> None:
    for name in names:
        body = {"division": division, "name": name}
        assert (await specimen.client(WRITER).post("/v1/specimens", json=body)).status_code == 201


async def read(specimen: Service, caller: tuple[str, str] = WRITER, **params: Any) -> EventPage:
    answer = await specimen.client(caller).get("/v1/events", params=params)
    assert answer.status_code == 200, answer.text
    return EventPage.model_validate_json(answer.content)


def names(page: EventPage) -> list[str]:
    return [each.data["name"] for each in page.items]


async def test_events_come_in_order_with_everything_a_cloud_event_has(specimen: Service):
    await store(specimen, "a", "b", "c")
    await specimen.numbered()
    page = await read(specimen)
    assert names(page) == ["a", "b", "c"]
    assert [each.sequence for each in page.items] == [1, 2, 3]
    first = page.items[0]
    assert (first.specversion, first.source, first.type) == ("1.0", "/finance", "specimen.stored")
    assert (first.division, first.actor) == (TOWN, "registrar@110116")
    assert first.subject.startswith("specimens/")
    assert len(first.hash) == 64
    assert len({each.hash for each in page.items}) == 3


async def test_next_leads_through_the_feed_to_its_end(specimen: Service):
    await store(specimen, "a", "b", "c")
    await specimen.numbered()
    page = await read(specimen, limit=2)
    assert (names(page), page.next) == (["a", "b"], 2)
    page = await read(specimen, limit=2, after=page.next)
    assert (names(page), page.next) == (["c"], 3)
    page = await read(specimen, after=page.next)
    assert (page.items, page.next) == ([], 3)


async def test_next_passes_over_what_is_not_the_callers(specimen: Service):
    await store(specimen, "mine")
    await store(specimen, "theirs", division=OTHER)
    await specimen.numbered()
    page = await read(specimen, ("town_officer", TOWN))
    assert (names(page), page.next) == (["mine"], 2)
    page = await read(specimen, ("town_officer", OTHER), limit=1)
    assert (names(page), page.next) == (["theirs"], 2)
    assert (await read(specimen, ("town_officer", "110116104"))).items == []


async def test_a_reader_beyond_the_end_stays_where_it_is(specimen: Service):
    await store(specimen, "a")
    await specimen.numbered()
    page = await read(specimen, after=1000)
    assert (page.items, page.next) == ([], 1000)


async def test_types_choose_by_their_beginning(specimen: Service):
    await store(specimen, "a")
    await specimen.numbered()
    assert names(await read(specimen, types="specimen.")) == ["a"]
    assert names(await read(specimen, types=["other.thing", "specimen.stored"])) == ["a"]
    page = await read(specimen, types="specimen.removed")
    assert (page.items, page.next) == ([], 1)
    assert (await read(specimen, types="%")).items == []


async def test_what_was_rolled_back_was_never_announced(specimen: Service):
    await specimen.client(WRITER).post("/v1/specimens", json={"division": TOWN, "name": "fail late"})
    await store(specimen, "a")
    await specimen.numbered()
    page = await read(specimen)
    assert (names(page), page.next) == (["a"], 1)


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"after": -1}, "after"),
        ({"after": 2**63}, "after"),
        ({"limit": 501}, "limit"),
        ({"wait": 31}, "wait"),
        ({"type": "x"}, "type"),
        ({"types": ["x"] * 51}, "types"),
        ({"types": "a\x00"}, "types/0"),
    ],
)
async def test_a_question_that_is_none_is_refused(specimen: Service, params: dict[str, Any], pointer: str):
    answer = await specimen.client(WRITER).get("/v1/events", params=params)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_who_waits_is_woken_by_the_next_event(specimen: Service):
    began = time.monotonic()
    waiting = asyncio.create_task(read(specimen, wait=20))
    await asyncio.sleep(0.3)
    assert not waiting.done()
    await store(specimen, "a")
    page = await waiting
    assert names(page) == ["a"]
    assert time.monotonic() - began < 3


async def test_many_who_wait_are_all_woken(specimen: Service):
    waiting = [asyncio.create_task(read(specimen, wait=20)) for _ in range(30)]
    await asyncio.sleep(0.2)
    await store(specimen, "a")
    async with asyncio.timeout(5):
        assert [names(await each) for each in waiting] == [["a"]] * 30


async def test_others_events_do_not_end_the_wait(specimen: Service):
    began = time.monotonic()
    waiting = asyncio.create_task(read(specimen, ("town_officer", OTHER), wait=1.5))
    await asyncio.sleep(0.2)
    await store(specimen, "a")
    page = await waiting
    assert (page.items, page.next) == ([], 1)
    assert time.monotonic() - began >= 1.4


async def follow(url: str, token: str, count: int, last: str | None = None) -> list[dict[str, str]]:
    """The first so many server-sent events."""
    headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})
    found: list[dict[str, str]] = []
    async with (
        asyncio.timeout(10),
        httpx.AsyncClient() as http,
        http.stream("GET", f"{url}/v1/events/stream", headers=headers, timeout=10) as answer,
    ):
        assert answer.headers["content-type"].startswith("text/event-stream")
        event: dict[str, str] = {}
        async for line in answer.aiter_lines():
            if line and not line.startswith(":"):
                name, _, value = line.partition(": ")
                event[name] = value
            elif event:
                found.append(event)
                event = {}
            if len(found) == count:
                break
    return found


async def test_a_stream_goes_on_where_it_broke(specimen: Service):
    token = stack.token(WRITER)
    await store(specimen, "a", "b")
    await specimen.numbered()
    async with serving(specimen.app) as url:
        first = await follow(url, token, 1)
        assert (first[0]["id"], first[0]["event"]) == ("1", "specimen.stored")
        assert json.loads(first[0]["data"])["data"] == {"name": "a"}
        following = asyncio.create_task(follow(url, token, 3, last=first[0]["id"]))
        await asyncio.sleep(0.3)
        began = time.monotonic()
        await store(specimen, "c", "d")
        rest = await following
        assert time.monotonic() - began < 3
    assert [json.loads(each["data"])["data"]["name"] for each in rest] == ["b", "c", "d"]


async def test_a_stream_keeps_to_the_scope_and_to_its_token(specimen: Service):
    async with serving(specimen.app) as url:
        following = asyncio.create_task(follow(url, stack.token(("town_officer", TOWN)), 1))
        await asyncio.sleep(0.2)
        await store(specimen, "theirs", division=OTHER)
        await store(specimen, "mine")
        assert [json.loads(each["data"])["data"]["name"] for each in await following] == ["mine"]
        # A stream ends with its token instead of outliving it.
        short = stack.token(("town_officer", TOWN), seconds=1)
        following = asyncio.create_task(follow(url, short, 5))
        await asyncio.sleep(1.2)
        await store(specimen, "too late")
        assert [json.loads(each["data"])["data"]["name"] for each in await following] == ["mine"]


@pytest.mark.parametrize("last", ["x", "-1", "9" * 30])
async def test_a_last_event_id_that_is_none_is_refused(specimen: Service, last: str):
    answer = await specimen.client(WRITER, **{"Last-Event-ID": last}).get("/v1/events/stream")
    assert answer.status_code == 422


async def test_sixteen_writers_leave_no_gap_and_no_repeat(specimen: Service):
    """A reader who follows while they write sees every event once, in the order of positions."""
    seen: list[tuple[int, str]] = []

    async def reading() -> None:
        after = 0
        while len(seen) < 16 * 25:
            page = await read(specimen, after=after, wait=5, limit=37)
            seen.extend((each.sequence, each.data["name"]) for each in page.items)
            after = page.next

    async def writing(who: int) -> None:
        client = specimen.client(WRITER)
        for number in range(25):
            await client.post("/v1/specimens", json={"division": TOWN, "name": f"{who}-{number}"})

    async with asyncio.timeout(60):
        await asyncio.gather(reading(), *(writing(who) for who in range(16)))
    assert [place for place, _ in seen] == list(range(1, 16 * 25 + 1))
    assert sorted(name for _, name in seen) == sorted(f"{who}-{n}" for who in range(16) for n in range(25))
    for who in range(16):  # what one writer did one after the other stays so
        assert [name for _, name in seen if name.startswith(f"{who}-")] == [f"{who}-{n}" for n in range(25)]
