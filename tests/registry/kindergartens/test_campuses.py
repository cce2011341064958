"""园址: sites of a kindergarten beside its main address."""

from datetime import timedelta

import pytest

from services.registry.campuses.schemas import Campuses, CampusOut
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

NEW = {"name": "二部(演示)", "address": "怀柔区演示路2号", "latitude": 40.3, "longitude": 116.6}


async def test_a_site_is_added_changed_and_ended(registry: Service):
    key = await given.kindergarten(registry)
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/campuses"
    added = await client.post(url, json=NEW)
    assert added.status_code == 201, added.text
    made = CampusOut.model_validate_json(added.content)
    assert (made.name, made.since, made.until, added.headers["etag"]) == ("二部(演示)", given.TODAY, None, '"1"')
    one = f"{url}/{made.id}"
    renamed = await client.patch(one, json={"name": "三部(演示)", "latitude": None}, headers={"If-Match": '"1"'})
    assert (renamed.json()["name"], renamed.json()["latitude"], renamed.headers["etag"]) == ("三部(演示)", None, '"2"')
    stale = await client.patch(one, json={"name": "四部(演示)"}, headers={"If-Match": '"1"'})
    assert stale.json()["differing"] == {"name": "三部(演示)"}
    end = (given.TODAY + timedelta(days=1)).isoformat()
    ended = await client.patch(one, json={"until": end}, headers={"If-Match": '"2"'})
    assert ended.json()["until"] == end
    listed = await client.get(url)
    assert len(Campuses.model_validate_json(listed.content).items) == 1
    assert (await client.get(url, params={"as_of": given.TODAY.isoformat()})).json() == listed.json()
    assert (await client.get(url, params={"as_of": end})).json() == {"items": []}


@pytest.mark.parametrize(
    ("patch", "pointer"),
    [({"until": "2020-01-01"}, "/until"), ({"name": None}, "/name"), ({"since": "2020-01-01"}, "/since")],
)
async def test_a_change_that_cannot_be_is_refused(registry: Service, patch: dict[str, object], pointer: str):
    key = await given.kindergarten(registry)
    client, url = registry.client(REGISTRAR), f"/v1/kindergartens/{key}/campuses"
    made = (await client.post(url, json=NEW)).json()
    answer = await client.patch(f"{url}/{made['id']}", json=patch, headers={"If-Match": '"1"'})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_sites_stay_in_scope(registry: Service):
    key = await given.kindergarten(registry)
    other = await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    made = (await registry.client(REGISTRAR).post(f"/v1/kindergartens/{other}/campuses", json=NEW)).json()
    url = f"/v1/kindergartens/{key}/campuses/{made['id']}"
    answer = await registry.client(REGISTRAR).patch(url, json={"name": "x"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    for caller in (TOWN, principal(key)):
        assert (await registry.client(caller).post(f"/v1/kindergartens/{key}/campuses", json=NEW)).status_code == 403
        assert (await registry.client(caller).get(f"/v1/kindergartens/{other}/campuses")).status_code == 404


async def test_a_closed_kindergarten_gets_no_new_site(registry: Service):
    key = await given.kindergarten(registry, status="closed")
    answer = await registry.client(REGISTRAR).post(f"/v1/kindergartens/{key}/campuses", json=NEW)
    assert answer.json()["code"] == "kindergarten-is-closed"
