"""Reading a payroll sheet: the documented table as csv or xlsx. All faults at once, each with its row."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from pydantic import ValidationError
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter import Workbook

from services.finance.payroll_sheets.codes import Insurance, InsuranceExemption
from services.finance.payroll_sheets.refusals import PayrollUnreadable
from services.finance.payroll_sheets.schemas import PayrollRow
from shared.errors import Fault

# Each column and the field it fills; the name is for the eyes of whoever fills the table and is never stored.
COLUMNS: Final = {
    "人员编号": "person",
    "姓名(不保存)": "",
    "应发工资": "payable",
    "个人缴纳": "contributions",
    "已发工资": "paid",
    "发放日期": "paid_on",
    "社保基数": "insurance_base",
    "已缴险种": "insurances",
    "公积金基数": "fund_base",
    "公积金已缴": "fund_paid",
    "免缴事由": "exemption",
    "出勤天数": "days_present",
    "请假事由": "leave",
    "购买服务合同编号": "contract",
    "劳动合同编号": "labour_contract",
    "凭证号": "voucher",
}
ALL: Final = "全部"
MOST: Final = 1000
_INSURANCES = {each.zh: each.value for each in Insurance}
_EXEMPTIONS = {each.zh: each.value for each in InsuranceExemption}
_YES = {"是": True, "否": False, "": False}
CHOICES: Final = {"insurances": [ALL, *_INSURANCES], "fund_paid": ["是", "否"], "exemption": list(_EXEMPTIONS)}


def csv_template(people: Iterable[str]) -> bytes:
    """The header and whom it has to name, with a byte-order mark so that Excel reads it as UTF-8."""
    return ("\ufeff" + "".join(f"{line}\r\n" for line in (",".join(COLUMNS), *people))).encode()


def xlsx_template(people: Sequence[str]) -> bytes:
    """The same as a workbook, with the words it understands as drop-downs."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("工资社保证明")
        text = book.add_format({"num_format": "@"})
        page.set_column(0, 0, 38, text)
        page.set_column(1, len(COLUMNS) - 1, 14)
        page.write_row(0, 0, COLUMNS)
        page.write_column(1, 0, people, text)
        for column, (name, field) in enumerate(COLUMNS.items()):
            if field in CHOICES:
                rule = {"validate": "list", "source": CHOICES[field], "error_type": "warning"}
                page.data_validation(1, column, MOST, column, rule | {"input_title": name})
    return file.getvalue()


def read(content: bytes) -> list[PayrollRow]:
    """The people of a sheet. Raises PayrollUnreadable with every fault."""
    rows = _cells(content)
    if not rows or [str(cell).strip() for cell in rows[0][: len(COLUMNS)]] != list(COLUMNS):
        fault = Fault("/1", "header", "表头应为:" + ",".join(COLUMNS), "the header is not the documented one")
        raise PayrollUnreadable(count=1, faults=[fault])
    found: list[PayrollRow] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], 2):
        if any(str(cell).strip() for cell in row):
            try:
                found.append(PayrollRow.model_validate(dict(_fields(row))))
            except ValidationError as error:
                faults += _faults(number, error)
    if not found and not faults:
        faults = [Fault("/2", "empty", "没有人员", "there is nobody on the sheet")]
    if len(found) > MOST:
        faults = [Fault("", "too-many", f"超过 {MOST} 行", f"more than {MOST} rows")]
    if faults:
        raise PayrollUnreadable(count=len(faults), faults=faults[:100])
    return found


def _cells(content: bytes) -> Sequence[Sequence[Any]]:
    try:
        if content.startswith(b"PK"):
            return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030")
        return list(csv.reader(io.StringIO(text)))
    except (CalamineError, UnicodeDecodeError, csv.Error, IndexError) as error:
        raise PayrollUnreadable(count=1) from error


def _fields(row: Sequence[Any]) -> Iterator[tuple[str, Any]]:
    """What each filled cell says in the words of the API; words it does not know go on as they are and are refused."""
    for name, cell in zip(COLUMNS.values(), [*row, *[""] * len(COLUMNS)], strict=False):
        said = cell.date().isoformat() if hasattr(cell, "date") else cell
        text = said.isoformat() if isinstance(said, date) else _number(said)
        if not name or not text:
            continue
        if name == "insurances":
            parts = list(_INSURANCES) if text == ALL else text.replace(",", "、").split("、")
            yield name, [_INSURANCES.get(part.strip(), part) for part in parts]
        elif name == "fund_paid":
            yield name, _YES.get(text, text)
        elif name == "exemption":
            yield name, _EXEMPTIONS.get(text, text)
        else:
            yield name, text.replace(",", "") if name in {"payable", "paid", "contributions"} else text


def _number(cell: Any) -> str:
    """Excel keeps whole numbers as 20.0."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.2f}"
    return str(cell).strip()


def _faults(number: int, error: ValidationError) -> Iterator[Fault]:
    named = {field: zh for zh, field in COLUMNS.items()}
    for each in error.errors(include_url=False, include_context=False, include_input=False):
        column = named.get(str(each["loc"][0]), "") if each["loc"] else ""
        zh = f"第 {number} 行“{column}”有误" if column else f"第 {number} 行有误"
        yield Fault(f"/{number}", each["type"].replace("_", "-"), f"{zh}:{each['msg']}", f"row {number}: {each['msg']}")
