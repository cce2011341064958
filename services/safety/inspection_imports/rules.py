"""Reading rows in somebody else's layout: each row becomes one inspection or a list of faults. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S")


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of their columns is which of ours; `results` maps their words for the outcome to ours."""

    reference: str
    facility: str
    inspected_on: str
    result: str | None
    score: str | None
    findings: str | None
    text: str | None
    results: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    facility: str
    inspected_on: date
    result: str
    score: Decimal | None
    findings: int
    text: str


@dataclass(frozen=True, slots=True)
class RowFault:
    column: str
    code: str
    zh: str


def day(text: str) -> date | None:
    """The date in any of the forms known, or None."""
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
    return None


def read(layout: Layout, raw: Mapping[str, str], today: date) -> Row | list[RowFault]:
    """One inspection, or everything that is wrong with the row."""
    cells = {name: (raw.get(column) or "").strip() for name, column in _columns(layout).items()}
    faults = [
        RowFault(_columns(layout)[name], "missing", "缺少必填项")
        for name in ("reference", "facility")
        if not cells[name]
    ]
    when = day(cells["inspected_on"])
    if when is None or when > today:
        faults.append(RowFault(layout.inspected_on, "date_type", "不是有效的过去日期"))
    result = layout.results.get(cells.get("result", ""), "" if cells.get("result") else "none")
    if not result:
        faults.append(RowFault(layout.result or "", "enum", f"结果“{cells['result']}”没有对应"))
    score, findings = _number(cells.get("score", "")), _number(cells.get("findings", ""))
    for name, value in (("score", score), ("findings", findings)):
        if cells.get(name) and value is None:
            faults.append(RowFault(_columns(layout)[name], "decimal_parsing", "应为数值"))
    if faults or when is None:
        return faults
    return Row(
        cells["reference"], cells["facility"], when, result, score, int(findings or 0), cells.get("text", "")[:2000]
    )


def _columns(layout: Layout) -> dict[str, str]:
    names = ("reference", "facility", "inspected_on", "result", "score", "findings", "text")
    return {name: column for name in names if (column := getattr(layout, name))}


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10000) else None
