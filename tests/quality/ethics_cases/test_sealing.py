"""A sealed case leaks through no channel: list, export, count, error text, feed, search, history, timing."""

import statistics
import time

import httpx
import pytest

from shared.exports import XLSX
from shared.ids import new_id
from tests.quality import given
from tests.quality.ethics_cases.desk import DECISION, SECRET, desk
from tests.stack import Service

# Everyone who might be curious, each with the widest grant there is.
CURIOUS = [
    ("quality_officer", "110116"),
    ("leader", "110116"),
    ("auditor", "110116"),
    ("inspector", "110116"),
    ("data_protection", "110116"),
    ("service", "110116"),
]


async def test_before_it_is_taken_up_only_appointed_handlers_see_a_report(quality: Service):
    case = await desk(quality)
    assert await case.seen(case.handler) == await case.seen(case.second) == [case.id]
    assert await case.seen(case.leader) == await case.seen(case.outsider) == []
    assert (await case.leader.get(f"/v1/ethics-cases/{case.id}")).status_code == 404


async def test_once_taken_up_only_those_named_see_it(quality: Service):
    case = await desk(quality)
    await case.accepted()
    assert await case.seen(case.handler) == await case.seen(case.leader) == [case.id]
    assert await case.seen(case.second) == await case.seen(case.outsider) == []
    members = {"members": ["handler", "second handler"], "note": "调整"}
    await case.done(case.handler, "members", **members)
    assert await case.seen(case.second) == [case.id]
    assert await case.seen(case.leader) == []


async def test_a_handler_whose_appointment_ended_sees_no_new_report(quality: Service):
    case = await desk(quality)
    listed = (await case.leader.get("/v1/ethics-handlers")).json()
    (second,) = [each["id"] for each in listed if each["account"] == "second handler"]
    await case.leader.post(f"/v1/ethics-handlers/{second}/endings")
    assert await case.seen(case.second) == []


async def test_a_lost_grant_ends_what_a_member_sees(quality: Service):
    case = await desk(quality)
    await case.accepted()
    elsewhere = quality.client(("quality_officer", "110117"), sub="handler")
    assert await case.seen(elsewhere) == []
    assert (await elsewhere.get(f"/v1/ethics-cases/{case.id}")).status_code == 404


@pytest.mark.parametrize("grant", CURIOUS)
async def test_no_list_count_or_export_shows_it(quality: Service, grant: tuple[str, str]):
    case = await desk(quality)
    await case.accepted()
    curious = quality.client(grant, sub="curious")
    for path in ("/v1/ethics-cases", "/v1/annual-inspections", "/v1/evidence", "/v1/kindergartens"):
        for accept in ("application/json", "text/csv", "application/x-ndjson"):
            answer = await curious.get(path, params={"count": True}, headers={"accept": accept})
            assert case.id not in answer.text
            assert SECRET not in answer.text
    counted = await curious.get("/v1/ethics-cases", params={"count": True})
    assert counted.status_code == 403 or (counted.json()["items"], counted.json()["total"]) == ([], 0)
    sheet = await curious.get("/v1/ethics-cases", headers={"accept": XLSX})
    assert sheet.headers.get("x-rows", "0") == "0"


async def test_no_filter_finds_it(quality: Service):
    case = await desk(quality)
    await case.accepted()
    for params in ({"kindergarten": str(case.kindergarten)}, {"state": "investigating"}, {"sort": "reported_on"}):
        answer = await case.outsider.get("/v1/ethics-cases", params=params | {"count": "true"})
        assert answer.json() == {"items": [], "next": None, "total": 0}


async def test_a_refusal_says_the_same_of_a_sealed_case_and_of_none(quality: Service):
    case = await desk(quality)
    await case.accepted()

    async def said(id: str) -> list[tuple[int, dict[str, object]]]:
        answers = [
            await case.outsider.get(f"/v1/ethics-cases/{id}"),
            await case.outsider.post(f"/v1/ethics-cases/{id}/acceptances", json={"lead": "outsider", "note": "x"}),
            await case.outsider.post(f"/v1/ethics-cases/{id}/decisions", json=DECISION),
            await case.outsider.post(f"/v1/ethics-cases/{id}/members", json={"members": ["outsider"], "note": "x"}),
            await case.outsider.post(f"/v1/ethics-cases/{id}/conclusions"),
        ]
        return [(each.status_code, {k: v for k, v in each.json().items() if k != "trace_id"}) for each in answers]

    sealed = await said(case.id)
    assert sealed == await said(str(new_id()))
    assert {status for status, _ in sealed} == {404}


async def test_the_feed_and_the_history_hold_nothing_of_it(quality: Service):
    case = await desk(quality)
    await case.decided()
    everything = await quality.database.fetch(
        "SELECT to_jsonb(e)::text FROM events e UNION ALL SELECT to_jsonb(h)::text FROM row_history h"
        " UNION ALL SELECT to_jsonb(j)::text FROM jobs j UNION ALL SELECT to_jsonb(a)::text FROM access_log a"
        " UNION ALL SELECT to_jsonb(f)::text FROM service_facts f UNION ALL SELECT to_jsonb(s)::text FROM steps s"
    )
    told = "\n".join(text for (text,) in everything)
    for word in (case.id, SECRET, "张某", "怀教师〔2026〕1号", "ethics-case", "corporal"):
        assert word not in told
    await quality.numbered()
    feed = await case.outsider.get("/v1/events", params={"limit": 500})
    assert case.id not in feed.text


async def test_a_public_veto_names_the_fact_and_not_the_case(quality: Service):
    case = await desk(quality)
    opened = await case.handler.post("/v1/annual-inspections", json={"year": given.YEAR})
    await case.decided()
    found = await case.outsider.get(f"/v1/annual-inspections/{opened.json()['opened'][0]}")
    assert found.json()["vetoed"] is True
    assert case.id not in found.text
    assert [each["actor"] for each in found.json()["steps"]] == ["quality"]


async def test_names_are_stored_encrypted(quality: Service):
    case = await desk(quality, contact="13900000000")
    await case.decided()
    ((row,),) = await quality.database.fetch("SELECT to_jsonb(c)::text FROM ethics_cases c")
    for plain in ("张某", "13900000000", "11019919491231002X", "张某".encode().hex()):
        assert plain not in row
    seen = await case.read(case.handler)
    assert (seen.accused, seen.accused_number, seen.contact) == ("张某", "002X", "13900000000")


async def test_every_reading_is_recorded(quality: Service):
    case = await desk(quality)
    await case.accepted()
    await case.read(case.leader)
    seen = await case.read(case.handler)
    assert [each.actor for each in seen.readings] == ["leader", "handler"]


async def test_a_sealed_case_answers_as_fast_as_none(quality: Service):
    case = await desk(quality)
    await case.accepted()

    async def taken(client: httpx.AsyncClient, id: str) -> float:
        began = time.perf_counter()
        assert (await client.get(f"/v1/ethics-cases/{id}")).status_code == 404
        return time.perf_counter() - began

    # Pair by pair, turn about: whatever slows the machine meanwhile slows both of a pair.
    pairs: list[dict[str, float]] = []
    for _ in range(8):
        for n in range(80):
            asked = {"sealed": case.id, "none": str(new_id())}
            order = sorted(asked, reverse=n % 2 == 0)
            pairs.append({kind: await taken(case.outsider, asked[kind]) for kind in order})
        difference = statistics.median(each["sealed"] - each["none"] for each in pairs)
        usual = statistics.median(each["none"] for each in pairs)
        if abs(difference) <= 0.05 * usual:
            return
    raise AssertionError(f"{difference * 1e6:.0f} µs of {usual * 1e6:.0f}")
