"""What a change of type would do to the targets, before it is done."""

from typing import Any
from uuid import UUID

import pytest

from services.registry.indicators.schemas import TypeChangeEffect
from tests.registry import given
from tests.registry.indicators import town
from tests.stack import Service


async def effect(registry: Service, kindergarten: UUID, kind: str, who: tuple[str, str], **body: Any) -> Any:
    sent = {"kindergarten": str(kindergarten), "type": kind, "day": town.AUTUMN.isoformat()} | body
    answer = await registry.client(who).post("/v1/indicators/what-if", json=sent)
    assert answer.status_code == 200, answer.text
    made = TypeChangeEffect.model_validate_json(answer.content)
    return made, {each.target: each for each in made.targets}


async def test_the_withdrawal_of_an_inclusive_kindergarten(registry: Service):
    made = await town.small_district(registry)
    found, targets = await effect(registry, made.second, "private", ("registrar", "110116"))
    assert (found.present_type, found.new_type, found.children) == ("inclusive_private", "private", 3)
    assert (found.division, found.synthetic) == ("110116", True)
    assert [each.target for each in found.targets] == [
        "district-enrolment",
        "district-inclusive",
        "district-public",
        "national-enrolment",
        "national-inclusive",
        "national-public",
    ]
    inclusive = targets["district-inclusive"]
    assert (inclusive.before.value, inclusive.after.value) == ("75.00", "37.50")
    assert (inclusive.before.numerator, inclusive.after.numerator, inclusive.after.denominator) == (6, 3, 8)
    assert (inclusive.before.children_short, inclusive.after.children_short) == (2, 5)
    public = targets["district-public"]
    assert public.before == public.after
    assert targets["national-enrolment"].before.value == "80.00"  # gross


async def test_nothing_is_stored(registry: Service):
    made = await town.small_district(registry)
    before = await registry.database.fetch("SELECT * FROM kindergarten_types ORDER BY id")
    await effect(registry, made.first, "private", ("planner", "110116"))
    assert await registry.database.fetch("SELECT * FROM kindergarten_types ORDER BY id") == before
    assert await registry.database.fetch("SELECT count(*) FROM events") == [(0,)]


async def test_it_is_what_the_figures_become_when_it_is_done(registry: Service):
    made = await town.small_district(registry)
    _, targets = await effect(registry, made.third, "public", ("planner", "110116"), day="2026-03-01")
    await registry.database.fetch("UPDATE kindergarten_types SET type = 'public' WHERE kindergarten = %s", made.third)
    client = registry.client(("planner", "110116"))
    for target in ("district-inclusive", "district-public"):
        promised = targets[target]
        answer = await client.get(f"/v1/indicators/{promised.indicator}/values", params={"as_of": "2026-03-01"})
        (item,) = answer.json()["items"]
        assert (item["numerator"], item["denominator"]) == (promised.after.numerator, promised.after.denominator)


async def test_a_kindergarten_without_a_type_gains_one(registry: Service):
    await town.small_district(registry)
    fresh = await given.kindergarten(registry, type=None)
    room = await given.class_(registry, fresh, year=town.YEAR)
    await given.pupils(registry, room, 2)
    found, targets = await effect(registry, fresh, "public", ("planner", "110116"))
    assert (found.present_type, found.children) == (None, 2)
    assert (targets["district-public"].before.numerator, targets["district-public"].after.numerator) == (3, 5)
    assert targets["district-public"].before.denominator == 10


async def test_a_caller_of_a_town_sees_what_it_does_to_the_town(registry: Service):
    made = await town.small_district(registry)
    found, targets = await effect(registry, made.first, "private", ("town_officer", town.PLAIN))
    assert found.division == town.PLAIN
    assert (targets["district-public"].before.value, targets["district-public"].after.value) == ("50.00", "0.00")


async def test_a_wider_scope_stops_at_the_district(registry: Service):
    made = await town.small_district(registry)
    found, _ = await effect(registry, made.first, "private", ("planner", "11"))
    assert found.division == "110116"


@pytest.mark.parametrize("who", [("town_officer", town.PLAIN), ("principal", "k:00000000-0000-7000-8000-000000000000")])
async def test_what_is_out_of_scope_does_not_exist(registry: Service, who: tuple[str, str]):
    made = await town.small_district(registry)
    body = {"kindergarten": str(made.third), "type": "public"}
    assert (await registry.client(who).post("/v1/indicators/what-if", json=body)).status_code == 404


async def test_one_kindergarten_has_no_figure_of_the_plan(registry: Service):
    made = await town.small_district(registry)
    principal = registry.client(("principal", f"k:{made.first}"))
    body = {"kindergarten": str(made.first), "type": "public"}
    assert (await principal.post("/v1/indicators/what-if", json=body)).status_code == 404


@pytest.mark.parametrize("body", [{"type": "public"}, {"kindergarten": "x", "type": "public"}, {"type": "state"}])
async def test_a_malformed_question_is_refused(registry: Service, body: dict[str, str]):
    answer = await registry.client(("planner", "110116")).post("/v1/indicators/what-if", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"]
