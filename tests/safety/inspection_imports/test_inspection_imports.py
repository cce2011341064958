"""Inspections others made, in their own layout: thousands at once as a job, totals equal, nothing doubled, undone."""

import csv
import io
import json
import lzma
import random
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from services.safety.inspection_imports import jobs
from services.safety.inspection_imports.rules import Layout, Reading, Row, day
from services.safety.inspection_imports.schemas import (
    InspectionImportFaultPage,
    InspectionImportOut,
    InspectionImportPage,
    OutsideInspectionPage,
    OutsideTotals,
)
from services.safety.inspection_imports.template import HEADER
from shared.exports import CSV
from shared.jobs import perform
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

LAYOUT: dict[str, Any] = {
    "reference": "Inspection ID", "facility": "DBA Name", "inspected_on": "Inspection Date", "result": "Results",
    "findings": "Violation Count", "text": "Violations",
    "results": {"Pass": "passed", "Pass w/ Conditions": "conditional", "Fail": "failed", "Out of Business": "none"},
}  # fmt: skip
WORDS = list(LAYOUT["results"])
HEAD = ["Inspection ID", "DBA Name", "Facility Type", "Inspection Date", "Results", "Violation Count", "Violations"]
ON = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-01", (date(2026, 3, 1), "day")),
        ("03/01/2026", (date(2026, 3, 1), "day")),
        ("20260301", (date(2026, 3, 1), "day")),
        ("2026年3月1日", (date(2026, 3, 1), "day")),
        ("2026-03-01T00:00:00.000", (date(2026, 3, 1), "day")),
        ("2026-03", (date(2026, 3, 1), "month")),
        ("2026", (date(2026, 1, 1), "year")),
        ("31/31/2026", None),
    ],
)
def test_dates_are_read_in_many_forms(text: str, found: tuple[date, str] | None):
    assert day(text) == found


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    layout = Layout("id", "name", "day", "result", "score", "faults", None, {"ok": "passed"})
    raw = {"id": "", "name": "x", "day": "2026-11-03", "result": "good", "score": "many", "faults": "-1"}
    found = Reading(layout, ON).read(raw)
    assert not isinstance(found, Row)
    assert [each.column for each in found] == ["id", "day", "score", "faults", "result"]


def test_without_a_reference_a_row_is_known_by_what_it_says_and_how_often():
    layout = Layout(None, "name", "year", None, "score", None, None, {}, Decimal(90))
    raws = [{"name": "a", "year": "2010", "score": each} for each in ("89", "90", "90")]
    first, again = ([Reading(layout, ON).read(each) for each in raws] for _ in range(2))
    assert [each.result for each in first if isinstance(each, Row)] == ["failed", "passed", "passed"]
    reading = Reading(layout, ON)
    one, two = ([each.reference for each in map(reading.read, raws) if isinstance(each, Row)] for _ in range(2))
    assert len({*one, *two}) == 6
    assert first == again


async def send(client: httpx.AsyncClient, content: bytes, name: str = "a.csv", **asked: Any) -> dict[str, Any]:
    form = {"source": "演示", "layout": json.dumps(LAYOUT), "mode": "commit"} | asked
    given_form = {key: value for key, value in form.items() if value is not None}
    answer = await client.post("/v1/inspection-imports", data=given_form, files={"file": (name, content)})
    assert answer.status_code == 202, answer.text
    return dict(answer.json())


async def finished(safety: Service, client: httpx.AsyncClient, sent: dict[str, Any]) -> InspectionImportOut:
    await perform(safety.app.state.database, UUID(sent["job"]))
    answer = await client.get(f"/v1/inspection-imports/{sent['id']}")
    return InspectionImportOut.model_validate_json(answer.content)


async def imported(safety: Service, client: httpx.AsyncClient, content: bytes, **asked: Any) -> InspectionImportOut:
    return await finished(safety, client, await send(client, content, **asked))


async def faults(client: httpx.AsyncClient, id: UUID) -> list[tuple[int, str, str]]:
    answer = await client.get(f"/v1/inspection-imports/{id}/faults", params={"limit": 500})
    found = InspectionImportFaultPage.model_validate_json(answer.content).items
    return [(each.row, each.column, each.code) for each in found]


async def totals(client: httpx.AsyncClient, source: str = "演示") -> OutsideTotals:
    answer = await client.get("/v1/outside-inspections/totals", params={"source": source})
    return OutsideTotals.model_validate_json(answer.content)


OPEN_DATA = Path(__file__).parents[1] / "data" / "anchorage_inspections.csv.xz"
PUBLISHED_ROWS = 27_178  # as the data set's documentation says


async def test_an_open_data_set_in_its_own_layout_arrives_with_the_totals_it_published(safety: Service):
    content = lzma.decompress(OPEN_DATA.read_bytes())
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    scores = [int(each["inspection_score"]) for each in rows]
    layout = {"facility": "business_name", "inspected_on": "Year", "score": "inspection_score", "passing_score": 90}
    officer = safety.client(OFFICER)
    sent = {"source": "Anchorage", "layout": json.dumps(layout)}
    done = await imported(safety, officer, content, **sent)
    assert (done.state, done.rows, done.stored, done.known, done.refused) == (
        "stored", PUBLISHED_ROWS, PUBLISHED_ROWS, 0, 0,
    )  # fmt: skip
    found = await totals(officer, "Anchorage")
    assert found.inspections == found.scored == PUBLISHED_ROWS
    assert (found.lowest_score, found.highest_score) == (Decimal(min(scores)), Decimal(max(scores)))
    mean = (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    assert found.mean_score == mean
    assert found.facilities == len({each["business_name"].strip() for each in rows})
    assert {each.year: each.inspections for each in found.years} == Counter(int(each["Year"]) for each in rows)
    good = sum(each >= 90 for each in scores)
    assert {each.result.value: each.inspections for each in found.results} == {
        "passed": good, "failed": PUBLISHED_ROWS - good,
    }  # fmt: skip
    again = await imported(safety, officer, content, **sent)
    assert (again.stored, again.known) == (0, PUBLISHED_ROWS)
    page = await officer.get("/v1/outside-inspections", params={"since": "2019-01-01", "limit": 3, "count": True})
    listed = OutsideInspectionPage.model_validate_json(page.content)
    assert (listed.total, {each.day_precision.value for each in listed.items}) == (788, {"year"})


def table(count: int, known: str) -> tuple[bytes, Counter[str], int]:
    """A synthetic table in a foreign layout, its totals by result and the sum of its findings."""
    chosen = random.Random(11)  # noqa: S311  # a fixed draw, no secret
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEAD)
    found: Counter[str] = Counter()
    findings = 0
    for number in range(count):
        word, wrong = chosen.choice(WORDS), chosen.randrange(6)
        when = date(2022, 1, 1) + timedelta(chosen.randrange(1400))
        name = known if number % 500 == 0 else f"Daycare {number % 900} (synthetic)"
        rows.writerow([number, name, "Daycare", f"{when:%m/%d/%Y}", word, wrong, 'a "quoted", text\nof two lines'])
        found[LAYOUT["results"][word]] += 1
        findings += wrong
    return written.getvalue().encode("utf-8-sig"), found, findings


async def test_a_dry_run_stores_nothing_its_commit_precisely_that_and_undo_takes_it_back(safety: Service):
    garden = await given.kindergarten(safety, name="怀柔区彩虹幼儿园(演示)")
    content, results, findings = table(4100, "彩虹幼儿园")
    officer = safety.client(OFFICER)
    tried = await imported(safety, officer, content, mode="dry_run")
    assert (tried.state, tried.accepted, tried.matched, tried.stored) == ("checked", 4100, 9, 0)
    assert (await totals(officer)).inspections == 0
    asked = (await officer.post(f"/v1/inspection-imports/{tried.id}/commit")).json()
    done = await finished(safety, officer, asked)
    assert (done.state, done.stored, done.done, done.job_status) == ("stored", 4100, 4100, "succeeded")
    found = await totals(officer)
    assert (found.inspections, found.findings) == (4100, findings)
    assert {each.result.value: each.inspections for each in found.results} == results
    ours = await officer.get("/v1/outside-inspections", params={"kindergarten": str(garden), "count": True})
    assert ours.json()["total"] == 9
    twice = await officer.post(f"/v1/inspection-imports/{tried.id}/commit")
    assert twice.json()["code"] == "inspection-import-not-checked"
    again = await imported(safety, officer, content)
    assert (again.stored, again.known) == (0, 4100)
    await officer.post(f"/v1/inspection-imports/{again.id}/undo")
    assert (await totals(officer)).inspections == 4100  # it stored none, so it takes none
    undone = await officer.post(f"/v1/inspection-imports/{done.id}/undo")
    assert (undone.json()["state"], (await totals(officer)).inspections) == ("undone", 0)
    refused = await officer.post(f"/v1/inspection-imports/{done.id}/undo")
    assert refused.json()["code"] == "inspection-import-not-stored"
    listed = await officer.get("/v1/inspection-imports", params={"state": "undone"})
    assert len(InspectionImportPage.model_validate_json(listed.content).items) == 2
    assert (await safety.client(("town_officer", given.TOWN)).get("/v1/inspection-imports")).status_code == 403


async def test_a_worker_that_dies_between_two_batches_is_taken_over(safety: Service, monkeypatch: pytest.MonkeyPatch):
    content, _, findings = table(4100, "x")
    officer = safety.client(OFFICER)
    sent = await send(officer, content)
    store, calls = jobs._store, 0

    async def dying(*asked: Any) -> None:
        nonlocal calls
        calls += 1
        await store(*asked)
        if calls == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(jobs, "_store", dying)
    with pytest.raises(KeyboardInterrupt):
        await perform(safety.app.state.database, UUID(sent["job"]))
    halfway = InspectionImportOut.model_validate_json(
        (await officer.get(f"/v1/inspection-imports/{sent['id']}")).content
    )
    assert (halfway.state, halfway.stored, halfway.done) == ("storing", 2000, 2000)
    done = await finished(safety, officer, sent)
    assert (done.state, done.stored, done.known, calls) == ("stored", 4100, 0, 4)
    assert (await totals(officer)).findings == findings


def workbook(rows: list[list[Any]]) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return made.getvalue()


async def test_the_template_is_filled_in_excel_and_imported(safety: Service):
    officer = safety.client(OFFICER)
    empty = await officer.get("/v1/inspection-imports/template")
    with CalamineWorkbook.from_filelike(io.BytesIO(empty.content)) as book:
        assert book.get_sheet_by_index(0).to_python() == [HEADER]
    plain = await officer.get("/v1/inspection-imports/template", params={"format": "csv"})
    assert plain.content.decode("utf-8-sig").strip().split(",") == HEADER
    rows: list[list[Any]] = [
        HEADER,
        ["1", "彩虹幼儿园(演示)", TODAY, "合格", 95.5, 1, "良好"],
        [2, "彩虹幼儿园(演示)", "2026年3月1日", "不合格", 40, 7, ""],
        [2, "彩虹幼儿园(演示)", "2026-03-02", "还行", "高", 1.5, ""],
    ]
    done = await imported(safety, officer, workbook(rows), name="检查.xlsx", layout=None)
    assert (done.format, done.rows, done.stored, done.refused) == ("xlsx", 3, 2, 1)
    assert sorted(await faults(officer, done.id)) == [
        (4, "得分", "decimal_parsing"), (4, "检查编号", "twice"), (4, "结果", "enum"), (4, "问题数", "int_parsing"),
    ]  # fmt: skip
    told = await officer.get(f"/v1/inspection-imports/{done.id}/faults", headers={"Accept": CSV})
    assert len(told.text.strip().splitlines()) == 5
    found = await totals(officer)
    assert (found.highest_score, found.findings) == (Decimal("95.50"), 8)


async def test_bad_rows_are_told_and_all_or_nothing_stores_nothing(safety: Service):
    officer = safety.client(OFFICER)
    lines = [",".join(HEAD), "1,A,Daycare,03/01/2026,Pass,0,", "2,,Daycare,never,Perhaps,x,"]
    content = "\n".join(lines).encode("gb18030")
    partial = await imported(safety, officer, content)
    assert (partial.state, partial.stored, partial.refused) == ("stored", 1, 1)
    assert {row for row, _, _ in await faults(officer, partial.id)} == {3}
    assert len(await faults(officer, partial.id)) == 4
    atomic = await imported(safety, officer, content, source="另一来源", atomicity="atomic")
    assert (atomic.state, atomic.stored) == ("refused", 0)
    tried = await imported(safety, officer, content, source="另一来源", atomicity="atomic", mode="dry_run")
    refused = await officer.post(f"/v1/inspection-imports/{tried.id}/commit")
    assert refused.json()["code"] == "inspection-rows-refused"
    lines = [json.dumps(dict(zip(HEAD, each.split(","), strict=True))) for each in lines[1:]] + ["[1]", "nothing"]
    spoken = await imported(safety, officer, "\n".join(lines).encode(), name="a.ndjson", source="第三来源")
    assert (spoken.format, spoken.stored, spoken.refused) == ("ndjson", 1, 3)


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"\xff\xfe\x00\x01\x80\x81\xff", "a.csv", "not-a-table"),
        (b"a,b\n1,2\n", "a.csv", "column-missing"),
        (b"a,a\n1,2\n", "a.csv", "not-a-table"),
        (b"PK\x03\x04 no workbook", "a.xlsx", "not-a-table"),
    ],
)
async def test_what_is_no_such_table_is_refused_by_its_job(safety: Service, content: bytes, name: str, code: str):
    officer = safety.client(OFFICER)
    found = await imported(safety, officer, content, name=name)
    assert (found.state, found.stored) == ("refused", 0)
    assert {each for _, _, each in await faults(officer, found.id)} == {code}


async def test_a_workbook_that_asks_for_all_memory_is_refused(safety: Service):
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write(0, 0, "x")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    officer = safety.client(OFFICER)
    found = await imported(safety, officer, made.getvalue(), name="a.xlsx")
    assert found.state == "refused"


@pytest.mark.parametrize(
    ("content", "name", "layout", "code"),
    [
        (b"  ", "a.csv", LAYOUT, "not-a-table"),
        (b"x", "a.xlsx", LAYOUT, "not-a-table"),
        (",".join(HEAD).encode(), "a.csv", {"reference": "x"}, "invalid-input"),
        (",".join(HEAD).encode(), "a.csv", LAYOUT | {"results": {"Pass": "splendid"}}, "invalid-input"),
    ],
)
async def test_what_cannot_be_a_table_is_refused_at_once(
    safety: Service, content: bytes, name: str, layout: dict[str, Any], code: str
):
    form = {"source": "x", "layout": json.dumps(layout)}
    answer = await safety.client(OFFICER).post("/v1/inspection-imports", data=form, files={"file": (name, content)})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
