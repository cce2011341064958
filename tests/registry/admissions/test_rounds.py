"""Planning and opening a round: seats that exist, dates that hold, and nothing that changes once families see it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.registry.admission_rounds.rules import MACHINE
from services.registry.admission_rounds.schemas import (
    AdmissionFreeSeatsList,
    AdmissionPriorityVersion,
    AdmissionRoundOut,
    AdmissionRoundPage,
    AdmissionSeatsPage,
)
from services.registry.admissions.codes import RoundState
from shared.contracts.roles import KINDERGARTEN, Role
from tests.registry import given
from tests.registry.admissions.office import DAY, REGISTRAR, YEAR, Office, born, new_round
from tests.stack import Service


async def test_a_round_is_planned_changed_and_opened(registry: Service):
    client = registry.client(REGISTRAR)
    answer = await client.post("/v1/admission-rounds", json=new_round())
    assert answer.status_code == 201
    made = AdmissionRoundOut.model_validate_json(answer.content)
    assert (made.state, made.priorities, made.seats, made.seed_commitment) == ("draft", "illustrative-1", 0, None)
    address, match = f"/v1/admission-rounds/{made.id}", {"If-Match": answer.headers["etag"]}
    changed = await client.patch(address, json={"answer_days": 3}, headers=match)
    assert (changed.status_code, changed.json()["answer_days"]) == (200, 3)
    stale = await client.patch(address, json={"answer_days": 4}, headers=match)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-is-stale")
    assert (await client.patch(address, json={"answer_days": 4})).status_code == 428
    empty = await client.post(f"{address}/openings")
    assert (empty.status_code, empty.json()["code"]) == (409, "round-has-no-seats")
    AdmissionRoundPage.model_validate_json((await client.get("/v1/admission-rounds?count=true")).content)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"closes_on": str(given.TODAY - DAY * 4)}, 409, "round-closes-before-it-opens"),
        ({"closes_on": f"{YEAR + 1}-09-01"}, 422, "invalid-input"),
        ({"opens_on": "2019-12-31"}, 422, "invalid-input"),
        ({"division": "110117"}, 404, "not-found"),
        ({"answer_days": 0}, 422, "invalid-input"),
        ({"score": 1}, 422, "invalid-input"),
    ],
)
async def test_what_no_round_can_be(registry: Service, fields: dict[str, Any], status: int, code: str):
    answer = await registry.client(REGISTRAR).post("/v1/admission-rounds", json=new_round(**fields))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_division_has_each_round_of_a_year_once(registry: Service):
    client = registry.client(REGISTRAR)
    answers = [await client.post("/v1/admission-rounds", json=new_round(stage=stage)) for stage in (1, 1, 2)]
    assert [each.status_code for each in answers] == [201, 409, 201]
    assert answers[1].json()["code"] == "round-already-planned"


async def test_seats_are_those_the_classes_have_when_children_have_moved_up(registry: Service):
    office = await Office.preparing(registry)
    garden = await given.kindergarten(registry)
    before = await given.class_(registry, garden, kind="small", year=YEAR - 1)
    await given.pupils(registry, before, 7, birth=born(4))
    await given.class_(registry, garden, kind="middle", year=YEAR, continues=before)
    await given.class_(registry, garden, kind="small", year=YEAR)
    await given.class_(registry, garden, kind="nursery", year=YEAR)
    found = AdmissionFreeSeatsList.model_validate(
        await office.get(f"/v1/admission-rounds/{office.round}/free-seats")
    ).items
    assert {each.kind.value: (each.standard, each.staying, each.free) for each in found} == {
        "small": (25, 0, 25),
        "middle": (30, 7, 23),
    }
    for kind, seats, status in (("small", 25, 200), ("small", 26, 409), ("middle", 23, 200), ("middle", 24, 409)):
        answer = await office.set_seats(garden, seats, kind)
        assert answer.status_code == status, answer.text
    refused = await office.set_seats(garden, 1, "large")
    assert (refused.status_code, refused.json()["code"]) == (409, "seats-exceed-classes")
    assert (await office.set_seats(garden, 1, "nursery")).status_code == 422


async def test_the_oldest_of_a_mixed_class_leave_for_school_and_free_their_seats(registry: Service):
    office = await Office.preparing(registry)
    garden = await given.kindergarten(registry)
    before = await given.class_(registry, garden, kind="mixed", year=YEAR - 1)
    await given.pupils(registry, before, 4, birth=born(5))
    await given.pupils(registry, before, 3, birth=born(6))
    await given.class_(registry, garden, kind="mixed", year=YEAR, continues=before)
    (found,) = (await office.get(f"/v1/admission-rounds/{office.round}/free-seats"))["items"]
    assert (found["staying"], found["free"]) == (4, 26)


async def test_a_licence_bounds_all_kinds_together(registry: Service):
    office = await Office.preparing(registry)
    garden = await given.kindergarten(registry, licensed_seats=30)
    for kind in ("small", "middle"):
        await given.class_(registry, garden, kind=kind, year=YEAR)
    assert (await office.set_seats(garden, 20, "small")).status_code == 200
    refused = await office.set_seats(garden, 11, "middle")
    assert (refused.status_code, refused.json()["code"]) == (409, "seats-exceed-licence")
    assert "最多可招 10 人" in refused.json()["detail"]
    assert (await office.set_seats(garden, 10, "middle")).status_code == 200


async def test_a_kindergarten_takes_part_where_the_round_is_and_while_it_is_open(registry: Service):
    office = await Office.preparing(registry, division=given.TOWN)
    outside = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    assert (await office.set_seats(outside, 1)).json()["code"] == "kindergarten-outside-round"
    shut = await given.kindergarten(registry, status="suspended")
    assert (await office.set_seats(shut, 1)).json()["code"] == "kindergarten-not-open"
    garden = await office.garden(3)
    strange = await office.set_seats(garden, 1, catchment=["110116199"])
    assert (strange.status_code, strange.json()["errors"][0]["pointer"]) == (404, "/catchment/0")


async def test_nobody_sees_a_round_being_prepared_and_everybody_an_open_one(registry: Service):
    office = await Office.preparing(registry, 2)
    outside = registry.client(("town_officer", given.OTHER_TOWN))
    address = f"/v1/admission-rounds/{office.round}"
    assert (await outside.get(address)).status_code == 404
    await office.ok(f"{address}/openings")
    seen = (await outside.get(address)).json()
    assert (seen["state"], seen["seats"]) == ("open", 2)
    assert {each["code"] for each in seen["actions"]} == {"not-permitted"}
    seats = AdmissionSeatsPage.model_validate_json((await outside.get(f"{address}/seats")).content).items
    assert [(each.seats, each.type) for each in seats] == [(2, "public")]


async def test_once_open_nothing_of_it_changes(registry: Service):
    office = await Office.open(registry, 2)
    address = f"/v1/admission-rounds/{office.round}"
    found = await office.client.get(address)
    headers = {"If-Match": found.headers["etag"]}
    answers = [
        await office.client.patch(address, json={"answer_days": 9}, headers=headers),
        await office.set_seats(office.gardens[0], 1),
        await office.client.post(f"{address}/openings"),
    ]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [(409, "not-in-this-state")] * 3
    early = await office.client.post(f"{address}/closings")
    assert (early.status_code, early.json()["code"]) == (409, "round-still-running")


async def test_the_seed_is_sealed_until_it_is_revealed(registry: Service):
    office = await Office.open(registry, 1)
    ((sealed,),) = await registry.database.fetch("SELECT sealed FROM admission_seeds")
    seed = given.KEYS.decrypt(bytes(sealed), UUID(office.round).bytes)
    assert len(seed) == 64
    await office.allocate()
    assert (await office.get(f"/v1/admission-rounds/{office.round}"))["seed"] == seed


async def test_the_priorities_are_published_with_their_authority(registry: Service):
    answer = await registry.client(("teacher", f"k:{await given.kindergarten(registry)}")).get(
        "/v1/admission-priorities"
    )
    (version,) = [AdmissionPriorityVersion.model_validate(each) for each in answer.json()]
    assert [each.code for each in version.steps] == ["law", "catchment", "sibling", "distance"]
    assert version.tag == "illustrative"


@pytest.mark.parametrize("state", list(RoundState))
async def test_what_is_offered_is_accepted_and_nothing_else(registry: Service, state: RoundState):
    """Every state, every role, every verb: one fresh round for each that is offered."""
    ways = {"open": "openings", "close": "closings", "allocate": "allocations?preview=true", "end": "endings"}
    accepted = []
    for role in Role:
        office = await _in_state(registry, state)
        garden = office.gardens[0]
        scope = f"k:{garden}" if role in KINDERGARTEN else given.DISTRICT
        client = registry.client((role.value, scope), sub="me")
        seen = await client.get(f"/v1/admission-rounds/{office.round}")
        if seen.status_code != 200:
            assert seen.status_code == (404 if role in KINDERGARTEN and state == "draft" else 403)
            continue
        offers = {each["action"]: each for each in seen.json()["actions"]}
        assert set(offers) == set(MACHINE)
        for verb, offer in offers.items():
            address = f"/v1/admission-rounds/{office.round}"
            if verb == "edit":
                tag = (await office.client.get(address)).headers["etag"]
                answer = await client.patch(address, json={"answer_days": 7}, headers={"If-Match": tag})
            elif verb == "set_seats":
                answer = await client.put(f"{address}/seats/{office.gardens[0]}/small", json={"seats": 1})
            else:
                answer = await client.post(f"{address}/{ways[verb]}", json={} if verb == "allocate" else None)
            happened = (True, None) if answer.is_success else (False, answer.json()["code"])
            assert (offer["allowed"], offer["code"]) == happened, (role, verb, answer.text)
            if answer.is_success:
                accepted.append(verb)
                office = await _in_state(registry, state)
    expected = {"draft": 3, "open": 1, "closed": 1, "allocated": 1, "ended": 0}
    assert len(accepted) == expected[state.value], accepted


async def _in_state(registry: Service, state: RoundState) -> Office:
    """A fresh district whose one round is in that state and can leave it."""
    registry.database.clean()
    office = await Office.preparing(registry, 1)
    if state == "draft":
        return office
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    await office.applied(office.gardens[0])
    if state == "open":
        await office.pass_time()
    elif state == "closed":
        await office.close()
    else:
        await office.allocate()
        await registry.database.fetch("UPDATE admission_places SET state = 'declined'")
        if state == "ended":
            await office.ok(f"/v1/admission-rounds/{office.round}/endings")
    return office


def test_the_year_of_these_tests_is_the_next_one():
    assert date(YEAR, 9, 1) > given.TODAY
