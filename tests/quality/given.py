"""The smallest valid rows of quality, stored as the superuser: what a test starts from, not what it is about."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from psycopg import sql
from psycopg.types.json import Jsonb

from services.quality.app import following
from shared.ids import new_id
from shared.pinyin import pinyin_key
from tests.stack import Service, settings_for

DISTRICT = "110116"
TOWN, OTHER_TOWN = "110116102", "110116103"
VILLAGE = "110116102001"
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()
YEAR = TODAY.year
OFFICER, LEADER = ("quality_officer", DISTRICT), ("leader", DISTRICT)


async def insert(service: Service, table: str, **values: Any) -> None:
    row = {name: Jsonb(value) if isinstance(value, dict) else value for name, value in values.items()}
    statement = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, row)),
        sql.SQL(", ").join([sql.Placeholder()] * len(row)),
    )
    await service.database.fetch(statement.as_string(), *row.values())


async def kindergarten(service: Service, **values: Any) -> UUID:
    """A kindergarten as registry told of it."""
    row: dict[str, Any] = {
        "id": new_id(),
        "division": VILLAGE,
        "name": "测试幼儿园",
        "type": "public",
        "status": "operating",
        "opened_on": date(2020, 9, 1),
        "synthetic": True,
        "registry_version": 1,
    }
    row |= values
    row.setdefault("pinyin", pinyin_key(row["name"]))
    await insert(service, "kindergartens", **row)
    return UUID(str(row["id"]))


async def tell(service: Service, feed: str, kind: str, data: Mapping[str, Any]) -> None:
    """Let another service's feed tell one fact."""
    consumers = {each.feed: each for each in following(service.app, settings_for(service.database))}
    (after,) = (
        await service.database.fetch("SELECT coalesce(max(position), 0) FROM feed_cursors WHERE feed = %s", feed)
    )[0]
    assert await consumers[feed].apply(after, [{"type": kind, "data": dict(data)}], after + 1)


async def events(service: Service, kind: str) -> list[dict[str, Any]]:
    """What was announced under that type, oldest first."""
    rows = await service.database.fetch("SELECT data FROM events WHERE type = %s ORDER BY seq", kind)
    return [data for (data,) in rows]
