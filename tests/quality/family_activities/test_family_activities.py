"""家园社协同: activities with their partner, guidance confirmed family by family."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.family_activities.schemas import FamilyActivityOut, GuidanceNoticeOut, GuidanceNoticePage
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service

DAY = {"kind": "community", "on": str(given.TODAY), "topic": "社区亲子阅读", "partner": "社区图书馆"}
DAY |= {"summary": "共同开展"}


async def test_what_is_done_with_the_community_is_on_record(quality: Service):
    one = await given.kindergarten(quality)
    clerk = quality.client(("clerk", f"k:{one}"))
    new: dict[str, Any] = DAY | {"kindergarten": str(one), "families": 20, "others": 3}
    made = await clerk.post("/v1/family-activities", json=new)
    assert FamilyActivityOut.model_validate_json(made.content).partner == "社区图书馆"
    await clerk.post("/v1/family-activities", json=new | {"kind": "open_day", "partner": ""})
    page = await clerk.get("/v1/family-activities", params={"kind": "community"})
    assert len(page.json()["items"]) == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"partner": ""}, "partner-is-named"),
        ({"families": 0, "others": 0}, "somebody-came"),
        ({"on": str(given.TODAY + timedelta(1))}, "invalid-input"),
        ({"summary": "公布幼儿测评排名"}, "children-are-not-scored"),
    ],
)
async def test_an_activity_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], code: str):
    one = await given.kindergarten(quality)
    new = DAY | {"kindergarten": str(one), "families": 20} | change
    refused = await quality.client(("clerk", f"k:{one}")).post("/v1/family-activities", json=new)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_guidance_is_confirmed_family_by_family_and_nobody_is_listed(quality: Service):
    one = await given.kindergarten(quality)
    teacher, officer = quality.client(("teacher", f"k:{one}")), quality.client(given.OFFICER)
    first, second = str(new_id()), str(new_id())
    new = {
        "kindergarten": str(one),
        "kind": "school",
        "school_year": given.YEAR,
        "title": "入学准备",
        "content": "作息",
    }
    made = await teacher.post("/v1/guidance-notices", json=new | {"children": [first, second, first]})
    found = GuidanceNoticeOut.model_validate_json(made.content)
    assert (found.sent, found.confirmed, {str(each) for each in found.unconfirmed}) == (2, 0, {first, second})
    path = f"/v1/guidance-notices/{found.id}"
    for _ in range(2):
        assert (await teacher.put(f"{path}/confirmations/{first}")).status_code == 204
    assert (await teacher.put(f"{path}/confirmations/{new_id()}")).status_code == 404
    assert (await teacher.get(path)).json()["unconfirmed"] == [second]
    page = await officer.get("/v1/guidance-notices", params={"complete": "false"})
    (row,) = GuidanceNoticePage.model_validate_json(page.content).items
    assert (row.sent, row.confirmed) == (2, 1)
    assert first not in page.text
    assert (await officer.get(path)).status_code == 403
    await teacher.put(f"{path}/confirmations/{second}")
    assert (await officer.get("/v1/guidance-notices", params={"complete": "false"})).json()["items"] == []
