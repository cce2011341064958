"""A frozen figure stays as it was found; what changed since is explained row by row."""

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from services.registry.indicator_snapshots.schemas import (
    IndicatorDifference,
    IndicatorSnapshot,
    IndicatorSnapshotPage,
)
from shared.days import today
from tests.registry import given
from tests.registry.indicators import town
from tests.stack import Service

PLANNER = ("planner", "110116")
OFFICER = ("town_officer", town.PLAIN)


async def freeze(registry: Service, indicator: str = "public_share", **body: Any) -> IndicatorSnapshot:
    sent = {"indicator": indicator, "as_of": town.AUTUMN.isoformat()} | body
    answer = await registry.client(PLANNER).post("/v1/indicator-snapshots", json=sent)
    assert answer.status_code == 201, answer.text
    made = IndicatorSnapshot.model_validate_json(answer.content)
    assert answer.headers["location"] == f"/v1/indicator-snapshots/{made.id}"
    return made


async def difference(registry: Service, snapshot: IndicatorSnapshot) -> IndicatorDifference:
    answer = await registry.client(PLANNER).get(f"/v1/indicator-snapshots/{snapshot.id}/difference")
    assert answer.status_code == 200, answer.text
    return IndicatorDifference.model_validate_json(answer.content)


async def test_a_figure_is_frozen_with_its_rows_and_who_and_when(registry: Service):
    await town.small_district(registry)
    made = await freeze(registry, note="学年初统计")
    assert (made.numerator, made.denominator, made.value) == (3, 8, "37.50")
    assert (made.numerator_rows, made.denominator_rows) == (3, 8)
    assert (made.version, made.frozen_by, made.note) == (1, "planner@110116", "学年初统计")
    assert (made.published, made.synthetic, made.division) == (False, True, "110116")
    assert len(made.inputs_digest) == 64
    read = await registry.client(PLANNER).get(f"/v1/indicator-snapshots/{made.id}")
    assert IndicatorSnapshot.model_validate_json(read.content) == made


@pytest.mark.parametrize(
    "indicator", ["enrolment_rate_3y", "inclusive_coverage", "seats", "oversize_kindergartens", "entrant_change"]
)
async def test_what_is_frozen_is_what_was_computed(registry: Service, indicator: str):
    await town.small_district(registry)
    live = await registry.client(PLANNER).get(
        f"/v1/indicators/{indicator}/values", params={"as_of": town.AUTUMN.isoformat()}
    )
    (item,) = live.json()["items"]
    made = (await freeze(registry, indicator)).model_dump(mode="json")
    shared = ("numerator", "denominator", "value", "unit", "version", "population_counted_on", "synthetic")
    assert {name: made[name] for name in shared} == {name: item[name] for name in shared}


async def test_it_is_announced(registry: Service):
    await town.small_district(registry)
    made = await freeze(registry, published=True)
    found = await registry.database.fetch("SELECT type, subject, division, actor, data FROM events")
    ((kind, subject, division, actor, said),) = found
    assert (kind, subject) == ("registry.indicator.frozen", f"indicator-snapshots/{made.id}")
    assert (division, actor) == ("110116", "planner@110116")
    assert (said["value"], said["published"], said["as_of"]) == ("37.50", True, "2025-10-01")


async def test_it_does_not_move_when_the_register_does(registry: Service):
    made_of = await town.small_district(registry)
    made = await freeze(registry)
    await registry.database.fetch(
        "UPDATE kindergarten_types SET type = 'public' WHERE kindergarten = %s", made_of.second
    )
    read = await registry.client(PLANNER).get(f"/v1/indicator-snapshots/{made.id}")
    assert IndicatorSnapshot.model_validate_json(read.content) == made


async def test_nobody_can_rewrite_it(registry: Service):
    await town.small_district(registry)
    await freeze(registry)
    for table in ("indicator_snapshots", "indicator_snapshot_inputs"):
        for statement in (f"UPDATE {table} SET division = '110117'", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with psycopg.connect(registry.database.app_url) as app:
                app.execute("SELECT set_config('app.divisions', '110116', true)")
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute(statement)


async def test_the_same_request_freezes_once(registry: Service):
    await town.small_district(registry)
    body = {"indicator": "public_share", "as_of": "2025-10-01"}
    client = registry.client(PLANNER)
    first, second = [
        await client.post("/v1/indicator-snapshots", json=body, headers={"Idempotency-Key": "once"}) for _ in range(2)
    ]
    assert first.content == second.content
    assert await registry.database.fetch("SELECT count(*) FROM indicator_snapshots") == [(1,)]


async def test_unchanged_it_equals_the_live_figure(registry: Service):
    await town.small_district(registry)
    found = await difference(registry, await freeze(registry))
    assert (found.same, found.intact, found.rows) == (True, True, [])
    assert found.frozen == found.live


async def test_every_cause_of_a_difference_is_named(registry: Service):
    made_of = await town.small_district(registry)
    made = await freeze(registry)
    (late_room,) = (
        await registry.database.fetch(
            "SELECT id FROM classes WHERE kindergarten = %s AND kind = 'small'", made_of.first
        )
    )[0]
    await given.enrolment(registry, await given.child(registry, birth=town.THREE), late_room)
    await registry.database.fetch(
        "UPDATE kindergarten_types SET type = 'public' WHERE kindergarten = %s", made_of.second
    )
    (gone,) = (
        await registry.database.fetch(
            "SELECT id FROM enrolments WHERE kindergarten = %s AND until = '9999-12-31'"
            " AND class_id = (SELECT id FROM classes WHERE kind = 'small') LIMIT 1",
            made_of.first,
        )
    )[0]
    await registry.database.fetch("UPDATE enrolments SET until = '2025-09-15', reason_out = 'left' WHERE id = %s", gone)
    (withdrawn,) = (
        await registry.database.fetch("SELECT id FROM enrolments WHERE kindergarten = %s LIMIT 1", made_of.third)
    )[0]
    await registry.database.fetch("DELETE FROM enrolments WHERE id = %s", withdrawn)
    found = await difference(registry, made)
    assert (found.same, found.intact) == (False, True)
    assert (found.frozen.numerator, found.live.numerator) == (3, 6)
    assert (found.frozen.denominator, found.live.denominator) == (8, 7)
    by_cause = {(row.part, row.change, row.reason) for row in found.rows}
    assert by_cause == {
        ("numerator", "entered", "recorded_later"),
        ("numerator", "entered", "type_changed"),
        ("numerator", "left", "corrected"),
        ("denominator", "entered", "recorded_later"),
        ("denominator", "left", "corrected"),
        ("denominator", "left", "removed"),
    }
    assert (found.numerator_changes, found.denominator_changes) == (5, 3)
    assert {row.id for row in found.rows if row.reason == "removed"} == {str(withdrawn)}


async def test_a_new_count_of_people_and_a_corrected_birthday_are_named(registry: Service):
    made_of = await town.small_district(registry)
    made = await freeze(registry, "enrolment_rate_3y")
    await registry.database.fetch("UPDATE populations SET children = 9 WHERE division = %s AND age = 3", town.PLAIN)
    await registry.database.fetch("UPDATE children SET birth_date = '2024-01-01' WHERE id = %s", made_of.moved)
    found = await difference(registry, made)
    assert (found.frozen.denominator, found.live.denominator, found.live.numerator) == (10, 16, 6)
    assert {(row.part, row.change, row.reason) for row in found.rows} == {
        ("numerator", "left", "birth_corrected"),
        ("denominator", "recounted", "recounted"),
    }


async def test_stored_rows_that_were_tampered_with_are_found(registry: Service):
    await town.small_district(registry)
    made = await freeze(registry)
    await registry.database.fetch(
        "UPDATE indicator_snapshot_inputs SET rows = '{}' WHERE snapshot = %s AND part = 'numerator'", made.id
    )
    assert (await difference(registry, made)).intact is False


async def test_a_later_definition_leaves_old_snapshots_as_they_are(registry: Service):
    await town.small_district(registry)
    made = await freeze(registry)
    await registry.database.fetch("UPDATE indicators SET until = '2025-10-01' WHERE code = 'public_share'")
    await registry.database.fetch(
        "INSERT INTO indicators SELECT code, 2, name_zh, name_en, kind, unit, decimals,"
        " jsonb_set(definition, '{numerator,where,kindergarten_type}', '[\"private\"]'), tag, note_zh, '2025-10-01',"
        " '9999-12-31' FROM indicators WHERE code = 'public_share'"
    )
    try:
        later = await freeze(registry)
        assert (later.version, later.numerator, later.value) == (2, 2, "25.00")
        read = await registry.client(PLANNER).get(f"/v1/indicator-snapshots/{made.id}")
        assert IndicatorSnapshot.model_validate_json(read.content) == made
        found = await difference(registry, made)
        assert (found.version, found.version_in_force, found.same) == (1, 2, True)
    finally:
        registry.database.clean()
        await registry.database.fetch("DELETE FROM indicators WHERE code = 'public_share' AND version = 2")
        await registry.database.fetch("UPDATE indicators SET until = '9999-12-31' WHERE code = 'public_share'")


async def test_published_figures_are_everybodys_their_rows_are_not(registry: Service):
    made_of = await town.small_district(registry)
    hidden, shown = await freeze(registry), await freeze(registry, "inclusive_coverage", published=True)
    own = await freeze(registry, division=town.PLAIN)
    for who in (OFFICER, ("principal", f"k:{made_of.third}")):
        client = registry.client(who)
        assert (await client.get(f"/v1/indicator-snapshots/{shown.id}")).status_code == 200
        assert (await client.get(f"/v1/indicator-snapshots/{hidden.id}")).status_code == 404
        assert (await client.get(f"/v1/indicator-snapshots/{shown.id}/difference")).status_code == 404
    page = await registry.client(OFFICER).get("/v1/indicator-snapshots", params={"sort": "frozen_at"})
    listed = IndicatorSnapshotPage.model_validate_json(page.content).items
    assert [each.id for each in listed] == [shown.id, own.id]
    assert (await registry.client(OFFICER).get(f"/v1/indicator-snapshots/{own.id}/difference")).status_code == 200


async def test_lists_are_filtered(registry: Service):
    await town.small_district(registry)
    await freeze(registry)
    zoned = await freeze(registry, "inclusive_coverage", zone="mountain")
    assert (zoned.zone, zoned.numerator, zoned.denominator) == ("mountain", 0, 2)
    client = registry.client(PLANNER)
    for query in ({"indicator": "inclusive_coverage"}, {"zone": "mountain"}):
        page = await client.get("/v1/indicator-snapshots", params=query)
        assert [each["id"] for each in page.json()["items"]] == [str(zoned.id)]
    for nothing in ({"published": "true"}, {"division": town.PLAIN}, {"as_of": "2025-10-02"}):
        assert (await client.get("/v1/indicator-snapshots", params=nothing)).json()["items"] == []


async def test_one_kindergarten_is_frozen_where_it_lies(registry: Service):
    made_of = await town.small_district(registry)
    made = await freeze(registry, kindergarten=str(made_of.third), as_of="2026-03-01")
    assert (made.kindergarten, made.division) == (made_of.third, f"{town.MOUNTAIN}201")
    principal = registry.client(("principal", f"k:{made_of.third}"))
    assert (await principal.get(f"/v1/indicator-snapshots/{made.id}")).status_code == 200
    assert (await difference(registry, made)).same is True


async def test_who_may_freeze(registry: Service):
    await town.small_district(registry)
    body = {"indicator": "public_share", "as_of": "2025-10-01"}
    assert (await registry.client(OFFICER).post("/v1/indicator-snapshots", json=body)).status_code == 403
    beyond = await registry.client(("planner", town.PLAIN)).post(
        "/v1/indicator-snapshots", json=body | {"division": "110116"}
    )
    assert beyond.status_code == 404


async def test_tomorrow_cannot_be_frozen(registry: Service):
    body = {"indicator": "public_share", "as_of": (today() + timedelta(1)).isoformat()}
    answer = await registry.client(PLANNER).post("/v1/indicator-snapshots", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "day-not-reached")
    assert answer.json()["errors"][0]["pointer"] == "/as_of"
