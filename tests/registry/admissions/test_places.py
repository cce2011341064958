"""Places offered, taken, given up and lapsed; what each sets moving; who sees whom; and many at once."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.registry.admission_places.moving import follow
from services.registry.admission_places.rules import MACHINE
from services.registry.admission_places.schemas import AdmissionPlaceOut, AdmissionPlacePage
from services.registry.admissions.codes import PlaceState
from shared.contracts.roles import KINDERGARTEN, Role
from shared.workdays import add_working_days
from tests.registry import given
from tests.registry.admissions.office import DAY, YEAR, Office, born, ranked, states
from tests.stack import Service

ADDRESS = "/v1/admission-places"
ENROLMENTS = "SELECT child, class_id, since, reason_in FROM enrolments"


async def test_an_accepted_place_is_an_enrolment_on_the_first_day_of_the_school_year(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    made = await ranked(office, garden)
    await office.allocate()
    place = AdmissionPlaceOut.model_validate(await office.get(f"{ADDRESS}/{await office.place(made, garden)}"))
    assert place.answer_by == add_working_days(given.TODAY, 5)
    body = {"class_id": str(office.rooms[garden])}
    taken = AdmissionPlaceOut.model_validate(await office.ok(f"{ADDRESS}/{place.id}/acceptances", body))
    assert taken.state == "accepted"
    assert await registry.database.fetch(ENROLMENTS) == [
        (UUID(made["child"]), office.rooms[garden], date(YEAR, 9, 1), "new")
    ]
    enrolment = (await office.get(f"/v1/enrolments/{taken.enrolment}"))["class_id"]
    assert enrolment == str(office.rooms[garden])
    assert await office.wishes(made) == [(1, "accepted")]


async def test_a_kindergarten_enrols_who_shows_the_identity_of_the_child_it_offered_a_place(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    number, other = given.resident_id(born(), "1"), given.resident_id(born(), "1")
    family = await office.family(name="演示甲", document=number)
    await office.family(name="演示乙", document=other)
    made = await office.ok("/v1/admission-applications", office.application(family, garden))
    await office.allocate()
    principal = registry.client(("principal", f"k:{garden}"))
    page = AdmissionPlacePage.model_validate_json((await principal.get(ADDRESS)).content)
    (seen,) = page.items
    assert (seen.child_name, seen.birth_date, seen.state) == ("演示甲", born(), "offered")
    assert "*" in (seen.document_mask or "")
    address, room = f"{ADDRESS}/{seen.id}/acceptances", {"class_id": str(office.rooms[garden])}
    unseen = await principal.post(address, json=room)
    assert (unseen.status_code, unseen.json()["code"]) == (409, "identity-needed")

    def shown(document: str, name: str) -> dict[str, Any]:
        identity = {"document_type": "1", "document_number": document, "name": name, "birth_date": str(born())}
        return room | {"identity": identity}

    another = await principal.post(address, json=shown(other, "演示乙"))
    assert (another.status_code, another.json()["code"]) == (409, "another-child")
    taken = await principal.post(address, json=shown(number, "演示甲"))
    assert taken.status_code == 201, taken.text
    assert (await principal.get(f"/v1/children/{made['child']}")).status_code == 200


async def test_a_kindergarten_sees_its_own_list_and_not_who_waits(registry: Service):
    office = await Office.open(registry, 1, 1)
    here, there = office.gardens
    for _ in range(2):
        await ranked(office, here)
    await ranked(office, there)
    await office.allocate()
    principal = registry.client(("principal", f"k:{here}"))
    items = AdmissionPlacePage.model_validate_json((await principal.get(ADDRESS)).content).items
    assert [(each.turn, each.state, each.kindergarten) for each in items] == [
        (1, "offered", here),
        (2, "waiting", here),
    ]
    assert items[0].child_name is not None
    assert (items[1].child, items[1].child_name, items[1].birth_date, items[1].document_mask) == (None,) * 4
    assert (await principal.get("/v1/admission-applications")).status_code == 403


async def test_the_town_where_the_child_lives_answers_for_it_wherever_the_place_is(registry: Service):
    office = await Office.preparing(registry)
    garden = await office.garden(1, division=given.OTHER_VILLAGE)
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    mine = await ranked(office, garden, first=True)
    await ranked(office, garden, residence="110116001001")
    await office.allocate()
    town = registry.client(("town_officer", given.TOWN))
    (seen,) = (await town.get(ADDRESS)).json()["items"]
    assert (seen["state"], seen["child"]) == ("offered", mine["child"])
    declined = await town.post(f"{ADDRESS}/{seen['id']}/declines")
    assert declined.status_code == 201, declined.text
    await office.settle()
    assert await states(office) == {"declined": 1, "offered": 1}
    assert len((await town.get("/v1/jobs")).json()["items"]) == 1


async def test_a_place_given_up_goes_to_the_next_and_the_one_that_frees_to_the_next_there(registry: Service):
    office = await Office.preparing(registry, 1, 1)
    one, two = office.gardens
    await office.set_seats(two, 1, catchment=[given.VILLAGE])
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    first = await ranked(office, one, first=True)
    second = await ranked(office, one, two)
    third = await ranked(office, two, residence=given.OTHER_VILLAGE)
    await office.allocate()
    assert [await office.wishes(each) for each in (first, second, third)] == [
        [(1, "offered")],
        [(1, "waiting"), (2, "offered")],
        [(1, "waiting")],
    ]
    await office.ok(f"{ADDRESS}/{await office.place(first, one)}/declines")
    await office.settle()
    assert [await office.wishes(each) for each in (first, second, third)] == [
        [(1, "declined")],
        [(1, "offered"), (2, "replaced")],
        [(1, "offered")],
    ]


async def test_an_offer_stands_through_its_last_day_and_lapses_after_it(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    first, second = await ranked(office, garden, first=True), await ranked(office, garden)
    await office.allocate()
    address = f"{ADDRESS}/{await office.place(first, garden)}"
    due = "UPDATE admission_places SET answer_by = %s WHERE state = 'offered'"
    await registry.database.fetch(due, given.TODAY)
    await follow(registry.app.state.database)
    assert (await office.get(address))["state"] == "offered"
    await registry.database.fetch(due, given.TODAY - DAY)
    body = {"class_id": str(office.rooms[garden])}
    for verb in ("acceptances", "declines"):
        late = await office.client.post(f"{address}/{verb}", json=body if verb == "acceptances" else None)
        assert (late.status_code, late.json()["code"]) == (409, "offer-has-lapsed")
    await follow(registry.app.state.database)
    assert (await office.get(address))["state"] == "lapsed"
    assert await office.wishes(second) == [(1, "offered")]
    await follow(registry.app.state.database)
    assert await states(office) == {"lapsed": 1, "offered": 1}
    found = await office.get(f"{ADDRESS}/{await office.place(second, garden)}")
    assert found["answer_by"] == str(add_working_days(given.TODAY, 5))


async def test_who_accepts_waits_for_nothing_else(registry: Service):
    office = await Office.open(registry, 1, 1)
    one, two = office.gardens
    first, second = await ranked(office, one, first=True), await ranked(office, one, two)
    await office.allocate()
    assert await office.wishes(second) == [(1, "waiting"), (2, "offered")]
    body = {"class_id": str(office.rooms[two])}
    await office.ok(f"{ADDRESS}/{await office.place(second, two)}/acceptances", body)
    await office.settle()
    assert await office.wishes(second) == [(1, "closed"), (2, "accepted")]
    await office.ok(f"{ADDRESS}/{await office.place(first, one)}/declines")
    await office.settle()
    assert await states(office) == {"declined": 1, "closed": 1, "accepted": 1}


async def test_who_gives_up_an_offer_still_waits_for_a_dearer_place_and_may_stop_waiting(registry: Service):
    office = await Office.open(registry, 1, 1)
    one, two = office.gardens
    first, second = await ranked(office, one, first=True), await ranked(office, one, two)
    await office.allocate()
    await office.ok(f"{ADDRESS}/{await office.place(second, two)}/declines")
    await office.settle()
    assert await office.wishes(second) == [(1, "waiting"), (2, "declined")]
    await office.ok(f"{ADDRESS}/{await office.place(second, one)}/departures")
    await office.ok(f"{ADDRESS}/{await office.place(first, one)}/declines")
    await office.settle()
    assert await states(office) == {"declined": 3}


async def test_only_a_class_of_what_was_offered_takes_the_child(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    made = await ranked(office, garden)
    await office.allocate()
    address = f"{ADDRESS}/{await office.place(made, garden)}/acceptances"
    elsewhere = await given.class_(registry, await given.kindergarten(registry), year=YEAR)
    for room in (
        await given.class_(registry, garden, kind="middle", year=YEAR),
        await given.class_(registry, garden, year=YEAR - 1),
        elsewhere,
    ):
        answer = await office.client.post(address, json={"class_id": str(room)})
        assert (answer.status_code, answer.json()["code"]) == (409, "class-is-not-offered-one")
    assert await registry.database.fetch(ENROLMENTS) == []


async def test_a_child_still_elsewhere_is_released_first(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    made = await ranked(office, garden)
    nursery = await given.class_(registry, await given.kindergarten(registry), kind="nursery")
    there = await given.enrolment(registry, UUID(made["child"]), nursery)
    await office.allocate()
    address, body = f"{ADDRESS}/{await office.place(made, garden)}/acceptances", {"class_id": str(office.rooms[garden])}
    early = await office.client.post(address, json=body)
    assert (early.status_code, early.json()["code"]) == (409, "child-already-enrolled")
    await office.ok(f"/v1/enrolments/{there}/end", {"until": f"{YEAR}-09-01", "reason": "transfer"}, 200)
    await office.ok(address, body)


async def test_a_round_ends_when_every_offer_is_answered(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    first, second = await ranked(office, garden, first=True), await ranked(office, garden)
    await office.allocate()
    address = f"/v1/admission-rounds/{office.round}/endings"
    early = await office.client.post(address)
    assert (early.status_code, early.json()["code"]) == (409, "offers-open")
    await office.ok(
        f"{ADDRESS}/{await office.place(first, garden)}/acceptances", {"class_id": str(office.rooms[garden])}
    )
    assert (await office.ok(address))["state"] == "ended"
    assert await office.wishes(second) == [(1, "closed")]


@pytest.mark.parametrize("state", list(PlaceState))
async def test_what_is_offered_is_accepted_and_nothing_else(registry: Service, state: PlaceState):
    number = given.resident_id(born(), "1")
    identity = {"document_type": "1", "document_number": number, "name": "演示甲", "birth_date": str(born())}
    accepted = 0
    office, place = await _in_state(registry, state, number)
    for role in Role:
        scope = f"k:{office.gardens[0]}" if role in KINDERGARTEN else given.DISTRICT
        client = registry.client((role.value, scope), sub="me")
        seen = await client.get(f"{ADDRESS}/{place}")
        if seen.status_code == 403:
            offers = {verb: {"allowed": False, "code": "not-permitted"} for verb in MACHINE}
        else:
            offers = {each["action"]: each for each in seen.json()["actions"]}
        assert set(offers) == set(MACHINE)
        for verb, offer in offers.items():
            ways: dict[str, tuple[str, Any]] = {
                "accept": ("acceptances", {"class_id": str(office.rooms[office.gardens[0]]), "identity": identity}),
                "decline": ("declines", None),
                "leave": ("departures", None),
            }
            answer = await client.post(f"{ADDRESS}/{place}/{ways[verb][0]}", json=ways[verb][1])
            happened = (True, None) if answer.is_success else (False, answer.json()["code"])
            assert (offer["allowed"], offer["code"]) == happened, (role, verb, answer.text)
            if answer.is_success:
                accepted += 1
                office, place = await _in_state(registry, state, number)
                scope = f"k:{office.gardens[0]}" if role in KINDERGARTEN else given.DISTRICT
                client = registry.client((role.value, scope), sub="me")
    # Registrar, principal and clerk take; besides them town and portal give up; registrar, town and portal leave.
    assert accepted == {"offered": 8, "waiting": 3}.get(state.value, 0)


async def _in_state(registry: Service, state: PlaceState, document: str) -> tuple[Office, str]:
    registry.database.clean()
    office = await Office.open(registry, 1)
    family = await office.family(name="演示甲", document=document)
    made = await office.ok("/v1/admission-applications", office.application(family, office.gardens[0]))
    await office.allocate()
    place = await office.place(made, office.gardens[0])
    held = "gen_random_uuid()" if state == "accepted" else "NULL"
    await registry.database.fetch(f"UPDATE admission_places SET state = '{state.value}', enrolment = {held}")
    return office, place
