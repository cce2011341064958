"""The columns of a roll: what each is called, in Chinese and English, and how a file's own header is understood."""

import difflib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Personal = Literal["", "name", "number"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the roll.

    `codes` names the code list whose codes or labels it holds; `personal` says how its value is masked in findings.
    """

    key: str
    zh: str
    hint: str = ""
    aliases: tuple[str, ...] = ()
    codes: str = ""
    required: bool = False
    personal: Personal = ""
    width: int = 12
    example: str = ""


COLUMNS = (
    Column("school_code", "学校标识码", "10位;与幼儿园名称至少填一项", width=14),
    Column("kindergarten", "幼儿园名称", "与登记名称一致", ("幼儿园", "园所名称"), width=24),
    Column("class_name", "班级名称", "本学年已建立的班级", ("班级",), required=True, example="小一班"),
    Column("name", "幼儿姓名", "与证件一致", ("姓名",), required=True, personal="name", example="示例幼儿"),
    Column("document_type", "证件类型", "", ("身份证件类型",), "document_type", required=True, width=16),
    Column(
        "document_number",
        "证件号码",
        "以文本填写",
        ("身份证件号码", "身份证号", "身份证号码"),
        required=True,
        personal="number",
        width=22,
    ),
    Column("sex", "性别", "", ("性别代码",), "sex", required=True, example="女性"),
    Column("birth_date", "出生日期", "如 2023-05-01", ("出生年月日",), required=True, example="2023-05-01"),
    Column("ethnicity", "民族", "", (), "ethnicity"),
    Column("nationality", "国籍/地区", "留空为中国", ("国籍", "国籍地区"), "nationality"),
    Column("household_division", "户籍所在地区划", "6、9或12位区划代码", ("户口所在地", "户籍地"), width=16),
    Column(
        "residence_division",
        "现住址区划",
        "本区镇乡街道或村居的名称或代码",
        ("现住址", "居住地"),
        required=True,
        width=16,
    ),
    Column("overseas_kind", "港澳台侨外", "留空为否", (), "overseas_kind"),
    Column("disability_kind", "残疾类别", "没有则留空", ("残疾类型",), "disability_kind"),
    Column("since", "入园日期", "须在本学年内", ("入班日期",), required=True, example="2026-09-01"),
    Column("reason_in", "入园方式", "留空为新入园", (), "enrolment_entry"),
    Column(
        "guardian1_name",
        "监护人1姓名",
        "",
        ("监护人姓名", "监护人1"),
        required=True,
        personal="name",
        example="示例家长",
    ),
    Column("guardian1_relation", "监护人1关系", "", ("监护人关系",), "relation", required=True),
    Column("guardian1_phone", "监护人1电话", "以文本填写", ("监护人电话", "联系电话"), personal="number", width=16),
    Column(
        "guardian1_document_type", "监护人1证件类型", "留空为居民身份证", ("监护人证件类型",), "document_type", width=16
    ),
    Column("guardian1_document", "监护人1证件号码", "以文本填写", ("监护人证件号码",), personal="number", width=22),
    Column("guardian2_name", "监护人2姓名", "", ("监护人2",), personal="name"),
    Column("guardian2_relation", "监护人2关系", "", (), "relation"),
    Column("guardian2_phone", "监护人2电话", "以文本填写", (), personal="number", width=16),
)
KEYS = tuple(column.key for column in COLUMNS)
PLACE = {key: place for place, key in enumerate(KEYS)}
BY_KEY = {column.key: column for column in COLUMNS}
# Columns that the file of corrections adds for the reader; they carry nothing when it comes back.
NOTES = ("原行号", "需更正")
MOST_COLUMNS = 200
LONGEST_CELL = 1000


def plain(header: str) -> str:
    """A header as it is compared: half width, no blanks, no stars or brackets of emphasis, small letters."""
    text = unicodedata.normalize("NFKC", header).lower()
    return "".join(c for c in text if c.isalnum() or c == "_")


KNOWN = {
    plain(name): place for place, column in enumerate(COLUMNS) for name in (column.key, column.zh, *column.aliases)
}
IGNORED = frozenset(plain(name) for name in NOTES)


@dataclass(frozen=True, slots=True)
class HeaderFault:
    """What is wrong with the header: a column too many, one twice, one missing."""

    code: Literal["column-unknown", "column-twice", "column-missing"]
    header: str
    near: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where each of our columns stands in the file (-1: nowhere), how many there are, and what is wrong."""

    positions: tuple[int, ...]
    width: int
    nameless: tuple[int, ...]
    faults: tuple[HeaderFault, ...]


def understand(header: Sequence[str]) -> Header:
    """Match the file's header with our columns, in any order, by Chinese name, key or usual other name."""
    positions, nameless, faults = [-1] * len(COLUMNS), [], []
    for number, cell in enumerate(header):
        name = plain(cell)
        place = KNOWN.get(name)
        if not name:
            nameless.append(number)
        elif name in IGNORED:
            continue
        elif place is None:
            near = difflib.get_close_matches(name, KNOWN, 1)
            faults.append(HeaderFault("column-unknown", cell, COLUMNS[KNOWN[near[0]]].zh if near else ""))
        elif positions[place] >= 0:
            faults.append(HeaderFault("column-twice", cell, key=COLUMNS[place].key))
        else:
            positions[place] = number
    missing = [column for place, column in enumerate(COLUMNS) if column.required and positions[place] < 0]
    faults += [HeaderFault("column-missing", each.zh, key=each.key) for each in missing]
    return Header(tuple(positions), len(header), tuple(nameless), tuple(faults))
