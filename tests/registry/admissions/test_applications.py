"""Applying: one application a child, wishes that fit, declarations that somebody checks, and never a test."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from services.registry.admission_applications.rules import MACHINE
from services.registry.admission_applications.schemas import AdmissionApplicationOut, AdmissionApplicationPage
from shared.contracts.registry import AdmissionApplicationFact
from shared.contracts.roles import KINDERGARTEN, Role
from tests.registry import given
from tests.registry.admissions.office import DAY, REGISTRAR, Office, born
from tests.stack import Service

ADDRESS = "/v1/admission-applications"


async def test_a_family_applies_by_identity_and_sees_what_it_said(registry: Service):
    office = await Office.open(registry, 2, 3)
    number = given.resident_id(born(), "1")
    _, guardian = await office.family(name="演示甲", document=number)
    identity = {"document_type": "1", "document_number": number, "name": "演示甲", "birth_date": str(born())}
    body = {"round": office.round, "identity": identity, "guardian": guardian, "consent": True}
    wishes = [office.seats[each] for each in reversed(office.gardens)]
    answer = await office.client.post(ADDRESS, json=body | {"wishes": wishes})
    assert answer.status_code == 201, answer.text
    made = AdmissionApplicationOut.model_validate_json(answer.content)
    assert [str(each.seats_of) for each in made.wishes] == wishes
    assert (made.child_name, made.guardian_name, made.state) == ("演示甲", "演示家长", "filed")
    assert number not in answer.text
    assert "13800000000" not in answer.text
    assert made.phone_mask.endswith("0000") if made.phone_mask else False
    page = AdmissionApplicationPage.model_validate_json((await office.client.get(ADDRESS)).content)
    assert [each.number for each in page.items] == [made.number]
    assert len(made.number) == 16


async def test_a_child_has_one_application_a_round_whoever_files_it(registry: Service):
    office = await Office.open(registry, 2)
    family = await office.family()
    clients = [registry.client(REGISTRAR, sub=f"counter-{number}") for number in range(10)]
    body = office.application(family, office.gardens[0])
    answers = await asyncio.gather(*(each.post(ADDRESS, json=body) for each in clients))
    assert Counter((each.status_code, each.json().get("code")) for each in answers) == {
        (201, None): 1,
        (409, "child-has-applied"): 9,
    }


async def test_a_withdrawn_application_makes_room_for_another(registry: Service):
    office = await Office.open(registry, 2)
    family = await office.family()
    made = await office.ok(ADDRESS, office.application(family, office.gardens[0]))
    gone = await office.ok(f"{ADDRESS}/{made['id']}/withdrawals")
    assert gone["state"] == "withdrawn"
    again = await office.client.post(f"{ADDRESS}/{made['id']}/withdrawals")
    assert (again.status_code, again.json()["code"]) == (409, "not-in-this-state")
    await office.ok(ADDRESS, office.application(family, office.gardens[0]))
    await office.allocate()
    document = (await office.get(f"/v1/admission-rounds/{office.round}/published-inputs"))["inputs"]
    assert len(document["applications"]) == 1


@pytest.mark.parametrize(
    "field",
    [
        {"score": 98},
        {"test_result": "A"},
        {"入园测试成绩": "优"},
        {"interview": {"on": "2027-06-01"}},
        {"home": {"latitude": 40.3, "longitude": 116.6, "exam": 1}},
        {"declarations": [{"criterion": "sibling", "面试": "通过"}]},
    ],
)
async def test_a_form_with_a_test_or_a_score_is_refused_with_the_rule(registry: Service, field: dict[str, Any]):
    office = await Office.open(registry, 2)
    body = office.application(await office.family(), office.gardens[0]) | field
    answer = await office.client.post(ADDRESS, json=body, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "entrance_test_forbidden" in answer.text
    assert "REG-21" in answer.text
    assert await registry.database.fetch("SELECT count(*) FROM admission_applications") == [(0,)]


async def test_every_wish_that_cannot_be_one_is_named(registry: Service):
    office = await Office.preparing(registry, 2)
    older = await office.garden(2, "middle")
    mixed = await office.garden(2, "mixed")
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    family = await office.family(age=3)
    body = office.application(family, office.gardens[0], older, mixed, office.gardens[0])
    body["wishes"].append(str(family[0]))
    answer = await office.client.post(ADDRESS, json=body)
    assert answer.status_code == 422
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [
        ("/wishes/1", "age-differs"),
        ("/wishes/3", "wished-twice"),
        ("/wishes/4", "not-offered"),
    ]


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({"criterion": "rich"}, "unknown-criterion"),
        ({"criterion": "sibling"}, "kindergarten-or-none"),
        (
            {"criterion": "martyr_child", "at_kindergarten": "00000000-0000-7000-8000-000000000000"},
            "kindergarten-or-none",
        ),
    ],
)
async def test_only_what_the_priorities_know_is_declared(registry: Service, declared: dict[str, Any], code: str):
    office = await Office.open(registry, 2)
    body = office.application(await office.family(), office.gardens[0], declarations=[declared])
    answer = await office.client.post(ADDRESS, json=body)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)
    made = await office.applied(office.gardens[0])
    more = await office.client.post(f"{ADDRESS}/{made['id']}/declarations", json=declared)
    assert (more.status_code, more.json()["errors"][0]["code"]) == (422, code)


async def test_without_consent_or_a_guardian_of_the_child_there_is_no_application(registry: Service):
    office = await Office.open(registry, 2)
    one, other = await office.family(), await office.family()
    body = office.application(one, office.gardens[0])
    assert (await office.client.post(ADDRESS, json=body | {"consent": False})).status_code == 422
    strange = await office.client.post(ADDRESS, json=body | {"guardian": other[1]})
    assert (strange.status_code, strange.json()["errors"][0]["pointer"]) == (404, "/guardian")


async def test_applications_are_taken_on_the_first_and_the_last_day_and_on_no_other(registry: Service):
    office = await Office.open(registry, 9)
    for opens, closes, status in ((0, 0, 201), (-5, 0, 201), (0, 5, 201), (1, 5, 409), (-5, -1, 409)):
        await registry.database.fetch(
            "UPDATE admission_rounds SET opens_on = %s, closes_on = %s",
            given.TODAY + DAY * opens,
            given.TODAY + DAY * closes,
        )
        body = office.application(await office.family(), office.gardens[0])
        answer = await office.client.post(ADDRESS, json=body)
        assert answer.status_code == status, answer.text


async def test_a_town_takes_applications_of_its_own_children_only(registry: Service):
    office = await Office.preparing(registry)
    garden = await office.garden(2, division=given.OTHER_VILLAGE, latitude=40.35, longitude=116.7)
    await office.ok(f"/v1/admission-rounds/{office.round}/openings")
    town = registry.client(("town_officer", given.TOWN))
    own, other = await office.family(), await office.family(residence=given.OTHER_VILLAGE)
    home = {"latitude": 40.35, "longitude": 116.7}
    made = await town.post(ADDRESS, json=office.application(own, garden, home=home))
    assert made.status_code == 201, made.text
    # What counts is the same as at the district's counter, though the kindergarten is in another town.
    assert made.json()["wishes"][0]["band"] == 0
    refused = await town.post(ADDRESS, json=office.application(other, garden))
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (404, "/child")
    filed = await office.ok(ADDRESS, office.application(other, garden))
    assert (await town.get(f"{ADDRESS}/{filed['id']}")).status_code == 404
    assert len((await town.get(ADDRESS)).json()["items"]) == 1


async def test_a_round_of_a_town_takes_children_who_live_there(registry: Service):
    office = await Office.open(registry, 2, division=given.TOWN)
    family = await office.family(residence=given.OTHER_VILLAGE)
    answer = await office.client.post(ADDRESS, json=office.application(family, office.gardens[0]))
    assert (answer.status_code, answer.json()["code"]) == (409, "child-lives-outside-round")


async def test_no_kindergarten_sees_who_wished_for_it_before_the_places_are_allocated(registry: Service):
    office = await Office.open(registry, 1)
    made = [await office.applied(office.gardens[0]) for _ in range(2)]
    principal = registry.client(("principal", f"k:{office.gardens[0]}"))
    assert (await principal.get(ADDRESS)).status_code == 403
    assert (await principal.get(f"{ADDRESS}/{made[0]['id']}")).status_code == 403
    assert (await principal.get("/v1/admission-places")).json()["items"] == []
    assert (await principal.get("/v1/children")).json()["items"] == []
    await registry.numbered()
    events = (await principal.get("/v1/events")).json()["items"]
    assert not any("admission_application" in each["type"] for each in events)


async def test_wishes_change_while_applications_are_taken(registry: Service):
    office = await Office.open(registry, 2, 2, 2)
    one, two, three = (office.seats[each] for each in office.gardens)
    answer = await office.client.post(ADDRESS, json=office.application(await office.family(), *office.gardens[:2]))
    address, tag = f"{ADDRESS}/{answer.json()['id']}", answer.headers["etag"]
    changed = await office.client.patch(address, json={"wishes": [three, one]}, headers={"If-Match": tag})
    assert changed.status_code == 200, changed.text
    assert [each["seats_of"] for each in changed.json()["wishes"]] == [three, one]
    stale = await office.client.patch(address, json={"wishes": [two]}, headers={"If-Match": tag})
    assert (stale.status_code, stale.json()["code"]) == (412, "version-is-stale")
    await office.pass_time()
    late = await office.client.patch(address, json={"wishes": [two]}, headers={"If-Match": changed.headers["etag"]})
    assert (late.status_code, late.json()["code"]) == (409, "round-takes-no-applications")


async def test_a_round_closes_once_every_declaration_was_checked(registry: Service):
    office = await Office.open(registry, 1)
    made = await office.applied(office.gardens[0], declarations=[{"criterion": "soldier_child"}])
    await office.pass_time()
    closings = f"/v1/admission-rounds/{office.round}/closings"
    early = await office.client.post(closings)
    assert (early.status_code, early.json()["code"]) == (409, "declarations-unchecked")
    checks = f"{ADDRESS}/{made['id']}/declarations/{made['declarations'][0]['id']}/checks"
    silent = await office.client.post(checks, json={"confirmed": False})
    assert silent.status_code == 422
    checked = await office.ok(checks, {"confirmed": False, "reason": "未见证件原件"})
    said = checked["declarations"][0]
    assert (said["state"], said["reason"], said["checked_by"]) == ("rejected", "未见证件原件", "registrar")
    await office.ok(closings)
    late = await office.client.post(checks, json={"confirmed": True})
    assert (late.status_code, late.json()["code"]) == (409, "round-is-fixed")


async def test_an_application_is_announced_without_saying_whose_it_is(registry: Service):
    office = await Office.open(registry, 1)
    made = await office.applied(office.gardens[0])
    await office.ok(f"{ADDRESS}/{made['id']}/withdrawals")
    await registry.numbered()
    items = (await office.get("/v1/events?types=registry.admission_application"))["items"]
    facts = [AdmissionApplicationFact.model_validate(each["data"]) for each in items]
    assert [each.state for each in facts] == ["filed", "withdrawn"]


@pytest.mark.parametrize("state", ["running", "over", "closed", "withdrawn"])
async def test_what_is_offered_is_accepted_and_nothing_else(registry: Service, state: str):
    accepted = 0
    for role in Role:
        office, made = await _in_state(registry, state)
        scope = f"k:{office.gardens[0]}" if role in KINDERGARTEN else given.DISTRICT
        client = registry.client((role.value, scope), sub="me")
        seen = await client.get(f"{ADDRESS}/{made['id']}")
        if seen.status_code == 403:
            offers = {verb: {"allowed": False, "code": "not-permitted"} for verb in MACHINE}
        else:
            offers = {each["action"]: each for each in seen.json()["actions"]}
        assert set(offers) == set(MACHINE)
        for verb, offer in offers.items():
            address = f"{ADDRESS}/{made['id']}"
            if verb == "change":
                tag = (await office.client.get(address)).headers["etag"]
                body = {"wishes": [office.seats[office.gardens[0]]]}
                answer = await client.patch(address, json=body, headers={"If-Match": tag})
            else:
                ways: dict[str, tuple[str, Any]] = {
                    "withdraw": ("withdrawals", None),
                    "declare": ("declarations", {"criterion": "disabled_child"}),
                    "check": (f"declarations/{made['declarations'][0]['id']}/checks", {"confirmed": True}),
                }
                answer = await client.post(f"{address}/{ways[verb][0]}", json=ways[verb][1])
            happened = (True, None) if answer.is_success else (False, answer.json()["code"])
            assert (offer["allowed"], offer["code"]) == happened, (role, verb, answer.text)
            if answer.is_success:
                accepted += 1
                office, made = await _in_state(registry, state)
    # Registrar and town may do everything, the portal does not check.
    assert accepted == {"running": 11, "over": 2, "closed": 0, "withdrawn": 0}[state]


async def _in_state(registry: Service, state: str) -> tuple[Office, dict[str, Any]]:
    registry.database.clean()
    office = await Office.open(registry, 1)
    made = await office.applied(office.gardens[0], declarations=[{"criterion": "martyr_child"}])
    if state == "withdrawn":
        await office.ok(f"{ADDRESS}/{made['id']}/withdrawals")
    if state in ("over", "closed"):
        await office.pass_time()
    if state == "closed":
        checks = f"{ADDRESS}/{made['id']}/declarations/{made['declarations'][0]['id']}/checks"
        await office.ok(checks, {"confirmed": True})
        await office.ok(f"/v1/admission-rounds/{office.round}/closings")
    return office, made
