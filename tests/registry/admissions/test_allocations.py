"""From applications to published places: what is bound before, what is shown, and that anybody can repeat it."""

import asyncio
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from services.registry.admission_allocations.schemas import (
    AdmissionAllocationPlan,
    AdmissionPublishedInputs,
    AdmissionPublishedResult,
)
from services.registry.admission_rounds import actions as rounds
from services.registry.admissions.priorities import commitment
from services.registry.admissions.publishing import digest, market, spelt
from shared.contracts.registry import AdmissionPlaceFact, AdmissionRoundFact
from tests.registry import given
from tests.registry.admissions import repeat
from tests.registry.admissions.office import DAY, Office
from tests.registry.admissions.stability import faults
from tests.stack import Service

SCRIPT = Path(repeat.__file__)


async def town(registry: Service, families: int = 24) -> Office:
    """Four kindergartens, families from two towns, some with declarations, wishes of any length."""
    chance = random.Random(7)  # noqa: S311  # the same town each time
    office = await Office.preparing(registry, 2, 3, 4, 5)
    for garden, village in zip(office.gardens, (given.VILLAGE, given.OTHER_VILLAGE), strict=False):
        await office.set_seats(garden, 2, catchment=[village])
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    for number in range(families):
        gardens = chance.sample(office.gardens, chance.randint(1, 4))
        declared = [{"criterion": "martyr_child"}] if number % 8 == 0 else []
        residence = given.VILLAGE if number % 3 else given.OTHER_VILLAGE
        made = await office.applied(*gardens, residence=residence, declarations=declared)
        for each in made["declarations"]:
            address = f"/v1/admission-applications/{made['id']}/declarations/{each['id']}/checks"
            await office.ok(address, {"confirmed": number % 16 == 0, "reason": "材料已核"})
    return office


async def published(office: Office) -> tuple[dict[str, Any], dict[str, Any]]:
    """Inputs and result, as a stranger without a token reads them."""
    stranger = office.registry.client()
    answers = [
        await stranger.get(f"/v1/admission-rounds/{office.round}/published-{name}") for name in ("inputs", "result")
    ]
    assert [each.status_code for each in answers] == [200, 200]
    AdmissionPublishedInputs.model_validate_json(answers[0].content)
    AdmissionPublishedResult.model_validate_json(answers[1].content)
    return answers[0].json(), answers[1].json()


async def test_a_stranger_repeats_the_allocation_from_what_was_published(registry: Service, tmp_path: Path):
    office = await town(registry)
    await office.allocate()
    inputs, result = await published(office)
    for name, document in (("inputs", inputs), ("result", result)):
        (tmp_path / name).write_text(json.dumps(document), encoding="utf-8")
    command = [sys.executable, "-I", str(SCRIPT), str(tmp_path / "inputs"), str(tmp_path / "result")]
    run = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (0, "identical\n", "")
    inputs["inputs"]["applications"][0]["groups"][0] += 1
    (tmp_path / "inputs").write_text(json.dumps(inputs), encoding="utf-8")
    tampered = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=False)
    assert "not those of their hash" in tampered.stderr


async def test_the_published_allocation_is_stable_and_every_place_is_one_of_it(registry: Service):
    office = await town(registry)
    await office.allocate()
    inputs, result = await published(office)
    made = {each["number"]: each["programme"] for each in result["result"]["allocation"]}
    assert faults(market(inputs["inputs"], inputs["seed"]), made) == []
    rows = await registry.database.fetch(
        "SELECT a.number, p.seats_of::text, p.state FROM admission_places p"
        " JOIN admission_applications a ON a.id = p.application"
    )
    assert {(number, seats) for number, seats, state in rows if state == "offered"} == {
        (number, programme) for number, programme in made.items() if programme
    }
    lines = {(number, each["programme"]) for each in result["result"]["waiting"] for number in each["numbers"]}
    assert {(number, seats) for number, seats, state in rows if state == "waiting"} == lines


async def test_inputs_and_seed_are_bound_before_anybody_knows_what_they_give(registry: Service):
    office = await town(registry, 6)
    opened = await office.get(f"/v1/admission-rounds/{office.round}")
    assert len(opened["seed_commitment"]) == 64
    assert (opened["seed"], opened["inputs_hash"]) == (None, None)
    stranger = registry.client()
    address = f"/v1/admission-rounds/{office.round}/published-inputs"
    assert (await stranger.get(address)).status_code == 404
    await office.close()
    before = (await stranger.get(address)).json()
    assert before["seed"] is None
    assert digest(spelt(before["inputs"])) == before["hash"]
    assert (await stranger.get(address.replace("inputs", "result"))).status_code == 404
    plan = await office.preview()
    assert await office.preview() == plan
    said = await office.ok(f"/v1/admission-rounds/{office.round}/allocations", {"token": plan.token}, 202)
    await office.done(said["job"])
    after = (await stranger.get(address)).json()
    assert after == before | {"seed": after["seed"]}
    assert commitment(after["seed"]) == opened["seed_commitment"]
    (_, result) = await published(office)
    assert result["hash"] == plan.result_hash == digest(spelt(result["result"]))


async def test_nothing_personal_is_published_or_announced(registry: Service):
    office = await Office.open(registry, 1)
    child, guardian = family = await office.family(name="欧阳演示")
    body = office.application(family, office.gardens[0], declarations=[{"criterion": "disabled_child"}])
    made = await office.ok("/v1/admission-applications", body)
    declared = made["declarations"][0]["id"]
    await office.ok(f"/v1/admission-applications/{made['id']}/declarations/{declared}/checks", {"confirmed": True})
    await office.allocate()
    await office.ok(f"/v1/admission-places/{await office.place(made, office.gardens[0])}/declines")
    text = json.dumps(await published(office), ensure_ascii=False)
    rows = await registry.database.fetch("SELECT data::text FROM events WHERE type LIKE 'registry.admission%'")
    assert len(rows) >= 6
    for said in (text, *(row[0] for row in rows)):
        for secret in ("欧阳", "演示家长", str(child), guardian, "disabled", "13800000000", str(given.VILLAGE)):
            assert secret not in said
    assert made["number"] in text
    assert all(made["number"] not in row[0] for row in rows)


async def test_what_happens_is_announced(registry: Service):
    office = await Office.open(registry, 1)
    made = await office.applied(office.gardens[0])
    await office.allocate()
    await office.ok(f"/v1/admission-places/{await office.place(made, office.gardens[0])}/declines")
    await registry.numbered()
    items = (await office.get("/v1/events?types=registry.admission_round.&types=registry.admission_place."))["items"]
    rounds = [AdmissionRoundFact.model_validate(e["data"]).state for e in items if "round" in e["type"]]
    assert rounds == ["draft", "open", "closed", "allocated"]
    places = [AdmissionPlaceFact.model_validate(e["data"]).state for e in items if "place" in e["type"]]
    assert places == ["offered", "declined"]


async def test_a_preview_changes_nothing_and_its_token_makes_it_true_once(registry: Service):
    office = await town(registry, 12)
    await office.close()
    plan: AdmissionAllocationPlan = await office.preview()
    assert await registry.database.fetch("SELECT count(*) FROM admission_places") == [(0,)]
    address = f"/v1/admission-rounds/{office.round}/allocations"
    for token, code, status in ((None, "allocation-needs-preview", 422), ("x", "allocation-differs", 409)):
        answer = await office.client.post(address, json={"token": token})
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    started = [await office.ok(address, {"token": plan.token}, 202) for _ in range(2)]
    results = [(await office.done(each["job"])).result for each in started]
    assert results == [{"result_hash": plan.result_hash, "state": "allocated"}] * 2
    states = Counter(dict(await registry.database.fetch("SELECT state, count(*) FROM admission_places GROUP BY 1")))
    assert states["offered"] == plan.placed == sum(plan.by_wish)
    assert states["waiting"] == sum(each.waiting for each in plan.programmes)
    assert plan.placed + plan.unplaced == plan.applications == 12
    again = await office.client.post(address, json={"token": plan.token})
    assert (again.status_code, again.json()["code"]) == (409, "not-in-this-state")


async def test_a_martyrs_child_comes_before_the_catchment_only_once_the_proof_was_seen(registry: Service):
    for confirmed in (True, False):
        registry.database.clean()
        office = await Office.preparing(registry)
        garden = await office.garden(1)
        await office.set_seats(garden, 1, catchment=[given.VILLAGE])
        await office.ok(f"/v1/admission-rounds/{office.round}/openings")
        near = await office.applied(garden)
        far = await office.applied(garden, residence=given.OTHER_VILLAGE, declarations=[{"criterion": "martyr_child"}])
        check = f"/v1/admission-applications/{far['id']}/declarations/{far['declarations'][0]['id']}/checks"
        await office.ok(check, {"confirmed": confirmed, "reason": "材料不全"})
        await office.allocate()
        assert await office.wishes(far) == [(1, "offered" if confirmed else "waiting")]
        assert await office.wishes(near) == [(1, "waiting" if confirmed else "offered")]


async def test_the_nearer_home_comes_first_and_no_home_is_kept(registry: Service):
    office = await Office.preparing(registry)
    garden = await office.garden(1, latitude=40.32, longitude=116.63)
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    unknown = await office.applied(garden)
    far = await office.applied(garden, home={"latitude": 40.36, "longitude": 116.63})
    near = await office.applied(garden, home={"latitude": 40.325, "longitude": 116.63})
    bands = [each["wishes"][0]["band"] for each in (unknown, far, near)]
    assert bands == [None, 4, 1]
    await office.allocate()
    turns = {}
    for name, made in (("unknown", unknown), ("far", far), ("near", near)):
        turns[name] = (await office.get(f"/v1/admission-applications/{made['id']}"))["wishes"][0]["turn"]
    assert turns == {"near": 1, "far": 2, "unknown": 3}
    stored = await registry.database.fetch("SELECT to_jsonb(a)::text FROM admission_applications a")
    assert not any("40.3" in row for (row,) in stored)


async def test_whoever_applies_while_the_round_closes_is_counted_or_refused(
    registry: Service, monkeypatch: pytest.MonkeyPatch
):
    office = await Office.open(registry, 3)
    families = [await office.family() for _ in range(8)]
    counter = registry.client(("registrar", given.DISTRICT), sub="other")
    # For who closes the last day has passed, for who applies it has not.
    monkeypatch.setattr(rounds, "today", lambda: given.TODAY + DAY * 4)

    def file(family: tuple[UUID, str]) -> Any:
        return counter.post("/v1/admission-applications", json=office.application(family, office.gardens[0]))

    closing = office.client.post(f"/v1/admission-rounds/{office.round}/closings")
    answers = await asyncio.gather(*map(file, families[:4]), closing, *map(file, families[4:]))
    assert answers[4].status_code == 201, answers[4].text
    codes = Counter((each.status_code, each.json().get("code")) for each in answers[:4] + answers[5:])
    assert set(codes) <= {(201, None), (409, "round-takes-no-applications")}
    ((inputs,),) = await registry.database.fetch("SELECT document FROM admission_publications")
    assert len(json.loads(inputs)["applications"]) == codes[201, None]


async def test_two_who_allocate_at_once_offer_each_place_once(registry: Service):
    office = await Office.open(registry, 2)
    for _ in range(3):
        await office.applied(office.gardens[0])
    await office.close()
    token = (await office.preview()).token
    address = f"/v1/admission-rounds/{office.round}/allocations"
    jobs = [(await office.ok(address, {"token": token}, 202))["job"] for _ in range(3)]
    await asyncio.gather(*(office.done(each) for each in jobs))
    rows = await registry.database.fetch("SELECT state, count(*) FROM admission_places GROUP BY 1 ORDER BY 1")
    assert rows == [("offered", 2), ("waiting", 1)]


def test_the_script_imports_nothing_of_the_service():
    source = SCRIPT.read_text(encoding="utf-8")
    assert not any(word in source for word in ("services", "shared", "sqlalchemy", "tests."))
