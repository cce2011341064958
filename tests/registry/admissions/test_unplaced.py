"""Children of preschool age in no kindergarten: found, followed up, and off the list once they have a place."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.registry.unplaced_children.schemas import ChildFollowUpOut, UnplacedChildPage
from shared.contracts.registry import FollowUpFact
from tests.registry import given
from tests.registry.admissions.office import DAY, REGISTRAR, YEAR, Office, born
from tests.stack import Service

ADDRESS = "/v1/unplaced-children"


async def listed(office: Office, **params: Any) -> set[UUID]:
    answer = await office.client.get(ADDRESS, params={"school_year": YEAR} | params)
    assert answer.status_code == 200, answer.text
    return {each.id for each in UnplacedChildPage.model_validate_json(answer.content).items}


async def test_the_three_years_of_preschool_age_are_listed_and_no_others(registry: Service):
    office = await Office.preparing(registry)
    births = {
        date(YEAR - 6, 8, 31): False,
        date(YEAR - 6, 9, 1): True,
        date(YEAR - 3, 8, 31): True,
        date(YEAR - 3, 9, 1): False,
    }
    made = {birth: await given.child(registry, birth=birth) for birth in births}
    assert await listed(office) == {made[birth] for birth, wanted in births.items() if wanted}


async def test_an_enrolment_or_an_offer_takes_a_child_off_the_list_and_losing_it_puts_it_back(registry: Service):
    office = await Office.open(registry, 1)
    garden = office.gardens[0]
    waits, enrolled = await given.child(registry, birth=born()), await given.child(registry, birth=born(4))
    room = await given.class_(registry, garden, kind="middle", year=YEAR)
    made = await office.applied(garden)
    child = UUID(made["child"])
    assert await listed(office) == {waits, enrolled, child}
    await given.enrolment(registry, enrolled, room)
    await office.allocate()
    assert await listed(office) == {waits}
    await office.ok(f"/v1/admission-places/{await office.place(made, garden)}/declines")
    assert await listed(office) == {waits, child}
    (seen,) = [
        each for each in (await office.get(f"{ADDRESS}?school_year={YEAR}"))["items"] if each["id"] == str(child)
    ]
    assert (seen["applied"], seen["waiting"]) == (True, False)


async def test_a_child_of_a_nursery_class_that_ends_before_the_year_is_listed(registry: Service):
    office = await Office.preparing(registry)
    child = await given.child(registry, birth=born())
    nursery = await given.class_(registry, await given.kindergarten(registry), kind="nursery")
    await given.enrolment(registry, child, nursery, until=date(YEAR, 9, 1))
    assert await listed(office) == {child}


async def test_a_follow_up_is_kept_and_the_last_one_counts(registry: Service):
    office = await Office.preparing(registry)
    child = await given.child(registry, birth=born())
    address = f"/v1/children/{child}/follow-ups"
    soon = str(given.TODAY + DAY * 7)
    first = await office.ok(address, {"school_year": YEAR, "outcome": "not_reached", "next_on": soon})
    ChildFollowUpOut.model_validate(first)
    assert await listed(office, followed=True, due_before=str(given.TODAY + DAY * 8)) == {child}
    assert await listed(office, due_before=soon) == set()
    await office.ok(address, {"school_year": YEAR, "outcome": "at_home", "note": "九月再问"})
    assert await listed(office, outcome="not_reached") == set()
    assert await listed(office, outcome="at_home") == {child}
    assert await listed(office, followed=False) == set()
    said = (await office.get(address))["items"]
    assert [(each["outcome"], each["actor"]) for each in said] == [
        ("at_home", "registrar"),
        ("not_reached", "registrar"),
    ]
    await registry.numbered()
    (_, event) = (await office.get("/v1/events?types=registry.child.followed_up"))["items"]
    assert FollowUpFact.model_validate(event["data"]).outcome == "at_home"
    assert "九月" not in str(event)


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"followed_on": str(given.TODAY + DAY)}, "/followed_on"),
        ({"school_year": YEAR + 4}, "/school_year"),
        ({"outcome": "gone"}, "/outcome"),
    ],
)
async def test_what_no_follow_up_says(registry: Service, fields: dict[str, Any], pointer: str):
    child = await given.child(registry, birth=born())
    body = {"school_year": YEAR, "outcome": "at_home"} | fields
    answer = await registry.client(REGISTRAR).post(f"/v1/children/{child}/follow-ups", json=body)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_a_town_follows_up_its_own_children_and_a_kindergarten_nobody(registry: Service):
    child = await given.child(registry, birth=born(), residence=given.OTHER_VILLAGE)
    body = {"school_year": YEAR, "outcome": "at_home"}
    for grant, status in (
        (("town_officer", given.TOWN), 404),
        (("town_officer", given.OTHER_TOWN), 201),
        (("principal", f"k:{await given.kindergarten(registry)}"), 403),
        (("leader", given.DISTRICT), 403),
    ):
        answer = await registry.client(grant).post(f"/v1/children/{child}/follow-ups", json=body)
        assert answer.status_code == status, answer.text
    mine = await registry.client(("town_officer", given.TOWN)).get(ADDRESS, params={"school_year": YEAR})
    assert mine.json()["items"] == []
