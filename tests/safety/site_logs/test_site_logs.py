"""The books of the site: who came and left, who took a child home, and rounds that were not made."""

from datetime import timedelta
from typing import Any

from services.safety.site_logs.schemas import PatrolGap, SiteLogOut, SiteLogPage
from shared.days import now
from shared.workdays import is_working_day
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service


async def test_who_comes_through_the_gate_is_inside_until_leaving(safety: Service):
    garden = await given.kindergarten(safety)
    clerk = safety.client(("clerk", f"k:{garden}"))
    new: dict[str, Any] = {
        "kindergarten": str(garden),
        "kind": "gate_person",
        "label": "电梯维保公司",
        "purpose": "检修",
    }
    answer = await clerk.post("/v1/site-logs", json=new | {"at": (now() - timedelta(hours=1)).isoformat()})
    assert answer.status_code == 201, answer.text
    entry = SiteLogOut.model_validate_json(answer.content)
    inside = await safety.client(OFFICER).get("/v1/site-logs", params={"inside": True})
    assert [each.id for each in SiteLogPage.model_validate_json(inside.content).items] == [entry.id]
    early = {"at": (now() - timedelta(hours=2)).isoformat()}
    assert (await clerk.post(f"/v1/site-logs/{entry.id}/exits", json=early)).json()["code"] == "leaves-after-it-came"
    assert (await clerk.post(f"/v1/site-logs/{entry.id}/exits", json={})).status_code == 201
    assert (await clerk.post(f"/v1/site-logs/{entry.id}/exits", json={})).json()["code"] == "nobody-to-leave"
    assert (await clerk.get("/v1/site-logs", params={"inside": True})).json()["items"] == []
    future = await clerk.post("/v1/site-logs", json=new | {"at": (now() + timedelta(hours=1)).isoformat()})
    assert future.status_code == 422
    other = safety.client(("town_officer", given.OTHER_TOWN))
    assert (await other.get("/v1/site-logs")).json()["items"] == []


async def test_a_child_is_handed_to_nobody_who_is_not_authorised(safety: Service):
    garden = await given.kindergarten(safety)
    teacher = safety.client(("teacher", f"k:{garden}"))
    new = {"kindergarten": str(garden), "kind": "hand_over", "label": "小一班 祖父"}
    assert (await teacher.post("/v1/site-logs", json=new)).status_code == 422
    refused = await teacher.post("/v1/site-logs", json=new | {"authorised": False})
    assert (refused.status_code, refused.json()["code"]) == (409, "collector-not-authorised")
    assert (await teacher.post("/v1/site-logs", json=new | {"authorised": True})).status_code == 201
    assert len((await teacher.get("/v1/site-logs", params={"kind": "hand_over"})).json()["items"]) == 1


async def test_fewer_than_five_rounds_a_day_is_a_gap(safety: Service):
    garden, other = await given.kindergarten(safety), await given.kindergarten(safety)
    day = TODAY - timedelta(1)
    while not is_working_day(day):
        day -= timedelta(1)
    clerk, officer = safety.client(("clerk", f"k:{garden}")), safety.client(OFFICER)
    asked = {"since": str(day), "until": str(day)}
    for number in range(5):
        gaps = [PatrolGap.model_validate(each) for each in (await officer.get("/v1/patrol-gaps", params=asked)).json()]
        assert {(each.kindergarten, each.rounds) for each in gaps} == {(garden, number), (other, 0)}
        new = {
            "kindergarten": str(garden),
            "kind": "patrol",
            "label": "围墙",
            "at": f"{day}T{8 + number:02}:00:00+08:00",
        }
        assert (await clerk.post("/v1/site-logs", json=new)).status_code == 201
    left = (await officer.get("/v1/patrol-gaps", params=asked)).json()
    assert [each["kindergarten"] for each in left] == [str(other)]
    long = await officer.get("/v1/patrol-gaps", params=asked | {"since": str(day - timedelta(40))})
    assert long.status_code == 422
