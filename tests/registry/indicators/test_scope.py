"""Each caller computes what is wholly its own; a part never looks like the whole."""

from datetime import date
from typing import Any

import psycopg
import pytest

from tests.registry.indicators import town
from tests.stack import Service

OFFICER = ("town_officer", town.PLAIN)


async def value(client: Any, code: str, **query: Any) -> tuple[int, int | None]:
    answer = await client.get(f"/v1/indicators/{code}/values", params=query)
    assert answer.status_code == 200, answer.text
    (found,) = answer.json()["items"]
    return found["numerator"], found["denominator"]


async def test_a_town_officer_computes_the_town(registry: Service):
    await town.small_district(registry)
    client = registry.client(OFFICER)
    assert await value(client, "enrolment_rate_3y", as_of=town.AUTUMN) == (5, 6)
    assert await value(client, "public_share", as_of=town.AUTUMN, division=town.PLAIN) == (3, 6)


async def test_a_child_that_moved_away_still_counts_where_it_was(registry: Service):
    made = await town.small_district(registry)
    now = await registry.database.fetch("SELECT kindergarten FROM children WHERE id = %s", made.moved)
    assert now == [(made.third,)]
    before = {"as_of": "2026-01-09", "rate_mode": "net"}
    after = {"as_of": "2026-01-10", "rate_mode": "net"}
    left, came = registry.client(OFFICER), registry.client(("town_officer", town.MOUNTAIN))
    assert (await value(left, "enrolment_rate_3y", **before), await value(left, "enrolment_rate_3y", **after)) == (
        (5, 6),
        (4, 6),
    )
    assert (await value(came, "enrolment_rate_3y", **before), await value(came, "enrolment_rate_3y", **after)) == (
        (2, 4),
        (3, 4),
    )


@pytest.mark.parametrize("path", ["values", "lineage", "series?since=2026-01-01"])
@pytest.mark.parametrize("division", ["110116", town.MOUNTAIN, "110116103", "110117"])
async def test_another_division_does_not_exist_for_it(registry: Service, path: str, division: str):
    await town.small_district(registry)
    address = f"/v1/indicators/public_share/{path}{'&' if '?' in path else '?'}division={division}"
    answer = await registry.client(OFFICER).get(address)
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


async def test_a_zone_is_the_part_of_it_in_the_division_asked_for(registry: Service):
    await town.small_district(registry)
    client = registry.client(OFFICER)
    assert await value(client, "public_share", zone="plain", as_of=town.AUTUMN) == (3, 6)
    assert await value(client, "public_share", zone="mountain", as_of=town.AUTUMN) == (0, 0)


async def test_a_principal_computes_the_own_kindergarten(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(("principal", f"k:{made.first}"))
    assert await value(client, "public_share", as_of=town.AUTUMN) == (3, 3)
    assert await value(client, "children_enrolled", as_of=town.AUTUMN) == (4, None)
    for query in ({"kindergarten": str(made.second)}, {"division": town.PLAIN}, {"division": "110116102001"}):
        answer = await client.get("/v1/indicators/public_share/values", params=query)
        assert answer.status_code == 404, query


async def test_who_has_two_places_says_which(registry: Service):
    made = await town.small_district(registry)
    client = registry.client(("principal", f"k:{made.first}"), ("principal", f"k:{made.third}"))
    answer = await client.get("/v1/indicators/public_share/values")
    assert (answer.status_code, answer.json()["code"]) == (422, "place-needed")
    assert await value(client, "public_share", kindergarten=made.third, as_of=town.AUTUMN) == (0, 2)
    both = registry.client(OFFICER, ("town_officer", town.MOUNTAIN))
    assert (await both.get("/v1/indicators/public_share/values")).status_code == 422
    assert await value(both, "public_share", division=town.MOUNTAIN, as_of=town.AUTUMN) == (0, 2)
    assert (await both.get("/v1/indicators/public_share/values", params={"division": "110116"})).status_code == 404


async def test_rights_of_one_role_do_not_widen_another(registry: Service):
    await town.small_district(registry)
    client = registry.client(OFFICER, ("police", "110116"))
    answer = await client.get("/v1/indicators/public_share/values", params={"division": "110116"})
    assert answer.status_code == 404


async def test_without_a_permission_there_is_nothing(registry: Service):
    closed = ("indicators", "indicators/public_share/values", "indicator-snapshots")
    for client, status in ((registry.client(("police", "110116")), 403), (registry.client(), 401)):
        for path in closed:
            assert (await client.get(f"/v1/{path}")).status_code == status, path
    for path in ("plan", "projects"):  # the police has tasks of the plan
        assert (await registry.client(("police", "110116")).get(f"/v1/{path}")).status_code == 200, path
        assert (await registry.client().get(f"/v1/{path}")).status_code == 401, path


async def test_a_figure_of_a_day_long_past_is_computed_from_what_was_then(registry: Service):
    await town.small_district(registry)
    assert await value(registry.client(OFFICER), "children_enrolled", as_of=date(2019, 1, 1), version=1) == (0, None)


async def test_the_view_of_ages_shows_nothing_outside_the_scope(registry: Service):
    made = await town.small_district(registry)
    scopes = {
        ("", ""): 0,
        ("110117", ""): 0,
        (town.PLAIN, ""): 7,
        ("110116", ""): 10,
        ("", str(made.third)): 3,
    }
    for (divisions, kindergartens), seen in scopes.items():
        with psycopg.connect(registry.database.app_url) as app:
            if divisions or kindergartens:
                app.execute(
                    "SELECT set_config('app.divisions', %s, true), set_config('app.kindergartens', %s, true)",
                    [divisions, kindergartens],
                )
            assert app.execute("SELECT count(*) FROM enrolled_cohorts").fetchone() == (seen,)
