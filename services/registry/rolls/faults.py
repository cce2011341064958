"""What an import can find, each with its sentences: `{…}` are filled from the row."""

from dataclasses import dataclass
from typing import Any

from services.registry.findings import Finding
from services.registry.rolls.columns import HeaderFault

LONGEST_HEADER = 60
FILE_UNREADABLE = Finding("file-unreadable", "文件无法读取:{why}", "The file cannot be read: {why_en}")
FILE_EMPTY = Finding("file-empty", "文件中没有数据行", "The file holds no rows")
TOO_MANY_COLUMNS = Finding(
    "too-many-columns", "表头有{count}列,最多{most}列", "The header has {count} columns; {most} is the most"
)
COLUMN_UNKNOWN = Finding("column-unknown", "没有名为“{header}”的列{near_zh}", "There is no column {header!r}{near_en}")
COLUMN_TWICE = Finding("column-twice", "“{header}”与另一列重复", "{header!r} names a column that is there already")
COLUMN_MISSING = Finding("column-missing", "缺少必填列“{header}”", "The column {header!r} is missing")
CELL_OUTSIDE = Finding("cell-without-column", "此格在表头之外", "The cell stands outside the header's columns")
NOT_A_RECORD = Finding("not-a-record", "此行不是一个对象", "The line is not a JSON object")

MISSING = Finding("value-missing", "必填项为空", "A value is needed")
CODE_UNKNOWN = Finding("code-unknown", "不在代码表内{near_zh}", "Not in the code list{near_en}")
TEXT_CHARACTERS = Finding(
    "name-characters", "姓名含有不允许的字符或过长", "The name is too long or has characters no name has"
)
DATE_SHAPE = Finding("date-shape", "日期应写作 2023-05-01", "Write the date as 2023-05-01")
DIVISION_SHAPE = Finding("division-shape", "应为6、9或12位区划代码", "A division code of 6, 9 or 12 digits is needed")
DIVISION_UNKNOWN = Finding(
    "division-unknown", "本区没有这个镇乡街道或村居{near_zh}", "The district has no such town or village{near_en}"
)
DIVISION_AMBIGUOUS = Finding(
    "division-ambiguous", "有多个同名区划,请填代码", "Several divisions bear this name: give the code"
)
PHONE_SHAPE = Finding("phone-shape", "电话号码格式不对", "This is not a telephone number")
LOST_DIGITS = Finding(
    "number-lost-digits",
    "号码被存成数值,末位已丢失,请设为文本后重填",
    "The number was stored as a figure and lost its last digits: make the cell text and type it again",
)
KINDERGARTEN_MISSING = Finding(
    "kindergarten-missing", "应填写学校标识码或幼儿园名称", "A school code or the kindergarten's name is needed"
)
KINDERGARTEN_UNKNOWN = Finding(
    "kindergarten-unknown", "您的管理范围内没有这所幼儿园{near_zh}", "No such kindergarten in your scope{near_en}"
)
KINDERGARTEN_CONTRADICTS = Finding(
    "kindergarten-contradicts", "幼儿园名称与学校标识码不一致", "Name and school code are of different kindergartens"
)
KINDERGARTEN_AMBIGUOUS = Finding(
    "kindergarten-ambiguous", "有多所同名幼儿园,请填学校标识码", "Several bear this name: give the school code"
)
CLASS_UNKNOWN = Finding(
    "class-unknown",
    "该园{year}学年没有这个班级{near_zh}",
    "The kindergarten has no such class in the school year {year}{near_en}",
)
BORN_LATER = Finding("birth-in-future", "出生日期晚于今天", "The birth date is in the future")
BORN_AFTER_ENTRY = Finding("birth-after-entry", "出生日期不早于入园日期", "Born on or after the day of entry")
OUTSIDE_YEAR = Finding(
    "entry-outside-school-year",
    "入园日期不在班级的学年内({since}至{until})",
    "The entry lies outside the school year of the class ({since} to {until})",
)
AGE_UNUSUAL = Finding(
    "age-outside-class-kind", "年龄与班级类型不符", "The age does not fit the kind of class", "warning"
)
GUARDIAN_INCOMPLETE = Finding(
    "guardian-without-name", "填写了监护人信息但没有姓名", "Something is said of a guardian who has no name"
)

TWICE_IN_FILE = Finding("twice-in-file", "与第{first}行证件相同", "The same document as in row {first}")
ALREADY_REGISTERED = Finding(
    "already-registered",
    "该证件的幼儿已在本区登记",
    "A child with this document is registered in the district already",
)
ALREADY_IN_CLASS = Finding("already-in-class", "该幼儿已在此班", "The child is in this class already")
ENROLLED_ELSEWHERE = Finding(
    "enrolled-elsewhere", "该幼儿此期间已在其他班级或幼儿园", "The child is enrolled elsewhere at that time"
)
OTHER_CHILD = Finding(
    "document-of-another-child",
    "该证件已登记在姓名或出生日期不同的幼儿名下",
    "The document is registered for a child of another name or birth date",
)
CLASS_FULL = Finding("class-full", "班级已满(上限{limit}人)", "The class is full ({limit} is the most it may hold)")


@dataclass(frozen=True, slots=True)
class RowFault:
    """One finding in one cell: `field` is a column's key (or the header itself), `value` already masked."""

    row: int
    field: str
    value: str
    code: str
    severity: str
    zh: str
    en: str

    @property
    def refuses(self) -> bool:
        return self.severity != "warning"


def fault(row: int, field: str, value: str, finding: Finding, **facts: Any) -> RowFault:
    """Say the finding of this cell. `value` must be fit to be shown."""
    spoken = {"near_zh": "", "near_en": ""} | facts
    zh, en = finding.zh, finding.en
    if "{" in zh:
        zh, en = zh.format_map(spoken), en.format_map(spoken)
    return RowFault(row, field, value, finding.code, finding.severity, zh, en)


def of_header(row: int, wrong: HeaderFault) -> RowFault:
    """What is wrong with the header, in its row."""
    findings = {"column-unknown": COLUMN_UNKNOWN, "column-twice": COLUMN_TWICE, "column-missing": COLUMN_MISSING}
    header = "".join(c if c.isprintable() else "�" for c in wrong.header[:LONGEST_HEADER])
    return fault(row, wrong.key or header, header, findings[wrong.code], header=header, **near(wrong.near))


def near(candidate: str | None) -> dict[str, str]:
    """The facts of a did-you-mean, empty without a candidate."""
    if not candidate:
        return {}
    return {"near_zh": f";是否为“{candidate}”?", "near_en": f"; did you mean {candidate!r}?"}
