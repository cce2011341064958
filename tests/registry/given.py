"""The smallest valid rows of the registry, stored as the superuser: what a test starts from, not what it is about."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import sql

from services.registry.app import following
from services.registry.identifiers.rules import (
    SYNTHETIC_AREA,
    credit_code_check_digit,
    document_key,
    organisation_check_digit,
    resident_id_check_digit,
)
from shared.crypto import KeyRing
from shared.ids import new_id
from shared.pinyin import pinyin_key
from shared.tables import FOREVER
from tests.stack import FIELD_KEYS, Service, settings_for

DISTRICT = "110116"
TOWN, OTHER_TOWN = "110116102", "110116103"  # 北房镇, 杨宋镇
VILLAGE, OTHER_VILLAGE = "110116102001", "110116103001"
OPENED = date(2020, 9, 1)
KEYS = KeyRing.parse(FIELD_KEYS)
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
SCHOOL_YEAR = TODAY.year if TODAY.month >= 9 else TODAY.year - 1
SIZES = {"nursery": (20, 24), "small": (25, 30), "middle": (30, 36), "large": (35, 42), "mixed": (30, 36)}

_issued: Counter[str] = Counter()


def start_over() -> None:
    """A test begins with an empty register, so its numbers begin anew: three digits of a resident id hold few."""
    _issued.clear()


def _next(series: str) -> int:
    _issued[series] += 1
    return _issued[series]


def school_code() -> str:
    """A fresh 学校标识码 with a serial no kindergarten has."""
    return f"1111{990000 + _next('school_code')}"


def credit_code(prefix: str = "52") -> str:
    """A fresh 统一社会信用代码 of an authority that does not exist."""
    organisation = f"YQ{_next('credit_code'):06}"
    body = f"{prefix}{SYNTHETIC_AREA}{organisation}{organisation_check_digit(organisation)}"
    return body + credit_code_check_digit(body)


def resident_id(birth: date = date(2022, 3, 15), sex: str = "1") -> str:
    """A fresh 公民身份号码 of the area nobody lives in."""
    order = 2 * _next(f"resident_id {birth} {sex}") - (sex == "1")
    body = f"{SYNTHETIC_AREA}{birth:%Y%m%d}{order:03}"
    return body + resident_id_check_digit(body)


def new_kindergarten(**fields: Any) -> dict[str, Any]:
    """The smallest body with which a kindergarten is registered over HTTP."""
    number = _next("name")
    return {
        "division": VILLAGE,
        "name": f"怀柔区第{number}幼儿园(演示)",
        "school_code": school_code(),
        "founder": "怀柔区教育委员会(演示)",
        "founder_code": "831",
        "synthetic": True,
    } | fields


async def kindergarten(
    registry: Service,
    *,
    type: str | None = "public",
    status: str | None = "operating",
    since: date = OPENED,
    **fields: Any,
) -> UUID:
    """A kindergarten of that type and status since that day."""
    row = new_kindergarten(id=new_id(), opened_on=since) | fields
    if "founder_code" not in fields and type in ("inclusive_private", "private"):
        row |= {"founder": "个人(演示)", "founder_code": "999"}
    row.setdefault("pinyin", pinyin_key(row["name"]))
    await insert(registry, "kindergartens", row)
    owned = {"kindergarten": row["id"], "division": row["division"], "since": since, "synthetic": True}
    if type:
        await insert(
            registry, "kindergarten_types", owned | {"id": new_id(), "type": type, "document": "演示〔2020〕1号"}
        )
    if status:
        await insert(registry, "kindergarten_statuses", owned | {"id": new_id(), "status": status, "reason": "演示"})
    return UUID(str(row["id"]))


async def class_(
    registry: Service, kindergarten: UUID, *, kind: str = "small", year: int = SCHOOL_YEAR, **fields: Any
) -> UUID:
    """A class of the kindergarten for one school year (1 September to 31 August)."""
    name = fields.pop("name", f"{kind} {_next('class')}")
    standard, hard = SIZES[kind]
    row = {
        "id": new_id(),
        "kindergarten": kindergarten,
        "division": await division_of(registry, kindergarten),
        "school_year": year,
        "name": name,
        "pinyin": pinyin_key(name),
        "kind": kind,
        "standard_size": standard,
        "hard_limit": hard,
        "since": date(year, 9, 1),
        "until": date(year + 1, 9, 1),
        "synthetic": True,
    } | fields
    await insert(registry, "classes", row)
    return UUID(str(row["id"]))


async def child(
    registry: Service,
    *,
    name: str = "演示幼儿",
    sex: str = "1",
    birth: date = date(2022, 3, 15),
    residence: str = VILLAGE,
    document: str | None = None,
    **fields: Any,
) -> UUID:
    """A child with a resident id, living in that village and enrolled nowhere."""
    key, number = new_id(), document or resident_id(birth, sex)
    row = {
        "id": key,
        "division": residence,
        "name": name,
        "pinyin": pinyin_key(name),
        "sex": sex,
        "birth_date": birth,
        "document_type": "1",
        "document_sealed": KEYS.encrypt(number, key.bytes),
        "document_index": KEYS.blind(document_key("1", number)),
        "document_mask": f"{number[:3]}{'*' * 11}{number[-4:]}",
        "residence_division": residence,
        "synthetic": True,
    } | fields
    await insert(registry, "children", row)
    return key


async def enrolment(
    registry: Service,
    child: UUID,
    class_id: UUID,
    *,
    since: date | None = None,
    until: date = FOREVER,
    reason_out: str | None = None,
    **fields: Any,
) -> UUID:
    """The child in the class, from the first day of its school year unless said otherwise."""
    found = await registry.database.fetch("SELECT kindergarten, division, since FROM classes WHERE id = %s", class_id)
    kindergarten, division, begins = found[0]
    row = {
        "id": new_id(),
        "child": child,
        "class_id": class_id,
        "kindergarten": kindergarten,
        "division": division,
        "since": since or begins,
        "until": until,
        "reason_in": "new",
        "reason_out": reason_out or (None if until == FOREVER else "left"),
        "synthetic": True,
    } | fields
    await insert(registry, "enrolments", row)
    return UUID(str(row["id"]))


async def pupils(registry: Service, class_id: UUID, count: int, **fields: Any) -> list[UUID]:
    """That many children enrolled in the class."""
    made = [await child(registry, name=f"演示幼儿{number}", **fields) for number in range(count)]
    for each in made:
        await enrolment(registry, each, class_id)
    return made


async def tell(
    registry: Service,
    feed: str,
    *facts: tuple[str, str, Mapping[str, Any]],
    division: str = DISTRICT,
    again: bool = False,
) -> None:
    """Let another service's feed tell facts (type, subject, data) in one batch; `again` reads the feed from its start.

    The place of a fact in the feed is its place in all that was told.
    """
    consumers = {each.feed: each for each in following(registry.app, settings_for(registry.database))}
    if again:
        await registry.database.fetch("DELETE FROM feed_cursors WHERE feed = %s", feed)
    (after,) = (
        await registry.database.fetch("SELECT coalesce(max(position), 0) FROM feed_cursors WHERE feed = %s", feed)
    )[0]
    told = [
        {"type": kind, "subject": subject, "division": division, "data": dict(data), "sequence": after + number}
        for number, (kind, subject, data) in enumerate(facts, 1)
    ]
    assert await consumers[feed].apply(after, told, after + len(told))


async def division_of(registry: Service, kindergarten: UUID) -> str:
    """Where a kindergarten is."""
    found = await registry.database.fetch("SELECT division FROM kindergartens WHERE id = %s", kindergarten)
    return str(found[0][0])


async def insert(registry: Service, table: str, row: dict[str, Any]) -> None:
    """Store one row past every scope; triggers and constraints hold."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    values = [json.dumps(value) if isinstance(value, dict) else value for value in row.values()]
    await registry.database.fetch(statement.as_string(), *values)
