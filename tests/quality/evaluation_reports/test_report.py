"""The report: words, tables and charts as a page and as PDF, which show no more than its reader may see."""

from html.parser import HTMLParser
from typing import Any

import pytest

from services.quality import data
from services.quality.evaluation_reports.charts import bars, radar
from services.quality.evaluation_reports.report import areas, report
from services.quality.printing.printer import pdf_of
from tests.quality.evaluations.team import Team, levels, team
from tests.quality.printing.printed import lost, pages
from tests.stack import Service

VOID = {"meta", "rect", "polygon", "line"}


class Shape(HTMLParser):
    """Checks that what is opened is closed, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's way
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # the parser's way
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


async def test_a_published_report_has_its_grade_charts_and_tables(quality: Service):
    run = await team(quality)
    await run.published(*(levels(5, 3, 4, 4, 1),) * 3)
    answer = await run.principal.get(f"/v1/evaluations/{run.id}/report")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    shape = Shape()
    shape.feed(answer.text)
    assert shape.open == []
    assert (shape.seen.count("figure"), shape.seen.count("table")) == (2, 8)
    for word in (
        "等级:<strong>合格</strong>",
        "68.00",
        "条件基础",
        "公示稿",
        "演示数据",
        "办园成效",
        "教师以开放式提问",
        "一致 100%",
    ):
        assert word in answer.text
    assert "http" not in answer.text
    await printed_as_read(run, answer.text)


async def printed_as_read(run: Team, html: str) -> None:
    """The PDF says what the page says, by either address, and is not sent twice."""
    for address, accept in (("report", "application/pdf"), ("report.pdf", "*/*")):
        pdf = await run.principal.get(f"/v1/evaluations/{run.id}/{address}", headers={"Accept": accept})
        assert (pdf.status_code, pdf.headers["content-type"]) == (200, "application/pdf")
        assert lost(html, pdf.content) == {}
        again = {"Accept": accept, "If-None-Match": pdf.headers["etag"]}
        assert (await run.principal.get(f"/v1/evaluations/{run.id}/{address}", headers=again)).status_code == 304
    stranger = await run.service.client(("principal", "k:0190a0b0-0000-7000-8000-000000000000")).get(
        f"/v1/evaluations/{run.id}/report.pdf"
    )
    assert stranger.status_code == 404


async def test_before_publication_a_kindergarten_reads_no_result(quality: Service):
    run = await team(quality)
    await run.scored()
    await run.done(run.organiser, "moderations", note="审定")
    for address in ("report", "report.pdf"):
        answer = await run.principal.get(f"/v1/evaluations/{run.id}/{address}")
        seen = answer.text if address == "report" else "".join(pages(answer.content))
        assert ("未公布" in seen, "良好" in seen, "开放式" in seen) == (True, False, False)
    assert "良好" in (await run.organiser.get(f"/v1/evaluations/{run.id}/report")).text


def full() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """A published evaluation by the national guide: 5 areas, every point that has words, three evaluators."""
    rows = [row for row in data.rows("framework_items") if row["framework"] == "guide"]
    items = [{"code": r["code"], "text": r["text"] or None, "parent": r["parent"], "weight": None} for r in rows]
    points = [row for row in rows if row["answer"] == "scale" and row["text"]]
    found: dict[str, Any] = {
        "kindergarten_name": "怀柔区堃翀幼儿园(演示)",
        "levels": [
            {"item": r["code"], "text": r["text"], "level": 1 + n % 5, "origin": "agreed", "note": "现场观察" * (n % 9)}
            for n, r in enumerate(points)
        ],
        "scores": [
            {"item": r["code"], "evaluator": e, "level": 1 + n % 5} for n, r in enumerate(points) for e in "甲乙丙"
        ],
        "parts": {"A1": "90.00", "A2": "76.50", "A3": "81.25", "A4": "88.00", "A5": "79.10"},
        "sampled": [{"name": f"大{n}班", "kind": "large", "of": 12} for n in range(4)],
        "observations": [
            {"on": "2026-10-12", "minutes": 190, "items": ["P21"], "narrative": "教师支持游戏;" * 30} for _ in range(9)
        ],
        "agreement": [
            {
                "one": "甲",
                "two": "乙",
                "items": 40,
                "same": 40,
                "kappa": 1.0,
                "linear_kappa": 1.0,
                "quadratic_kappa": None,
            }
        ],
        "improvement": [{"item": "P12", "measure": "调整作息", "responsible": "园长", "due_on": "2027-01-15"}],
        "steps": [{"on": "2026-10-09", "verb": "moderate", "basis": "教育督导条例"}],
    }
    found |= dict.fromkeys(("grade_reason", "final_on", "appeal_upheld", "improvement_verified_on"))
    found |= {"framework_code": "guide", "framework_edition": "2022", "year": 2026, "state": "provisional"}
    found |= {"synthetic": True, "grade": "good", "points": "83.42", "recalibration": False, "seed": "9f86d0"}
    return found | {"published_on": "2026-11-02", "appeal_until": "2026-11-16"}, items


async def test_a_report_of_the_whole_guide_is_printed_whole_with_heads_on_each_page_and_no_heading_alone():
    html = report(*full())
    pdf = await pdf_of(html)
    assert lost(html, pdf) == {}
    leaves = pages(pdf)
    assert 6 <= len(leaves) <= 12
    for number, leaf in enumerate(leaves, 1):
        assert f"第{number}页,共{len(leaves)}页" in "".join(leaf.split())
        before_foot = [line for line in leaf.splitlines() if line.strip()][-2]
        assert not before_foot.startswith(tuple(f"{each}、" for each in "一二三四五六七八九"))
    of_levels = [leaf for leaf in leaves if "等次(1—5)" in leaf]
    assert len(of_levels) >= 2  # the head of the long table stands on each of its pages


def test_agreement_of_an_area_is_the_share_of_pairs_that_gave_one_level():
    found, items = full()
    for score in found["scores"]:
        if score["evaluator"] == "丙":
            score["level"] = 3
    parts = areas(found, items)
    assert [each.code for each in parts] == ["A1", "A2", "A3", "A4", "A5"]
    assert sum(len(each.items) for each in parts) == len(found["levels"])
    for each in parts:
        same = sum(3 if one["level"] == 3 else 1 for one in each.items)
        assert each.agreement == pytest.approx(100 * same / (3 * len(each.items)))


def test_what_is_written_into_a_chart_cannot_become_markup():
    for drawn in (bars("a<b", [("<script>", 50.0, None)]), radar("a<b", [("<script>", 50.0)] * 3)):
        assert "<script>" not in drawn
    assert 'width="165.0"' in bars("a", [("b", 50.0, None)])
