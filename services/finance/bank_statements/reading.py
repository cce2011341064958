"""Reading a bank statement: the documented table as csv or xlsx, or ISO 20022 camt.053. All faults at once."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from services.finance.bank_statements.refusals import StatementUnreadable
from shared.errors import Fault

HEADER: Final = ("交易日期", "流水号", "收入金额", "支出金额", "对方户名", "对方账号", "摘要")
MOST: Final = 20_000
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One booking. `amount` in yuan: above zero came in, below zero went out."""

    booked_on: date
    reference: str
    amount: Decimal
    counterparty: str
    number: str
    purpose: str


def read(content: bytes) -> list[StatementLine]:
    """The lines of a statement in one of the three forms. Raises StatementUnreadable with every fault."""
    try:
        if content.startswith(b"PK"):
            rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
            return _table(rows)
        if content.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
            return _camt(content)
        return _table(list(csv.reader(io.StringIO(_decoded(content)))))
    except (ET.ParseError, CalamineError, UnicodeDecodeError, csv.Error) as error:
        raise StatementUnreadable(count=1) from error


def _decoded(content: bytes) -> str:
    """Banks export GB 18030 as often as UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _table(rows: Sequence[Sequence[Any]]) -> list[StatementLine]:
    if not rows or [str(cell).strip() for cell in rows[0][: len(HEADER)]] != list(HEADER):
        fault = Fault("/1", "header", "表头应为:" + ",".join(HEADER), "the header is not the documented one")
        raise StatementUnreadable(count=1, faults=[fault])
    return _checked(
        (number, _row([str(cell).strip() if not isinstance(cell, date) else cell for cell in row]))
        for number, row in enumerate(rows[1:], 2)
        if any(str(cell).strip() for cell in row)
    )


def _row(cells: list[Any]) -> StatementLine | Fault:
    cells += [""] * (len(HEADER) - len(cells))
    day, reference, came, went, name, number, purpose = cells[: len(HEADER)]
    try:
        amount = _money(came) - _money(went)
        booked = day if isinstance(day, date) else date.fromisoformat(day.replace("/", "-")[:10])
    except (InvalidOperation, ValueError):
        return Fault("", "unreadable", "日期或金额无法识别", "the date or an amount cannot be read")
    return _sound(StatementLine(booked, reference, amount, name, number.removesuffix(".0"), purpose))


def _money(cell: str) -> Decimal:
    return Decimal(str(cell).replace(",", "") or "0").quantize(Decimal("0.01"))


def _sound(line: StatementLine) -> StatementLine | Fault:
    if not line.reference:
        return Fault("", "reference", "缺少流水号", "the reference is missing")
    if not line.amount:
        return Fault("", "amount", "收入和支出均为零", "neither came in nor went out")
    if max(map(len, (line.reference, line.counterparty, line.number, line.purpose))) > LONGEST:
        return Fault("", "too-long", f"超过 {LONGEST} 字", f"longer than {LONGEST} characters")
    return line


def _checked(found: Iterable[tuple[int, StatementLine | Fault]]) -> list[StatementLine]:
    lines: list[StatementLine] = []
    faults: list[Fault] = []
    for number, each in found:
        if isinstance(each, Fault):
            faults.append(Fault(f"/{number}", each.code, f"第 {number} 行:{each.zh}", f"row {number}: {each.en}"))
        else:
            lines.append(each)
    if len(lines) > MOST:
        faults.append(Fault("", "too-many", f"超过 {MOST} 行", f"more than {MOST} rows"))
    if faults:
        raise StatementUnreadable(count=len(faults), faults=faults[:100])
    return lines


def _camt(content: bytes) -> list[StatementLine]:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        fault = Fault("", "doctype", "不接受带有 DOCTYPE 的文件", "documents with a DOCTYPE are not taken")
        raise StatementUnreadable(count=1, faults=[fault])
    root = ET.fromstring(content)  # noqa: S314 - no DOCTYPE, so no entity can be declared
    return _checked((place, _entry(entry)) for place, entry in enumerate(_all(root, "Ntry"), 1))


def _entry(entry: ET.Element) -> StatementLine | Fault:
    out = _text(entry, "CdtDbtInd") == "DBIT"
    party, account = ("Cdtr", "CdtrAcct") if out else ("Dbtr", "DbtrAcct")
    try:
        amount = Decimal(_text(entry, "Amt"))
        day = _text(entry, "BookgDt")
        booked = datetime.fromisoformat(day).date() if "T" in day else date.fromisoformat(day)
    except (InvalidOperation, ValueError):
        return Fault("", "unreadable", "日期或金额无法识别", "the date or an amount cannot be read")
    return _sound(
        StatementLine(
            booked,
            _text(entry, "AcctSvcrRef") or _text(entry, "NtryRef"),
            -amount if out else amount,
            _text(entry, party),
            _text(entry, account),
            _text(entry, "RmtInf"),
        )
    )


def _all(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """Elements of that name in whatever version of the namespace."""
    return (each for each in element.iter() if each.tag.rpartition("}")[2] == name)


def _text(element: ET.Element, name: str) -> str:
    """All text below the first element of that name, or nothing."""
    found = next(_all(element, name), None)
    return " ".join(" ".join(found.itertext()).split()) if found is not None else ""
