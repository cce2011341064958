"""The three targets of a district counted by hand, and again from the raw rows."""

from datetime import date
from typing import Any

import pytest

from services.registry.indicators.schemas import IndicatorInputPage, IndicatorPage, IndicatorValuePage
from tests.registry import given
from tests.registry.indicators import recount, town
from tests.stack import Service

DISTRICT = ("planner", "110116")
TARGETS = ("enrolment_rate_3y", "inclusive_coverage", "public_share")


async def ask(registry: Service, code: str, who: tuple[str, str] = DISTRICT, **query: Any) -> list[Any]:
    answer = await registry.client(who).get(f"/v1/indicators/{code}/values", params=query)
    assert answer.status_code == 200, answer.text
    return IndicatorValuePage.model_validate_json(answer.content).items


@pytest.mark.parametrize(
    ("day", "rate", "inclusive", "public"),
    [
        (date(2025, 8, 31), (0, 0), (0, 0), (0, 0)),
        (date(2025, 9, 1), (7, 10), (6, 8), (3, 8)),
        (town.AUTUMN, (7, 10), (6, 8), (3, 8)),
        (date(2026, 1, 9), (7, 10), (6, 8), (3, 8)),
        (town.TRANSFER, (7, 10), (5, 8), (2, 8)),
        (town.LAST_BEFORE, (7, 10), (5, 8), (2, 8)),
        (town.RECOGNISED, (7, 10), (8, 8), (2, 8)),
    ],
)
async def test_the_three_targets_on_each_day_of_the_year(
    registry: Service, day: date, rate: tuple[int, int], inclusive: tuple[int, int], public: tuple[int, int]
):
    await town.small_district(registry)
    raw = await recount.register(registry)
    for code, expected in zip(TARGETS, (rate, inclusive, public), strict=True):
        (found,) = await ask(registry, code, as_of=day)
        assert (found.numerator, found.denominator) == expected, code
        assert recount.figure(raw, code, day) == expected, code
        assert found.value == recount.half_up(*expected)
        assert (found.unit, found.as_of, found.name) == ("percent", day, "怀柔区")


async def test_the_gross_rate_counts_children_of_any_age_but_no_nursery_class(registry: Service):
    await town.small_district(registry)
    (net,) = await ask(registry, "enrolment_rate_3y", as_of=town.AUTUMN)
    (gross,) = await ask(registry, "enrolment_rate_3y", as_of=town.AUTUMN, rate_mode="gross")
    assert (net.numerator, net.rate_mode, net.value) == (7, "net", "70.00")
    assert (gross.numerator, gross.rate_mode, gross.value) == (8, "gross", "80.00")
    assert gross.population_basis == "resident"
    (all_of_them,) = await ask(registry, "children_enrolled", as_of=town.AUTUMN)
    assert (net.nursery_counted, gross.nursery_counted, all_of_them.nursery_counted) == (False, False, True)
    assert (all_of_them.numerator, all_of_them.denominator, all_of_them.value) == (9, None, "9")


async def test_the_population_is_the_latest_count_of_the_basis_and_said_with_the_figure(registry: Service):
    await town.small_district(registry)
    later = town.population(town.PLAIN, 3, 8, counted_on=date(2026, 2, 1))
    other = town.population(town.PLAIN, 3, 2, basis="registered")
    for row in (later, other):
        await given.insert(registry, "populations", row)
    (before,) = await ask(registry, "enrolment_rate_3y", as_of="2026-01-31")
    (after,) = await ask(registry, "enrolment_rate_3y", as_of="2026-02-01")
    (registered,) = await ask(registry, "enrolment_rate_3y", as_of="2026-02-01", population_basis="registered")
    (missing,) = await ask(registry, "enrolment_rate_3y", as_of="2026-02-01", population_basis="registered_and_migrant")
    assert (before.denominator, after.denominator, registered.denominator) == (10, 15, 2)
    assert (missing.denominator, missing.value) == (0, None)
    assert after.population_counted_on == date(2025, 9, 1)


async def test_figures_by_town_zone_and_type_add_up_to_the_district(registry: Service):
    made = await town.small_district(registry)
    day = town.TRANSFER
    towns = await ask(registry, "enrolment_rate_3y", as_of=day, by="town")
    assert [(each.key, each.name, each.numerator, each.denominator) for each in towns] == [
        (town.PLAIN, "北房镇", 4, 6),
        (town.MOUNTAIN, "琉璃庙镇", 3, 4),
    ]
    zones = await ask(registry, "inclusive_coverage", as_of=day, by="zone")
    assert [(each.key, each.name, each.value) for each in zones] == [
        ("mountain", "山区", "0.00"),
        ("plain", "平原", "100.00"),
    ]
    types = await ask(registry, "public_share", as_of=day, by="type", sort="-numerator")
    assert [(each.key, each.numerator, each.denominator) for each in types] == [
        ("public", 2, 2),
        ("private", 0, 3),
        ("inclusive_private", 0, 3),
    ]
    kindergartens = await ask(registry, "children_enrolled", as_of=day, by="kindergarten", sort="name")
    assert {each.key: each.numerator for each in kindergartens} == {
        str(made.first): 3,
        str(made.second): 3,
        str(made.third): 3,
    }
    kinds = await ask(registry, "children_by_class_kind", as_of=day)
    assert {each.key: each.numerator for each in kinds} == {"small": 2, "nursery": 1, "large": 3, "mixed": 3}


async def test_a_zone_and_a_kindergarten_are_computed_alone(registry: Service):
    made = await town.small_district(registry)
    (mountain,) = await ask(registry, "enrolment_rate_3y", as_of=town.AUTUMN, zone="mountain")
    assert (mountain.numerator, mountain.denominator, mountain.zone) == (2, 4, "mountain")
    (third,) = await ask(registry, "inclusive_coverage", as_of=town.RECOGNISED, kindergarten=made.third)
    assert (third.numerator, third.denominator, third.name) == (3, 3, "三园(演示)")
    assert third.division == f"{town.MOUNTAIN}201"


async def test_every_defined_indicator_can_be_computed_divided_and_traced(registry: Service):
    await town.small_district(registry)
    client = registry.client(DISTRICT)
    listed = IndicatorPage.model_validate_json((await client.get("/v1/indicators")).content).items
    assert len(listed) == 18
    for each in listed:
        for by in ("whole", "town", "zone", "kindergarten", "type", "class_kind"):
            answer = await client.get(f"/v1/indicators/{each.code}/values", params={"by": by, "as_of": "2026-02-01"})
            assert answer.status_code in (200, 422), answer.text
            if answer.status_code == 422:
                assert answer.json()["code"] == "indicator-needs-an-area"
                continue
            IndicatorValuePage.model_validate_json(answer.content)
        for part in ("numerator", "denominator"):
            answer = await client.get(f"/v1/indicators/{each.code}/lineage", params={"part": part})
            assert answer.status_code == (404 if part == "denominator" and not each.denominator else 200)
            if answer.status_code == 200:
                IndicatorInputPage.model_validate_json(answer.content)


async def test_classes_seats_and_kindergartens_are_counted_as_their_definitions_say(registry: Service):
    made = await town.small_district(registry)
    day: dict[str, Any] = {"as_of": town.AUTUMN}
    (seats,) = await ask(registry, "seats", **day)
    assert seats.numerator == 25 + 35 + 30
    (use,) = await ask(registry, "seat_use", **day)
    assert (use.numerator, use.denominator) == (8, 90)
    (vacant,) = await ask(registry, "vacant_seats", **day)
    assert vacant.value == "82"
    (fit,) = await ask(registry, "class_size_compliance", **day)
    assert (fit.numerator, fit.denominator) == (3, 3)
    await registry.database.fetch("UPDATE classes SET standard_size = 2 WHERE kindergarten = %s", made.second)
    (oversize,) = await ask(registry, "oversize_classes", **day)
    (tolerated,) = await ask(registry, "oversize_classes", **day, oversize_tolerance=1)
    assert (oversize.value, tolerated.value) == ("1", "0")
    (large,) = await ask(registry, "oversize_kindergartens", **day, kindergarten_size=3)
    assert large.value == "1"
    await registry.database.fetch(
        "UPDATE kindergarten_statuses SET until = '2026-02-01' WHERE kindergarten = %s", made.third
    )
    (operating,) = await ask(registry, "inclusive_kindergarten_share", as_of=town.RECOGNISED)
    assert (operating.numerator, operating.denominator) == (2, 2)
    (fewer,) = await ask(registry, "kindergarten_change", as_of=town.RECOGNISED)
    assert (fewer.numerator, fewer.denominator, fewer.value) == (2, 3, "-33.33")


async def test_a_series_is_one_list_of_days(registry: Service):
    await town.small_district(registry)
    client = registry.client(DISTRICT)
    query = {"since": "2025-08-01", "until": "2026-03-01"}
    answer = await client.get("/v1/indicators/public_share/series", params=query)
    items = IndicatorValuePage.model_validate_json(answer.content).items
    assert [(each.as_of.isoformat(), each.value) for each in items] == [
        ("2025-08-01", None),
        *((f"2025-{month:02}-01", "37.50") for month in range(9, 13)),
        ("2026-01-01", "37.50"),
        ("2026-02-01", "25.00"),
        ("2026-03-01", "25.00"),
    ]
    years = await client.get("/v1/indicators/public_share/series", params={"since": "2023-09-01", "step": "year"})
    assert len(years.json()["items"]) >= 3
    by_town = await client.get("/v1/indicators/public_share/series", params=query | {"by": "town", "count": True})
    assert by_town.json()["total"] == 14
    long = await client.get("/v1/indicators/public_share/series", params={"since": "2020-01-01", "step": "day"})
    assert (long.status_code, long.json()["code"]) == (422, "too-many-points")


async def test_the_rows_behind_a_figure_add_up_to_it(registry: Service):
    await town.small_district(registry)
    client = registry.client(DISTRICT)
    for code in (*TARGETS, "seats", "oversize_kindergartens", "class_size_compliance", "entrant_change"):
        (found,) = await ask(registry, code, as_of=town.RECOGNISED)
        for part, total in (("numerator", found.numerator), ("denominator", found.denominator)):
            if total is None:
                continue
            rows, after = [], None
            while True:
                query: dict[str, Any] = {"part": part, "as_of": "2026-03-01", "limit": 3} | (
                    {"after": after} if after else {}
                )
                answer = await client.get(f"/v1/indicators/{code}/lineage", params=query)
                page = IndicatorInputPage.model_validate_json(answer.content)
                rows += page.items
                if not (after := page.next):
                    break
            assert sum(row.amount for row in rows) == total, (code, part)
            assert len({row.id for row in rows}) == len(rows)


async def test_lineage_names_the_enrolments(registry: Service):
    made = await town.small_district(registry)
    answer = await registry.client(DISTRICT).get(
        "/v1/indicators/public_share/lineage", params={"as_of": "2026-03-01", "count": True}
    )
    assert answer.json()["total"] == 2
    for row in answer.json()["items"]:
        (found,) = await registry.database.fetch("SELECT kindergarten FROM enrolments WHERE id = %s", row["id"])
        assert found == (made.first,)
        assert (row["source"], row["class_kind"], row["type"]) == ("children_enrolled", "small", "public")


async def test_a_breakdown_is_paged_sorted_and_exported(registry: Service):
    await town.small_district(registry)
    client = registry.client(DISTRICT)
    query: dict[str, Any] = {"by": "kindergarten", "sort": "-value", "limit": 1, "as_of": "2026-01-01"}
    seen, after = [], None
    while True:
        answer = await client.get(
            "/v1/indicators/public_share/values", params=query | ({"after": after} if after else {})
        )
        page = answer.json()
        seen += [each["value"] for each in page["items"]]
        if not (after := page["next"]):
            break
    assert seen == ["100.00", "0.00", "0.00"]
    exported = await client.get(
        "/v1/indicators/public_share/values", params={"by": "town"}, headers={"Accept": "text/csv"}
    )
    assert exported.headers["content-type"].startswith("text/csv")
    assert "北房镇" in exported.content.decode("utf-8-sig")


async def test_invented_rows_mark_their_figure(registry: Service):
    await town.small_district(registry)
    (found,) = await ask(registry, "public_share", as_of=town.AUTUMN)
    assert found.synthetic is True
    for table in ("enrolments", "populations"):
        await registry.database.fetch(f"UPDATE {table} SET synthetic = false")
    (found,) = await ask(registry, "public_share", as_of=town.AUTUMN)
    assert found.synthetic is False


@pytest.mark.parametrize(
    ("query", "code", "pointer"),
    [
        ({"rate_mode": "gross"}, "invalid-input", "rate_mode"),
        ({"oversize_tolerance": "1"}, "invalid-input", "oversize_tolerance"),
        ({"rate_mode": "half"}, "invalid-input", "rate_mode"),
        ({"as_off": "2026-01-01"}, "invalid-input", "as_off"),
        ({"by": "street"}, "invalid-input", "by"),
        ({"as_of": "2026-02-30"}, "invalid-input", "as_of"),
    ],
)
async def test_what_an_indicator_does_not_know_is_refused(
    registry: Service, query: dict[str, str], code: str, pointer: str
):
    answer = await registry.client(DISTRICT).get("/v1/indicators/public_share/values", params=query)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_people_are_counted_by_area_only(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(DISTRICT)
    for query in ({"by": "kindergarten"}, {"by": "type"}, {"kindergarten": str(made.first)}):
        answer = await client.get("/v1/indicators/enrolment_rate_3y/values", params=query)
        assert (answer.status_code, answer.json()["code"]) == (422, "indicator-needs-an-area")


async def test_a_definition_not_in_force_is_asked_for_by_its_version(registry: Service):
    client = registry.client(DISTRICT)
    before = {"as_of": "2023-12-27"}
    assert (await client.get("/v1/indicators/public_share", params=before)).status_code == 404
    assert (await client.get("/v1/indicators/public_share/values", params=before)).status_code == 404
    assert (await client.get("/v1/indicators/public_share/values", params=before | {"version": 1})).status_code == 200
    assert (await client.get("/v1/indicators/public_share", params={"version": 7})).status_code == 404
    assert (await client.get("/v1/indicators/none_such/values")).status_code == 404
