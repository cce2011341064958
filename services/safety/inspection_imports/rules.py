"""Reading rows in somebody else's layout: each row becomes one inspection or a list of faults. Pure."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Literal

DAYS = ("%Y-%m-%d", "%Y/%m/%d", "%m/%d/%Y", "%Y%m%d", "%Y年%m月%d日", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S")  # fmt: skip
MONTHS, YEARS = ("%Y-%m", "%Y/%m", "%Y年%m月"), ("%Y", "%Y年")
FORMS = [(form, "day") for form in DAYS] + [(form, "month") for form in MONTHS] + [(form, "year") for form in YEARS]
Name = Literal["reference", "facility", "inspected_on", "result", "score", "findings", "text"]
NAMES: tuple[Name, ...] = ("reference", "facility", "inspected_on", "result", "score", "findings", "text")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
LONGEST_TEXT, LONGEST_NAME, FIRST = 2000, 200, date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which of their columns is which of ours; `results` maps their words for the outcome to ours.

    Without a column for the outcome, `passing_score` tells passed from failed.
    """

    reference: str | None
    facility: str
    inspected_on: str
    result: str | None
    score: str | None
    findings: str | None
    text: str | None
    results: Mapping[str, str]
    passing_score: Decimal | None = None

    def column(self, name: Name) -> str | None:
        found: str | None = getattr(self, name)
        return found


@dataclass(frozen=True, slots=True)
class Row:
    reference: str
    facility: str
    inspected_on: date
    day_precision: str
    result: str
    score: Decimal | None
    findings: int
    text: str


@dataclass(frozen=True, slots=True)
class RowFault:
    column: str
    value: str
    code: str
    zh: str


@lru_cache(4096)
def day(text: str) -> tuple[date, str] | None:
    """The date in any of the forms known, and how exact it is; None when it is none."""
    for form, precision in FORMS:
        try:
            return datetime.strptime(text, form).date(), precision  # noqa: DTZ007  # a date has no zone
        except ValueError:
            continue
    return None


class Reading:
    """Reads the rows of one file, and knows what it has read: the same reference twice is a fault.

    Where the layout names no reference, a row is known by what it says, and by how often that was said before: the
    same file sent again tells the same references.
    """

    def __init__(self, layout: Layout, today: date) -> None:
        self.layout, self.today = layout, today
        self.seen: Counter[str] = Counter()

    def read(self, raw: Mapping[str, str]) -> Row | list[RowFault]:
        """One inspection, or everything that is wrong with the row."""
        cells: dict[str, str] = {name: _cell(raw, column) for name in NAMES if (column := self.layout.column(name))}
        reference = cells.get("reference", "") if self.layout.reference else _digest(cells)
        times = self.seen[reference]
        self.seen[reference] += 1
        if not self.layout.reference:
            reference = f"{reference}-{times}"
        faults = self._names(cells)
        if times and self.layout.reference:
            faults.append(self._fault("reference", cells, "twice", "编号重复"))
        when = day(cells["inspected_on"])
        if when is None or not FIRST <= when[0] <= self.today:
            faults.append(self._fault("inspected_on", cells, "date_type", "不是有效的过去日期"))
        score, findings = self._numbers(cells, faults)
        result = self._result(cells, score)
        if result is None:
            faults.append(self._fault("result", cells, "enum", f"结果“{cells['result']}”没有对应"))
        if faults or when is None or result is None:
            return faults
        text = cells.get("text", "")[:LONGEST_TEXT]
        return Row(reference, cells["facility"], *when, result, score, findings, text)

    def _names(self, cells: Mapping[str, str]) -> list[RowFault]:
        """What is wrong with the reference and the facility's name."""
        faults = []
        for name in ("reference", "facility"):
            if name in cells and not cells[name]:
                faults.append(self._fault(name, cells, "missing", "缺少必填项"))
            elif len(cells.get(name, "")) > LONGEST_NAME:
                faults.append(self._fault(name, cells, "too_long", f"超过 {LONGEST_NAME} 字"))
        return faults

    def _numbers(self, cells: Mapping[str, str], faults: list[RowFault]) -> tuple[Decimal | None, int]:
        """Score and number of findings, the latter whole and not below zero."""
        score, findings = (_number(cells.get(name, "")) for name in ("score", "findings"))
        if cells.get("score") and score is None:
            faults.append(self._fault("score", cells, "decimal_parsing", "应为数值"))
        if cells.get("findings") and (findings is None or findings < 0 or findings != int(findings)):
            faults.append(self._fault("findings", cells, "int_parsing", "应为非负整数"))
        return score, int(findings or 0)

    def _result(self, cells: Mapping[str, str], score: Decimal | None) -> str | None:
        if said := cells.get("result"):
            return self.layout.results.get(said)
        if self.layout.passing_score is None or score is None:
            return "none"
        return "passed" if score >= self.layout.passing_score else "failed"

    def _fault(self, name: str, cells: Mapping[str, str], code: str, zh: str) -> RowFault:
        return RowFault(getattr(self.layout, name) or name, cells.get(name, "")[:LONGEST_NAME], code, zh)


def _cell(raw: Mapping[str, str], column: str) -> str:
    return UNSEEN.sub("", raw.get(column) or "").strip()


def _digest(cells: Mapping[str, str]) -> str:
    return hashlib.sha256("\x1f".join(f"{name}={cells[name]}" for name in sorted(cells)).encode()).hexdigest()[:32]


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) < Decimal(10000) else None


def missing(layout: Layout, header: Iterable[str]) -> list[str]:
    """Columns the layout names and the table does not have."""
    known = set(header)
    return [column for name in NAMES if (column := layout.column(name)) and column not in known]
