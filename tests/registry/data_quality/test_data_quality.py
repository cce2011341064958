"""What is wrong in the register is found, each with its owner and the request that mends it, and nothing else is."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from services.registry.data_quality.rules import days_open, score
from services.registry.seed.loading import load
from services.registry.seed.staff import staff
from services.registry.seed.synthetic import district
from shared.jobs import perform
from shared.settings import settings
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import FIELD_KEYS, Service

NAMES = {"guard": "guard-short"}  # planted faults that a check calls otherwise


@pytest.fixture
def worker(registry: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.setenv("HUAIYOU_APP_DATABASE_URL", registry.database.app_url)
    monkeypatch.setenv("HUAIYOU_FIELD_KEYS", FIELD_KEYS)
    settings.cache_clear()
    yield registry
    settings.cache_clear()


async def looked_over(worker: Service, client: httpx.AsyncClient) -> dict[str, Any]:
    answer = await client.post("/v1/data-quality-runs")
    assert answer.status_code == 202, answer.text
    await perform(worker.app.state.database, UUID(answer.json()["job"]))
    job = (await client.get(f"/v1/jobs/{answer.json()['job']}")).json()
    assert job["status"] == "succeeded", job
    return dict(job["result"]["counts"])


async def findings(client: httpx.AsyncClient, **asked: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/data-findings", params={"limit": 500} | asked)
    assert answer.status_code == 200, answer.text
    assert answer.json()["next"] is None
    return list(answer.json()["items"])


def operations() -> set[tuple[str, str]]:
    document = json.loads(Path("services/registry/openapi.json").read_text("utf-8"))
    return {
        (method.upper(), "/".join("*" if part.startswith("{") else part for part in path.split("/")))
        for path, methods in document["paths"].items()
        for method in methods
    }


def address(path: str) -> str:
    """The path within the service, each id a star."""
    parts = path.removeprefix("/registry").split("/")
    return "/".join("*" if len(part) == 36 and part.count("-") == 4 else part for part in parts)


async def test_all_planted_faults_of_the_demonstration_are_found_and_nothing_else(worker: Service):
    made = district(on=given.TODAY)
    with psycopg.connect(worker.database.app_url) as connection:
        load(connection, made, given.KEYS, given.DISTRICT)
    client = worker.client(REGISTRAR)
    await looked_over(worker, client)
    found = await findings(client)
    planted = {
        (NAMES.get(each.kind, each.kind), f"{each.table.replace('_', '-')}/{each.row}")
        for each in (*made.faults, *staff(made).faults)
    }
    assert {(each["code"], each["subject"]) for each in found} == planted
    known = operations()
    assert [each["fix_path"] for each in found if (each["fix_method"], address(each["fix_path"])) not in known] == []
    assert "{" not in "".join(each["fix_path"] for each in found)
    await scores_are_counted_again(client, found)


async def scores_are_counted_again(client: httpx.AsyncClient, found: list[dict[str, Any]]):
    answer = await client.get("/v1/data-quality-scores", params={"limit": 500})
    lost: Counter[str] = Counter()
    for each in found:
        lost[each["kindergarten"]] += 5 if each["severity"] == "red" else 1
    scores = {each["kindergarten"]: each for each in answer.json()["items"]}
    assert len(scores) > 60
    assert {key: each["lost"] for key, each in scores.items() if each["lost"]} == {
        key: points for key, points in lost.items() if key in scores
    }
    assert all(each["score"] == max(0, 100 - each["lost"]) for each in scores.values())
    assert [each["score"] for each in answer.json()["items"]] == sorted(each["score"] for each in scores.values())


async def orphan(registry: Service) -> tuple[UUID, UUID]:
    """A kindergarten with a child nobody is guardian of."""
    place = await given.kindergarten(registry, licence_number="演", licence_expires_on=given.TODAY + timedelta(900))
    room = await given.class_(registry, place)
    child = await given.child(registry, birth=date(given.SCHOOL_YEAR - 3, 3, 1), division=given.VILLAGE)
    await given.enrolment(registry, child, room)
    return place, child


async def test_what_was_mended_is_gone_and_what_comes_back_is_found_anew(worker: Service):
    _, child = await orphan(worker)
    client = worker.client(REGISTRAR)
    first = await looked_over(worker, client)
    assert first["child-without-guardian"] == {"standing": 1, "opened": 1, "gone": 0}
    again = await looked_over(worker, client)
    assert again["child-without-guardian"] == {"standing": 1, "opened": 0, "gone": 0}
    (finding,) = await findings(client, code="child-without-guardian")
    assert (finding["owner"], finding["days_open"], finding["state"]) == ("clerk", 0, "open")
    fix = finding["fix_path"].removeprefix("/registry")
    body = {"name": "演示监护人", "relation": "51", "document_type": "1", "document_number": given.resident_id()}
    mended = await client.request(finding["fix_method"], fix, json=body)
    assert mended.status_code == 201, mended.text
    assert (await looked_over(worker, client))["child-without-guardian"] == {"standing": 0, "opened": 0, "gone": 1}
    (gone,) = await findings(client, code="child-without-guardian")
    assert (gone["state"], gone["until"]) == ("resolved", given.TODAY.isoformat())
    await worker.database.fetch("DELETE FROM guardians WHERE child = %s", child)
    assert (await looked_over(worker, client))["child-without-guardian"]["opened"] == 1
    assert len(await findings(client, code="child-without-guardian")) == 2


async def test_an_explained_finding_takes_nothing_from_the_score_until_the_explanation_is_taken_back(worker: Service):
    place, _ = await orphan(worker)
    client, kindergarten = worker.client(REGISTRAR), worker.client(principal(place))
    await looked_over(worker, client)

    async def lost() -> int:
        answer = await kindergarten.get("/v1/data-quality-scores", params={"kindergarten": str(place)})
        (item,) = answer.json()["items"]
        return int(item["codes"].get("child-without-guardian", 0))

    assert await lost() == 1
    (finding,) = await findings(client, code="child-without-guardian")
    path = f"/v1/data-findings/{finding['id']}"
    refused = await kindergarten.post(f"{path}/dismissals", json={"reason": "自行说明"})
    assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")
    answer = await client.post(f"{path}/dismissals", json={"reason": "监护人资料由民政部门保管"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["state"] == "dismissed"
    assert {each["action"]: each["allowed"] for each in answer.json()["actions"]} == {"dismiss": False, "reopen": True}
    assert await lost() == 0
    assert (await looked_over(worker, client))["child-without-guardian"] == {"standing": 1, "opened": 0, "gone": 0}
    twice = await client.post(f"{path}/dismissals", json={"reason": "再次"})
    assert (twice.status_code, twice.json()["code"]) == (409, "not-in-this-state")
    answer = await client.post(f"{path}/reopenings", json={"reason": "说明不成立"})
    assert [each["verb"] for each in answer.json()["steps"]] == ["dismiss", "reopen"]
    assert await lost() == 1


async def test_a_town_sees_and_looks_over_its_own_only(worker: Service):
    await orphan(worker)
    elsewhere = await given.kindergarten(worker, division=given.OTHER_VILLAGE, credit_code=None, licence_number="演")
    await looked_over(worker, worker.client(REGISTRAR))
    everything = await findings(worker.client(REGISTRAR))
    mine = await findings(worker.client(TOWN))
    assert {each["division"][:9] for each in mine} == {given.TOWN}
    assert any(each["kindergarten"] == str(elsewhere) for each in everything)
    assert len(mine) < len(everything)
    refused = await worker.client(TOWN).post("/v1/data-quality-runs")
    assert refused.status_code == 403


async def test_a_list_of_a_past_day_holds_what_stood_then(worker: Service):
    await orphan(worker)
    client = worker.client(REGISTRAR)
    await looked_over(worker, client)
    await worker.database.fetch("UPDATE data_findings SET since = since - 30")
    (old,) = await findings(client, code="child-without-guardian", as_of=str(given.TODAY - timedelta(10)))
    assert old["days_open"] == 20
    assert await findings(client, as_of=str(given.TODAY - timedelta(31))) == []
    oldest = (await client.get("/v1/data-quality-scores")).json()["items"][0]["oldest_since"]
    assert oldest == str(given.TODAY - timedelta(30))


async def test_every_check_is_listed_with_its_points_owner_and_fix(worker: Service):
    answer = await worker.client(TOWN).get("/v1/data-checks")
    checks = {each["code"]: each for each in answer.json()}
    assert {each["points"] for each in checks.values()} == {1, 5}
    assert all(each["title_zh"] and each["basis"] for each in checks.values())
    known = operations()
    assert [
        code
        for code, each in checks.items()
        if (each["fix_method"], "/".join("*" if p.startswith("{") else p for p in each["fix_path"][9:].split("/")))
        not in known
    ] == []


def test_a_score_never_falls_below_nothing_and_age_counts_from_the_day_after():
    assert [score(0), score(99), score(100), score(101)] == [100, 1, 0, 0]
    assert days_open(date(2026, 2, 28), date(2026, 3, 1)) == 1
