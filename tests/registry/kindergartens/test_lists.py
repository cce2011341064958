"""Lists of kindergartens: filters, order, pages, days, files, and each caller's scope."""

import csv
import io
import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from services.registry.kindergartens.schemas import Branches, Kindergarten, KindergartenPage, Summary
from tests.registry import given
from tests.registry.kindergartens.callers import MACHINE, REGISTRAR, TOWN, Grant, principal
from tests.stack import Service

URL = "/v1/kindergartens"


async def found(registry: Service, caller: Grant = REGISTRAR, **params: Any) -> list[str]:
    answer = await registry.client(caller).get(URL, params=params)
    assert answer.status_code == 200, answer.text
    return [each.name for each in KindergartenPage.model_validate_json(answer.content).items]


@pytest.fixture
async def three(registry: Service) -> list[UUID]:
    """Of each type one: 启明 (public, 北房), 金苹果 (inclusive, 杨宋), 小星星 (private, 汤河口, suspended)."""
    return [
        await given.kindergarten(registry, name="怀柔区启明幼儿园(演示)", licence_expires_on=date(2026, 12, 31)),
        await given.kindergarten(
            registry, type="inclusive_private", name="怀柔区金苹果幼儿园(演示)", division=given.OTHER_VILLAGE
        ),
        await given.kindergarten(
            registry,
            type="private",
            status="suspended",
            since=date(2023, 9, 1),
            name="怀柔区小星星幼儿园(演示)",
            division="110116107001",
        ),
    ]


ALL = ["怀柔区金苹果幼儿园(演示)", "怀柔区启明幼儿园(演示)", "怀柔区小星星幼儿园(演示)"]
QIMING, APPLE, STAR = ALL[1], ALL[0], ALL[2]


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, ALL),
        ({"sort": "-name"}, ALL[::-1]),
        ({"sort": "division"}, [QIMING, APPLE, STAR]),
        ({"division": given.TOWN}, [QIMING]),
        ({"division": given.DISTRICT}, ALL),
        ({"zone": "mountain"}, [STAR]),
        ({"type": "inclusive_private"}, [APPLE]),
        ({"status": "suspended"}, [STAR]),
        ({"open": True}, [APPLE, QIMING]),
        ({"open": False}, [STAR]),
        ({"q": "启明"}, [QIMING]),
        ({"q": "qiming"}, [QIMING]),
        ({"q": "Jin Ping"}, [APPLE]),
        ({"q": "huairou"}, ALL),
        ({"q": "无此园"}, []),
        ({"q": "%"}, []),
        ({"licence_expires_before": "2027-01-01"}, [QIMING]),
        ({"licence_expires_before": "2026-12-31"}, []),
        ({"relation": "branch"}, []),
        ({"synthetic": True}, ALL),
        ({"synthetic": False}, []),
        ({"type": "private", "as_of": "2023-08-31"}, []),
        ({"open": False, "as_of": "2023-08-31"}, [STAR]),
    ],
)
@pytest.mark.usefixtures("three")
async def test_kindergartens_are_found_by_what_is_known_of_them(
    registry: Service, params: dict[str, Any], names: list[str]
):
    assert await found(registry, **params) == names


async def test_kindergartens_are_found_by_group_parent_and_code(registry: Service, three: list[UUID]):
    client = registry.client(REGISTRAR)
    group = (await client.post("/v1/groups", json={"name": "启明集团(演示)", "division": given.TOWN})).json()["id"]
    await client.patch(f"{URL}/{three[0]}", json={"group_id": group}, headers={"If-Match": '"1"'})
    assert await found(registry, group=group) == [QIMING]
    await given.kindergarten(registry, name="怀柔区分园(演示)", relation="branch", parent=three[0])
    assert await found(registry, parent=three[0]) == ["怀柔区分园(演示)"]
    code = (await client.get(f"{URL}/{three[0]}")).json()["school_code"]
    assert await found(registry, school_code=code) == [QIMING]


async def test_each_caller_sees_exactly_its_scope(registry: Service, three: list[UUID]):
    own = three[1]
    assert await found(registry, REGISTRAR) == ALL
    assert await found(registry, TOWN) == [QIMING]
    assert await found(registry, principal(own)) == [APPLE]
    assert await found(registry, MACHINE) == ALL
    assert await found(registry, ("integration", "110117")) == []


async def test_what_is_out_of_scope_does_not_exist(registry: Service, three: list[UUID]):
    for caller, seen in ((TOWN, three[0]), (principal(three[1]), three[1])):
        client = registry.client(caller)
        for key in three:
            for path in ("", "/types", "/statuses", "/campuses", "/branches", "/summary"):
                status = (await client.get(f"{URL}/{key}{path}")).status_code
                assert status == (200 if key == seen else 404), (caller, path)


@pytest.mark.usefixtures("three")
async def test_a_query_without_a_scope_sees_nothing(registry: Service):
    async with await psycopg.AsyncConnection.connect(registry.database.app_url) as connection:
        for table in ("kindergartens", "kindergarten_types", "kindergarten_statuses", "campuses", "row_history"):
            assert await (await connection.execute(f"SELECT * FROM {table}")).fetchall() == []


async def test_two_grants_add_up_and_only_where_they_permit(registry: Service, three: list[UUID]):
    both = registry.client(TOWN, principal(three[1]))
    names = [each["name"] for each in (await both.get(URL)).json()["items"]]
    assert names == [APPLE, QIMING]
    # A liaison of the police reads kindergartens but not who is enrolled there.
    police = registry.client(("police", given.DISTRICT), principal(three[1]))
    assert (await police.get(f"{URL}/{three[0]}")).status_code == 200
    assert (await police.get(f"{URL}/{three[0]}/summary")).status_code == 404
    assert (await police.get(f"{URL}/{three[1]}/summary")).status_code == 200


async def test_pages_follow_each_other_without_gap_or_repeat(registry: Service):
    for number in range(23):
        await given.kindergarten(registry, name=f"怀柔区同名幼儿园{number % 3}(演示)")
    client, seen, cursor = registry.client(REGISTRAR), [], None
    while True:
        params = {"limit": 5} | ({"after": cursor} if cursor else {"count": True})
        page = (await client.get(URL, params=params)).json()
        seen += [(each["name"], each["id"]) for each in page["items"]]
        if not cursor:
            assert page["total"] == 23
        if (cursor := page["next"]) is None:
            break
    assert seen == sorted(set(seen))
    assert len(seen) == 23


@pytest.mark.usefixtures("three")
async def test_a_row_can_be_sparse(registry: Service):
    page = (await registry.client(REGISTRAR).get(URL, params={"fields": "name,type"})).json()
    assert page["items"][0] == {"name": APPLE, "type": "inclusive_private"}


@pytest.mark.parametrize(
    ("params", "pointer"),
    [
        ({"tpye": "public"}, "tpye"),
        ({"type": "state"}, "type"),
        ({"division": "11x"}, "division"),
        ({"limit": 501}, "limit"),
        ({"limit": 10**30}, "limit"),
        ({"as_of": "2026-02-30"}, "as_of"),
        ({"as_of": "20260101"}, "as_of"),
        ({"as_of": "1899-01-01"}, "as_of"),
        ({"q": ""}, "q"),
        ({"q": "x" * 51}, "q"),
        ({"q": "a\x00b"}, "q"),
        ({"group": "1"}, "group"),
        ({"open": "maybe"}, "open"),
        ({"sort": "type"}, "sort"),
        ({"after": "AAAA"}, "after"),
        ({"fields": "name,nmae"}, "fields"),
    ],
)
async def test_a_question_that_is_none_is_refused_with_its_parameter(
    registry: Service, params: dict[str, Any], pointer: str
):
    answer = await registry.client(REGISTRAR).get(URL, params=params)
    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert answer.json()["errors"][0]["location"] == "query"


@pytest.mark.usefixtures("three")
async def test_the_list_is_taken_as_csv_ndjson_and_workbook(registry: Service):
    url = f"{URL}?type=private"
    text = await registry.client(REGISTRAR, Accept="text/csv").get(url)
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [(row["name"], row["type"]) for row in rows] == [(STAR, "private")]
    lines = (await registry.client(REGISTRAR, Accept="application/x-ndjson").get(URL)).text.splitlines()
    assert [json.loads(each)["name"] for each in lines[:-1]] == ALL
    assert json.loads(lines[-1])["manifest"]["rows"] == 3
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    book = await registry.client(TOWN, Accept=sheet).get(URL)
    assert (book.headers["x-rows"], book.content[:2]) == ("1", b"PK")


async def test_one_kindergarten_reads_as_it_was_on_a_day(registry: Service, three: list[UUID]):
    client = registry.client(TOWN)
    before = await client.get(f"{URL}/{three[0]}", params={"as_of": (given.OPENED - timedelta(days=1)).isoformat()})
    entry = Kindergarten.model_validate_json(before.content)
    assert (entry.type, entry.status, entry.type_since) == (None, None, None)
    on = Kindergarten.model_validate_json((await client.get(f"{URL}/{three[0]}")).content)
    assert (on.type, on.status, on.type_since, on.as_of) == ("public", "operating", given.OPENED, given.TODAY)


async def test_the_summary_counts_classes_and_children_of_a_day(registry: Service):
    key = await given.kindergarten(registry)
    small, large = await given.class_(registry, key), await given.class_(registry, key, kind="large")
    await given.pupils(registry, small, 26)
    await given.pupils(registry, large, 2)
    await given.class_(registry, key, year=given.SCHOOL_YEAR - 1)
    answer = await registry.client(principal(key)).get(f"{URL}/{key}/summary")
    assert Summary.model_validate_json(answer.content).model_dump() == {
        "id": key,
        "as_of": given.TODAY,
        "classes": 2,
        "oversize_classes": 1,
        "seats": 60,
        "children": 28,
        "nursery": 0,
        "small": 26,
        "middle": 0,
        "large": 2,
        "mixed": 0,
    }
    empty = await registry.client(REGISTRAR).get(f"{URL}/{key}/summary", params={"as_of": "2019-01-01"})
    assert (empty.json()["classes"], empty.json()["children"]) == (0, 0)


async def test_branches_are_shown_as_far_as_the_scope_reaches(registry: Service, three: list[UUID]):
    near = await given.kindergarten(registry, relation="branch", parent=three[0])
    far = await given.kindergarten(registry, relation="branch", parent=three[0], division=given.OTHER_VILLAGE)
    for caller, expected in ((REGISTRAR, {near, far}), (TOWN, {near}), (principal(three[0]), set[UUID]())):
        answer = await registry.client(caller).get(f"{URL}/{three[0]}/branches")
        assert {each.id for each in Branches.model_validate_json(answer.content).items} == expected
