"""教研员: who they are, how much each answers for, and the posts the district plans."""

from datetime import timedelta
from typing import Any

from services.quality.research_activities.schemas import AnswerTimes
from services.quality.researchers.schemas import ResearcherPage, ResearcherPosts
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.quality import given
from tests.quality.guidance_visits.test_guidance_visits import visit
from tests.stack import Service

PUT: dict[str, Any] = {
    "name": "李某",
    "full_time": True,
    "title": "高级教师",
    "teaching_since": 2001,
    "since": "2023-09-01",
}


async def test_a_researcher_shows_zones_load_visits_and_answers_of_the_term(quality: Service):
    officer, who = quality.client(given.OFFICER), quality.client(("inspector", given.DISTRICT), sub="li")
    places = [await given.kindergarten(quality) for _ in range(13)]
    assert (await officer.put("/v1/researchers/li", json=PUT | {"honours": ["市级优秀教研员"]})).status_code == 200
    for name, kind, mine in (("城区片", "zone", places), ("游戏联盟", "alliance", places[:3])):
        zone = {"name": name, "kind": kind, "researcher": "li", "researcher_name": "李某", "leader": str(places[0])}
        made = (await officer.post("/v1/research-zones", json=zone)).json()["id"]
        members = {"kindergartens": [str(each) for each in mine]}
        await officer.put(f"/v1/research-zones/{made}/members", json=members)
    for place in (places[0], places[0], places[1]):
        await who.post("/v1/guidance-visits", json=visit(place))
    asked = {"kindergarten": str(places[0]), "question": "幼儿不愿参加集体活动怎么办?"}
    question = (await officer.post("/v1/teacher-questions", json=asked)).json()["id"]
    await who.post(f"/v1/teacher-questions/{question}/answers", json={"answer": "尊重差异,小步引导。", "shared": True})
    answer = await officer.get("/v1/researchers", params={"overloaded": "true"})
    (found,) = ResearcherPage.model_validate_json(answer.content).items
    assert (sorted(found.zones), found.kindergartens, found.overloaded) == (["城区片", "游戏联盟"], 13, True)
    assert (found.visits, found.kindergartens_visited, found.answers, found.answers_late) == (3, 2, 1, 0)
    figure = (await officer.get("/v1/research-coverage/figure")).json()
    assert (figure["alliances"], figure["alliances_planned"], figure["in_a_zone"]) == (1, 5, 13)
    alliances = (await officer.get("/v1/research-zones", params={"kind": "alliance"})).json()
    assert [(each["name"], len(each["kindergartens"])) for each in alliances] == [("游戏联盟", 3)]
    member = (await quality.client(("principal", f"k:{places[1]}")).get("/v1/research-zones")).json()
    assert {each["name"] for each in member} == {"城区片", "游戏联盟"}


async def test_planned_posts_are_set_against_who_fills_them_today(quality: Service):
    officer = quality.client(given.OFFICER)
    for account, changes in (("li", {}), ("wu", {"full_time": False}), ("old", {"ended_on": "2024-01-01"})):
        await officer.put(f"/v1/researchers/{account}", json=PUT | changes)
    found = ResearcherPosts.model_validate_json((await officer.get("/v1/researchers/posts")).content)
    assert (found.planned, found.filled, found.full_time, found.vacant, found.tag) == (2, 2, 1, 0, "illustrative")
    wrong = await officer.put("/v1/researchers/li", json=PUT | {"ended_on": "2023-08-31"})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/ended_on")


async def test_how_fast_questions_are_answered_is_measured(quality: Service):
    one = await given.kindergarten(quality)
    for days, due in ((1, 5), (3, 5), (9, 5), (None, -1), (None, 5)):
        row = {"id": new_id(), "kindergarten": one, "division": given.VILLAGE, "question": "问题", "asked_by": "t"}
        asked = given.TODAY - timedelta(20)
        row |= {"asked_on": asked, "due_on": asked + timedelta(due) if due > 0 else given.TODAY - timedelta(1)}
        if days is None and due > 0:
            row["due_on"] = add_working_days(given.TODAY, 1)
        if days is not None:
            row |= {"answered_on": asked + timedelta(days), "answer": "答", "answered_by": "li"}
        await given.insert(quality, "teacher_questions", **row)
    answer = await quality.client(given.OFFICER).get("/v1/teacher-questions/answer-times")
    found = AnswerTimes.model_validate_json(answer.content)
    assert found == AnswerTimes(asked=5, answered=3, in_time=2, overdue=1, median_days=3.0, longest_days=9)
