"""Certified headcounts and posts, as registry tells of them."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from shared.contracts.registry import HEADCOUNT_CERTIFIED, POST_BEGAN
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service


async def certified(
    service: Service, kindergarten: UUID, classes: Mapping[UUID, int], month: date = date(2026, 9, 1), revision: int = 1
) -> None:
    rows = [
        {"class_id": str(id_), "kind": "small", "children": n, "last_year_children": 0, "child_days": 0}
        for id_, n in classes.items()
    ]
    fact = {"kindergarten": str(kindergarten), "division": given.VILLAGE, "month": str(month), "revision": revision}
    fact |= {"count_day": str(month), "open_days": 20, "classes": rows, "certified_by": "x", "hash": "x"}
    await given.tell(service, "registry", HEADCOUNT_CERTIFIED, fact)


async def posted(service: Service, kindergarten: UUID, count: int, since: str = "2020-09-01") -> None:
    for _ in range(count):
        fact: dict[str, object] = {"id": str(new_id()), "person": str(new_id()), "kindergarten": str(kindergarten)}
        fact |= {
            "role": "teacher",
            "class_id": None,
            "employment": "contract",
            "full_time": True,
            "since": since,
            "until": None,
        }
        await given.tell(service, "registry", POST_BEGAN, fact | {"reason_out": None, "synthetic": True, "version": 1})
