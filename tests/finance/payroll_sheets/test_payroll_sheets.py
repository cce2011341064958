import asyncio
import io
from typing import Any
from uuid import UUID

import httpx
import xlsxwriter
from python_calamine import CalamineWorkbook

from services.finance.payroll_sheets.reading import COLUMNS
from shared.exports import XLSX
from shared.ids import new_id
from tests.finance import given
from tests.finance.given import ok, refused
from tests.stack import Service

MONTH = "2025-10-01"


async def filed(finance: Service, of: UUID, *rows: dict[str, Any], month: str = MONTH) -> dict[str, Any]:
    caller = given.accountant(finance, of)
    found: dict[str, Any] = ok(await caller.put(f"/v1/payroll-sheets/{of}/{month}", json={"rows": list(rows)}))
    return found


async def test_a_month_is_filed_once_however_often_it_is_sent_and_corrected_by_a_revision(finance: Service):
    of = await given.kindergarten(finance)
    row = given.proof(await given.post(finance, of))
    first = await filed(finance, of, row, month="2025-10-20")
    assert (first["month"], first["revision"], first["people"], first["state"]) == (MONTH, 1, 1, "filed")
    assert await filed(finance, of, row) == first
    assert ok(await given.accountant(finance, of).get(f"/v1/payroll-sheets/{first['id']}")) == first
    second = await filed(finance, of, row | {"paid": "7000.00"})
    assert (second["revision"], second["state"]) == (2, "filed")
    officer = given.preparer(finance)
    told = await officer.post(f"/v1/payroll-sheets/{first['id']}/decisions", json={"accept": True})
    refused(told, "not-in-this-state")
    ok(await officer.post(f"/v1/payroll-sheets/{second['id']}/decisions", json={"accept": True}))
    third = await filed(finance, of, row)
    states = {s["revision"]: s["state"] for s in ok(await officer.get("/v1/payroll-sheets"))["items"]}
    assert states == {1: "replaced", 2: "accepted", 3: "filed"}
    ok(await officer.post(f"/v1/payroll-sheets/{third['id']}/decisions", json={"accept": True, "remark": "已补发"}))
    rows = ok(await officer.get("/v1/payroll-proofs", params={"in_force": True}))["items"]
    assert [(each["paid"], each["sheet"]) for each in rows] == [("8000.00", third["id"])]


async def test_nobody_accepts_what_they_filed(finance: Service):
    of = await given.kindergarten(finance)
    both = finance.client(("accountant", f"k:{of}"), given.PREPARER, sub="both")
    rows = [given.proof(new_id())]
    made = ok(await both.put(f"/v1/payroll-sheets/{of}/{MONTH}", json={"rows": rows}))
    answer = await both.post(f"/v1/payroll-sheets/{made['id']}/decisions", json={"accept": True})
    refused(answer, "another-person-needed", 403)


async def test_pay_is_read_by_those_who_file_or_check_it_and_by_nobody_else(finance: Service):
    of, other = await given.kindergarten(finance), await given.kindergarten(finance)
    await given.sheet(finance, of, MONTH, given.proof(new_id()))
    for caller, status in (
        (given.accountant(finance, of), 200),
        (given.approver(finance), 200),
        (finance.client(("auditor", given.DISTRICT)), 200),
        (finance.client(("leader", given.DISTRICT)), 403),
        (finance.client(("town_officer", "110116102")), 403),
        (finance.client(("teacher", f"k:{of}")), 403),
    ):
        assert (await caller.get("/v1/payroll-proofs")).status_code == status
        assert (await caller.get("/v1/payroll-findings", params={"month": MONTH})).status_code == status
    assert ok(await given.accountant(finance, other).get("/v1/payroll-proofs"))["items"] == []
    assert ok(await given.accountant(finance, other).get("/v1/payroll-sheets"))["items"] == []
    await finance.numbered()
    events = ok(await given.preparer(finance).get("/v1/events", params={"types": "finance.payroll_sheet.accepted"}))
    assert [each["data"] for each in events["items"]] == [{"month": MONTH, "revision": 1, "people": 1}]


async def test_what_contradicts_itself_is_refused(finance: Service):
    of = await given.kindergarten(finance)
    caller = given.accountant(finance, of)
    address = f"/v1/payroll-sheets/{of}/{MONTH}"
    row = given.proof(new_id())
    for wrong in (
        {"paid_on": None},
        {"paid": "8000.01"},
        {"insurance_base": None},
        {"fund_base": None},
        {"payable": "-1"},
        {"days_present": 32},
    ):
        assert (await caller.put(address, json={"rows": [row | wrong]})).status_code == 422, wrong
    faults = (await caller.put(address, json={"rows": [row, row]})).json()["errors"]
    assert [each["pointer"] for each in faults] == ["/rows/0/person", "/rows/1/person"]
    refused(await caller.put(f"/v1/payroll-sheets/{of}/2099-01-01", json={"rows": [row]}), "month-not-begun", 422)
    elsewhere = await caller.put(f"/v1/payroll-sheets/{new_id()}/{MONTH}", json={"rows": [row]})
    refused(elsewhere, "not-found", 404)
    assert (await caller.put(address, json={"rows": []})).status_code == 422


CELLS = ["8000.00", "840.00", "8000.00", "2025-11-10", "7000", "全部", "7000", "是", "", "21", "", "", "L-1", "V-1"]


def table(*rows: list[str]) -> bytes:
    return "\n".join(",".join(row) for row in [list(COLUMNS), *rows]).encode()


async def upload(finance: Service, of: UUID, content: bytes) -> httpx.Response:
    files = {"file": ("sheet", content, "application/octet-stream")}
    return await given.accountant(finance, of).post(f"/v1/payroll-sheets/{of}/{MONTH}/imports", files=files)


async def test_the_same_table_comes_in_as_csv_and_as_a_workbook_and_never_keeps_the_name(finance: Service):
    of = await given.kindergarten(finance)
    person = str(await given.post(finance, of))
    header = (await given.accountant(finance, of).get("/v1/payroll-sheets/template")).text
    assert header.lstrip("\ufeff").strip().split(",") == list(COLUMNS)
    made = ok(await upload(finance, of, table([person, "张示例", *CELLS])))
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        page = book.add_worksheet()
        for place, row in enumerate([list(COLUMNS), [person, "张示例", 8000, 840, 8000.0, *CELLS[3:]]]):
            page.write_row(place, 0, row)
    assert ok(await upload(finance, of, file.getvalue()))["id"] == made["id"]
    (row,) = ok(await given.accountant(finance, of).get("/v1/payroll-proofs"))["items"]
    assert (row["contributions"], row["insurances"], row["fund_paid"]) == ("840.00", given.INSURANCES, True)
    assert (row["days_present"], row["labour_contract"], row["voucher"]) == (21, "L-1", "V-1")
    assert "张示例" not in str(row)


async def test_the_template_names_whoever_is_expected_and_can_be_sent_back(finance: Service):
    of = await given.kindergarten(finance)
    people = {str(await given.post(finance, of)) for _ in range(3)}
    await given.post(finance, of, since="2025-11-01")
    caller = given.accountant(finance, of)
    query, workbook = {"kindergarten": str(of), "month": "2025-10-15"}, {"Accept": XLSX}
    answer = await caller.get("/v1/payroll-sheets/template", params=query, headers=workbook)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [rows[0], {row[0] for row in rows[1:]}] == [list(COLUMNS), people]
    text = (await caller.get("/v1/payroll-sheets/template", params=query)).text.split()
    assert set(text[1:]) == people
    made = ok(await upload(finance, of, table(*([person, "", *CELLS] for person in text[1:]))))
    assert made["people"] == 3
    assert (await caller.get("/v1/payroll-sheets/template", params={"month": "x"})).status_code == 422


async def test_every_fault_of_a_table_is_named_with_its_row_and_nothing_is_taken(finance: Service):
    of = await given.kindergarten(finance)
    good = [str(new_id()), "", *CELLS]
    bad = ["someone", "", "abc", *CELLS[1:5], "神秘险", *CELLS[6:]]
    answer = refused(await upload(finance, of, table(good, bad)), "payroll-unreadable", 422)
    assert {each["pointer"] for each in answer["errors"]} == {"/3"}
    assert len(answer["errors"]) == 3
    for wrong in (b"", b"a,b\n1,2", table(), b"PK\x03\x04broken", b"\xff\xfe\x00"):
        refused(await upload(finance, of, wrong), "payroll-unreadable", 422)
    assert ok(await given.accountant(finance, of).get("/v1/payroll-sheets"))["items"] == []


async def test_whom_a_sheet_has_to_name_is_listed_from_registrys_posts(finance: Service):
    of = await given.kindergarten(finance)
    here = await given.post(finance, of)
    await given.post(finance, of, since="2025-11-01")
    await given.post(finance, of, until="2025-10-01", reason_out="left")
    leaving = await given.post(finance, of, until="2025-10-02", reason_out="left")
    rows = ok(await given.accountant(finance, of).get("/v1/payroll-staff", params={"month": "2025-10-31"}))["items"]
    assert {row["person"]: row["until"] for row in rows} == {str(here): None, str(leaving): "2025-10-02"}


async def test_a_sheet_that_is_corrected_while_it_is_accepted_is_one_or_the_other(finance: Service):
    of = await given.kindergarten(finance)
    row = given.proof(await given.post(finance, of))
    for number in range(5):
        first = await filed(finance, of, row | {"voucher": f"{number}"})
        answers = await asyncio.gather(
            given.preparer(finance).post(f"/v1/payroll-sheets/{first['id']}/decisions", json={"accept": True}),
            given.accountant(finance, of).put(
                f"/v1/payroll-sheets/{of}/{MONTH}", json={"rows": [row | {"voucher": f"{number}b"}]}
            ),
        )
        accepted = answers[0].is_success
        assert answers[1].is_success
        state = ok(await given.preparer(finance).get(f"/v1/payroll-sheets/{first['id']}"))["state"]
        assert state == ("accepted" if accepted else "replaced")
