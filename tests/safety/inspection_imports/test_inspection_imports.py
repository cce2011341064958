"""Inspections others made, in their own layout: thousands at once, totals equal, nothing doubled."""

import csv
import io
import json
import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from services.safety.inspection_imports.rules import Layout, Row, day, read
from services.safety.inspection_imports.schemas import (
    InspectionImportOut,
    OutsideInspectionPage,
    OutsideTotals,
)
from tests.safety import given
from tests.safety.given import OFFICER
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
        ("2026-03-01", date(2026, 3, 1)),
        ("03/01/2026", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("2026-03-01T00:00:00.000", date(2026, 3, 1)),
        ("31/31/2026", None),
    ],
)
def test_dates_are_read_in_many_forms(text: str, found: date | None):
    assert day(text) == found


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    layout = Layout("id", "name", "day", "result", "score", None, None, {"ok": "passed"})
    found = read(layout, {"id": "", "name": "x", "day": "2026-11-03", "result": "good", "score": "many"}, ON)
    assert not isinstance(found, Row)
    assert [each.column for each in found] == ["id", "day", "result", "score"]


def table(count: int, known: str) -> tuple[bytes, Counter[str], int]:
    """A synthetic table in a foreign layout, its totals by result and the sum of its findings."""
    chosen = random.Random(11)  # noqa: S311  # a fixed draw, no secret
    written = io.StringIO()
    rows = csv.writer(written)
    rows.writerow(HEAD)
    totals: Counter[str] = Counter()
    findings = 0
    for number in range(count):
        word, faults = chosen.choice(WORDS), chosen.randrange(6)
        when = date(2022, 1, 1) + timedelta(chosen.randrange(1400))
        name = known if number % 500 == 0 else f"Daycare {number % 900} (synthetic)"
        rows.writerow([number, name, "Daycare", f"{when:%m/%d/%Y}", word, faults, 'a "quoted", text\nof two lines'])
        totals[LAYOUT["results"][word]] += 1
        findings += faults
    return written.getvalue().encode("utf-8-sig"), totals, findings


async def test_thousands_of_rows_of_another_layout_arrive_with_equal_totals(safety: Service):
    await given.kindergarten(safety, name="怀柔区彩虹幼儿园(演示)")
    content, totals, findings = table(6000, "彩虹幼儿园")
    officer = safety.client(OFFICER)
    form: dict[str, Any] = {"source": "synthetic daycare inspections", "layout": json.dumps(LAYOUT)}
    upload = {"file": ("inspections.csv", content, "text/csv")}
    tried = await officer.post("/v1/inspection-imports", data=form | {"dry_run": "true"}, files=upload)
    assert tried.status_code == 201, tried.text
    assert (tried.json()["stored"], tried.json()["refused"], tried.json()["matched"]) == (0, 0, 12)
    done = InspectionImportOut.model_validate_json(
        (await officer.post("/v1/inspection-imports", data=form, files=upload)).content
    )
    assert (done.rows, done.stored, done.known, done.refused) == (6000, 6000, 0, 0)
    again = (await officer.post("/v1/inspection-imports", data=form, files=upload)).json()
    assert (again["stored"], again["known"]) == (0, 6000)
    answer = await officer.get("/v1/outside-inspections/totals", params={"source": form["source"]})
    found = OutsideTotals.model_validate_json(answer.content)
    assert (found.inspections, found.findings) == (6000, findings)
    assert {each.result.value: each.inspections for each in found.results} == totals
    assert sum(each.inspections for each in found.years) == 6000
    page = await officer.get("/v1/outside-inspections", params={"result": "failed", "limit": 5})
    assert len(OutsideInspectionPage.model_validate_json(page.content).items) == 5


@pytest.mark.parametrize(
    ("content", "layout", "code"),
    [
        (b"\xff\xfe\x00\x01\x80\x81\xff", LAYOUT, "not-a-table"),
        (b"a,b\n1,2\n", LAYOUT, "column-missing"),
        (",".join(HEAD).encode(), {"reference": "x"}, "invalid-input"),
    ],
)
async def test_what_is_no_such_table_is_refused(safety: Service, content: bytes, layout: dict[str, Any], code: str):
    form = {"source": "x", "layout": json.dumps(layout)}
    answer = await safety.client(OFFICER).post("/v1/inspection-imports", data=form, files={"file": ("a.csv", content)})
    assert answer.json()["code"] == code


async def test_bad_rows_are_told_and_good_ones_stored(safety: Service):
    lines = [",".join(HEAD), "1,A,Daycare,03/01/2026,Pass,0,", "2,,Daycare,never,Perhaps,x,"]
    form = {"source": "x", "layout": json.dumps(LAYOUT)}
    upload = {"file": ("a.csv", "\n".join(lines).encode("gb18030"))}
    found = (await safety.client(OFFICER).post("/v1/inspection-imports", data=form, files=upload)).json()
    assert (found["stored"], found["refused"]) == (1, 1)
    assert {each["row"] for each in found["faults"]} == {2}
    assert len(found["faults"]) == 4
