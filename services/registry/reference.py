"""What the registry knows before anyone registers: divisions, code lists and the plan, as the files have them."""

from collections.abc import Iterator
from typing import Any

import psycopg

from services.registry import data
from services.registry.plans import reference as plans
from shared import codes
from shared.pinyin import pinyin_key
from shared.tables import FOREVER

_division = """
INSERT INTO divisions
  (code, name, usual_name, pinyin, level, kind, parent, zone, zone_source, latitude, longitude, since, until, source)
VALUES (%(code)s, %(name)s, %(usual_name)s, %(pinyin)s, %(level)s, %(kind)s, %(parent)s, %(zone)s, %(zone_source)s,
  %(latitude)s, %(longitude)s, %(since)s, %(until)s, %(source)s)
ON CONFLICT (code) DO UPDATE SET name = excluded.name, usual_name = excluded.usual_name,
  pinyin = excluded.pinyin, level = excluded.level,
  kind = excluded.kind, parent = excluded.parent, zone = excluded.zone, zone_source = excluded.zone_source,
  latitude = excluded.latitude, longitude = excluded.longitude, since = excluded.since, until = excluded.until,
  source = excluded.source
"""


def load(owner_url: str) -> None:
    """Bring the reference tables to the state of the files, as the owner; running it again changes nothing."""
    with psycopg.connect(owner_url) as connection:
        with connection.cursor() as cursor:
            cursor.executemany(_division, list(divisions()))
        codes.load(connection, data.FOLDER / "codes")
        plans.load(connection)


def divisions() -> Iterator[dict[str, Any]]:
    """Rows of the table of divisions, parents first."""
    for row in data.rows("divisions"):
        yield {
            "code": row["code"],
            "name": row["name"],
            "usual_name": row["usual_name"] if row["usual_name"] != row["name"] else "",
            "pinyin": pinyin_key(row["name"]),
            "level": row["level"],
            "kind": row["kind"],
            "parent": row["parent"] or None,
            "zone": row["zone"] or None,
            "zone_source": row["zone_source"],
            "latitude": row["latitude"] or None,
            "longitude": row["longitude"] or None,
            "since": row["valid_since"],
            "until": row["valid_until"] or FOREVER,
            "source": row["source"],
        }
