"""The list that came with this release, brought in by a migration. It is illustrative: no official list was found."""

from datetime import date
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from services.quality import data
from services.quality.equipment.models import EquipmentEdition, EquipmentItem

EDITION = {
    "edition": "illustrative-2023",
    "title": "玩教具配备目录(演示)",
    "document": "国家与北京市配备目录未取得;此为演示目录,由区教委导入正式目录",
    "tag": "illustrative",
    "since": date(2023, 1, 1),
    "published_by": "release",
}


def load(connection: Connection) -> None:
    """Add the edition when it is not there."""
    connection.execute(insert(EquipmentEdition).values(EDITION).on_conflict_do_nothing())
    for row in data.rows("equipment_items"):
        made: dict[str, Any] = {name: row[name] for name in ("edition", "code", "area", "name", "unit", "per")}
        made |= {"kinds": [each for each in row["kinds"].split(";") if each], "least": int(row["least"])}
        connection.execute(insert(EquipmentItem).values(made).on_conflict_do_nothing())
