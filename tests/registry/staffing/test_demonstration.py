"""The demonstration district's staff: counted again by other code, and exactly the planted faults are found."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

import psycopg
import pytest_asyncio

from services.registry.posts.schemas import PostFindings
from services.registry.seed.loading import load
from services.registry.seed.staff import staff
from services.registry.seed.synthetic import TODAY, district
from services.registry.staffing.schemas import StaffingFigures, StaffingReport, StaffStructures, StaffVacancies
from tests.registry import given
from tests.registry.staffing.second_opinion import Second, second_opinion
from tests.stack import Service

MADE = district()
STAFF = staff(MADE)
REGISTRAR, LEADER = ("registrar", given.DISTRICT), ("leader", given.DISTRICT)
DAYS = (TODAY, date(2026, 8, 31), date(2026, 9, 1), date(2025, 3, 3), date(2024, 9, 1), date(2024, 8, 31))


@pytest_asyncio.fixture
async def filled(registry: Service) -> Service:
    with psycopg.connect(registry.database.app_url) as connection:
        load(connection, MADE, given.KEYS, given.DISTRICT)
    return registry


def planted(*kinds: str) -> set[tuple[str, UUID]]:
    return {(each.kind, each.row) for each in STAFF.faults if each.kind in kinds}


async def second_opinions_agree(registry: Service):
    client = registry.client(LEADER)
    for on in DAYS:
        expected = second_opinion(MADE, STAFF, on)
        for owner in expected if on == TODAY else list(expected)[::9]:
            answer = await client.get(f"/v1/kindergartens/{owner}/staffing", params={"as_of": str(on)})
            found = StaffingReport.model_validate_json(answer.content)
            lines = Counter((each.measure.value, each.class_id, each.required, each.present) for each in found.lines)
            told = frozenset(each.rule for each in found.findings)
            assert Second(lines, told, found.children, found.staff) == expected[owner], (on, owner)
        await vacancies_and_figures_agree(registry, on, expected)


async def vacancies_and_figures_agree(registry: Service, on: date, expected: dict[UUID, Second]):
    client = registry.client(LEADER)
    answer = await client.get("/v1/staff-vacancies", params={"as_of": str(on)})
    found = StaffVacancies.model_validate_json(answer.content)
    listed = Counter((each.kindergarten, each.measure.value, each.class_id, each.short) for each in found.items)
    again = Counter(
        (owner, measure, room, required - present)
        for owner, each in expected.items()
        for (measure, room, required, present) in each.lines.elements()
        if required > present
    )
    assert listed == again, on
    figures = StaffingFigures.model_validate_json(
        (await client.get("/v1/staffing-figures", params={"as_of": str(on)})).content
    )
    assert figures.kindergartens_in_breach == sum("REG-03" in each.broken for each in expected.values())
    assert figures.children == sum(each.children for each in expected.values())
    assert figures.staff == sum(each.staff for each in expected.values())


async def exactly_the_planted_faults_are_found(registry: Service):
    client = registry.client(REGISTRAR)
    found = PostFindings.model_validate_json(
        (await client.get("/v1/post-findings", params={"as_of": str(TODAY)})).content
    )
    rules = [f"REG-{number:02}" for number in (*range(8, 14), 30, 31, 32)]
    assert {(each.rule, each.post) for each in found.items} == planted(*rules)
    opinions = second_opinion(MADE, STAFF, TODAY)
    short = set(_short(opinions))
    assert {("REG-04", room) for kind, room, _ in short if kind == "childcare"} == planted("REG-04")
    assert {("guard", owner) for kind, _, owner in short if kind == "guard"} == planted("guard")
    assert {kind for kind, _, _ in short} == {"childcare", "guard", "care"}
    assert {("REG-03", owner) for owner, each in opinions.items() if "REG-03" in each.broken} == planted("REG-03")
    exceeded = (await client.get("/v1/staff-quotas", params={"exceeded": True, "as_of": str(TODAY)})).json()["items"]
    assert {("quota-exceeded", UUID(each["id"])) for each in exceeded} == planted("quota-exceeded")


def _short(opinions: dict[UUID, Second]) -> Iterator[tuple[str, UUID | None, UUID]]:
    for owner, each in opinions.items():
        for measure, room, required, present in each.lines:
            if required > present:
                yield measure, room, owner


async def the_structure_is_that_of_the_rows(registry: Service):
    answer = await registry.client(LEADER).get("/v1/staff-structures", params={"as_of": str(TODAY), "years": 2})
    found = StaffStructures.model_validate_json(answer.content)
    persons = {each.id: each for each in STAFF.persons}
    for each in found.items:
        there = {post.person: post for post in STAFF.posts if post.since <= each.as_of < post.until}
        assert each.people == len(there)
        assert each.preschool_major == sum(persons[key].preschool_major for key in there)
        roles = Counter(post.role.value for post in there.values())
        assert {share.role.value: share.people for share in each.roles if share.people} == dict(roles)
        educations = Counter(persons[key].education.value for key in there)
        assert {share.education.value: share.people for share in each.educations if share.people} == dict(educations)
        assert sum(share.people for share in each.ages) == len(there)


async def test_the_staff_of_the_demonstration_is_counted_twice_with_one_result(filled: Service):
    for table in ("staff", "posts", "qualifications", "background_checks", "bars", "staff_quotas"):
        marked = await filled.database.fetch(f"SELECT count(*) > 0, bool_and(synthetic) FROM {table}")
        assert marked == [(True, True)], table
    await second_opinions_agree(filled)
    await exactly_the_planted_faults_are_found(filled)
    await the_structure_is_that_of_the_rows(filled)


def test_the_same_seed_gives_the_same_staff_and_no_number_twice():
    assert staff(MADE) == STAFF
    numbers = [each.document_number for each in STAFF.persons]
    numbers += [each.document_number for each in MADE.guardians] + [each.document_number for each in MADE.children]
    assert len(set(numbers)) == len(numbers)
