"""Many at once, over real connections: the last seats go to exactly as many, a child to exactly one kindergarten."""

import asyncio
from collections import Counter
from datetime import date

from tests.registry import given
from tests.stack import Service

YEAR = given.SCHOOL_YEAR
SINCE = str(date(YEAR, 9, 1))
REGISTRAR = ("registrar", given.DISTRICT)


async def test_200_clients_race_for_the_last_5_seats(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry), standard_size=25, hard_limit=30)
    await given.pupils(registry, room, 25)
    waiting = [await given.child(registry) for _ in range(200)]
    clients = [registry.client(REGISTRAR, sub=f"client-{number}") for number in range(200)]
    answers = await asyncio.gather(
        *(
            client.post("/v1/enrolments", json={"child": str(child), "class_id": str(room), "since": SINCE})
            for client, child in zip(clients, waiting, strict=True)
        )
    )
    outcomes = Counter((each.status_code, each.json().get("code")) for each in answers)
    assert outcomes == {(201, None): 5, (409, "class-is-full"): 195}
    assert all("班级已满" in each.json()["detail"] for each in answers if each.status_code == 409)
    assert await registry.database.fetch("SELECT count(*) FROM enrolments") == [(30,)]


async def test_20_clients_enrol_the_same_child_in_two_kindergartens(registry: Service):
    rooms = [await given.class_(registry, await given.kindergarten(registry)) for _ in range(2)]
    child = await given.child(registry)
    clients = [registry.client(REGISTRAR, sub=f"client-{number}") for number in range(20)]
    answers = await asyncio.gather(
        *(
            client.post("/v1/enrolments", json={"child": str(child), "class_id": str(rooms[n % 2]), "since": SINCE})
            for n, client in enumerate(clients)
        )
    )
    outcomes = Counter((each.status_code, each.json().get("code")) for each in answers)
    assert outcomes == {(201, None): 1, (409, "child-already-enrolled"): 19}
    assert all("已在园" in each.json()["detail"] for each in answers if each.status_code == 409)


async def test_children_change_places_between_two_classes_at_once(registry: Service):
    kindergarten = await given.kindergarten(registry)
    one, two = [await given.class_(registry, kindergarten) for _ in range(2)]
    moves = []
    for here, there in ((one, two), (two, one)):
        for child in await given.pupils(registry, here, 8):
            found = await registry.database.fetch("SELECT id FROM enrolments WHERE child = %s", child)
            moves.append((found[0][0], there))
    on = str(date(YEAR, 9, 20))
    answers = await asyncio.gather(
        *(
            registry.client(REGISTRAR, sub=f"client-{number}").post(
                f"/v1/enrolments/{made}/transfer", json={"class_id": str(there), "on": on}
            )
            for number, (made, there) in enumerate(moves)
        )
    )
    assert Counter(each.status_code for each in answers) == {201: 16}


async def test_a_limit_is_not_lowered_while_the_seats_are_taken(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry), standard_size=2, hard_limit=6)
    children = [await given.child(registry) for _ in range(6)]
    client = registry.client(REGISTRAR)
    lowered, *enrolled = await asyncio.gather(
        client.patch(f"/v1/classes/{room}", json={"hard_limit": 3}, headers={"If-Match": '"1"'}),
        *(
            client.post("/v1/enrolments", json={"child": str(child), "class_id": str(room), "since": SINCE})
            for child in children
        ),
    )
    there = sum(each.status_code == 201 for each in enrolled)
    assert {each.status_code for each in enrolled} <= {201, 409}
    assert (
        (there <= 3) if lowered.status_code == 200 else (lowered.json()["code"], there) == ("limit-below-children", 6)
    )


async def test_a_repeat_at_the_same_moment_enrols_once(registry: Service):
    room = await given.class_(registry, await given.kindergarten(registry))
    sent = {"child": str(await given.child(registry)), "class_id": str(room), "since": SINCE}
    client = registry.client(REGISTRAR)
    answers = await asyncio.gather(
        *(client.post("/v1/enrolments", json=sent, headers={"Idempotency-Key": "once"}) for _ in range(6))
    )
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}
    assert await registry.database.fetch("SELECT count(*) FROM events WHERE type = 'registry.enrolment.began'") == [
        (1,)
    ]
