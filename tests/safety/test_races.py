"""What many do at the same moment ends as if they had done it one after the other."""

import asyncio
from typing import Any

from tests.safety import given
from tests.safety.given import INSPECTOR, OFFICER, TODAY, TOWN
from tests.stack import Service


async def test_one_finding_sent_ten_times_at_once_is_one_hazard(safety: Service):
    garden = await given.kindergarten(safety)
    quality = safety.client(("service", given.DISTRICT), sub="quality")
    body = {
        "kindergarten": str(garden), "category": "conduct", "place": "大班", "description": "演示",
        "legal_basis": "学前教育法第五十九条", "found_on": TODAY.isoformat(), "synthetic": True,
    }  # fmt: skip
    answers = await asyncio.gather(*(quality.put("/v1/findings/quality/v-1", json=body) for _ in range(10)))
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["id"] for each in answers}) == 1


async def test_one_address_seen_by_ten_at_once_is_one_case(safety: Service):
    town = safety.client(("town_officer", TOWN))
    body: dict[str, Any] = {"source": "sweep", "division": TOWN, "address": "北房镇幸福路8号", "described": "演示"}
    answers = await asyncio.gather(*(town.post("/v1/sites", json=body) for _ in range(10)))
    assert {each.status_code for each in answers} == {201}
    (case,) = (await town.get("/v1/sites")).json()["items"]
    assert case["sightings"] == 10


async def test_of_ten_verdicts_at_once_one_counts(safety: Service):
    garden = await given.kindergarten(safety)
    principal, officer = safety.client(("principal", f"k:{garden}"), sub="p"), safety.client(OFFICER)
    made = (await principal.post("/v1/hazards", json=given.hazard(garden))).json()["id"]
    await officer.post(f"/v1/hazards/{made}/gradings", json={})
    await officer.post(f"/v1/hazards/{made}/assignments", json={"responsible": "后勤"})
    proof = {"note": "好了", "files": [await given.photo(principal, garden)]}
    await principal.post(f"/v1/hazards/{made}/rectifications", json=proof)
    inspector, verdict = safety.client(INSPECTOR), {"passed": True, "note": "通过"}
    calls = (inspector.post(f"/v1/hazards/{made}/verifications", json=verdict) for _ in range(10))
    codes = sorted(each.status_code for each in await asyncio.gather(*calls))
    assert codes == [201] + [409] * 9


async def test_bundles_that_arrive_together_in_opposite_order_do_not_block_one_another(safety: Service):
    await given.checklist(safety)
    gardens = [await given.kindergarten(safety) for _ in range(20)]
    machine = safety.client(("integration", given.DISTRICT))
    recorded = f"{TODAY}T00:00:00+08:00"
    entries = [
        {"kindergarten": str(garden), "checklist": "daily", "day": TODAY.isoformat(), "recorded_at": recorded}
        | {"answers": given.answers(i11="bad")}
        for garden in gardens
    ]
    bundles = [entries, entries[::-1]] * 2
    answers = await asyncio.gather(
        *(machine.post("/v1/self-checks/bundles", json={"entries": each}) for each in bundles)
    )
    assert [each.status_code for each in answers] == [200] * 4
    assert sum(each.json()["created"] for each in answers) == 20
    assert (await safety.database.fetch("SELECT count(*) FROM hazards")) == [(20,)]


async def test_a_write_repeated_with_its_key_happens_once(safety: Service):
    garden = await given.kindergarten(safety)
    client = safety.client(OFFICER)
    keyed = {"Idempotency-Key": "k-1"}
    first = await client.post("/v1/hazards", json=given.hazard(garden), headers=keyed)
    again = await client.post("/v1/hazards", json=given.hazard(garden), headers=keyed)
    assert (first.content, again.headers["idempotency-replayed"]) == (again.content, "true")
    assert len((await client.get("/v1/hazards")).json()["items"]) == 1
