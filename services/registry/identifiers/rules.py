"""Identifiers of children, guardians and kindergartens: normal form, validity, mask.

Faults are values, so that a batch can collect them. The resident id check runs over millions of rows: everything
it needs is in small tables built once, and a sound number costs a few look-ups.
"""

import unicodedata
from calendar import isleap
from datetime import date

from services.registry.findings import Finding

RESIDENT_ID, PERMANENT_RESIDENT, HK_MACAO_PERMIT, TAIWAN_PERMIT = "1", "9", "H", "I"  # JY/T 1001 document types
SYNTHETIC_AREA = "110199"  # not assigned in GB/T 2260: no real person or organisation can have it
PERMIT_AREAS = {HK_MACAO_PERMIT: ("810000", "820000"), TAIWAN_PERMIT: ("830000",)}
ABOLISHED_AREAS = {"110227": date(2001, 12, 30)}  # 怀柔县, a district since (the day is known, not verified)
PROVINCES = frozenset(
    str(code)
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82),
    )
    for code in codes
)

ID_SHAPE = Finding(
    "resident-id-shape", "身份证号码应为17位数字加1位校验码", "17 digits and a check character are needed"
)
ID_BIRTH = Finding(
    "resident-id-birth-date", "身份证号码中的出生日期不存在", "The birth date in the number does not exist"
)
ID_FUTURE = Finding(
    "resident-id-future", "身份证号码中的出生日期晚于今天", "The birth date in the number is in the future"
)
ID_CHECK = Finding("resident-id-check-digit", "身份证号码校验码错误", "The check character is wrong")
ID_OTHER_BIRTH = Finding(
    "resident-id-other-birth", "出生日期与身份证号码不一致", "The birth date differs from the number's"
)
ID_OTHER_SEX = Finding("resident-id-other-sex", "性别与身份证号码不一致", "The sex differs from the number's")
ID_AREA = Finding("resident-id-area", "身份证号码的地区代码不存在", "No province has this area code", "warning")
ID_AREA_ABOLISHED = Finding(
    "resident-id-area-abolished",
    "出生时该地区代码已撤销（如怀柔县110227）",
    "The area code was abolished before this birth",
    "warning",
)
DOCUMENT_SHAPE = Finding("document-shape", "证件号码格式不符合证件类型", "The number does not fit the document type")
CREDIT_SHAPE = Finding(
    "credit-code-shape", "统一社会信用代码应为18位规定字符", "18 characters of the code's alphabet are needed"
)
CREDIT_CHECK = Finding(
    "credit-code-check-digit", "统一社会信用代码校验码错误", "The check character is wrong", "override"
)
CREDIT_BODY = Finding(
    "credit-code-organisation",
    "统一社会信用代码中的组织机构代码校验码错误",
    "The check character of the organisation code inside is wrong",
    "override",
)
SCHOOL_SHAPE = Finding("school-code-shape", "学校标识码应为10位数字", "10 digits are needed")
SCHOOL_CLASS = Finding("school-code-class", "幼儿园的学校标识码以11开头", "A kindergarten's code begins with 11")
SCHOOL_PROVINCE = Finding("school-code-province", "学校标识码的省份代码不符", "The code is of another province")

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK_CHARACTERS = "10X98765432"
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _weighed(digits: str, position: int) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, ID_WEIGHTS[position:], strict=False))


# Parts of a number with their share of the weighted sum. 29 February is absent: the slow path decides it.
_AREA_HEAD = {f"{n:03}": _weighed(f"{n:03}", 0) for n in range(1000)}
_AREA_TAIL = {f"{n:03}": _weighed(f"{n:03}", 3) for n in range(1000)}
_YEARS = {str(year): _weighed(str(year), 6) for year in range(1900, 2100)}
_DAYS = {
    text: _weighed(text, 10)
    for month, days in enumerate(MONTH_DAYS, start=1)
    for text in (f"{month:02}{day:02}" for day in range(1, days + 1))
}
_ORDERS = {f"{n:03}": _weighed(f"{n:03}", 14) for n in range(1000)}


def normal_form(text: str) -> str:
    """Full width to half width, no spaces or invisible characters, capitals (a final x becomes X)."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")
    return "".join(text.split()).upper()


def resident_id_check_digit(body: str) -> str:
    """The 18th character for the first 17 digits (GB 11643-1999)."""
    return ID_CHECK_CHARACTERS[_weighed(body, 0) % 11]


def resident_id_fault(number: str, latest: str) -> Finding | None:
    """公民身份号码 (GB 11643-1999), in normal form: digits, a real birth date not after `latest`, check character.

    `latest` is the day of the check as YYYYMMDD. This is the path for bulk checks.
    """
    try:
        total = (
            _AREA_HEAD[number[:3]]
            + _AREA_TAIL[number[3:6]]
            + _YEARS[number[6:10]]
            + _DAYS[number[10:14]]
            + _ORDERS[number[14:17]]
        )
    except KeyError:
        return _explained(number, latest)
    if number[17:] != ID_CHECK_CHARACTERS[total % 11]:
        return ID_CHECK if len(number) == 18 else ID_SHAPE  # noqa: PLR2004  # GB 11643: 18 characters
    return ID_FUTURE if number[6:14] > latest else None


def _explained(number: str, latest: str) -> Finding | None:
    body = number[:17]
    if len(number) != 18 or not (body.isascii() and body.isdigit()):  # noqa: PLR2004  # GB 11643: 18 characters
        return ID_SHAPE
    if number[6:10] not in _YEARS or number[10:14] != "0229" or not isleap(int(number[6:10])):
        return ID_BIRTH
    if number[17] != resident_id_check_digit(body):
        return ID_CHECK
    return ID_FUTURE if number[6:14] > latest else None


def birth_of(number: str) -> date:
    """The birth date in a sound 18-character number."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def sex_of(number: str) -> str:
    """GB/T 2261.1 sex in a sound number: an odd 17th digit is male (1), an even one female (2)."""
    return "1" if int(number[16]) % 2 else "2"


def is_synthetic(number: str) -> bool:
    """Whether a resident id was made for demonstration: its area code is assigned to nobody."""
    return number.startswith(SYNTHETIC_AREA)


def resident_id_findings(number: str, on: date, birth: date | None = None, sex: str | None = None) -> list[Finding]:
    """Everything to say about one number: its fault, else contradictions with the record and doubts of its area.

    `birth` and `sex` are the record's; sex other than 1 and 2 is not compared.
    """
    if fault := resident_id_fault(number, f"{on:%Y%m%d}"):
        return [fault]
    return _contradictions(number, birth, sex) + _area_doubts(number)


def _contradictions(number: str, birth: date | None, sex: str | None) -> list[Finding]:
    found = []
    if birth is not None and birth != birth_of(number):
        found.append(ID_OTHER_BIRTH)
    if sex in {"1", "2"} and sex != sex_of(number):
        found.append(ID_OTHER_SEX)
    return found


def _area_doubts(number: str) -> list[Finding]:
    if number[:2] not in PROVINCES:
        return [ID_AREA]
    abolished = ABOLISHED_AREAS.get(number[:6])
    return [ID_AREA_ABOLISHED] if abolished and birth_of(number) >= abolished else []


def document_findings(
    kind: str, number: str, on: date, birth: date | None = None, sex: str | None = None
) -> list[Finding]:
    """Any document by its JY/T 1001 type, in normal form.

    居民身份证 as above. 港澳居民居住证 begins 810000 or 820000, 台湾居民居住证 830000, both with GB 11643's birth date,
    sex digit and check. A foreigner's permanent resident card has 18 characters beginning with 9 and the same check,
    or, before 2023, three letters and twelve digits (both known, not verified). Other documents have no public check:
    5 to 30 letters, digits or hyphens.
    """
    if kind == RESIDENT_ID:
        return resident_id_findings(number, on, birth, sex)
    if kind in PERMIT_AREAS:
        return _numbered(number, number[:6] in PERMIT_AREAS[kind], on, birth, sex)
    if kind == PERMANENT_RESIDENT and not _is_old_permanent_card(number):
        return _numbered(number, number[:1] == "9", on, birth, sex)
    return [] if 5 <= len(number) <= 30 and _is_plain(number) else [DOCUMENT_SHAPE]  # noqa: PLR2004  # as promised above


def _numbered(number: str, prefix_fits: bool, on: date, birth: date | None, sex: str | None) -> list[Finding]:
    if not prefix_fits:
        return [DOCUMENT_SHAPE]
    fault = resident_id_fault(number, f"{on:%Y%m%d}")
    return [fault] if fault else _contradictions(number, birth, sex)


def _is_old_permanent_card(number: str) -> bool:
    return len(number) == 15 and number[:3].isalpha() and number[3:].isdigit() and number.isascii()  # noqa: PLR2004


def _is_plain(number: str) -> bool:
    return number.isascii() and number.replace("-", "").isalnum()


def organisation_check_digit(body: str) -> str:
    """The 9th character of an organisation code (GB 11714-1997) for its first eight."""
    total = sum(ORGANISATION_ALPHABET.index(c) * w for c, w in zip(body, ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def credit_code_check_digit(body: str) -> str:
    """The 18th character of a unified social credit code for its first 17."""
    total = sum(CREDIT_ALPHABET.index(c) * w for c, w in zip(body, CREDIT_WEIGHTS, strict=True))
    return CREDIT_ALPHABET[-total % 31]


def credit_code_findings(code: str) -> list[Finding]:
    """统一社会信用代码 (GB 32100-2015), in normal form.

    18 characters of 31 (no I O S V Z), six digits of area at the third; check characters of the whole and of the
    organisation code inside. A few early pilot codes fail the check and are still legal: they need a reason.
    """
    if len(code) != 18 or not set(code) <= set(CREDIT_ALPHABET) or not code[2:8].isdigit():  # noqa: PLR2004
        return [CREDIT_SHAPE]
    found = []
    if credit_code_check_digit(code[:17]) != code[17]:
        found.append(CREDIT_CHECK)
    if organisation_check_digit(code[8:16]) != code[16]:
        found.append(CREDIT_BODY)
    return found


def school_code_findings(code: str, province: str = "11") -> list[Finding]:
    """学校(机构)标识码: ten digits, class 11 (幼儿园), province (Beijing 11), six of serial; it has no check digit."""
    if len(code) != 10 or not (code.isascii() and code.isdigit()):  # noqa: PLR2004  # ten digits
        return [SCHOOL_SHAPE]
    found = [] if code[:2] == "11" else [SCHOOL_CLASS]
    return found if code[2:4] == province else [*found, SCHOOL_PROVINCE]


def mask_number(number: str) -> str:
    """110***********0010: the first three and last four characters; under ten characters only the last two."""
    if len(number) >= 10:  # noqa: PLR2004  # short numbers would be given away by seven characters
        return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
    return f"{'*' * max(0, len(number) - 2)}{number[-2:]}" if len(number) > 4 else "*" * len(number)  # noqa: PLR2004


def mask_name(name: str) -> str:
    """欧***: the first character."""
    return name[:1] + "*" * (len(name) - 1)


def document_key(kind: str, number: str) -> str:
    """What the blind index of a document is made of: the same number of another kind is another document."""
    return f"{kind}:{number}"
