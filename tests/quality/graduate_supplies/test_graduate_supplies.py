"""人才供给: school, major, intake, graduates, placed in the district (三(一)4-b, 三(四)2-a)."""

from services.quality.graduate_supplies.schemas import GraduateSupplyPage
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service

PUT = {"nursery": True, "intake": 60, "graduates": 48, "placed": 12, "source": "学校报表(演示)"}
PATH = "/v1/graduate-supplies/京北职业技术学院/婴幼儿托育服务与管理"


async def test_figures_of_a_major_and_year_are_entered_once_and_put_right(quality: Service):
    officer = quality.client(given.OFFICER)
    made = await officer.put(f"{PATH}/2025", json=PUT)
    assert (made.status_code, made.json()["placed_percent"]) == (200, "25.00")
    await officer.put(f"{PATH}/2025", json=PUT | {"placed": 24, "measure": "定向培养"})
    await officer.put(f"{PATH}/2024", json=PUT | {"graduates": 0, "placed": 0})
    answer = await officer.get("/v1/graduate-supplies", params={"nursery": "true", "school": "京北职业技术学院"})
    page = GraduateSupplyPage.model_validate_json(answer.content)
    assert [(each.year, each.placed_percent) for each in page.items] == [(2025, "50.00"), (2024, None)]


async def test_no_more_are_placed_than_graduated(quality: Service):
    officer = quality.client(given.OFFICER)
    refused = await officer.put(f"{PATH}/2025", json=PUT | {"placed": 49})
    assert (refused.status_code, refused.json()["code"]) == (409, "placed-are-graduates")
    assert (await quality.client(("principal", f"k:{new_id()}")).put(f"{PATH}/2025", json=PUT)).status_code == 403
