"""The plan answers target, value, gap and trend; outside one's scope only what is published."""

from datetime import date
from typing import Any

from services.registry.indicators.codes import Standing
from services.registry.plans.schemas import Plan, PlanTarget
from tests.registry import given
from tests.registry.indicators import town
from tests.stack import Service

PLANNER = ("planner", "110116")
OFFICER = ("town_officer", town.PLAIN)


async def plan(registry: Service, who: tuple[str, str] = PLANNER, **query: Any) -> tuple[Plan, dict[str, PlanTarget]]:
    answer = await registry.client(who).get("/v1/plan", params={"as_of": town.AUTUMN.isoformat()} | query)
    assert answer.status_code == 200, answer.text
    found = Plan.model_validate_json(answer.content)
    return found, {each.id: each for group in found.target_sets for each in group.targets}


async def test_the_plan_says_what_it_is_and_by_whom(registry: Service):
    found, _ = await plan(registry)
    assert (found.document_number, found.issued_by) == ("怀政办发〔2023〕16号", "北京市怀柔区人民政府办公室")
    assert (found.since, found.until, found.division_name) == (date(2023, 1, 1), date(2026, 1, 1), "怀柔区")
    assert [(group.code, group.document) for group in found.target_sets] == [
        ("district", "怀政办发〔2023〕16号"),
        ("national", "教督〔2020〕1号 《县域学前教育普及普惠督导评估办法》"),
    ]
    assert "区教委" in {unit.name_zh for unit in found.units}


async def test_its_targets_are_kept_after_its_period(registry: Service):
    assert (await plan(registry))[0].ended is False
    later, targets = await plan(registry, as_of="2026-10-01")
    assert (later.ended, len(targets)) == (True, 6)
    answer = await registry.client(PLANNER).get("/v1/plan", params={"as_of": "2022-12-31"})
    assert answer.status_code == 404


async def test_both_sets_of_thresholds_are_held_against_the_figures(registry: Service):
    await town.small_district(registry)
    found, targets = await plan(registry)
    assert {name: (each.threshold, each.figure and each.figure.value) for name, each in targets.items()} == {
        "district-enrolment": ("98.00", "70.00"),
        "district-inclusive": ("90.00", "75.00"),
        "district-public": ("50.00", "37.50"),
        "national-enrolment": ("85.00", "80.00"),
        "national-inclusive": ("80.00", "75.00"),
        "national-public": ("50.00", "37.50"),
    }
    assert found.synthetic is True
    assert all(each.origin == "live" and each.counted_for == town.AUTUMN for each in targets.values())


async def test_a_gap_is_said_in_points_and_in_children(registry: Service):
    await town.small_district(registry)
    _, targets = await plan(registry)
    rate, inclusive = targets["district-enrolment"].figure, targets["district-inclusive"].figure
    assert rate is not None
    assert (rate.numerator, rate.denominator, rate.gap, rate.children_short, rate.met) == (7, 10, "-28.00", 3, False)
    assert inclusive is not None
    assert (inclusive.gap, inclusive.children_short, inclusive.children_spare) == ("-15.00", 2, 0)
    _, after = await plan(registry, as_of="2026-03-01")
    reached = after["district-inclusive"].figure
    assert reached is not None
    assert (reached.value, reached.gap, reached.met, reached.children_spare) == ("100.00", "10.00", True, 0)


async def test_the_basis_stands_beside_the_figure(registry: Service):
    await town.small_district(registry)
    _, targets = await plan(registry)
    net, gross, share = (targets[name] for name in ("district-enrolment", "national-enrolment", "district-public"))
    assert (net.rate_mode, net.population_basis, net.population_counted_on) == ("net", "resident", date(2025, 9, 1))
    assert (gross.rate_mode, gross.population_basis) == ("gross", "resident")
    assert (share.rate_mode, share.population_basis, share.population_counted_on) == (None, None, None)
    assert {(each.version, each.nursery_counted) for each in targets.values()} == {(1, False)}


async def test_a_target_just_reached_warns(registry: Service):
    first, second = [await given.kindergarten(registry, type=kind) for kind in ("public", "private")]
    for kindergarten, children in ((first, 20), (second, 20)):
        room = await given.class_(registry, kindergarten, year=town.YEAR)
        await given.pupils(registry, room, children)
    _, targets = await plan(registry)
    found = targets["district-public"]
    assert found.figure is not None
    assert (found.figure.value, found.figure.met, found.figure.standing) == ("50.00", True, Standing.WARNING)
    assert found.warning_margin == "1.00"
    assert found.figure.gap == "0.00"
    missing = targets["district-enrolment"].figure
    assert missing is not None
    assert (missing.value, missing.met, missing.standing, missing.gap) == (None, None, Standing.UNKNOWN, None)


async def test_the_trend_is_three_years_and_twelve_months(registry: Service):
    await town.small_district(registry)
    _, targets = await plan(registry, as_of="2026-03-15")
    found = targets["district-public"]
    assert [(each.day.isoformat(), each.value) for each in found.years] == [
        ("2024-03-15", None),
        ("2025-03-15", None),
        ("2026-03-15", "25.00"),
    ]
    assert [each.day.isoformat() for each in found.months] == [
        *(f"2025-{month:02}-01" for month in range(4, 13)),
        *(f"2026-{month:02}-01" for month in range(1, 4)),
    ]
    assert [each.value for each in found.months] == [None] * 5 + ["37.50"] * 5 + ["25.00"] * 2


async def test_a_town_is_held_against_the_same_thresholds(registry: Service):
    await town.small_district(registry)
    found, targets = await plan(registry, OFFICER, division=town.PLAIN)
    assert (found.division, found.division_name) == (town.PLAIN, "北房镇")
    figure = targets["district-enrolment"].figure
    assert figure is not None
    assert (figure.numerator, figure.denominator) == (5, 6)


async def test_outside_the_scope_only_published_figures_are_shown(registry: Service):
    made = await town.small_district(registry)
    for who in (OFFICER, ("principal", f"k:{made.first}")):
        _, targets = await plan(registry, who)
        assert {each.origin for each in targets.values()} == {"none"}
        assert all(each.figure is None and each.years == [] for each in targets.values())
    frozen = {"indicator": "enrolment_rate_3y", "as_of": "2025-09-01", "published": True}
    for body in (frozen, frozen | {"rate_mode": "gross", "published": False}):
        assert (await registry.client(PLANNER).post("/v1/indicator-snapshots", json=body)).status_code == 201
    _, targets = await plan(registry, OFFICER)
    shown, hidden = targets["district-enrolment"], targets["national-enrolment"]
    assert (shown.origin, shown.counted_for) == ("published", date(2025, 9, 1))
    assert shown.snapshot is not None
    assert shown.figure is not None
    assert (shown.figure.value, shown.figure.children_short, shown.synthetic) == ("70.00", 3, True)
    assert hidden.origin == "none"
    _, before = await plan(registry, OFFICER, as_of="2025-08-31")
    assert before["district-enrolment"].origin == "none"


async def test_the_latest_published_figure_of_a_day_counts(registry: Service):
    await town.small_district(registry)
    body = {"indicator": "public_share", "published": True}
    for day in ("2025-10-01", "2026-01-10", "2025-09-01"):
        await registry.client(PLANNER).post("/v1/indicator-snapshots", json=body | {"as_of": day})
    _, targets = await plan(registry, OFFICER, as_of="2026-01-31")
    figure = targets["district-public"].figure
    assert figure is not None
    assert (targets["district-public"].counted_for, figure.value) == (date(2026, 1, 10), "25.00")


async def test_another_division_does_not_exist(registry: Service):
    client = registry.client(OFFICER)
    for division in (town.MOUNTAIN, "110116003"):
        assert (await client.get("/v1/plan", params={"division": division})).status_code == 404
    assert (await registry.client(("planner", "110")).get("/v1/plan?division=110117")).status_code == 404
    assert (await client.get("/v1/plan?division=x")).status_code == 422
