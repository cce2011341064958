"""Self-checks: once each, merged alike in any order, missed ones found."""

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


async def test_five_hundred_offline_entries_sent_twice_in_any_order_end_alike(safety: Service):
    await given.checklist(safety, since=TODAY - timedelta(60))
    gardens = [await given.kindergarten(safety) for _ in range(10)]
    chosen = random.Random(5)  # noqa: S311  # a fixed draw, no secret
    entries = [
        sent(number % 7, i11=chosen.choice(["ok", "ok", "ok", "ok", "bad"]))
        | {"kindergarten": str(gardens[number % 10]), "checklist": "daily"}
        | {"day": (TODAY - timedelta(number // 10 % 25)).isoformat()}
        for number in range(500)
    ]
    officer = safety.client(OFFICER, ("integration", given.DISTRICT))
    twice = [*entries, *entries]
    chosen.shuffle(twice)
    ends = []
    for uploads in (entries, twice):
        await safety.database.fetch("DELETE FROM self_checks")
        await safety.database.fetch("DELETE FROM hazards")
        for start in range(0, len(uploads), 100):
            answer = await officer.post("/v1/self-checks/bundles", json={"entries": uploads[start : start + 100]})
            assert answer.status_code == 200, answer.text
            report = MergeReport.model_validate_json(answer.content)
            assert (len(report.lines), report.refused) == (100, 0)
        ends.append(
            await safety.database.fetch(
                "SELECT kindergarten, first_day, digest,"
                " (SELECT array_agg(source_reference ORDER BY source_reference) FROM hazards)"
                " FROM self_checks ORDER BY 1, 2"
            )
        )
    assert ends[0] == ends[1]
    assert len(ends[0]) == 250


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
