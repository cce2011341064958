"""Identifiers that are valid in form and belong to nobody.

- ids: shaped as UUID version 7, from the seed and a running number alone.
- resident ids: area 110199, which GB/T 2260 assigns to no place.
- credit codes: registering authority 110199 likewise.
- school codes: serials from 990001, far above the number of kindergartens in Beijing.
- mobile numbers: 169, a prefix allotted to no operator (known, not verified); landlines: subscriber numbers with 0.
- other documents: the letters YS (演示), which no issuing authority uses at this place.
"""

from collections import Counter
from datetime import UTC, date, datetime
from uuid import UUID

from services.registry.identifiers.rules import (
    SYNTHETIC_AREA,
    credit_code_check_digit,
    organisation_check_digit,
    resident_id_check_digit,
)

SERIES = (
    "group",
    "kindergarten",
    "campus",
    "type",
    "status",
    "class",
    "child",
    "guardian",
    "enrolment",
    "staff",
    "post",
    "qualification",
    "background check",
    "bar",
    "staff quota",
)
GOLDEN = 0x9E3779B97F4A7C15  # spreads neighbouring seeds over the random bits


class Numbers:
    """Hands out each identifier once. `first_order` keeps the resident ids of two of them apart."""

    def __init__(self, seed: int, since: date, first_order: int = 0) -> None:
        self._milliseconds = int(datetime(since.year, since.month, since.day, tzinfo=UTC).timestamp()) * 1000
        self._mix = seed * GOLDEN
        self._first_order = first_order
        self._issued: Counter[str] = Counter()
        self._orders: Counter[tuple[date, str]] = Counter()

    def _next(self, series: str) -> int:
        self._issued[series] += 1
        return self._issued[series]

    def id(self, series: str) -> UUID:
        """The next id of one of SERIES; ids of a series are in the order they were made."""
        number = self._next(series)
        random = (self._mix + number * GOLDEN) & (1 << 62) - 1
        head = (self._milliseconds + number) << 80 | 7 << 76 | SERIES.index(series) << 64
        return UUID(int=head | 2 << 62 | random)

    def resident_id(self, birth: date, sex: str) -> str:
        """公民身份号码 of the unassigned area; the order number is odd for sex 1 and even for 2."""
        taken = self._first_order + self._orders[birth, sex]
        self._orders[birth, sex] += 1
        order = 2 * taken + (1 if sex == "1" else 2)
        body = f"{SYNTHETIC_AREA}{birth:%Y%m%d}{order:03}"
        return body + resident_id_check_digit(body)

    def credit_code(self, register: str) -> str:
        """统一社会信用代码 of an authority that does not exist; `register` is its first two characters."""
        organisation = f"YQ{self._next('credit_code'):06}"
        body = f"{register}{SYNTHETIC_AREA}{organisation}{organisation_check_digit(organisation)}"
        return body + credit_code_check_digit(body)

    def school_code(self) -> str:
        """学校标识码: class 11 (kindergarten), Beijing, a serial nobody has."""
        return f"1111{990000 + self._next('school_code')}"

    def licence(self, year: int) -> str:
        return f"教演{SYNTHETIC_AREA}{year}{self._next('licence'):04}号（演示）"

    def mobile(self) -> str:
        return f"169{self._next('mobile'):08}"

    def landline(self) -> str:
        return f"010-0{self._next('landline'):07}"

    def other_document(self) -> str:
        return f"YS{self._next('document'):07}"
