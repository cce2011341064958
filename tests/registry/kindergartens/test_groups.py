"""教育集团: public to read, kept by the registrars of their place."""

from uuid import uuid4

import pytest

from services.registry.groups.schemas import GroupMembers, GroupOut, GroupPage
from tests.registry import given
from tests.registry.kindergartens.callers import REGISTRAR, TOWN, principal
from tests.stack import Service

NEW = {"name": "启明教育集团(演示)", "division": given.TOWN, "founded_on": "2020-01-01", "synthetic": True}


async def test_a_group_is_formed_and_changed(registry: Service):
    client = registry.client(REGISTRAR)
    formed = await client.post("/v1/groups", json=NEW)
    assert formed.status_code == 201
    made = GroupOut.model_validate_json(formed.content)
    url = f"/v1/groups/{made.id}"
    changed = await client.patch(url, json={"name": "启明集团(演示)"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert (await client.patch(url, json={"name": "另名(演示)"}, headers={"If-Match": '"1"'})).status_code == 412
    assert (await client.get(url)).content == changed.content
    page = GroupPage.model_validate_json((await client.get("/v1/groups", params={"q": "启明"})).content)
    assert [each.id for each in page.items] == [made.id]
    assert (await client.get("/v1/groups", params={"division": given.OTHER_TOWN})).json()["items"] == []
    await registry.numbered()
    events = (await client.get("/v1/events")).json()["items"]
    assert [each["type"] for each in events] == ["registry.group.formed", "registry.group.changed"]


async def test_everyone_sees_the_groups_and_their_own_members_of_them(registry: Service):
    group = (await registry.client(REGISTRAR).post("/v1/groups", json=NEW)).json()["id"]
    near = await given.kindergarten(registry, group_id=group)
    far = await given.kindergarten(registry, group_id=group, division=given.OTHER_VILLAGE)
    for caller, members in ((REGISTRAR, {near, far}), (TOWN, {near}), (principal(far), {far})):
        client = registry.client(caller)
        assert (await client.get(f"/v1/groups/{group}")).json()["kindergartens"] == len(members)
        answer = await client.get(f"/v1/groups/{group}/kindergartens")
        assert {each.id for each in GroupMembers.model_validate_json(answer.content).items} == members


async def test_a_registrar_keeps_the_groups_of_its_own_place(registry: Service):
    client = registry.client(("registrar", given.OTHER_TOWN))
    answer = await client.post("/v1/groups", json=NEW)
    assert answer.json()["errors"][0]["pointer"] == "/division"
    group = (await registry.client(REGISTRAR).post("/v1/groups", json=NEW)).json()["id"]
    answer = await client.patch(f"/v1/groups/{group}", json={"name": "改名(演示)"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 404
    assert (await registry.client(TOWN).post("/v1/groups", json=NEW)).status_code == 403


@pytest.mark.parametrize("path", ["", "/kindergartens"])
async def test_a_group_that_is_none_is_not_found(registry: Service, path: str):
    assert (await registry.client(REGISTRAR).get(f"/v1/groups/{uuid4()}{path}")).status_code == 404
