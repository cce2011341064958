"""The report: one page of words, tables and charts, which shows no more than its reader may see."""

from html.parser import HTMLParser

from services.quality.evaluations.report import chart
from tests.quality.evaluations.team import levels, team
from tests.stack import Service

VOID = {"meta", "rect"}


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
    assert (shape.seen.count("svg"), shape.seen.count("table")) == (2, 5)
    for word in (
        "等级:<strong>合格</strong>",
        "68.00",
        "条件基础",
        "公示稿",
        "演示数据",
        "办园成效",
        "教师以开放式提问",
    ):
        assert word in answer.text
    assert "http" not in answer.text


async def test_before_publication_a_kindergarten_reads_no_result(quality: Service):
    run = await team(quality)
    await run.scored()
    await run.done(run.organiser, "moderations", note="审定")
    seen = (await run.principal.get(f"/v1/evaluations/{run.id}/report")).text
    assert ("未公布" in seen, "良好" in seen, "开放式" in seen) == (True, False, False)
    assert "良好" in (await run.organiser.get(f"/v1/evaluations/{run.id}/report")).text


def test_what_is_written_into_a_chart_cannot_become_markup():
    drawn = chart("a<b", [("<script>", 50.0, 100.0)])
    assert "<script>" not in drawn
    assert 'width="210.0"' in drawn
