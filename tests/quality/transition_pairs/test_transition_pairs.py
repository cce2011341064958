"""园校结对: dated pairs, joint activities with attendance, pilots and their results."""

from datetime import timedelta
from typing import Any

import pytest

from services.quality.primary_schools.schemas import PrimarySchoolOut, PrimarySchoolPage
from services.quality.transition_pairs.schemas import (
    TransitionActivityOut,
    TransitionActivityPage,
    TransitionPairOut,
    TransitionPairPage,
)
from services.quality.transition_pilots.schemas import TransitionPilotOut, TransitionPilotPage
from tests.quality import given
from tests.quality.transition_pairs.stage import OTHER_SCHOOL, SCHOOL, activity, pair, school
from tests.stack import Service


async def test_a_pair_stands_from_its_day_to_its_end_and_once_at_a_time(quality: Service):
    one = await given.kindergarten(quality)
    await school(quality)
    id_ = await pair(quality, one)
    officer = quality.client(given.OFFICER)
    new = {"kindergarten": str(one), "school": SCHOOL, "since": "2025-01-01", "agreement": "再结对"}
    again = await officer.post("/v1/transition-pairs", json=new)
    assert (again.status_code, again.json()["code"]) == (409, "pair-stands-already")
    early = await officer.post(f"/v1/transition-pairs/{id_}/ends", json={"on": "2024-09-01", "note": "调整"})
    assert (early.status_code, early.json()["code"]) == (409, "pair-ends-after-it-begins")
    ended = await officer.post(f"/v1/transition-pairs/{id_}/ends", json={"on": "2025-01-01", "note": "调整"})
    assert TransitionPairOut.model_validate_json(ended.content).ended_because == "调整"
    twice = await officer.post(f"/v1/transition-pairs/{id_}/ends", json={"on": "2025-02-01", "note": "调整"})
    assert (twice.status_code, twice.json()["code"]) == (409, "pair-has-ended")
    assert (await officer.post("/v1/transition-pairs", json=new)).status_code == 201

    async def standing(day: str) -> list[str]:
        page = await officer.get("/v1/transition-pairs", params={"as_of": day})
        return [str(each.since) for each in TransitionPairPage.model_validate_json(page.content).items]

    assert (await standing("2024-08-31"), await standing("2024-12-31")) == ([], ["2024-09-01"])
    assert await standing("2025-01-01") == ["2025-01-01"]
    found = await officer.get(f"/v1/primary-schools/{SCHOOL}")
    assert PrimarySchoolOut.model_validate_json(found.content).kindergartens == 1


async def test_schools_are_public_and_kept_by_whose_division_they_lie_in(quality: Service):
    one = await given.kindergarten(quality)
    await school(quality)
    await school(quality, OTHER_SCHOOL, division=given.OTHER_TOWN, zero_start=False)
    await pair(quality, one)
    principal = quality.client(("principal", f"k:{one}"))
    page = await principal.get("/v1/primary-schools", params={"paired": "false", "zero_start": "false"})
    assert [each.code for each in PrimarySchoolPage.model_validate_json(page.content).items] == [OTHER_SCHOOL]
    body = {"division": given.OTHER_TOWN, "name": "演示小学"}
    town = quality.client(("quality_officer", given.TOWN))
    assert (await town.put(f"/v1/primary-schools/{OTHER_SCHOOL}", json=body)).status_code == 404
    grab = body | {"division": given.TOWN}
    assert (await town.put(f"/v1/primary-schools/{OTHER_SCHOOL}", json=grab)).status_code == 404
    assert (await principal.put(f"/v1/primary-schools/{SCHOOL}", json=body)).status_code == 403
    assert (await town.put("/v1/primary-schools/12345", json=body)).status_code == 422
    closed = body | {"closed_on": "2024-01-01"}
    await quality.client(given.OFFICER).put(f"/v1/primary-schools/{OTHER_SCHOOL}", json=closed)
    new = {"kindergarten": str(one), "school": OTHER_SCHOOL, "since": "2025-01-01", "agreement": "结对"}
    assert (await quality.client(given.OFFICER).post("/v1/transition-pairs", json=new)).status_code == 404


async def test_joint_activities_are_recorded_with_who_was_there(quality: Service):
    one, other = await given.kindergarten(quality), await given.kindergarten(quality)
    await school(quality)
    id_ = await pair(quality, one)
    principal = quality.client(("principal", f"k:{one}"))
    made = await principal.post("/v1/transition-activities", json=activity(id_))
    assert made.status_code == 201, made.text
    assert TransitionActivityOut.model_validate_json(made.content).school_teachers == 3
    visit = activity(id_, kind="visit", school_teachers=0, children=60)
    assert (await principal.post("/v1/transition-activities", json=visit)).status_code == 201
    page = await principal.get("/v1/transition-activities", params={"kind": "visit"})
    assert [each.children for each in TransitionActivityPage.model_validate_json(page.content).items] == [60]
    stranger = quality.client(("principal", f"k:{other}"))
    assert (await stranger.get("/v1/transition-activities")).json()["items"] == []
    assert (await stranger.post("/v1/transition-activities", json=activity(id_))).status_code == 404


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"on": str(given.TODAY + timedelta(1))}, "invalid-input"),
        ({"on": "2024-08-31"}, "pair-did-not-stand"),
        ({"school_teachers": 0}, "both-sides-take-part"),
        ({"kind": "pupils", "kindergarten_teachers": 0}, "both-sides-take-part"),
        ({"summary": "对幼儿进行识字测试并排名"}, "children-are-not-scored"),
    ],
)
async def test_an_activity_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], code: str):
    await school(quality)
    id_ = await pair(quality, await given.kindergarten(quality))
    refused = await quality.client(given.OFFICER).post("/v1/transition-activities", json=activity(id_) | change)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_pilots_end_with_results_and_their_spread(quality: Service):
    one = await given.kindergarten(quality)
    await school(quality)
    officer = quality.client(given.OFFICER)
    new = {"level": "district", "topic": "入学准备实践研究", "since": "2024-09-01", "until": "2025-09-01"}
    for wrong in ({}, {"kindergarten": str(one), "school": SCHOOL}):
        refused = await officer.post("/v1/transition-pilots", json=new | wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, "pilot-names-one")
    made = await officer.post("/v1/transition-pilots", json=new | {"kindergarten": str(one)})
    at_school = await officer.post("/v1/transition-pilots", json=new | {"school": SCHOOL, "level": "city"})
    assert TransitionPilotOut.model_validate_json(made.content).overdue
    assert TransitionPilotOut.model_validate_json(at_school.content).name == "演示小学1"
    late = await officer.get("/v1/transition-pilots", params={"overdue": "true", "running_on": "2025-08-31"})
    assert len(TransitionPilotPage.model_validate_json(late.content).items) == 2
    ended = await officer.get("/v1/transition-pilots", params={"running_on": "2025-09-01"})
    assert ended.json()["items"] == []
    said = {"results": "形成入学准备课程", "spread": "全区推广"}
    done = await officer.post(f"/v1/transition-pilots/{made.json()['id']}/conclusions", json=said)
    assert (done.json()["results"], done.json()["overdue"]) == ("形成入学准备课程", False)
    again = await officer.post(f"/v1/transition-pilots/{made.json()['id']}/conclusions", json=said)
    assert (again.status_code, again.json()["code"]) == (409, "pilot-is-concluded")
    principal = quality.client(("principal", f"k:{one}"))
    assert len((await principal.get("/v1/transition-pilots")).json()["items"]) == 1
