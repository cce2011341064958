"""行政区划: the official units, public to every caller."""

import csv
import io
from datetime import timedelta

import pytest

from services.registry.divisions.schemas import Division, DivisionPage
from services.registry.reference import load
from tests.registry import given
from tests.stack import Service

CALLERS = [
    ("registrar", given.DISTRICT),
    ("town_officer", given.TOWN),
    ("principal", "k:0190b2a0-0000-7000-8000-000000000001"),
    ("integration", given.DISTRICT),
]


@pytest.mark.parametrize("caller", CALLERS)
async def test_every_caller_sees_the_whole_district(registry: Service, caller: tuple[str, str]):
    answer = await registry.client(caller).get("/v1/divisions", params={"limit": 500, "count": True})
    page = DivisionPage.model_validate_json(answer.content)
    assert (page.total, len(page.items), page.next) == (339, 339, None)


async def test_units_are_found_by_level_parent_and_zone(registry: Service):
    client = registry.client(CALLERS[0])
    towns = (await client.get("/v1/divisions", params={"level": "town", "count": True})).json()
    assert towns["total"] == 17
    villages = (await client.get("/v1/divisions", params={"parent": "110116102", "count": True})).json()
    assert villages["total"] == 18
    mountain = (await client.get("/v1/divisions", params={"level": "town", "zone": "mountain", "limit": 500})).json()
    assert {each["zone"] for each in mountain["items"]} == {"mountain"}


@pytest.mark.parametrize("q", ["北房", "beifang", "BeiFang"])
async def test_a_unit_is_found_by_the_beginning_of_its_name(registry: Service, q: str):
    found = (await registry.client(CALLERS[0]).get("/v1/divisions", params={"q": q, "level": "town"})).json()
    assert [each["code"] for each in found["items"]] == ["110116102"]


async def test_names_sort_as_they_are_spoken(registry: Service):
    found = await registry.client(CALLERS[0]).get("/v1/divisions", params={"level": "town", "sort": "name"})
    assert [each["name"] for each in found.json()["items"]][:3] == ["宝山镇", "北房镇", "北京雁栖经济开发区"]


async def test_a_page_ends_where_the_next_begins(registry: Service):
    client, seen, cursor = registry.client(CALLERS[0]), [], None
    while True:
        page = (
            await client.get("/v1/divisions", params={"limit": 100, "after": cursor} if cursor else {"limit": 100})
        ).json()
        seen += [each["code"] for each in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert len(seen) == len(set(seen)) == 339
    assert seen == sorted(seen)


async def test_a_unit_was_not_in_use_before_its_edition(registry: Service):
    found = await registry.client(CALLERS[0]).get("/v1/divisions", params={"as_of": "2023-06-29", "count": True})
    assert found.json()["total"] == 0


async def test_one_unit_tells_what_lies_below_it(registry: Service):
    await given.kindergarten(registry, division=given.VILLAGE)
    await given.kindergarten(registry, division=given.OTHER_VILLAGE)
    await given.kindergarten(registry, division=given.VILLAGE, status="closed")
    answer = await registry.client(CALLERS[0]).get("/v1/divisions/110116")
    district = Division.model_validate_json(answer.content)
    assert (district.towns, district.villages, district.kindergartens) == (17, 321, 2)
    town = (await registry.client(CALLERS[1]).get("/v1/divisions/110116102")).json()
    assert (town["parent_name"], town["villages"], town["kindergartens"]) == ("怀柔区", 18, 1)
    assert (await registry.client(CALLERS[1]).get("/v1/divisions/110116")).json()["kindergartens"] == 1
    before = {"as_of": (given.OPENED - timedelta(days=1)).isoformat()}
    assert (await registry.client(CALLERS[0]).get("/v1/divisions/110116", params=before)).json()["kindergartens"] == 0


async def test_the_zone_says_that_it_is_illustrative(registry: Service):
    town = (await registry.client(CALLERS[0]).get("/v1/divisions/110116107")).json()
    assert town["zone"] == "mountain"
    assert "示例" in town["zone_source"]


@pytest.mark.parametrize(("code", "status"), [("110116999", 404), ("1101", 422), ("11011610x", 422), ("%00", 422)])
async def test_a_code_that_is_none_is_refused(registry: Service, code: str, status: int):
    assert (await registry.client(CALLERS[0]).get(f"/v1/divisions/{code}")).status_code == status


async def test_the_list_can_be_taken_as_a_file(registry: Service):
    client = registry.client(CALLERS[0], Accept="text/csv")
    answer = await client.get("/v1/divisions", params={"level": "town"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert answer.headers["content-disposition"] == 'attachment; filename="divisions.csv"'
    assert len(rows) == 17
    assert rows[0]["code"] == "110116001"


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"levle": "town"}, "levle"),
        ({"level": "county"}, "level"),
        ({"parent": "11"}, "parent"),
        ({"limit": "100000"}, "limit"),
        ({"as_of": "1899-12-31"}, "as_of"),
        ({"q": "x" * 51}, "q"),
        ({"q": "\x00"}, "q"),
        ({"sort": "zone"}, "sort"),
    ],
)
async def test_an_unknown_question_is_refused_with_its_name(registry: Service, params: dict[str, str], pointer: str):
    answer = await registry.client(CALLERS[0]).get("/v1/divisions", params=params)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_loading_again_changes_nothing(registry: Service):
    counts = "SELECT (SELECT count(*) FROM divisions), (SELECT count(*) FROM codes)"
    before = await registry.database.fetch(counts)
    load(registry.database.owner_url)
    assert await registry.database.fetch(counts) == before
