"""Many at once, over real connections: a seat goes to one family, and a family has one place."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from services.registry.admission_places.moving import follow
from tests.registry import given
from tests.registry.admissions.office import REGISTRAR, Office, ranked, states
from tests.stack import Service

ADDRESS = "/v1/admission-places"


async def test_two_take_the_last_seat_of_a_class_at_once(registry: Service):
    office = await Office.open(registry, 2)
    garden = office.gardens[0]
    made = [await ranked(office, garden) for _ in range(2)]
    await office.allocate()
    # Somebody was enrolled past the round: of the two seats one is left.
    await given.enrolment(registry, await given.child(registry), office.rooms[garden])
    body = {"class_id": str(office.rooms[garden])}
    answers = await asyncio.gather(
        *[
            registry.client(REGISTRAR, sub=each["id"]).post(
                f"{ADDRESS}/{await office.place(each, garden)}/acceptances", json=body
            )
            for each in made
        ]
    )
    outcomes = Counter((each.status_code, each.json().get("code")) for each in answers)
    assert outcomes == {(201, None): 1, (409, "class-is-full"): 1}
    assert await states(office) == {"accepted": 1, "offered": 1}
    assert await registry.database.fetch("SELECT count(*) FROM enrolments") == [(2,)]


async def test_one_offer_is_taken_once_however_many_try(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    made = await ranked(office, garden)
    await office.allocate()
    address = f"{ADDRESS}/{await office.place(made, garden)}"
    body = {"class_id": str(office.rooms[garden])}
    clients = [registry.client(REGISTRAR, sub=f"client-{number}") for number in range(8)]
    answers = await asyncio.gather(
        *(each.post(f"{address}/acceptances", json=body) for each in clients[:6]),
        *(each.post(f"{address}/declines") for each in clients[6:]),
    )
    assert Counter(each.status_code for each in answers) == {201: 1, 409: 7}
    assert {each.json()["code"] for each in answers if each.status_code == 409} == {"not-in-this-state"}


async def test_deadlines_and_answers_that_meet_leave_each_place_to_one_family(registry: Service):
    """Answers, lapses and moves at the same moment: no seat twice, nobody two places, nobody who accepted waits."""
    office = await Office.open(registry, 3, 3)
    made = [await ranked(office, *(office.gardens if n % 2 else office.gardens[::-1])) for n in range(10)]
    await office.allocate()
    rows = await registry.database.fetch("SELECT id, kindergarten FROM admission_places WHERE state = 'offered'")
    assert len(rows) == 6
    clients = [registry.client(REGISTRAR, sub=f"client-{number}") for number in range(6)]
    calls: list[Any] = []
    for number, (place, garden) in enumerate(rows):
        if number % 2:
            calls.append(clients[number].post(f"{ADDRESS}/{place}/declines"))
        else:
            body = {"class_id": str(office.rooms[garden])}
            calls.append(clients[number].post(f"{ADDRESS}/{place}/acceptances", json=body))
    database = registry.app.state.database
    await asyncio.gather(*calls, follow(database), follow(database))
    await office.settle()
    held = await registry.database.fetch(
        "SELECT seats_of, count(*) FROM admission_places WHERE state IN ('offered', 'accepted') GROUP BY 1"
    )
    assert sorted(count for _, count in held) == [3, 3]
    double = (
        "SELECT application FROM admission_places WHERE state IN ('offered', 'accepted') GROUP BY 1 HAVING count(*) > 1"
    )
    assert await registry.database.fetch(double) == []
    assert len(made) == 10


async def test_the_database_itself_offers_no_more_than_there_are_seats(registry: Service):
    office = await Office.open(registry, 1)
    for _ in range(2):
        await ranked(office, office.gardens[0])
    await office.allocate()
    with pytest.raises(Exception, match="no seat"):
        await registry.database.fetch(
            "UPDATE admission_places SET state = 'offered', answer_by = current_date WHERE state = 'waiting'"
        )
