"""A file as rows of text by heading, whatever its format. What cannot be read says why.

A workbook is laid out cell by cell between its first and its last: a small one can ask for all memory there is. It is
read by a process of its own that has little: `python -m services.safety.inspection_imports.tables < book > rows`.
"""

import csv
import io
import json
import resource
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

ENCODINGS = ("utf-8-sig", "gb18030")
MEMORY, SECONDS, UNPACKED = 1 << 30, 60, 300_000_000
ZIP = b"PK\x03\x04"
csv.field_size_limit(1 << 20)


class Unreadable(Exception):  # a fact about the file, told to the user
    """The file is no table: `zh` says why."""

    def __init__(self, zh: str) -> None:
        super().__init__(zh)
        self.zh = zh


def format_of(name: str, head: bytes) -> str:
    """xlsx, csv or ndjson, by its first bytes and its name. Raises Unreadable."""
    if head.startswith(ZIP):
        return "xlsx"
    if head.startswith(b"\xd0\xcf\x11\xe0") or name.lower().endswith(".xlsx"):
        raise Unreadable("不是有效的 xlsx 工作簿(旧版 xls 请另存为 xlsx)")
    return "ndjson" if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") else "csv"


def rows(format: str, content: bytes) -> tuple[list[str], Iterator[dict[str, str] | None]]:
    """The headings, and the rows below as text by heading; None for a line that is no row. Raises Unreadable."""
    if format == "ndjson":
        lines = [_object(line) for line in _text(content).split("\n") if line.strip()]
        header = list(dict.fromkeys(name for line in lines if line for name in line))
        return header, iter(lines)
    grid = _sheet(content) if format == "xlsx" else _csv(_text(content))
    try:
        header = [name.strip() for name in next(grid, [])]
    except csv.Error as error:
        raise Unreadable("不是有效的 CSV 表格") from error
    if len(set(header)) < len(header):
        raise Unreadable("列名重复")
    return header, (_named(header, cells) for cells in _safe(grid) if any(cells))


def _safe(grid: Iterator[list[str]]) -> Iterator[list[str]]:
    try:
        yield from grid
    except csv.Error as error:
        raise Unreadable("不是有效的 CSV 表格") from error


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    return dict(zip(header, cells, strict=False))


def _text(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unreadable("编码既不是 UTF-8 也不是 GB18030")


def _csv(text: str) -> Iterator[list[str]]:
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _object(line: str) -> dict[str, str] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return {str(name): _plain(value) for name, value in found.items()} if isinstance(found, dict) else None


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return _cell(value) if isinstance(value, (bool, int, float)) else json.dumps(value, ensure_ascii=False)


def _sheet(content: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED:
                raise Unreadable("解压后过大,请改用 csv")
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise Unreadable("不是有效的 xlsx 工作簿") from error
    argv = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(argv, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603  # ours
    except subprocess.TimeoutExpired as error:
        raise Unreadable("工作簿过大,请改用 csv") from error
    if done.returncode != 0:
        raise Unreadable("不是有效的 xlsx 工作簿,或过大")
    return (json.loads(line) for line in done.stdout.splitlines())


def _cell(cell: Any) -> str:
    """A cell as one would have typed it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def main() -> int:
    """Write the first sheet as lines of JSON; end with 1 when it is no workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())) as book:
            for cells in book.get_sheet_by_index(0).to_python(skip_empty_area=True):
                sys.stdout.write(json.dumps([_cell(cell) for cell in cells], ensure_ascii=True) + "\n")
    except (CalamineError, OSError, IndexError, ValueError, MemoryError):
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
