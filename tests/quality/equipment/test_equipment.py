"""玩教具: a dated list, an inventory by place, the gap line by line, equal to an independent count."""

import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from services.quality import data
from services.quality.equipment.schemas import EquipmentCoveragePage, EquipmentGapPage, EquipmentListOut
from tests.quality import given
from tests.quality.evaluations.team import classes
from tests.stack import Service

LINES = data.rows("equipment_items")


async def house(service: Service, **kinds: int) -> tuple[UUID, dict[UUID, str]]:
    one = await given.kindergarten(service)
    await classes(service, one, **(kinds or {"small": 1, "large": 1}))
    rows = await service.database.fetch("SELECT id, kind FROM classes WHERE kindergarten = %s", one)
    return one, dict(rows)


def wanted(groups: dict[UUID, str]) -> dict[tuple[str, str], int]:
    """What the list asks of these classes and their kindergarten, worked out by hand."""
    asked: dict[tuple[str, str], int] = {}
    for row in LINES:
        if row["per"] == "kindergarten":
            asked["shared", row["code"]] = int(row["least"])
        else:
            for id_, kind in groups.items():
                if not row["kinds"] or kind in row["kinds"].split(";"):
                    asked[str(id_), row["code"]] = int(row["least"])
    return asked


async def test_gaps_equal_an_independent_count(quality: Service):
    chance = random.Random(3)  # noqa: S311  # a repeatable inventory
    one, groups = await house(quality)
    teacher = quality.client(("teacher", f"k:{one}"))
    gaps: dict[tuple[str, str], int] = {}
    for (place, item), least in wanted(groups).items():
        usable = chance.choice([0, least - 1, least, least + 1])
        if usable:
            put = {"quantity": usable + 3, "usable": usable}
            done = await teacher.put(f"/v1/equipment/{one}/{place}/{item}", json=put)
            assert done.status_code == 200, done.text
        gaps[place, item] = max(least - usable, 0)
    page = await teacher.get("/v1/equipment-gaps", params={"limit": 500})
    found = EquipmentGapPage.model_validate_json(page.content).items
    assert {(each.place, each.code): each.gap for each in found} == gaps
    short = await teacher.get("/v1/equipment-gaps", params={"limit": 500, "short": "true", "count": "true"})
    assert short.json()["total"] == sum(gap > 0 for gap in gaps.values())
    covered = await teacher.get("/v1/equipment-coverage")
    (row,) = EquipmentCoveragePage.model_validate_json(covered.content).items
    met = sum(gap == 0 for gap in gaps.values())
    assert (row.lines, row.met, row.met_percent) == (len(gaps), met, f"{100 * met / len(gaps):.2f}")
    assert row.complete is False
    other = quality.client(("teacher", f"k:{await given.kindergarten(quality)}"))
    assert str(one) not in (await other.get("/v1/equipment-gaps")).text


async def test_what_cannot_be_counted_there_is_refused(quality: Service):
    one, groups = await house(quality)
    group = next(iter(groups))
    teacher = quality.client(("teacher", f"k:{one}"))
    put = {"quantity": 1, "usable": 1}
    for path, status, code in (
        (f"{one}/shared/C01", 422, "item-stands-elsewhere"),
        (f"{one}/{group}/P01", 422, "item-stands-elsewhere"),
        (f"{one}/{group}/Z99", 404, "not-found"),
        (f"{one}/{one}/C01", 404, "not-found"),
        (f"{one}/{'-' * 36}/C01", 422, "invalid-input"),
        (f"{await given.kindergarten(quality)}/shared/P01", 404, "not-found"),
    ):
        refused = await teacher.put(f"/v1/equipment/{path}", json=put)
        assert (refused.status_code, refused.json()["code"]) == (status, code), path
    broken = await teacher.put(f"/v1/equipment/{one}/{group}/C01", json=put | {"usable": 2})
    assert (broken.status_code, broken.json()["code"]) == (409, "usable-are-among-all")


async def test_the_district_enters_its_own_list_from_a_day_on(quality: Service):
    officer = quality.client(given.OFFICER)
    first = EquipmentListOut.model_validate_json((await officer.get("/v1/equipment-list")).content)
    assert (first.tag, len(first.items)) == ("illustrative", len(LINES))
    line: dict[str, Any] = {"code": "P01", "area": "sport", "name": "攀爬架", "unit": "套", "per": "kindergarten"}
    new: dict[str, Any] = {"edition": "district-2026", "title": "区目录", "document": "区教委文件"}
    new |= {"since": str(given.TODAY), "items": [line | {"least": 2}]}
    twice = await officer.post("/v1/equipment-lists", json=new | {"items": [line | {"least": 2}] * 2})
    assert (twice.status_code, twice.json()["code"]) == (422, "item-is-listed-twice")
    try:
        made = await officer.post("/v1/equipment-lists", json=new)
        assert (made.status_code, made.json()["tag"]) == (201, "entered"), made.text
        await given.kindergarten(quality)
        (gap,) = (await officer.get("/v1/equipment-gaps")).json()["items"]
        assert (gap["name"], gap["gap"]) == ("攀爬架", 2)
        before = str(given.TODAY - timedelta(1))
        former = await officer.get("/v1/equipment-list", params={"as_of": before})
        assert former.json()["edition"] == first.edition
        behind = await officer.post("/v1/equipment-lists", json=new | {"edition": "x", "since": before})
        assert (behind.status_code, behind.json()["code"]) == (409, "equipment-list-followed")
    finally:
        await quality.database.fetch("DELETE FROM equipment_items WHERE edition = 'district-2026'")
        await quality.database.fetch("DELETE FROM equipment_editions WHERE edition = 'district-2026'")
        await quality.database.fetch("UPDATE equipment_editions SET until = NULL")
    none = await officer.get("/v1/equipment-list", params={"as_of": "2022-12-31"})
    assert none.status_code == 404
