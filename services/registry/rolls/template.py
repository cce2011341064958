"""The empty roll: a workbook with drop-downs of the code lists and of the caller's own classes, or a csv header."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import xlsxwriter
from sqlalchemy import Text, bindparam, func, literal_column, select, union_all

from services.registry.ages.rules import school_year
from services.registry.classes.models import Class
from services.registry.code_lists import entries, usable
from services.registry.divisions.models import Division
from services.registry.kindergartens.models import Kindergarten
from services.registry.rolls.columns import COLUMNS, Column
from services.registry.rolls.reading import ROLL_SHEET
from shared.db import Query, Reader

ROWS = 5000  # rows that offer drop-downs
GUIDE_SHEET, LISTS_SHEET = "填写说明", "代码"
GUIDE = (
    "一行一名幼儿。带 * 的列必填。列的顺序可以改变,列名请勿改动。",
    "证件号码、电话号码、学校标识码所在的列已设为文本,请勿改为数值,否则末位会丢失。",
    "代码列可填名称或代码,下拉列表中给出全部名称。",
    "日期写作 2023-05-01。",
    "上传后先试导入:系统逐行给出问题,更正后再正式导入。",
)

_choices = union_all(
    select(literal_column("'kindergarten'").label("list"), Kindergarten.name.label("name")).where(
        Kindergarten.closed_on.is_(None)
    ),
    select(literal_column("'class_name'"), Class.name)
    .where(Class.school_year == bindparam("year"))
    .group_by(Class.name),
    select(literal_column("'residence_division'"), Division.name).where(Division.level == "town"),
).subquery("found")
CHOICES = Query(
    select(
        func.coalesce(
            func.json_agg(func.json_build_array(_choices.c.list, _choices.c.name)).cast(Text), literal_column("'[]'")
        )
    )
)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a column offers, by its key."""

    by_column: dict[str, list[str]]


async def choices(reader: Reader, year: int | None, on: date) -> Choices:
    """The caller's kindergartens and classes, the district's towns, and the code lists."""
    found: dict[str, list[str]] = {}
    row = await reader.row(CHOICES, year=year or school_year(on))
    for name, value in json.loads(row[0]) if row else []:
        found.setdefault(name, []).append(value)
    for column in COLUMNS:
        if column.codes:
            rows = entries(column.codes)
            found[column.key] = [each["label_zh"] for code, each in rows.items() if usable(column.codes, code, on)]
    return Choices({name: sorted(values) if not _is_code(name) else values for name, values in found.items()})


def _is_code(name: str) -> bool:
    return any(column.key == name and column.codes for column in COLUMNS)


def text() -> bytes:
    """The header alone, for Excel in UTF-8."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([column.zh for column in COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def workbook(offered: Choices, rows: Sequence[Sequence[str]] = (), notes: Sequence[Column] = ()) -> bytes:
    """The roll's sheet with its guide; `rows` fill it, `notes` are columns that tell the reader something."""
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    sheet = book.add_worksheet(ROLL_SHEET)
    head(book, sheet, [*COLUMNS, *notes])
    plain = book.add_format({"num_format": "@"})
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            sheet.write_string(number, place, cell, plain)
    _guide(book)
    _lists(book, sheet, offered)
    book.close()
    return made.getvalue()


def head(book: Any, sheet: Any, columns: Sequence[Column]) -> None:
    """The header row, columns as text, the header staying in sight."""
    plain = book.add_format({"num_format": "@"})
    needed = book.add_format({"bold": True, "font_color": "#B00000", "bottom": 1})
    other = book.add_format({"bold": True, "bottom": 1})
    for place, column in enumerate(columns):
        sheet.set_column(place, place, column.width, plain)
        sheet.write_string(0, place, column.zh + ("*" if column.required else ""), needed if column.required else other)
        if column.hint:
            sheet.write_comment(0, place, column.hint)
    sheet.freeze_panes(1, 0)


def _guide(book: Any) -> None:
    sheet = book.add_worksheet(GUIDE_SHEET)
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 3, 30)
    for number, line in enumerate(GUIDE):
        sheet.write_string(number, 0, line)
    start = len(GUIDE) + 1
    for place, title in enumerate(("列名", "必填", "说明", "示例")):
        sheet.write_string(start, place, title, bold)
    for number, column in enumerate(COLUMNS, start + 1):
        for place, said in enumerate((column.zh, "是" if column.required else "", column.hint, column.example)):
            sheet.write_string(number, place, said)


def _lists(book: Any, sheet: Any, offered: Choices) -> None:
    """Drop-downs, from a hidden sheet: a list written into the cell could hold 255 characters only."""
    lists = book.add_worksheet(LISTS_SHEET)
    lists.hide()
    for place, column in enumerate(COLUMNS):
        values = offered.by_column.get(column.key)
        if not values:
            continue
        lists.write_string(0, place, column.zh)
        for number, value in enumerate(values, 1):
            lists.write_string(number, place, value)
        letter = xlsxwriter.utility.xl_col_to_name(place)
        source = f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(values) + 1}"
        options = {"validate": "list", "source": source, "error_type": "warning", "error_title": column.zh}
        sheet.data_validation(1, place, ROWS, place, options | {"error_message": "不在列表中,仍要填写吗?"})
