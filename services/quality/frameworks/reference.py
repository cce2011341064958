"""The published frameworks that came with this release, brought in by a migration."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import insert

from services.quality import data
from services.quality.frameworks.models import Framework, FrameworkItem
from shared.ids import new_id
from shared.tables import FOREVER


def load(connection: Connection) -> None:
    """Add the editions that are not there yet; one that is there stays as it is."""
    items = data.rows("framework_items")
    for row in data.rows("frameworks"):
        made: dict[str, Any] = {**row, "issued_on": row["issued_on"] or None, "id": new_id(), "state": "published"}
        made |= {"until": FOREVER, "division": ""}
        added = insert(Framework).values(made).on_conflict_do_nothing().returning(Framework.id)
        if connection.execute(added).scalar() is not None:
            own = [each for each in items if (each["framework"], each["edition"]) == (row["code"], row["edition"])]
            connection.execute(insert(FrameworkItem), list(_items(made["id"], own)))


def _items(framework: Any, rows: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    for place, row in enumerate(rows):
        yield {
            "framework": framework,
            "code": row["code"],
            "parent": row["parent"],
            "place": place,
            "level": row["level"],
            "text": row["text"] or None,
            "text_status": row["text_status"],
            "tag": row["tag"],
            "source": row["source"],
            "weight": row["weight"] or None,
            "answer": row["answer"],
            "hard": row["hard"] == "yes",
            "fed_by": row["fed_by"] or None,
            "based_on": [each for each in row["based_on"].split(";") if each],
            "division": "",
        }
