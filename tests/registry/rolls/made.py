"""Rolls for tests and measurements: any number of sound rows, made the same way every time, of nobody real."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import psycopg
import xlsxwriter

from services.registry import data
from services.registry.ages.rules import birth_window
from services.registry.identifiers.rules import resident_id_check_digit
from services.registry.rolls.columns import COLUMNS, KEYS
from shared.ids import new_id
from shared.pinyin import pinyin_key

YEAR = 2026
VILLAGES = tuple(row["code"] for row in data.rows("divisions") if row["level"] == "village")
SIZE = 28
KINDS = (("small", 3, "小"), ("middle", 4, "中"), ("large", 5, "大"))
LIMITS = {"small": (25, 30), "middle": (30, 36), "large": (35, 42)}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN = "安平宁和康乐晨曦明月星辰子涵雨桐梓轩思远若溪嘉禾"
NATIONS = ("汉族", "汉族", "汉族", "满族", "回族")
TOWNS = ("龙山街道", "泉河街道", "北房镇", "杨宋镇")


@dataclass(frozen=True, slots=True)
class Room:
    id: UUID
    kindergarten: UUID
    kindergarten_name: str
    school_code: str
    name: str
    age: int
    division: str
    turn: int  # its place among the classes of its age


def rooms(count: int, each: int = 12) -> list[Room]:
    """Classes of made-up kindergartens, `each` to a kindergarten."""
    made: list[Room] = []
    turns: Counter[int] = Counter()
    for number in range(count):
        owner, place = divmod(number, each)
        _, age, zh = KINDS[place % 3]
        made.append(
            Room(
                new_id(),
                UUID(int=0x0199_0000_0000_7000_8000_0000_0000_0000 | owner),
                f"怀柔区演示第{owner + 1}幼儿园",
                f"1111{owner + 1:06}",
                f"{zh}{place // 3 + 1}班",
                age,
                VILLAGES[owner % len(VILLAGES)],
                turns[age],
            )
        )
        turns[age] += 1
    return made


def open_rooms(admin_url: str, made: Sequence[Room], year: int = YEAR) -> None:
    """Store kindergartens and classes as the superuser."""
    owners = {room.kindergarten: room for room in made}
    kinds = {age: kind for kind, age, _ in KINDS}
    with psycopg.connect(admin_url) as admin, admin.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO kindergartens (id, division, name, pinyin, school_code, founder, founder_code, synthetic)"
            " VALUES (%s, %s, %s, %s, %s, '演示', '831', true)",
            [
                (owner, room.division, room.kindergarten_name, pinyin_key(room.kindergarten_name), room.school_code)
                for owner, room in owners.items()
            ],
        )
        cursor.executemany(
            "INSERT INTO classes (id, kindergarten, division, school_year, name, pinyin, kind, standard_size,"
            " hard_limit, since, until, synthetic) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, true)",
            [
                (
                    *(
                        room.id,
                        room.kindergarten,
                        room.division,
                        year,
                        room.name,
                        pinyin_key(room.name),
                        kinds[room.age],
                    ),
                    *LIMITS[kinds[room.age]],
                    *(date(year, 9, 1), date(year + 1, 9, 1)),
                )
                for room in made
            ],
        )


def resident_id(birth: date, order: int) -> str:
    """A number valid by its check digit, of an area that is assigned to nobody. `order` is below 1,000."""
    body = f"110199{birth:%Y%m%d}{order:03}"
    return body + resident_id_check_digit(body)


def rows(made: Sequence[Room], count: int, size: int = SIZE, year: int = YEAR) -> list[dict[str, str]]:
    """Sound rows, class by class; no document comes twice."""
    return list(each_row(made, count, size, year))


def each_row(made: Sequence[Room], count: int, size: int = SIZE, year: int = YEAR) -> Iterator[dict[str, str]]:
    """`rows`, one at a time."""
    return (_row(made[number // size], number, size, year) for number in range(count))


def _row(room: Room, number: int, size: int, year: int) -> dict[str, str]:
    # 365 days of 1,000 orders for each year of age: enough for a million rows, and each pair is used once.
    order, day = divmod(room.turn * size + number % size, 365)
    order = (order + 500) % 1000  # other tests count from 0
    birth = birth_window(year, room.age, room.age)[0] + timedelta(days=day)
    grown = date(1970, 1, 1) + timedelta(days=number % 9000)
    sex = "男" if order % 2 else "女"
    second = number % 2 == 0
    return {
        "school_code": room.school_code,
        "kindergarten": room.kindergarten_name,
        "class_name": room.name,
        "name": _name(number),
        "document_type": "居民身份证",
        "document_number": resident_id(birth, order),
        "sex": sex,
        "birth_date": birth.isoformat(),
        "ethnicity": NATIONS[number % len(NATIONS)],
        "nationality": "中国",
        "household_division": "110116",
        "residence_division": TOWNS[number % len(TOWNS)],
        "overseas_kind": "非港澳台侨",
        "disability_kind": "",
        "since": f"{year}-09-01",
        "reason_in": "新入园",
        "guardian1_name": _name(number + 7),
        "guardian1_relation": "父亲" if number % 3 else "母亲",
        "guardian1_phone": f"1690{number % 10_000_000:07}",
        "guardian1_document_type": "居民身份证",
        "guardian1_document": resident_id(grown, order),
        "guardian2_name": _name(number + 13) if second else "",
        "guardian2_relation": "祖父" if second else "",
        "guardian2_phone": f"1691{number % 10_000_000:07}" if second else "",
    }


def _name(number: int) -> str:
    surname, rest = SURNAMES[number % len(SURNAMES)], number // len(SURNAMES)
    return surname + GIVEN[rest % len(GIVEN)] + GIVEN[rest // len(GIVEN) % len(GIVEN)]


def as_csv(found: Iterable[dict[str, str]], encoding: str = "utf-8-sig", header: Sequence[str] = ()) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(header or [column.zh for column in COLUMNS])
    writer.writerows([[row[key] for key in KEYS] for row in found])
    return written.getvalue().encode(encoding)


def as_ndjson(found: Iterable[dict[str, str]]) -> bytes:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found).encode()


def as_xlsx(found: Iterable[dict[str, str]], header: Sequence[str] = ()) -> bytes:
    made = io.BytesIO()
    book: Any = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet("花名册")
    sheet.write_row(0, 0, header or [column.zh for column in COLUMNS])
    for number, row in enumerate(found, 1):
        for place, key in enumerate(KEYS):
            sheet.write_string(number, place, row[key])
    book.close()
    return made.getvalue()
