import asyncio
import io
import json
import zipfile
from typing import Any
from uuid import UUID

import httpx
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from services.registry.imports import committing
from services.registry.imports.forgetting import forget_old_files
from services.registry.imports.staging import Lane, Step
from services.registry.imports.storing import store_step
from services.registry.rolls.columns import COLUMNS, KEYS
from shared.db import Database
from shared.jobs import perform
from tests.registry import given
from tests.registry.imports.planting import register
from tests.registry.imports.running import (
    REGISTRAR,
    counted,
    expected_of,
    findings,
    fingerprint,
    finished,
    imported,
    send,
)
from tests.registry.rolls import made as rolls
from tests.stack import Service

SIZE = rolls.SIZE
ROOMS = rolls.rooms(4, each=2)  # two kindergartens of two classes
HERE, THERE = ROOMS[0].kindergarten, ROOMS[2].kindergarten


@pytest.fixture
def client(worker: Service) -> httpx.AsyncClient:
    rolls.open_rooms(worker.database.admin_url, ROOMS)
    return worker.client(REGISTRAR)


def principal(registry: Service, kindergarten: UUID = HERE) -> httpx.AsyncClient:
    return registry.client(("principal", f"k:{kindergarten}"))


def roll(count: int = 2 * SIZE) -> list[dict[str, str]]:
    return rolls.rows(ROOMS, count)


async def test_a_dry_run_is_committed_as_it_was_shown(worker: Service, client: httpx.AsyncClient):
    rows = roll()
    rows[3]["sex"] = "不详"
    shown = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    assert (shown["state"], shown["accepted"], shown["refused"]) == ("checked", 2 * SIZE - 1, 1)
    assert await counted(worker) == (0, 0, 0)
    answer = await client.post(f"/v1/imports/{shown['id']}/commit")
    assert answer.status_code == 202, answer.text
    stored = await finished(worker, client, answer.json())
    assert (stored["state"], stored["born"], stored["refused"]) == ("stored", 2 * SIZE - 1, 1)
    assert len(await findings(client, shown["id"])) == 1
    again = await client.post(f"/v1/imports/{shown['id']}/commit")
    assert (again.status_code, again.json()["code"]) == (409, "import-not-checked")


async def test_a_commit_that_would_differ_from_its_dry_run_is_refused_with_the_difference(
    worker: Service, client: httpx.AsyncClient
):
    rows = roll()
    shown = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    await register(worker, rows[5])
    answer = await client.post(f"/v1/imports/{shown['id']}/commit")
    assert (answer.status_code, answer.json()["code"]) == (409, "dry-run-is-outdated")
    assert answer.json()["differing"] == [{"row": 7, "code": "already-registered"}]
    assert await counted(worker) == (1, 0, 0)


async def test_what_changes_between_commit_and_its_job_is_found_by_the_job(worker: Service, client: httpx.AsyncClient):
    rows = roll()
    shown = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    accepted = (await client.post(f"/v1/imports/{shown['id']}/commit")).json()
    await register(worker, rows[5])
    assert (await finished(worker, client, accepted))["state"] == "checked"
    job = (await client.get(f"/v1/jobs/{accepted['job']}")).json()
    assert (job["status"], job["result"]["problem"]["code"]) == ("failed", "dry-run-is-outdated")
    assert [each["code"] for each in await findings(client, shown["id"])] == ["already-registered"]
    assert await counted(worker) == (1, 0, 0)
    accepted = (await client.post(f"/v1/imports/{shown['id']}/commit")).json()
    assert (await finished(worker, client, accepted))["born"] == 2 * SIZE - 1


async def test_all_or_nothing_is_one_transaction(worker: Service, client: httpx.AsyncClient):
    found = await imported(worker, client, "roll.csv", rolls.as_csv(roll()), mode="commit", atomicity="atomic")
    assert (found["state"], found["born"]) == ("stored", 2 * SIZE)
    transactions = (
        "SELECT count(DISTINCT xmin::text) FROM (SELECT xmin FROM children UNION SELECT xmin FROM enrolments) t"
    )
    assert await worker.database.fetch(transactions) == [(1,)]
    refused = await client.post(
        "/v1/imports", files={"file": ("roll.csv", rolls.as_csv(roll()))}, data={"atomicity": "atomic"}
    )
    again = await finished(worker, client, refused.json())
    assert (again["state"], again["accepted"]) == ("checked", 0)
    answer = await client.post(f"/v1/imports/{again['id']}/commit")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-store")


async def test_a_principal_imports_into_its_own_kindergarten_only(worker: Service, client: httpx.AsyncClient):
    mine = principal(worker)
    rows = roll(4 * SIZE)
    found = await imported(worker, mine, "roll.csv", rolls.as_csv(rows), mode="commit")
    assert (found["born"], found["refused"], found["kindergarten"]) == (2 * SIZE, 2 * SIZE, str(HERE))
    assert {each["code"] for each in await findings(mine, found["id"])} == {"kindergarten-unknown"}
    places = await worker.database.fetch("SELECT DISTINCT kindergarten FROM children")
    assert places == [(HERE,)]
    other = principal(worker, THERE)
    for path in ("", "/findings", "/corrected-file"):
        assert (await other.get(f"/v1/imports/{found['id']}{path}")).status_code == 404
    for path in ("commit", "undo"):
        assert (await other.post(f"/v1/imports/{found['id']}/{path}")).status_code == 404
    assert (await other.get("/v1/imports")).json()["items"] == []
    assert [each["id"] for each in (await client.get("/v1/imports")).json()["items"]] == [found["id"]]


async def test_a_teacher_may_not_import(worker: Service):
    teacher = worker.client(("teacher", f"k:{HERE}"))
    answer = await teacher.post("/v1/imports", files={"file": ("roll.csv", b"x")})
    assert answer.status_code == 403


async def test_a_principal_of_one_kindergarten_need_not_name_it(worker: Service, client: httpx.AsyncClient):
    rows = [row | {"school_code": "", "kindergarten": ""} for row in roll(3)]
    found = await imported(worker, principal(worker), "roll.csv", rolls.as_csv(rows), mode="commit")
    assert found["born"] == 3
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    assert {each.code for each in await expected_of(client, found["id"])} == {"kindergarten-missing"}


async def test_a_registered_child_is_updated_and_enrolled_when_asked_and_put_back_by_undo(
    worker: Service, client: httpx.AsyncClient
):
    rows = roll(4)
    first = await imported(worker, client, "roll.csv", rolls.as_csv(rows[:1]), mode="commit")
    assert first["born"] == 1
    known = await register(worker, rows[1])
    before = await fingerprint(worker)
    rows[0]["ethnicity"], rows[1]["ethnicity"] = "蒙古族", "藏族"
    mine = principal(worker)
    found = await imported(worker, mine, "roll.csv", rolls.as_csv(rows), mode="commit", on_existing="update")
    assert (found["state"], found["born"], found["updated"]) == ("stored", 2, 2)
    changed = await worker.database.fetch("SELECT ethnicity, kindergarten FROM children WHERE id = %s", known)
    assert changed == [("04", HERE)]
    assert (await counted(worker))[::2] == (4, 4)
    undone = await finished(worker, mine, (await mine.post(f"/v1/imports/{found['id']}/undo")).json())
    assert undone["state"] == "undone"
    after = await fingerprint(worker)
    # A record that was changed and changed back has a later version: who holds the old one must notice.
    assert {table for table in before if before[table] != after[table]} == {"children"}
    restored = await worker.database.fetch(
        "SELECT ethnicity, kindergarten, division FROM children WHERE id = %s", known
    )
    assert restored == [(None, None, given.VILLAGE)]


async def test_undo_is_refused_with_what_changed_since(worker: Service, client: httpx.AsyncClient):
    found = await imported(worker, client, "roll.csv", rolls.as_csv(roll()), mode="commit")
    children = await worker.database.fetch("SELECT child FROM enrolments ORDER BY child")
    await worker.database.fetch("UPDATE children SET name = '改名' WHERE id = %s", children[0][0])
    await worker.database.fetch(
        "UPDATE enrolments SET until = '2027-01-01', reason_out = 'left' WHERE child = %s", children[1][0]
    )
    before = await fingerprint(worker)
    answer = await client.post(f"/v1/imports/{found['id']}/undo")
    assert (answer.status_code, answer.json()["code"]) == (409, "imported-rows-changed")
    assert sorted((each["child"], each["what"]) for each in answer.json()["changed"]) == [
        (str(children[0][0]), "child"),
        (str(children[1][0]), "enrolment"),
    ]
    assert await fingerprint(worker) == before


async def test_a_cancelled_import_stores_nothing_more(worker: Service, client: httpx.AsyncClient):
    accepted = await send(client, "roll.csv", rolls.as_csv(roll()), mode="commit")
    assert (await client.post(f"/v1/jobs/{accepted['job']}/cancellation")).status_code == 202
    found = await finished(worker, client, accepted)
    assert (found["state"], found["job_status"], found["born"]) == ("cancelled", "cancelled", 0)


async def test_a_repeated_request_imports_once(worker: Service, client: httpx.AsyncClient):
    client.headers["Idempotency-Key"] = "roll-1"
    first, second = [await send(client, "roll.csv", rolls.as_csv(roll()), mode="commit") for _ in range(2)]
    assert first == second
    del client.headers["Idempotency-Key"]
    await asyncio.gather(*(perform(worker.app.state.database, UUID(first["job"])) for _ in range(2)))
    assert (await counted(worker))[0] == 2 * SIZE


async def test_the_file_is_kept_sealed_and_forgotten_when_nobody_needs_it(worker: Service, client: httpx.AsyncClient):
    rows = roll()
    number = rows[0]["document_number"].encode()
    accepted = await send(client, "roll.csv", rolls.as_csv(rows), mode="commit")
    kept = await worker.database.fetch("SELECT sealed FROM import_files")
    assert [number in bytes(piece) for (piece,) in kept] == [False]
    await finished(worker, client, accepted)
    assert await worker.database.fetch("SELECT count(*) FROM import_files") == [(0,)]


async def test_files_are_forgotten_when_they_are_old(worker: Service, client: httpx.AsyncClient):
    found = await imported(worker, client, "roll.csv", rolls.as_csv(roll()))
    database: Database = worker.app.state.database
    for age, kept in ((29, 1), (31, 0)):
        await worker.database.fetch(f"UPDATE imports SET created_at = now() - interval '{age} days'")
        async with database.begin(database.system) as session:
            await forget_old_files(session)
        assert await worker.database.fetch("SELECT count(*) FROM import_files") == [(kept,)]
        assert await worker.database.fetch("SELECT count(*) FROM import_keys") == [(kept,)]
    answer = await client.get(f"/v1/imports/{found['id']}/corrected-file")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-correct")
    answer = await client.post(f"/v1/imports/{found['id']}/commit")
    assert (answer.status_code, answer.json()["code"]) == (409, "import-file-forgotten")


async def test_the_template_offers_the_code_lists_and_the_callers_own_classes(
    worker: Service, client: httpx.AsyncClient
):
    answer = await principal(worker).get("/v1/imports/template", params={"school_year": rolls.YEAR})
    assert answer.status_code == 200, answer.text
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["花名册", "填写说明", "代码"]
    sheet = book.get_sheet_by_name("花名册").to_python()
    assert [str(cell).rstrip("*") for cell in sheet[0]] == [column.zh for column in COLUMNS]
    lists = book.get_sheet_by_name("代码").to_python(skip_empty_area=False)
    offered = {
        str(name): [str(row[place]) for row in lists[1:] if row[place]] for place, name in enumerate(lists[0]) if name
    }
    assert offered["幼儿园名称"] == [ROOMS[0].kindergarten_name]
    assert offered["班级名称"] == sorted(room.name for room in ROOMS[:2])
    assert "男性" in offered["性别"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.read("xl/worksheets/sheet1.xml").count(b"<dataValidation ") == len(offered)
    text = (await client.get("/v1/imports/template", params={"format": "csv"})).content
    assert text.decode("utf-8-sig").strip().split(",") == [column.zh for column in COLUMNS]
    empty = await imported(worker, client, "empty.csv", text)
    assert (empty["state"], [each.code for each in await expected_of(client, empty["id"])]) == (
        "refused",
        ["file-empty"],
    )


async def test_columns_are_known_in_any_order_by_key_or_usual_name(worker: Service, client: httpx.AsyncClient):
    names = {"name": "姓名", "document_number": "身份证号", "class_name": "班级"}
    rows = [{key: row[key] for key in reversed(KEYS)} for row in roll(2)]
    lines = [",".join(names.get(key, key) for key in reversed(KEYS)), *(",".join(row.values()) for row in rows)]
    found = await imported(worker, client, "roll.csv", "\n".join(lines).encode("gb18030"), mode="commit")
    assert found["born"] == 2


def sheet(rows: list[list[Any]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet()
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return made.getvalue()


def sparse() -> bytes:
    """Two cells, sixteen thousand million apart."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet()
    page.write_string(0, 0, "幼儿姓名")
    page.write_string(1_048_575, 16_383, "x")
    book.close()
    return made.getvalue()


def bomb() -> bytes:
    """A workbook whose sheet is two gigabytes of blanks."""
    made = io.BytesIO(sheet([["幼儿姓名"]]))
    unpacked = {}
    with zipfile.ZipFile(made) as packed:
        unpacked = {name: packed.read(name) for name in packed.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for name, content in unpacked.items():
            with packed.open(name, "w", force_zip64=True) as entry:
                entry.write(content)
                if name.endswith("sheet1.xml"):
                    for _ in range(1100):
                        entry.write(b" " * (1 << 20))
    return made.getvalue()


HEADER = ",".join(column.zh for column in COLUMNS)
UNREADABLE: dict[str, tuple[str, bytes]] = {
    "file-unreadable": ("roll.csv", b"\xff\xfeh\x00i\x00"),
    "too-many-columns": ("roll.csv", (",".join(f"列{n}" for n in range(60_000)) + "\n1\n").encode()),
    "column-unknown": ("roll.csv", f"{HEADER},血型\nx\n".encode()),
    "column-missing": ("roll.csv", b"\xe5\xa7\x93\xe5\x90\x8d\nx\n"),
    "column-twice": ("roll.csv", f"{HEADER},班级\nx\n".encode()),
    "file-empty": ("roll.csv", HEADER.encode()),
}


@pytest.mark.parametrize("code", UNREADABLE)
async def test_a_file_that_is_no_roll_is_a_finding(worker: Service, client: httpx.AsyncClient, code: str):
    name, content = UNREADABLE[code]
    found = await imported(worker, client, name, content, mode="commit")
    assert found["state"] == "refused"
    assert code in {each.code for each in await expected_of(client, found["id"])}
    assert await counted(worker) == (0, 0, 0)


@pytest.mark.parametrize("content", [sparse(), b"PK\x03\x04 not really", sheet([])], ids=["sparse", "broken", "blank"])
async def test_a_workbook_that_would_take_all_memory_or_is_broken_is_a_finding(
    worker: Service, client: httpx.AsyncClient, content: bytes
):
    found = await imported(worker, client, "roll.xlsx", content, mode="commit")
    assert found["state"] == "refused"
    assert len(await findings(client, found["id"])) >= 1
    after = await imported(worker, client, "roll.xlsx", rolls.as_xlsx(roll(3)), mode="commit")
    assert after["born"] == 3


async def test_a_workbook_that_unpacks_to_gigabytes_is_a_finding(worker: Service, client: httpx.AsyncClient):
    found = await imported(worker, client, "roll.xlsx", bomb(), mode="commit")
    assert [each.code for each in await expected_of(client, found["id"])] == ["file-unreadable"]


@pytest.mark.parametrize(
    ("name", "content"),
    [("empty.csv", b""), ("blank.csv", b" \n "), ("old.xls", b"\xd0\xcf\x11\xe0"), ("picture.xlsx", b"\x89PNG")],
)
async def test_what_cannot_be_a_roll_is_refused_at_once(client: httpx.AsyncClient, name: str, content: bytes):
    answer = await client.post("/v1/imports", files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, "not-a-roll")


@pytest.mark.parametrize(
    "form", [{"mode": "perhaps"}, {"colour": "red"}, {"school_year": "1066"}, {"atomicity": "\x00"}]
)
async def test_an_unknown_field_or_value_of_the_form_is_refused(client: httpx.AsyncClient, form: dict[str, str]):
    answer = await client.post("/v1/imports", files={"file": ("roll.csv", b"x")}, data=form)
    assert answer.status_code == 422, answer.text


async def test_cells_that_mean_harm_are_findings_and_no_more(worker: Service, client: httpx.AsyncClient):
    rows = roll(6)
    rows[0]["name"] = "=cmd|' /C calc'!A0"
    rows[1]["name"] = "张" * 100_000
    rows[2]["guardian1_phone"] = "1" * 100_000
    rows[3]["name"] = "张\x00三"
    rows[4]["class_name"] = "'; DROP TABLE children; --\\N\t\\."
    content = rolls.as_csv(rows)
    found = await imported(worker, client, "roll.csv", content, mode="commit")
    assert (found["born"], found["refused"]) == (1, 5)
    assert [(each.row, each.code) for each in await expected_of(client, found["id"])] == [
        (2, "name-characters"),
        (3, "name-characters"),
        (4, "phone-shape"),
        (5, "name-characters"),
        (6, "class-unknown"),
    ]
    answer = await client.get(f"/v1/imports/{found['id']}/corrected-file")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


async def test_lines_of_ndjson_that_are_no_objects_are_findings(worker: Service, client: httpx.AsyncClient):
    good = json.dumps(roll(1)[0])
    odd = json.dumps(roll(2)[1] | {"blood": "A"})
    lines = [good, "[1, 2]", '{"name": ', "[" * 100_000, odd, "", '"text"']
    found = await imported(worker, client, "roll.ndjson", "\n".join(lines).encode(), mode="commit")
    assert found["born"] == 1
    codes = [(each.row, each.code) for each in await expected_of(client, found["id"])]
    assert codes == [
        (2, "not-a-record"),
        (3, "not-a-record"),
        (4, "not-a-record"),
        (5, "cell-without-column"),
        (7, "not-a-record"),
    ]


async def test_a_quoted_line_end_keeps_the_count_of_rows(worker: Service, client: httpx.AsyncClient):
    rows = roll(4)
    rows[1]["name"] = "张\n三"
    rows[3]["sex"] = "不详"
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows), mode="commit")
    assert [(each.row, each.code) for each in await expected_of(client, found["id"])] == [(5, "code-unknown")]
    assert await worker.database.fetch("SELECT count(*) FROM children WHERE name = '张 三'") == [(1,)]


async def test_classes_of_another_year_are_not_taken_for_this_years(worker: Service, client: httpx.AsyncClient):
    found = await imported(worker, client, "roll.csv", rolls.as_csv(roll(1)), school_year=str(rolls.YEAR - 1))
    assert [each.code for each in await expected_of(client, found["id"])] == ["class-unknown"]


async def test_findings_are_read_by_page_filter_and_file(worker: Service, client: httpx.AsyncClient):
    rows = roll(9)
    for row in rows[:6]:
        row["sex"] = "不详"
    rows[7]["name"] = ""
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows))
    assert [each["row"] for each in await findings(client, found["id"], limit=2)] == [2, 3, 4, 5, 6, 7, 9]
    assert [each["row"] for each in await findings(client, found["id"], code="value-missing")] == [9]
    path = f"/v1/imports/{found['id']}/findings"
    assert (await client.get(path, params={"colour": "red"})).status_code == 422
    text = (await client.get(path, headers={"Accept": "text/csv"})).content.decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 8


@pytest.mark.parametrize(
    ("atomicity", "state", "born"), [("partial", "stored", 2 * SIZE - 2), ("atomic", "refused", 0)]
)
async def test_what_others_do_while_rows_are_stored_is_found_and_nothing_is_twice(
    worker: Service, client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, atomicity: str, state: str, born: int
):
    """Someone registers a child of the roll, and takes the last seats of a class, between check and storing."""
    rows = roll()
    done = False

    async def overtaken(lane: Lane, step: Step, import_id: UUID) -> None:
        nonlocal done
        if not done:
            done = True
            await register(worker, rows[3])
            await given.pupils(worker, ROOMS[1].id, rolls.LIMITS["middle"][1] - SIZE + 1)
        await store_step(lane, step, import_id)

    monkeypatch.setattr(committing, "store_step", overtaken)
    found = await imported(worker, client, "roll.csv", rolls.as_csv(rows), mode="commit", atomicity=atomicity)
    assert (found["state"], found["born"], found["refused"]) == (state, born, 2 * SIZE - born)
    assert [(each.row, each.code) for each in await expected_of(client, found["id"])] == [
        (5, "already-registered"),
        (2 * SIZE + 1, "class-full"),
    ]
    others = 1 + rolls.LIMITS["middle"][1] - SIZE + 1
    assert (await counted(worker))[0] == born + others


async def test_what_is_no_form_is_refused(client: httpx.AsyncClient):
    for answer in (
        await client.post("/v1/imports", json={"file": "x"}),
        await client.post("/v1/imports", data={"file": "x"}),
        await client.post("/v1/imports", content=b"x", headers={"Content-Type": "multipart/form-data"}),
        await client.post("/v1/imports"),
    ):
        assert answer.status_code in (400, 422), answer.text
