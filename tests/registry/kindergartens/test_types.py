"""办园性质: what a kindergarten is, from a day on and by a document."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from services.registry.types.schemas import TypeChangeOutcome, TypeHistory
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

AHEAD = given.TODAY + timedelta(days=40)
DOCUMENT = "演示〔2026〕9号"


def change(type: str, since: date = given.TODAY, **fields: Any) -> dict[str, Any]:
    return {"type": type, "since": since.isoformat(), "document": DOCUMENT} | fields


async def periods(registry: Service, key: UUID) -> list[tuple[str, date, date | None]]:
    answer = await registry.client(REGISTRAR).get(f"/v1/kindergartens/{key}/types")
    return [(each.type, each.since, each.until) for each in TypeHistory.model_validate_json(answer.content).items]


async def test_a_private_kindergarten_is_recognised_as_inclusive(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client = registry.client(REGISTRAR)
    answer = await client.post(f"/v1/kindergartens/{key}/types", json=change("inclusive_private"))
    assert answer.status_code == 201, answer.text
    assert TypeChangeOutcome.model_validate_json(answer.content).committed
    assert await periods(registry, key) == [
        ("inclusive_private", given.TODAY, None),
        ("private", given.OPENED, given.TODAY),
    ]
    url = f"/v1/kindergartens/{key}"
    now, before = await client.get(url), await client.get(url, params={"as_of": str(given.TODAY - timedelta(days=1))})
    assert (now.json()["type"], before.json()["type"]) == ("inclusive_private", "private")
    assert now.headers["etag"] == '"2"'


@pytest.mark.parametrize(
    ("present", "founder", "for_profit", "new", "code"),
    [
        ("public", "831", False, "private", "public-stays-public"),
        ("public", "831", False, "inclusive_private", "public-stays-public"),
        ("private", "999", True, "inclusive_private", "for-profit-not-inclusive"),
        ("private", "999", False, "public", "founder-forbids-type"),
        ("private", "999", False, "private", "type-unchanged"),
    ],
)
async def test_a_change_the_law_forbids_is_refused(
    registry: Service, present: str, founder: str, for_profit: bool, new: str, code: str
):
    key = await given.kindergarten(registry, type=present, founder_code=founder, for_profit=for_profit)
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/types", json=change(new))
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert answer.json()["errors"][0]["pointer"] == "/type"
    assert len(await periods(registry, key)) == 1


async def test_a_closed_kindergarten_keeps_its_type(registry: Service):
    key = await given.kindergarten(registry, type="private", status="closed")
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/types", json=change("inclusive_private"))
    assert answer.json()["code"] == "kindergarten-is-closed"


async def test_a_private_kindergarten_becomes_public_in_public_hands(registry: Service):
    key = await given.kindergarten(registry, type="private")
    hands: dict[str, Any] = {"founder": "怀柔区教育委员会(演示)", "founder_code": "831"}
    client = registry.client(REGISTRAR)
    ahead = await client.post(f"/v1/kindergartens/{key}/types", json=change("public", AHEAD, **hands))
    assert ahead.json()["errors"][0]["code"] == "founder-changes-on-the-day"
    unknown = await client.post(f"/v1/kindergartens/{key}/types", json=change("public", founder_code="700"))
    assert unknown.json()["errors"][0] | {"detail": ""} == {
        "pointer": "/founder_code",
        "location": "body",
        "code": "unknown-code",
        "detail": "",
    }
    answer = await client.post(f"/v1/kindergartens/{key}/types", json=change("public", **hands))
    assert answer.status_code == 201, answer.text
    entry = (await client.get(f"/v1/kindergartens/{key}")).json()
    assert (entry["type"], entry["founder"], entry["founder_code"]) == ("public", hands["founder"], "831")


async def test_a_change_that_lies_ahead_takes_effect_on_its_day(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client = registry.client(REGISTRAR)
    await client.post(f"/v1/kindergartens/{key}/types", json=change("inclusive_private", AHEAD))
    url = f"/v1/kindergartens/{key}"
    assert (await client.get(url)).json()["type"] == "private"
    assert (await client.get(url, params={"as_of": AHEAD.isoformat()})).json()["type"] == "inclusive_private"
    listed = await client.get("/v1/kindergartens", params={"type": "inclusive_private", "as_of": AHEAD.isoformat()})
    assert [each["id"] for each in listed.json()["items"]] == [str(key)]


async def test_a_change_recorded_late_ends_where_the_next_begins(registry: Service):
    key = await given.kindergarten(registry, type="private", since=date(2018, 9, 1))
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    await client.post(url, json=change("inclusive_private", date(2024, 9, 1)))
    await client.post(url, json=change("private", date(2025, 9, 1)))
    await client.post(url, json=change("inclusive_private", date(2020, 9, 1)))
    assert await periods(registry, key) == [
        ("private", date(2025, 9, 1), None),
        ("inclusive_private", date(2024, 9, 1), date(2025, 9, 1)),
        ("inclusive_private", date(2020, 9, 1), date(2024, 9, 1)),
        ("private", date(2018, 9, 1), date(2020, 9, 1)),
    ]


async def test_a_second_change_on_the_same_day_replaces_the_first(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    await client.post(url, json=change("inclusive_private"))
    await client.post(url, json=change("private", since=given.TODAY))
    assert await periods(registry, key) == [
        ("private", given.TODAY, None),
        ("private", given.OPENED, given.TODAY),
    ]


async def test_a_preview_tells_the_effect_and_stores_nothing(registry: Service):
    key = await given.kindergarten(registry, type="private")
    room = await given.class_(registry, key)
    await given.pupils(registry, room, 3)
    nursery = await given.class_(registry, key, kind="nursery")
    await given.pupils(registry, nursery, 1, birth=date(2024, 3, 1))
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    answer = await client.post(url, params={"preview": True}, json=change("inclusive_private"))
    assert answer.status_code == 200
    seen = TypeChangeOutcome.model_validate_json(answer.content)
    assert (seen.committed, seen.children) == (False, 3)
    assert [each.type for each in seen.before] == ["private"]
    assert [each.type for each in seen.after] == ["private", "inclusive_private"]
    shares = {
        each.indicator: (each.before.numerator, each.after.numerator, each.after.denominator)
        for each in seen.targets or ()
        if each.target_set == "district"
    }
    assert len(shares) == 3
    assert shares["inclusive_coverage"] == (0, 3, 3)
    assert shares["public_share"] == (0, 0, 3)
    assert len(await periods(registry, key)) == 1
    assert await registry.database.fetch("SELECT 1 FROM events") == []
    done = await client.post(url, params={"token": seen.token}, json=change("inclusive_private"))
    assert done.status_code == 201
    assert done.json()["after"] == answer.json()["after"]
    assert done.json()["targets"] is None


async def test_what_changed_since_the_preview_is_not_committed(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    seen = (await client.post(url, params={"preview": True}, json=change("inclusive_private"))).json()
    await client.patch(f"/v1/kindergartens/{key}", json={"phone": "010-1"}, headers={"If-Match": '"1"'})
    late = await client.post(url, params={"token": seen["token"]}, json=change("inclusive_private"))
    assert (late.status_code, late.json()["code"]) == (409, "preview-is-stale")
    assert late.json()["now"]["token"] != seen["token"]
    other = await client.post(url, params={"token": seen["token"]}, json=change("inclusive_private", AHEAD))
    assert other.status_code == 409


async def test_a_wrong_record_is_set_right_and_its_former_state_kept(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    await client.post(url, json=change("inclusive_private", date(2025, 9, 1)))
    latest = (await client.get(url)).json()["items"][0]
    right = {"since": "2025-03-01", "document": "演示〔2025〕3号"}
    assert (await client.patch(f"{url}/{latest['id']}", json=right)).status_code == 428
    stale = await client.patch(f"{url}/{latest['id']}", json=right, headers={"If-Match": '"9"'})
    assert stale.json()["differing"] == {"since": "2025-09-01", "document": DOCUMENT}
    answer = await client.patch(f"{url}/{latest['id']}", json=right, headers={"If-Match": '"1"'})
    assert answer.status_code == 200, answer.text
    assert await periods(registry, key) == [
        ("inclusive_private", date(2025, 3, 1), None),
        ("private", given.OPENED, date(2025, 3, 1)),
    ]
    later = await client.patch(f"{url}/{latest['id']}", json={"since": "2025-10-01"}, headers={"If-Match": '"3"'})
    assert later.status_code == 200, later.text
    assert (await periods(registry, key))[1][2] == date(2025, 10, 1)
    before = await registry.database.fetch(
        "SELECT before->>'since', actor FROM row_history WHERE row_id = %s ORDER BY id", latest["id"]
    )
    assert before[0] == ("2025-09-01", "registrar@110116")


@pytest.mark.parametrize(
    ("right", "status", "code"),
    [
        ({"since": given.OPENED.isoformat()}, 422, "since-out-of-order"),
        ({"since": "1999-01-01"}, 422, "since-out-of-order"),
        ({"type": "public"}, 409, "founder-forbids-type"),
        ({"document": ""}, 422, "string_too_short"),
        ({"until": "2030-01-01"}, 422, "extra_forbidden"),
    ],
)
async def test_a_correction_that_cannot_be_is_refused(registry: Service, right: dict[str, Any], status: int, code: str):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    await client.post(url, json=change("inclusive_private", date(2025, 9, 1)))
    latest = (await client.get(url)).json()["items"][0]
    answer = await client.patch(f"{url}/{latest['id']}", json=right, headers={"If-Match": '"1"'})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, code), answer.text


async def test_a_change_that_was_planned_is_taken_back(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/types"
    await client.post(url, json=change("inclusive_private", AHEAD))
    planned = (await client.get(url)).json()["items"][0]
    back = await client.patch(f"{url}/{planned['id']}", json={"type": "private"}, headers={"If-Match": '"1"'})
    assert back.status_code == 200
    entry = await client.get(f"/v1/kindergartens/{key}", params={"as_of": AHEAD.isoformat()})
    assert entry.json()["type"] == "private"


async def test_types_are_read_in_scope_and_written_by_registrars(registry: Service):
    key = await given.kindergarten(registry, type="private")
    elsewhere = await given.kindergarten(registry, type="private", division=given.OTHER_VILLAGE)
    for caller in (TOWN, principal(key)):
        client = registry.client(caller)
        assert (await client.get(f"/v1/kindergartens/{key}/types")).status_code == 200
        assert (await client.get(f"/v1/kindergartens/{elsewhere}/types")).status_code == 404
        assert (await client.post(f"/v1/kindergartens/{key}/types", json=change("public"))).status_code == 403
    registrar = registry.client(("registrar", given.TOWN))
    answer = await registrar.post(f"/v1/kindergartens/{elsewhere}/types", json=change("inclusive_private"))
    assert answer.status_code == 404
    foreign = (await registry.client(REGISTRAR).get(f"/v1/kindergartens/{elsewhere}/types")).json()["items"][0]["id"]
    url = f"/v1/kindergartens/{key}/types/{foreign}"
    answer = await registry.client(REGISTRAR).patch(url, json={"type": "private"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    assert (await registrar.get(f"/v1/kindergartens/{uuid4()}/types")).status_code == 404


async def test_both_the_period_and_the_state_are_announced(registry: Service):
    key = await given.kindergarten(registry, type="private")
    client = registry.client(REGISTRAR)
    await client.post(f"/v1/kindergartens/{key}/types", json=change("inclusive_private", AHEAD))
    await registry.numbered()
    recorded, changed = (await client.get("/v1/events")).json()["items"]
    assert recorded["type"] == "registry.kindergarten.type_recorded"
    assert recorded["data"]["since"] == AHEAD.isoformat()
    assert recorded["data"]["until"] is None
    assert (changed["type"], changed["data"]["type"]) == ("registry.kindergarten.changed", "private")
