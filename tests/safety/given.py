"""The smallest valid rows of safety, and what the tests of all its concepts start from."""

import struct
import zlib
from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from psycopg import sql
from psycopg.types.json import Jsonb

from shared.ids import new_id
from shared.pinyin import pinyin_key
from tests.stack import Service

DISTRICT = "110116"
TOWN, OTHER_TOWN = "110116102", "110116103"
VILLAGE, OTHER_VILLAGE = "110116102001", "110116103001"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
OFFICER = ("safety_officer", DISTRICT)
INSPECTOR = ("inspector", DISTRICT)
LEADER = ("leader", DISTRICT)

_issued: Counter[str] = Counter()


async def insert(safety: Service, table: str, row: dict[str, Any]) -> None:
    """Store one row past every scope; triggers and constraints hold."""
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join(sql.Placeholder() * len(row)),
    )
    values = [Jsonb(value) if isinstance(value, dict) else value for value in row.values()]
    await safety.database.fetch(statement.as_string(), *values)


async def kindergarten(safety: Service, division: str = VILLAGE, **fields: Any) -> UUID:
    """A kindergarten as registry's feed would have told of it."""
    _issued["kindergarten"] += 1
    name = f"怀柔区第{_issued['kindergarten']}幼儿园(演示)"
    row = {
        "id": new_id(),
        "division": division,
        "name": name,
        "pinyin": pinyin_key(name),
        "type": "public",
        "status": "operating",
        "opened_on": date(2020, 9, 1),
        "synthetic": True,
        "registry_version": 1,
    } | fields
    await insert(safety, "kindergartens", row)
    return UUID(str(row["id"]))


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int = 2, height: int = 2, extra: bytes = b"") -> bytes:
    """A grey picture of that size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


async def photo(client: httpx.AsyncClient, kindergarten: UUID) -> str:
    """Upload a photo and return its id."""
    form = {"kindergarten": str(kindergarten)}
    answer = await client.post("/v1/files", data=form, files={"file": ("photo.png", png(), "image/png")})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def hazard(kindergarten: UUID, **fields: Any) -> dict[str, Any]:
    """The smallest body a hazard is reported with."""
    return {
        "kindergarten": str(kindergarten),
        "category": "fire",
        "place": "二层东侧楼梯",
        "description": "疏散通道堆放杂物",
        "synthetic": True,
    } | fields


def items() -> list[dict[str, Any]]:
    """Three points of a checklist, the second a key indicator."""
    shared = {"category": "fire", "legal_basis": "学前教育法第五十一条"}
    return [
        {"code": "1.1", "title": "疏散通道畅通", "weight": "5", "key": False, **shared},
        {"code": "1.2", "title": "消防设施完好", "weight": "3", "key": True, "hazard_item": "F-04", **shared},
        {"code": "2.1", "title": "出入登记", "weight": "2", "key": False, **shared},
    ]


async def checklist(
    safety: Service, code: str = "daily", use: str = "self_check", period: str | None = "daily", since: date = TODAY
) -> str:
    """A published checklist."""
    officer = safety.client(OFFICER)
    new = {"code": code, "title": "演示检查表", "use": use, "period": period, "document": "演示", "items": items()}
    made = await officer.post("/v1/checklists", json=new)
    assert made.status_code == 201, made.text
    answer = await officer.post(f"/v1/checklists/{made.json()['id']}/publications", json={"since": since.isoformat()})
    assert answer.status_code == 201, answer.text
    return str(made.json()["id"])


def answers(**results: str) -> list[dict[str, Any]]:
    """All in order, but for what is named (`i11="bad"` for 1.1)."""
    return [
        {"item": each["code"], "result": results.get("i" + each["code"].replace(".", ""), "ok")} for each in items()
    ]
