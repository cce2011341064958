"""The seven projects the plan names: read by all, their progress recorded by the planner of the place."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from services.registry.plans.schemas import Project, ProjectPage
from shared.days import today
from tests.stack import Service

PLANNER, OFFICER = ("planner", "110116"), ("town_officer", "110116102")
CENTRE = "/v1/projects/changshaoying-centre"
STARTED = {"status": "started", "status_on": "2024-05-01", "status_note": "开工许可〔2024〕1号(演示)"}


@pytest_asyncio.fixture(autouse=True, loop_scope="session")
async def as_loaded(registry: Service) -> AsyncIterator[None]:
    """Projects are reference data, which stays between tests."""
    yield
    await registry.database.fetch(
        "UPDATE projects SET status = 'stated', status_on = '2023-12-28', status_note = '' WHERE status <> 'stated'"
    )
    await registry.database.fetch("DELETE FROM row_history WHERE table_name = 'projects'")


async def test_the_seven_projects_are_public(registry: Service):
    answer = await registry.client(OFFICER).get("/v1/projects", params={"count": True})
    page = ProjectPage.model_validate_json(answer.content)
    assert page.total == len(page.items) == 7
    assert {each.source for each in page.items} == {"怀政办发〔2023〕16号"}
    located = {each.id: each.division for each in page.items if each.division != "110116"}
    assert located == {
        "liulimiao-attached-class": "110116110",
        "changshaoying-centre": "110116211",
        "chengezhuang-residential": "110116004202",
        "zhanggezhang-resettlement": "110116003212",
    }


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"kind": "residential_kindergarten"}, 4),
        ({"division": "110116004"}, 1),
        ({"clause": "三(一)3-g"}, 4),
        ({"status": "opened"}, 0),
    ],
)
async def test_projects_are_filtered(registry: Service, query: dict[str, str], number: int):
    answer = await registry.client(OFFICER).get("/v1/projects", params=query)
    assert len(answer.json()["items"]) == number


async def patch(client: Any, body: dict[str, Any], version: str | None) -> Any:
    return await client.patch(CENTRE, json=body, headers={} if version is None else {"If-Match": version})


async def test_progress_is_recorded_on_the_version_that_was_read(registry: Service):
    client = registry.client(PLANNER)
    read = await client.get(CENTRE)
    before = Project.model_validate_json(read.content)
    answer = await patch(client, STARTED, read.headers["etag"])
    assert answer.status_code == 200, answer.text
    after = Project.model_validate_json(answer.content)
    assert (after.status, after.status_note, after.version) == ("started", STARTED["status_note"], before.version + 1)
    assert answer.headers["etag"] == f'"{after.version}"'
    assert (await patch(client, STARTED, None)).status_code == 428
    stale = await patch(client, STARTED | {"status": "opened"}, read.headers["etag"])
    assert (stale.status_code, stale.json()["current_version"]) == (412, after.version)
    assert stale.json()["differing"] == {"status": "started"}


async def test_it_is_announced_and_the_former_state_is_kept(registry: Service):
    client = registry.client(PLANNER)
    await patch(client, STARTED, (await client.get(CENTRE)).headers["etag"])
    ((kind, subject, division, said),) = await registry.database.fetch(
        "SELECT type, subject, division, data FROM events"
    )
    assert (kind, subject, division) == ("registry.project.changed", "projects/changshaoying-centre", "110116211")
    assert (said["status"], said["status_on"]) == ("started", "2024-05-01")
    kept = await registry.database.fetch(
        "SELECT before->>'status', actor FROM row_history WHERE table_name = 'projects'"
    )
    assert kept == [("stated", "planner@110116")]


async def test_only_the_planner_of_the_place_records_it(registry: Service):
    assert (await patch(registry.client(OFFICER), STARTED, '"1"')).status_code == 403
    other_town = registry.client(("planner", "110116102"))
    assert (await other_town.get(CENTRE)).status_code == 200
    assert (await patch(other_town, STARTED, (await other_town.get(CENTRE)).headers["etag"])).status_code == 404
    own_town = registry.client(("planner", "110116211"))
    assert (await patch(own_town, STARTED, (await own_town.get(CENTRE)).headers["etag"])).status_code == 200


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"status": "nearly"}, "/status"),
        ({"status_on": (today() + timedelta(1)).isoformat()}, "/status_on"),
        ({"status_on": "2024-02-30"}, "/status_on"),
        ({"status_note": ""}, "/status_note"),
        ({"name": "其他"}, "/name"),
    ],
)
async def test_what_cannot_be_is_refused(registry: Service, change: dict[str, str], pointer: str):
    answer = await patch(registry.client(PLANNER), STARTED | change, '"1"')
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_an_unknown_project_does_not_exist(registry: Service):
    client = registry.client(PLANNER)
    assert (await client.get("/v1/projects/none-such")).status_code == 404
    assert (await client.get("/v1/projects/UPPER")).status_code == 422
