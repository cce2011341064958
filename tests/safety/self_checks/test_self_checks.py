"""Self-checks: once each, merged alike in any order, missed ones found."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from services.safety.self_checks.actions import find_missed
from services.safety.self_checks.schemas import MergeReport, SelfCheckOut, SelfCheckPage
from shared.workdays import is_working_day
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

NOON = datetime.combine(TODAY, datetime.min.time(), UTC)


def sent(minute: int = 0, **results: str) -> dict[str, Any]:
    return {"recorded_at": (NOON + timedelta(minutes=minute)).isoformat(), "answers": given.answers(**results)}


async def test_what_is_not_in_order_becomes_a_hazard_once(safety: Service):
    await given.checklist(safety)
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    address = f"/v1/self-checks/{garden}/daily/{TODAY}"
    first = await teacher.put(address, json=sent(i12="bad"))
    assert first.status_code == 200, first.text
    assert (first.json()["outcome"], len(first.json()["hazards"])) == ("created", 1)
    assert (await teacher.put(address, json=sent(i12="bad"))).json()["outcome"] == "same"
    check = SelfCheckOut.model_validate_json((await teacher.get(f"/v1/self-checks/{first.json()['check']}")).content)
    assert (str(check.score), check.failed_keys) == ("70.00", ["1.2"])
    hazards = (await teacher.get("/v1/hazards")).json()["items"]
    assert [(each["source"], each["category"]) for each in hazards] == [("self", "fire")]
    page = await teacher.get("/v1/self-checks", params={"kindergarten": str(garden)})
    assert len(SelfCheckPage.model_validate_json(page.content).items) == 1


async def test_a_check_is_complete_and_of_known_items(safety: Service):
    await given.checklist(safety)
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    address = f"/v1/self-checks/{garden}/daily/{TODAY}"
    part = sent() | {"answers": given.answers()[:2]}
    assert (await teacher.put(address, json=part)).json()["code"] == "answers-incomplete"
    strange = sent() | {"answers": [*given.answers(), {"item": "9", "result": "ok"}]}
    assert (await teacher.put(address, json=strange)).json()["code"] == "no-such-item"
    other = f"/v1/self-checks/{garden}/weekly/{TODAY}"
    assert (await teacher.put(other, json=sent())).json()["code"] == "no-checklist-in-force"


async def test_five_hundred_bundles_sent_twice_in_random_order_end_as_one_result(safety: Service):
    await given.checklist(safety, since=TODAY - timedelta(60))
    gardens = [await given.kindergarten(safety) for _ in range(10)]
    chosen = random.Random(5)  # noqa: S311  # a fixed draw, no secret
    entries = [
        sent(number % 7, i11=chosen.choice(["ok", "ok", "ok", "ok", "bad"]))
        | {"kindergarten": str(gardens[number % 10]), "checklist": "daily"}
        | {"day": (TODAY - timedelta(number // 10 % 25)).isoformat()}
        for number in range(500)
    ]
    bundles = [chosen.sample(entries, 1 + (number % 4 == 0)) for number in range(500)]
    uploads = [*bundles, *bundles]
    chosen.shuffle(uploads)
    officer = safety.client(OFFICER, ("integration", given.DISTRICT))

    async def upload(bundle: list[dict[str, Any]]) -> MergeReport:
        answer = await officer.post("/v1/self-checks/bundles", json={"entries": bundle})
        assert answer.status_code == 200, answer.text
        return MergeReport.model_validate_json(answer.content)

    reports: list[MergeReport] = []
    for start in range(0, len(uploads), 8):  # eight devices at a time
        reports += await asyncio.gather(*map(upload, uploads[start : start + 8]))
    # What must be there, whatever the order: of each kindergarten and day the record made last.
    last: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in (each for bundle in bundles for each in bundle):
        held = last.get((entry["kindergarten"], entry["day"]))
        if held is None or entry["recorded_at"] > held["recorded_at"]:
            last[entry["kindergarten"], entry["day"]] = entry
    rows = await safety.database.fetch(
        "SELECT kindergarten::text, first_day::text, recorded_at, answers FROM self_checks"
    )
    moments = {(garden, day): datetime.fromisoformat(each["recorded_at"]) for (garden, day), each in last.items()}
    assert {(garden, day): at for garden, day, at, _ in rows} == moments
    single = {key for key, each in last.items() if _same_moment(bundles, key, each)}
    for garden, day, _, answers in rows:
        if (garden, day) in single:
            told = {each["item"]: each["result"] for each in last[garden, day]["answers"]}
            assert {each["item"]: each["result"] for each in answers} == told
    bad = {
        (each["kindergarten"], each["day"])
        for bundle in bundles
        for each in bundle
        if any(answer["result"] == "bad" for answer in each["answers"])
    }
    hazards = await safety.database.fetch(
        "SELECT kindergarten::text, found_on::text FROM hazards WHERE source = 'self'"
    )
    assert sorted(hazards) == sorted(bad)
    assert sum(each.created for each in reports) == len(last)
    assert sum(len(each.lines) for each in reports) == sum(map(len, uploads))
    assert sum(each.refused for each in reports) == 0
    assert sum(each.same for each in reports) >= len(last)
    assert await safety.database.fetch("SELECT count(*) FROM self_checks WHERE due") == await safety.database.fetch(
        "SELECT sum(made) FROM self_check_months"
    )


def _same_moment(bundles: list[list[dict[str, Any]]], key: tuple[str, str], held: dict[str, Any]) -> bool:
    """Whether all records of the last moment say the same."""
    said = [
        each["answers"]
        for bundle in bundles
        for each in bundle
        if (each["kindergarten"], each["day"], each["recorded_at"]) == (*key, held["recorded_at"])
    ]
    return all(each == said[0] for each in said)


async def test_one_refused_entry_does_not_stop_the_others(safety: Service):
    await given.checklist(safety)
    garden = await given.kindergarten(safety)
    good = sent() | {"kindergarten": str(garden), "checklist": "daily", "day": TODAY.isoformat()}
    bad = good | {"checklist": "unknown"}
    principal = safety.client(("principal", f"k:{garden}"))
    report = (await principal.post("/v1/self-checks/bundles", json={"entries": [bad, good]})).json()
    assert [line["outcome"] for line in report["lines"]] == ["refused", "created"]
    assert report["lines"][0]["code"] == "no-checklist-in-force"


async def test_missed_checks_are_findings_each_once(safety: Service):
    await given.checklist(safety, since=TODAY - timedelta(14))
    garden = await given.kindergarten(safety)
    await given.kindergarten(safety, status="suspended")
    due = [TODAY - timedelta(back) for back in range(14, 0, -1) if is_working_day(TODAY - timedelta(back))]
    teacher = safety.client(("teacher", f"k:{garden}"))
    await teacher.put(f"/v1/self-checks/{garden}/daily/{due[0]}", json=sent())
    database = safety.app.state.database
    assert await find_missed(database, TODAY) == len(due) - 1
    assert await find_missed(database, TODAY) == 0
    hazards = (await teacher.get("/v1/hazards", params={"source": "missed_check"})).json()["items"]
    assert {UUID(each["kindergarten"]) for each in hazards} == {garden}
    assert len(hazards) == len(due) - 1
