"""A kindergarten that moves into another division takes along what is known of it."""

from shared.contracts.registry import KINDERGARTEN_CHANGED
from tests.quality import given
from tests.quality.annual_inspections.office import Office
from tests.quality.ethics_cases.desk import Desk
from tests.stack import Service


async def test_its_new_town_sees_it_and_its_old_one_no_longer_does(quality: Service):
    one = await given.kindergarten(quality)
    case = await Desk(quality, one).reported()
    inspection = await Office(quality, one).begin()
    await inspection.assessed("I02")
    old = quality.client(("town_officer", given.TOWN))
    new = quality.client(("town_officer", given.OTHER_TOWN))
    path = f"/v1/annual-inspections/{inspection.id}"
    assert ((await old.get(path)).status_code, (await new.get(path)).status_code) == (200, 404)
    fact: dict[str, object] = {
        "id": str(one),
        "division": given.OTHER_TOWN,
        "name": "测试幼儿园",
        "pinyin": "x",
        "type": "public",
    }
    fact |= {"status": "operating", "opened_on": None, "closed_on": None}
    await given.tell(quality, "registry", KINDERGARTEN_CHANGED, fact | {"synthetic": True, "version": 2})
    assert ((await old.get(path)).status_code, (await new.get(path)).status_code) == (404, 200)
    moved = (await new.get(path)).json()
    assert (len(moved["items"]), len(moved["steps"])) == (20, 2)
    assert await case.seen(case.handler) == [case.id]
    rows = await quality.database.fetch("SELECT division FROM ethics_cases")
    assert rows == [(given.OTHER_TOWN,)]


async def test_every_table_that_names_kindergarten_and_division_moves(quality: Service):
    named = await quality.database.fetch(
        "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'division'"
        " INTERSECT SELECT table_name FROM information_schema.columns WHERE column_name = 'kindergarten'"
    )
    platform = {"access_log", "events", "jobs", "row_history"}
    ((body,),) = await quality.database.fetch("SELECT prosrc FROM pg_proc WHERE proname = 'move_kindergarten'")
    left = {name for (name,) in named if f"UPDATE {name} " not in body} - platform
    assert left == set()
