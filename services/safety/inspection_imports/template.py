"""The empty table in our own layout, with the results to choose from."""

import csv
import io

import xlsxwriter

from services.safety.inspection_imports.codes import OutsideResult
from services.safety.inspection_imports.schemas import ImportLayout

OURS = ImportLayout(
    reference="检查编号",
    facility="机构名称",
    inspected_on="检查日期",
    result="结果",
    score="得分",
    findings="问题数",
    text="情况",
    results={each.zh: each for each in OutsideResult},
)
HEADER = ["检查编号", "机构名称", "检查日期", "结果", "得分", "问题数", "情况"]
ROWS, RESULT = 5000, 3
NAME = "检查导入模板"


def text() -> bytes:
    """The heading alone, for Excel in UTF-8."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow(HEADER)
    return written.getvalue().encode("utf-8-sig")


def workbook() -> bytes:
    """The heading, with a drop-down of the results."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("检查")
    sheet.write_row(0, 0, HEADER, book.add_format({"bold": True}))
    sheet.set_column(0, len(HEADER) - 1, 18)
    choices = {"validate": "list", "source": [each.zh for each in OutsideResult]}
    sheet.data_validation(1, RESULT, ROWS, RESULT, choices)
    sheet.freeze_panes(1, 0)
    book.close()
    return made.getvalue()
