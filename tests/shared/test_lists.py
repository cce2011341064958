"""Lists: whole, in order, page by page; what is unknown is refused."""

import csv
import io
import json
from typing import cast

import httpx
import pytest
from python_calamine import CalamineWorkbook

from shared.reading import Plan, ShortWay
from tests.shared.specimen import SpecimenPage
from tests.stack import Service

OFFICER = ("registrar", "110116")


async def fill(specimen: Service, count: int) -> None:
    await specimen.database.fetch(
        "INSERT INTO kindergartens (id, division, name, pinyin, registry_version)"
        " SELECT uuid_v7(), '11011610' || (n % 3) || '001', 'n' || n % 7, 'n' || n % 7, 1"
        f" FROM generate_series(1, {count}) n"
    )


@pytest.mark.parametrize("sort", ["name", "-name", "copied_at"])
async def test_pages_hold_every_row_once_and_in_order(specimen: Service, sort: str):
    await fill(specimen, 103)
    client, seen, after = specimen.client(OFFICER), [], None
    while True:
        query = {"sort": sort, "limit": "10"} | ({"after": after} if after else {})
        answer = await client.get("/v1/specimens", params=query)
        page = SpecimenPage.model_validate_json(answer.content)
        seen += page.items
        if not (after := page.next):
            break
    assert len({each.id for each in seen}) == len(seen) == 103
    names = [each.name for each in seen]
    assert sort == "copied_at" or names == sorted(names, reverse=sort == "-name")


async def test_a_page_exactly_full_has_no_next(specimen: Service):
    await fill(specimen, 10)
    answer = (await specimen.client(OFFICER).get("/v1/specimens", params={"limit": 10, "count": True})).json()
    assert (len(answer["items"]), answer["next"], answer["total"]) == (10, None, 10)


async def test_an_empty_list_is_a_list(specimen: Service):
    assert (await specimen.client(OFFICER).get("/v1/specimens")).json() == {"items": [], "next": None}


async def test_only_the_fields_asked_for(specimen: Service):
    await fill(specimen, 1)
    answer = await specimen.client(OFFICER).get("/v1/specimens", params={"fields": "name, id"})
    assert [set(item) for item in answer.json()["items"]] == [{"id", "name"}]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"nmae": "x"}, "nmae"),
        ({"limit": "0"}, "limit"),
        ({"limit": "501"}, "limit"),
        ({"limit": "9999999999999999999999"}, "limit"),
        ({"sort": "colour"}, "sort"),
        ({"fields": "id,secret"}, "fields"),
        ({"after": "not-a-cursor"}, "after"),
        ({"after": "WyJuYW1lIiwgMSwgMl0"}, "after"),
        ({"division": "a\x00b"}, ""),
    ],
)
async def test_what_a_list_does_not_understand_it_refuses(specimen: Service, query: dict[str, str], pointer: str):
    answer = await specimen.client(OFFICER).get("/v1/specimens", params=query)
    assert answer.status_code == 422, answer.text
    problem = answer.json()
    assert problem["code"] == "invalid-input"
    assert not pointer or problem["errors"][0]["pointer"] == pointer


async def test_a_forged_cursor_is_bad_input_and_not_a_fault(specimen: Service):
    import base64  # noqa: PLC0415  # this test forges what others must not see

    forged = base64.urlsafe_b64encode(json.dumps(["copied_at", "no time", "no id"]).encode()).decode()
    answer = await specimen.client(OFFICER).get("/v1/specimens", params={"sort": "copied_at", "after": forged})
    assert answer.status_code == 422


async def test_a_misspelt_parameter_is_answered_with_the_right_one(specimen: Service):
    answer = await specimen.client(OFFICER, **{"Accept-Language": "en"}).get("/v1/specimens", params={"divison": "1"})
    assert "did you mean division?" in answer.json()["errors"][0]["detail"]


async def test_the_same_list_as_csv_ndjson_and_xlsx(specimen: Service):
    await fill(specimen, 120)
    client = specimen.client(("town_officer", "110116101"))
    listed = (await client.get("/v1/specimens", params={"limit": 500})).json()["items"]
    assert len(listed) == 40
    text = await client.get("/v1/specimens", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert [row["id"] for row in rows] == [item["id"] for item in listed]
    lines = (await client.get("/v1/specimens", headers={"Accept": "application/x-ndjson"})).text.splitlines()
    assert [json.loads(line)["id"] for line in lines[:-1]] == [item["id"] for item in listed]
    assert json.loads(lines[-1])["manifest"]["rows"] == 40
    sheet = await client.get(
        "/v1/specimens", headers={"Accept": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}
    )
    read = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in read[1:]] == [item["id"] for item in listed]


QUERIES = [
    "",
    "limit=3&sort=-name",
    "limit=3&limit=5",
    "division=110116101&count=true",
    "fields=name",
    "limit=",
    "limit=501",
    "nmae=x",
    "division=%00",
    "division=%FF",
    "sort=%E5%90%8D",
    "count=maybe",
    "after=zzz",
    "&&=&limit=3",
]


@pytest.mark.parametrize("grants", [[OFFICER], [("town_officer", "110116101")], [("police", "110116")], []])
async def test_the_short_way_answers_as_the_long_way_would(specimen: Service, grants: list[tuple[str, str]]):
    await fill(specimen, 40)
    client = specimen.client(*grants)
    way = next(each for each in specimen.app.user_middleware if getattr(each.cls, "__name__", "") == ShortWay.__name__)
    short = cast("dict[str, Plan]", way.kwargs["plans"])
    assert "/v1/specimens" in short
    for query in QUERIES:
        quick = await client.get(f"/v1/specimens?{query}")
        plan = short.pop("/v1/specimens")
        try:
            full = await client.get(f"/v1/specimens?{query}")
        finally:
            short["/v1/specimens"] = plan
        assert (quick.status_code, plain(quick)) == (full.status_code, plain(full)), query


def plain(answer: httpx.Response) -> object:
    """The body without what differs from request to request."""
    body = answer.json()
    body.pop("trace_id", None)
    return body
