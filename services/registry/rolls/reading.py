"""A file as blocks of rows, whatever its format. What cannot be read says why; no file can do worse than that."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from python_calamine import CalamineError, CalamineWorkbook

from services.registry.rolls.columns import KEYS, MOST_COLUMNS, NOTES

Format = Literal["xlsx", "csv", "ndjson"]
FORMATS: tuple[Format, ...] = get_args(Format)
LARGEST_BLOCK, SMALLEST_BLOCK = 1 << 20, 1 << 16  # bytes
SHEET_BLOCK = 4000  # rows
LARGEST_SHEETS = 1 << 30  # bytes, unpacked
ROLL_SHEET = "花名册"
ZIP, UTF16 = b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")
csv.field_size_limit(LARGEST_BLOCK * 64)


class Unreadable(Exception):  # a fact about the file, told to the user as a finding
    """The file is not what it says it is."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the text of a file is written."""

    format: Format
    encoding: str = "utf-8"
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive rows of a file, not taken apart yet; `first` is the place of its first row, counted from 1."""

    first: int
    content: bytes | list[list[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be read: its header and everything after it."""

    dialect: Dialect
    header: list[str]
    first: int
    body: bytes | list[list[str]]


def format_of(name: str, head: bytes) -> Format:
    """Which of the three formats a file is in, by its name and its first bytes. Raises Unreadable."""
    suffix = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if head.startswith(ZIP):
        return "xlsx"
    if suffix == "xlsx" or head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "不是有效的 xlsx 工作簿(旧版 xls 请另存为 xlsx)", "it is no xlsx workbook; save an old xls as xlsx"
        )
    if suffix in ("ndjson", "jsonl", "json") or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return "ndjson"
    return "csv"


def text_source(format: Format, content: bytes) -> Source:
    """Open a csv or ndjson file: detect encoding and delimiter, read the header. Raises Unreadable."""
    if content.startswith(UTF16):
        raise Unreadable("请以 UTF-8 或 GB18030 编码保存", "save it in UTF-8 or GB18030")
    content = content.removeprefix(b"\xef\xbb\xbf")
    if b"\r" in content:
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    encoding = _encoding(content)
    if format == "ndjson":
        return Source(Dialect(format, encoding), [*KEYS, *NOTES], 1, content)
    start = _record_end(content, 0)
    head = content[:start].decode(encoding)
    delimiter = max(",;\t", key=head.count)
    header = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), [])
    return Source(Dialect(format, encoding, delimiter), header, 2, content[start:])


def _encoding(content: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable("编码既不是 UTF-8 也不是 GB18030", "its encoding is neither UTF-8 nor GB18030")


def _record_end(content: bytes, start: int, size: int = 0) -> int:
    """Where a record ends: at the first line end outside quotes, `size` bytes or more after `start`."""
    end = content.find(b"\n", min(start + size, len(content)))
    inside, counted = 0, start
    while end >= 0:
        inside, counted = (inside + content.count(b'"', counted, end)) % 2, end
        if not inside:
            return end + 1
        end = content.find(b"\n", end + 1)
    return len(content)


def blocks(source: Source) -> Iterator[Block]:
    """The rows after the header, in blocks that can be worked on side by side."""
    first, body = source.first, source.body
    if isinstance(body, list):
        for start in range(0, len(body), SHEET_BLOCK):
            yield Block(first + start, body[start : start + SHEET_BLOCK])
        return
    size, start = min(max(len(body) // 12, SMALLEST_BLOCK), LARGEST_BLOCK), 0
    quoted = source.dialect.format == "csv" and b'"' in body
    while start < len(body):
        end = _record_end(body, start, size)
        content = body[start:end]
        yield Block(first, content)
        first += sum(1 for _ in records(source.dialect, content)) if quoted else content.count(b"\n")
        start = end


def records(dialect: Dialect, content: bytes | list[list[str]]) -> Iterator[list[str] | None]:
    """The rows of a block as lists of text; None for a line that is no row at all."""
    if isinstance(content, list):
        return iter(content)
    text = content.decode(dialect.encoding)
    if dialect.format == "ndjson":
        return (_from_json(line) for line in text.removesuffix("\n").split("\n"))
    return csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)


_KNOWN = {key: place for place, key in enumerate((*KEYS, *NOTES))}


def _from_json(line: str) -> list[str] | None:
    """One line as a row in our own order; an unknown member stands outside the columns, where the check finds it."""
    if not line.strip():
        return []
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    row = [""] * len(_KNOWN)
    for key, value in found.items():
        said = "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if key in _KNOWN:
            row[_KNOWN[key]] = said
        else:
            row.append(f"{key}: {said}")
    return row


def sheet_source(content: bytes) -> Source:
    """Open a workbook. Raises Unreadable.

    The reader lays out every cell between the first and the last one, so a small file can ask for all memory there
    is and end its process: only a process that may fail and has little memory calls this.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > LARGEST_SHEETS:
                raise Unreadable("解压后过大,请改用 csv", "it is too large unpacked; use csv")
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            names = book.sheet_names
            sheet = book.get_sheet_by_name(ROLL_SHEET if ROLL_SHEET in names else names[0])
            row, column = sheet.start or (0, 0)
            rows = [[""] * column + [_text(cell) for cell in cells] for cells in sheet.to_python(skip_empty_area=True)]
    except (CalamineError, zipfile.BadZipFile, OSError, IndexError, ValueError, MemoryError) as error:
        raise Unreadable("不是有效的 xlsx 工作簿", "it is no valid xlsx workbook") from error
    header = rows[0][: MOST_COLUMNS + 1] if rows else []
    return Source(Dialect("xlsx"), header, row + 2, rows[1:])


def _text(cell: Any) -> str:
    """A cell as one would have typed it. Long figures lost their last digits already: they show as figures."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:e}"  # noqa: PLR2004  # exact below
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)
