"""The staffing report of a kindergarten, vacancies, figures and structure, as of any day, in each caller's scope."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.registry.staffing.schemas import StaffingFigures, StaffingReport, StaffStructures, StaffVacancies
from tests.registry import given
from tests.registry.staff import people
from tests.stack import Service

LEADER = ("leader", given.DISTRICT)
YEAR = given.SCHOOL_YEAR
BEGINS = date(YEAR, 9, 1)


async def work(registry: Service, place: UUID, role: str, **fields: Any) -> UUID:
    whose = await people.person(registry)
    await people.post(registry, whose, place, role=role, **{"since": BEGINS} | fields)
    return whose


async def small_kindergarten(registry: Service, **fields: Any) -> tuple[UUID, UUID]:
    """Ten children in one class, with a principal, two teachers and no childcare worker in it."""
    place = await given.kindergarten(registry, **fields)
    room = await given.class_(registry, place, name="小一班")
    await given.pupils(registry, room, 10)
    await work(registry, place, "principal")
    for _ in range(2):
        await work(registry, place, "teacher", class_id=room)
    return place, room


async def report(registry: Service, place: UUID, grant: tuple[str, str] = LEADER, **params: Any) -> StaffingReport:
    answer = await registry.client(grant).get(f"/v1/kindergartens/{place}/staffing", params=params)
    assert answer.status_code == 200, answer.text
    return StaffingReport.model_validate_json(answer.content)


async def test_what_is_short_is_named_with_its_class_and_post(registry: Service):
    place, room = await small_kindergarten(registry)
    found = await report(registry, place, as_of=str(BEGINS))
    short = {each.measure.value: (each.class_id, each.required, each.present) for each in found.lines if each.short}
    assert short == {
        "childcare": (room, 1, 0),
        "health": (None, 1, 0),
        "guard": (None, 3, 0),
        "cook": (None, 1, 0),
    }
    assert (found.children, found.staff, found.care_staff, str(found.children_per_carer)) == (10, 3, 2, "5.00")
    assert [(each.rule, each.severity) for each in found.findings] == [("REG-04", "warn")]
    assert all(each.basis for each in found.lines)
    await work(registry, place, "childcare", class_id=room, since=BEGINS + timedelta(1))
    assert (await report(registry, place, as_of=str(BEGINS))).findings == found.findings
    assert (await report(registry, place, as_of=str(BEGINS + timedelta(1)))).findings == []


async def test_the_past_is_what_it_was(registry: Service):
    place, _ = await small_kindergarten(registry)
    before = await report(registry, place, as_of=str(BEGINS - timedelta(1)))
    assert (before.children, before.staff, before.lines, before.findings) == (0, 0, [], [])
    assert (await report(registry, place, as_of="1950-01-01")).lines == []


async def test_vacancies_add_up_over_the_district_and_keep_to_the_scope(registry: Service):
    here, _ = await small_kindergarten(registry)
    there, _ = await small_kindergarten(registry, division=given.OTHER_VILLAGE)
    answer = await registry.client(LEADER).get("/v1/staff-vacancies")
    found = StaffVacancies.model_validate_json(answer.content)
    assert {each.measure.value: (each.short, each.kindergartens) for each in found.totals} == {
        "childcare": (2, 2),
        "health": (2, 2),
        "guard": (6, 2),
        "cook": (2, 2),
    }
    queries: list[tuple[tuple[str, str], dict[str, Any], set[UUID], int]] = [
        (LEADER, {"measure": "guard"}, {here, there}, 2),
        (LEADER, {"division": given.TOWN}, {here}, 4),
        (LEADER, {"kindergarten": str(there)}, {there}, 4),
        (("principal", f"k:{here}"), {}, {here}, 4),
        (("town_officer", given.OTHER_TOWN), {}, {there}, 4),
        (LEADER, {"as_of": str(BEGINS - timedelta(1))}, set(), 0),
    ]
    for grant, params, places, count in queries:
        items = (await registry.client(grant).get("/v1/staff-vacancies", params=params)).json()["items"]
        assert ({UUID(each["kindergarten"]) for each in items}, len(items)) == (places, count), (grant, params)


async def test_figures_count_breaches_and_children_a_teacher(registry: Service):
    _, room = await small_kindergarten(registry)
    await given.pupils(registry, room, 12)
    second = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    await given.pupils(registry, await given.class_(registry, second), 9)
    answer = await registry.client(LEADER).get("/v1/staffing-figures")
    found = StaffingFigures.model_validate_json(answer.content)
    assert (found.kindergartens, found.kindergartens_in_breach, found.classes_in_breach) == (2, 2, 2)
    assert (found.preschool_children, found.teachers, str(found.children_per_teacher)) == (31, 2, "15.50")
    assert [each.rule for each in found.findings] == ["REG-05"]
    town = (await registry.client(LEADER).get("/v1/staffing-figures", params={"division": given.TOWN})).json()
    assert (town["children_per_teacher"], town["findings"], town["classes_in_breach"]) == ("11.00", [], 1)


async def test_the_structure_counts_everybody_once_and_shows_its_course(registry: Service):
    place = await given.kindergarten(registry)
    stays = await people.person(registry, birth_date=date(YEAR - 30, 9, 1), education="college", title="first")
    leaves = await people.person(registry, birth_date=date(YEAR - 60, 9, 2), preschool_major=True)
    elsewhere = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    await people.post(registry, stays, place, role="teacher", since=date(YEAR - 1, 9, 1))
    await people.post(registry, stays, elsewhere, role="health", since=date(YEAR - 1, 9, 1), full_time=False)
    await people.post(registry, leaves, place, role="cook", since=date(YEAR - 5, 9, 1), until=BEGINS)
    await people.post(registry, leaves, elsewhere, role="guard", since=BEGINS)
    asked: dict[str, Any] = {"as_of": str(BEGINS), "years": 2}
    client = registry.client(LEADER)
    found = StaffStructures.model_validate_json((await client.get("/v1/staff-structures", params=asked)).content)
    assert [(each.as_of.year, each.people, each.preschool_major) for each in found.items] == [
        (YEAR, 2, 1),
        (YEAR - 1, 2, 1),
        (YEAR - 2, 1, 1),
    ]
    now = found.items[0]
    assert {each.role.value: each.people for each in now.roles if each.people} == {"teacher": 1, "guard": 1}
    assert {each.band: each.people for each in now.ages if each.people} == {"30-34": 1, "55-59": 1}
    assert {each.education.value: each.people for each in now.educations if each.people} == {
        "college": 1,
        "bachelor": 1,
    }
    own = registry.client(("principal", f"k:{place}"))
    seen = StaffStructures.model_validate_json((await own.get("/v1/staff-structures", params=asked)).content)
    assert [each.people for each in seen.items] == [1, 2, 1]
    only = (await client.get("/v1/staff-structures", params=asked | {"role": "guard"})).json()["items"]
    assert [each["people"] for each in only] == [1, 0, 0]
    at = (await client.get("/v1/staff-structures", params={"kindergarten": str(elsewhere)})).json()["items"]
    assert [each["people"] for each in at] == [2]


async def test_a_kindergarten_out_of_scope_has_no_report(registry: Service):
    place, other = await given.kindergarten(registry), await given.kindergarten(registry)
    principal = registry.client(("principal", f"k:{other}"))
    assert (await principal.get(f"/v1/kindergartens/{place}/staffing")).status_code == 404
    assert (await report(registry, place)).lines == []
    for path in (f"/v1/kindergartens/{place}/staffing", "/v1/staff-vacancies", "/v1/staffing-figures"):
        assert (await registry.client(("police", given.DISTRICT)).get(path)).status_code == 403
