"""Random draws: repeatable by a third party, free of conflicts, by two people."""

import hashlib
from typing import Any

from services.safety.draws.rules import digest, draw
from services.safety.draws.schemas import DrawOut, DrawPage
from tests.safety import given
from tests.safety.given import LEADER, OFFICER
from tests.stack import Service


def test_the_same_seed_draws_the_same_and_another_seed_something_else():
    gardens, people = [f"g{number}" for number in range(40)], ["a", "b", "c", "d"]
    first = draw("seed", gardens, 10, people, {}, 2)
    assert first == draw("seed", reversed(gardens), 10, reversed(people), {}, 2)
    assert first != draw("seed2", gardens, 10, people, {}, 2)
    load = [sum(each in visit.inspectors for visit in first) for each in people]
    assert max(load) - min(load) <= 1


def test_who_has_a_conflict_is_never_drawn_for_that_kindergarten():
    gardens = [f"g{number}" for number in range(30)]
    conflicts = {"a": frozenset(gardens[:15]), "b": frozenset(gardens)}
    for seed in range(50):
        for visit in draw(str(seed), gardens, 30, ["a", "b", "c"], conflicts, 2):
            assert all(visit.kindergarten not in conflicts.get(each, ()) for each in visit.inspectors)


def test_every_kindergarten_is_drawn_about_equally_often():
    gardens = [f"g{number}" for number in range(20)]
    times = dict.fromkeys(gardens, 0)
    for seed in range(2000):
        for visit in draw(str(seed), gardens, 5, ["a", "b"], {}, 2):
            times[visit.kindergarten] += 1
    assert all(400 < count < 600 for count in times.values())


async def test_a_third_party_repeats_the_draw_from_what_is_published(safety: Service):
    await given.checklist(safety, "full", "inspection", None)
    gardens = [await given.kindergarten(safety) for _ in range(12)]
    await given.kindergarten(safety, status="closed")
    officer, leader = safety.client(OFFICER), safety.client(LEADER)
    people = [{"account": name, "conflicts": [str(gardens[0])] if name == "a" else []} for name in "abcd"]
    new = {"title": "秋季双随机(演示)", "checklist": "full", "count": 5, "inspectors": people}
    prepared = await officer.post("/v1/draws", json=new)
    assert prepared.status_code == 201, prepared.text
    before = DrawOut.model_validate_json(prepared.content)
    assert (before.secret, before.seed, before.result, len(before.candidates)) == (None, None, None, 12)
    number = {"public_number": "03 08 14 22 31 33 07", "public_source": "双色球演示期"}
    address = f"/v1/draws/{before.id}/drawings"
    both = safety.client(OFFICER, LEADER, sub=f"{OFFICER[0]}@{OFFICER[1]}")
    assert (await both.post(address, json=number)).json()["code"] == "another-person-needed"
    found = DrawOut.model_validate_json((await leader.post(address, json=number)).content)
    assert (await leader.post(address, json=number)).json()["code"] == "drawn-already"
    assert found.commitment == before.commitment == hashlib.sha256(str(found.secret).encode()).hexdigest()
    assert digest(str(found.secret), number["public_number"])
    assert found.seed == f"{found.secret}|{number['public_number']}"
    conflicts = {each.account: frozenset(map(str, each.conflicts)) for each in found.inspectors}
    repeated = draw(found.seed, map(str, found.candidates), found.count, list(conflicts), conflicts, found.per_visit)
    drawn: list[Any] = [(str(each.kindergarten), tuple(each.inspectors)) for each in found.result or []]
    assert drawn == [(each.kindergarten, each.inspectors) for each in repeated]
    inspections = (await leader.get("/v1/inspections", params={"kind": "random"})).json()["items"]
    assert len(inspections) == 5
    assert len(DrawPage.model_validate_json((await leader.get("/v1/draws")).content).items) == 1
