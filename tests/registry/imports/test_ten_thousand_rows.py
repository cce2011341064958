"""A roll of 10,000 rows with 300 faults: every fault is found, nothing else, and the rest is stored or nothing is."""

import io
from typing import Any

import httpx
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tests.registry.imports.planting import Expected, plant, seize
from tests.registry.imports.running import REGISTRAR, counted, expected_of, findings, fingerprint, finished, imported
from tests.registry.rolls import made as rolls
from tests.stack import Service

ROWS, FAULTS = 10_000, 300
ROOMS = rolls.rooms(ROWS // rolls.SIZE + 2)
FORMATS = {
    "roll.csv": rolls.as_csv,
    "roll-gb.csv": lambda rows: rolls.as_csv(rows, "gb18030"),
    "roll.ndjson": rolls.as_ndjson,
    "roll.xlsx": rolls.as_xlsx,
}


async def spoilt(registry: Service) -> tuple[list[dict[str, str]], list[Expected]]:
    rolls.open_rooms(registry.database.admin_url, ROOMS)
    rows = rolls.rows(ROOMS, ROWS)
    expected = await seize(registry, ROOMS, rows)
    return rows, sorted([*expected, *plant(rows, FAULTS)])


@pytest.fixture
def client(worker: Service) -> httpx.AsyncClient:
    return worker.client(REGISTRAR)


@pytest.mark.parametrize("name", FORMATS)
async def test_a_dry_run_finds_every_fault_and_nothing_else_and_changes_nothing(
    worker: Service, client: httpx.AsyncClient, name: str
):
    rows, expected = await spoilt(worker)
    assert len(expected) == FAULTS
    assert len({each.code for each in expected}) >= 12
    before = await fingerprint(worker)
    found = await imported(worker, client, name, FORMATS[name](rows), mode="dry_run")
    assert (found["state"], found["rows"], found["accepted"], found["refused"], found["warnings"]) == (
        *("checked", ROWS),
        *(ROWS - FAULTS, FAULTS, 0),
    )
    lines = -1 if name.endswith("ndjson") else 0  # which has no header: its first line is row 1
    expected = [Expected(each.row + lines, each.field, each.code) for each in expected]
    assert await expected_of(client, found["id"]) == expected
    assert await fingerprint(worker) == before


async def test_a_partial_import_stores_the_rest_and_undo_restores_the_state_before_to_the_row(
    worker: Service, client: httpx.AsyncClient
):
    rows, expected = await spoilt(worker)
    before, there = await fingerprint(worker), await counted(worker)
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows), mode="commit", atomicity="partial")
    assert (found["state"], found["accepted"], found["born"]) == ("stored", ROWS - FAULTS, ROWS - FAULTS)
    assert await expected_of(client, found["id"]) == expected
    children, guardians, enrolments = await counted(worker)
    assert (children - there[0], enrolments - there[2]) == (ROWS - FAULTS, ROWS - FAULTS)
    faulty = {each.row for each in expected}
    told = [row for place, row in enumerate(rows, 2) if place not in faulty]
    assert guardians == sum(1 + bool(row["guardian2_name"]) for row in told)
    await stored_as_sent(worker, told[0])
    events = await worker.database.fetch(
        "SELECT sum((data->>'born')::int), count(DISTINCT kindergarten), count(*) FROM events"
        " WHERE type = 'registry.roll.imported'"
    )
    assert events == [(ROWS - FAULTS, len({room.kindergarten for room in ROOMS}), events[0][2])]
    assert events[0][1] == events[0][2]
    answer = await client.post(f"/v1/imports/{found['id']}/undo")
    assert answer.status_code == 202, answer.text
    assert (await finished(worker, client, answer.json()))["state"] == "undone"
    assert await fingerprint(worker) == before


async def stored_as_sent(registry: Service, row: dict[str, str]) -> None:
    found = await registry.database.fetch(
        "SELECT c.name, c.sex, c.birth_date::text, c.ethnicity, c.document_mask, c.synthetic, c.kindergarten = k.id,"
        " c.division = k.division, r.name, e.since::text, e.reason_in, c.first_enrolled_on = e.since, c.version"
        " FROM children c JOIN enrolments e ON e.child = c.id JOIN classes r ON r.id = e.class_id"
        " JOIN kindergartens k ON k.id = e.kindergarten WHERE c.name = %s AND c.birth_date::text = %s AND r.name = %s"
        " AND k.school_code = %s",
        *(row["name"], row["birth_date"], row["class_name"], row["school_code"]),
    )
    number = row["document_number"]
    sex, ethnicity = {"男": "1", "女": "2"}[row["sex"]], {"汉族": "01", "满族": "11", "回族": "03"}[row["ethnicity"]]
    assert found == [
        (
            *(row["name"], sex, row["birth_date"], ethnicity, f"{number[:3]}{'*' * 11}{number[-4:]}"),
            *(True, True, True, row["class_name"], row["since"], "new", True, 1),
        )
    ]


async def test_all_or_nothing_stores_nothing_when_one_row_is_refused(worker: Service, client: httpx.AsyncClient):
    rows, expected = await spoilt(worker)
    before = await fingerprint(worker)
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows), mode="commit", atomicity="atomic")
    assert (found["state"], found["born"], found["refused"]) == ("refused", 0, FAULTS)
    assert await expected_of(client, found["id"]) == expected
    assert await fingerprint(worker) == before


async def test_what_was_refused_comes_back_corrected_and_is_stored(worker: Service, client: httpx.AsyncClient):
    rolls.open_rooms(worker.database.admin_url, ROOMS[:4])
    rows, count = rolls.rows(ROOMS, 4 * rolls.SIZE), 4 * rolls.SIZE
    kept = rows[5]["name"], rows[9]["sex"]
    rows[5]["name"], rows[9]["sex"] = "=HYPERLINK(1)", "不详"
    first = await imported(worker, client, "roll.xlsx", rolls.as_xlsx(rows), mode="commit")
    assert (first["born"], first["refused"]) == (count - 2, 2)
    answer = await client.get(f"/v1/imports/{first['id']}/corrected-file")
    assert answer.status_code == 200, answer.text
    sheet = read_sheet(answer.content)
    assert [line[-2:] for line in sheet[1:]] == [
        ["7", "幼儿姓名:姓名含有不允许的字符或过长"],
        ["11", "性别:不在代码表内"],
    ]
    sheet[1][sheet[0].index("幼儿姓名*")], sheet[2][sheet[0].index("性别*")] = kept
    second = await imported(worker, client, "again.xlsx", write_sheet(sheet), mode="commit", atomicity="atomic")
    assert (second["state"], second["born"], second["refused"]) == ("stored", 2, 0)
    assert (await counted(worker))[0] == count
    logged = await worker.database.fetch("SELECT actor, subject FROM access_log")
    assert logged == [("registrar@110116", f"imports/{first['id']}")]


def read_sheet(content: bytes) -> list[list[str]]:
    rows: list[list[Any]] = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]


def write_sheet(rows: list[list[str]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell)
    book.close()
    return made.getvalue()


async def test_findings_mask_what_is_personal(worker: Service, client: httpx.AsyncClient):
    rolls.open_rooms(worker.database.admin_url, ROOMS[:1])
    rows = rolls.rows(ROOMS, 3)
    number = rows[0]["document_number"]
    rows[0]["document_number"] = number[:-1] + ("1" if number[-1] != "1" else "2")
    rows[1]["name"] = "张=三"
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    told = {each["field"]: each for each in await findings(client, found["id"])}
    assert told["document_number"]["value"] == f"{number[:3]}{'*' * 11}{rows[0]['document_number'][-4:]}"
    assert told["name"]["value"] == "张**"
    assert told["name"]["label"] == "幼儿姓名"
    everything = (await client.get(f"/v1/imports/{found['id']}/findings")).text
    assert number[3:14] not in everything
