"""人才: dated titles by document, and the steps of the ladder, none of which is rewritten."""

from typing import Any

from services.quality.talents.schemas import LadderStepPage, TalentOut, TalentPage
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service


async def test_a_title_is_held_from_its_day_until_it_ends_with_the_reason(quality: Service):
    one, staff, officer = await given.kindergarten(quality), new_id(), quality.client(given.OFFICER)
    new = {"staff": str(staff), "kindergarten": str(one), "title": "backbone_teacher", "level": "district"}
    new |= {"since": "2024-09-01", "document": "怀教人〔2024〕1号(演示)"}
    made = await officer.post("/v1/talents", json=new)
    talent = TalentOut.model_validate_json(made.content)
    assert (talent.title, talent.until, talent.stage) == ("backbone_teacher", None, None)
    again = await officer.post("/v1/talents", json=new | {"since": "2025-09-01"})
    assert again.json()["code"] == "title-is-held"
    for day, held in (("2024-08-31", 0), ("2024-09-01", 1), ("2026-08-31", 1)):
        page = await officer.get("/v1/talents", params={"as_of": day, "title": "backbone_teacher"})
        assert len(TalentPage.model_validate_json(page.content).items) == held
    path = f"/v1/talents/{talent.id}/endings"
    early = await officer.post(path, json={"on": "2024-09-01", "reason": "调出"})
    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (422, "/on")
    ended = await officer.post(path, json={"on": "2026-09-01", "reason": "调出本区"})
    assert (ended.json()["until"], ended.json()["reason_out"]) == ("2026-09-01", "调出本区")
    assert (await officer.post(path, json={"on": "2026-09-01", "reason": "x"})).json()["code"] == "talent-ended"
    assert (await officer.post("/v1/talents", json=new | {"since": "2026-10-01"})).status_code == 201
    refused = await quality.client(("principal", f"k:{one}")).post("/v1/talents", json=new)
    assert refused.status_code == 403


async def test_a_step_of_the_ladder_ends_where_the_next_begins(quality: Service):
    one, staff, officer = await given.kindergarten(quality), new_id(), quality.client(given.OFFICER)
    for since, stage in (("2020-09-01", "new"), ("2023-09-01", "competent"), ("2026-09-01", "backbone")):
        put = {"kindergarten": str(one), "stage": stage, "basis": "考核"}
        assert (await officer.put(f"/v1/ladder-steps/{staff}/{since}", json=put)).status_code == 200
    late = await officer.put(
        f"/v1/ladder-steps/{staff}/2024-09-01", json={"kindergarten": str(one), "stage": "leader", "basis": "x"}
    )
    assert late.json()["code"] == "later-step-is-recorded"
    page = await officer.get("/v1/ladder-steps", params={"staff": str(staff), "sort": "since"})
    steps = LadderStepPage.model_validate_json(page.content).items
    assert [(each.stage, str(each.since), each.until and str(each.until)) for each in steps] == [
        ("new", "2020-09-01", "2023-09-01"),
        ("competent", "2023-09-01", "2026-09-01"),
        ("backbone", "2026-09-01", None),
    ]
    then = await officer.get("/v1/ladder-steps", params={"as_of": "2026-08-31"})
    assert [each["stage"] for each in then.json()["items"]] == ["competent"]
    figures = (await officer.get("/v1/ladder-steps/figures")).json()
    assert [(each["stage"], each["staff"]) for each in figures] == [
        ("new", 0),
        ("competent", 0),
        ("backbone", 1),
        ("leader", 0),
        ("special", 0),
    ]


async def test_a_training_for_a_step_takes_who_stands_on_it(quality: Service):
    one, officer = await given.kindergarten(quality), quality.client(given.OFFICER)
    ready, novice = new_id(), new_id()
    put = {"kindergarten": str(one), "stage": "backbone", "basis": "区级认定"}
    await officer.put(f"/v1/ladder-steps/{ready}/2020-09-01", json=put)
    new: dict[str, Any] = {
        "level": "district",
        "topic": "leadership",
        "title": "带头人培养对象研修",
        "provider": "研修中心",
    }
    new |= {"posts": ["teacher"], "stages": ["backbone"], "on": str(given.TODAY), "hours": "6", "places": 9}
    path = f"/v1/trainings/{(await officer.post('/v1/trainings', json=new)).json()['id']}"
    seat = {"kindergarten": str(one), "post": "teacher"}
    assert (await officer.put(f"{path}/places/{ready}", json=seat)).status_code == 200
    refused = await officer.put(f"{path}/places/{novice}", json=seat)
    assert (refused.status_code, refused.json()["code"]) == (422, "stage-not-addressed")
    listed = await officer.get("/v1/trainings", params={"stage": "backbone"})
    assert [each["title"] for each in listed.json()["items"]] == ["带头人培养对象研修"]
