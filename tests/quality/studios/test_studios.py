"""工作室: members, term, tasks, results, review; a kindergarten sees the studios its people are in."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.quality.studios.schemas import StudioOut, StudioPage
from shared.ids import new_id
from tests.quality import given, matrix
from tests.stack import Service

RESULT = {"kind": "lesson", "title": "户外游戏观摩", "on": str(given.TODAY), "task": 0}
REVIEW = {"grade": "excellent", "note": "按期完成任务"}
LATER = str(given.TODAY + timedelta(900))


def new(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    body: dict[str, Any] = {"kind": "special_grade_teacher", "name": "王某特级教师工作室(演示)"}
    body |= {"kindergarten": str(kindergarten), "host": str(new_id()), "host_name": "王某", "host_account": "wang"}
    body |= {"since": str(given.TODAY.replace(day=1)), "tasks": [{"what": "每学期观摩两次", "due_on": LATER}]}
    return body | changes


async def set_up(quality: Service, kindergarten: UUID, **changes: Any) -> str:
    made = await quality.client(given.OFFICER).post("/v1/studios", json=new(kindergarten, **changes))
    assert made.status_code == 201, made.text
    return f"/v1/studios/{made.json()['id']}"


async def done(who: httpx.AsyncClient, path: str, **body: Any) -> StudioOut:
    answer = await who.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return StudioOut.model_validate_json(answer.content)


async def test_a_studio_has_members_results_and_a_review_at_the_end_of_its_term(quality: Service):
    home, other = await given.kindergarten(quality), await given.kindergarten(quality, division=given.OTHER_TOWN)
    path = await set_up(quality, home)
    officer, elsewhere = quality.client(given.OFFICER), quality.client(("principal", f"k:{other}"))
    assert (await elsewhere.get(path)).status_code == 404
    people = [{"staff": str(new_id()), "name": f"成员{n}", "kindergarten": str(k)} for n, k in enumerate((home, other))]
    assert (await done(officer, f"{path}/members", members=people)).members == 2
    seen = StudioOut.model_validate_json((await elsewhere.get(path)).content)
    assert ([each.name for each in seen.people], seen.host_name) == (["成员1"], "王某")
    nothing = await officer.post(f"{path}/reviews", json=REVIEW)
    assert nothing.json()["code"] == "no-results-yet"
    assert (await done(officer, f"{path}/results", **RESULT)).result_count == 1
    wrong = await officer.post(f"{path}/results", json=RESULT | {"task": 5})
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (422, "/task")
    host = await quality.client(given.OFFICER, sub="wang").post(f"{path}/reviews", json=REVIEW)
    assert host.json()["code"] == "another-person-needed"
    found = await done(officer, f"{path}/reviews", **REVIEW)
    assert (found.state, found.grade, found.reviewed_on) == ("reviewed", "excellent", given.TODAY)
    renewed = await done(officer, f"{path}/renewals", until=str(given.TODAY + timedelta(1500)), note="续一周期")
    assert (renewed.state, renewed.grade, [each.verb for each in renewed.steps][-2:]) == (
        "running",
        None,
        ["review", "renew"],
    )


async def test_who_stays_keeps_the_day_of_joining(quality: Service):
    home = await given.kindergarten(quality)
    path, officer = await set_up(quality, home), quality.client(given.OFFICER)
    stays, leaves = ({"staff": str(new_id()), "name": "甲", "kindergarten": str(home)} for _ in range(2))
    await done(officer, f"{path}/members", members=[stays, leaves])
    await quality.database.fetch("UPDATE studio_members SET since = '2024-09-01'")
    found = await done(officer, f"{path}/members", members=[stays | {"name": "甲(更名)"}])
    assert [(each.name, str(each.since)) for each in found.people] == [("甲(更名)", "2024-09-01")]


async def test_a_term_that_is_over_calls_for_its_review(quality: Service):
    home = await given.kindergarten(quality)
    path = await set_up(quality, home, since="2022-09-01", until="2024-09-01")
    officer = quality.client(given.OFFICER)
    due = StudioPage.model_validate_json(
        (await officer.get("/v1/studios", params={"review_due": "true", "kind": "special_grade_teacher"})).content
    )
    assert [each.review_due for each in due.items] == [True]
    late = await officer.post(f"{path}/members", json={"members": []})
    assert late.json()["code"] == "studio-term-over"
    taken = await officer.post("/v1/studios", json=new(home))
    assert taken.json()["code"] == "studio-name-taken"


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    home, other = await given.kindergarten(quality), await given.kindergarten(quality, division=given.OTHER_TOWN)
    path = await set_up(quality, home)
    member = {"staff": str(new_id()), "name": "成员", "kindergarten": str(other)}
    host = member | {"staff": str(new_id()), "kindergarten": str(home)}
    await done(quality.client(given.OFFICER), f"{path}/members", members=[member])
    states: dict[str, dict[str, Any]] = {
        "running": {"result_count": 1},
        "reviewed": {"result_count": 1, "grade": "qualified"},
        "closed": {},
    }
    bodies: dict[str, tuple[str, dict[str, Any]]] = {
        "set_members": ("members", {"members": [host]}),
        "record_result": ("results", RESULT),
        "review": ("reviews", REVIEW),
        "renew": ("renewals", {"until": str(given.TODAY + timedelta(1500)), "note": "续期"}),
        "close": ("closures", {"note": "结束"}),
    }
    concept = ("quality.studios.", "quality.training.read")
    beside = matrix.standing(concept, other, given.OTHER_TOWN)
    grants = [*matrix.standing(concept, home).values(), *beside.values()]
    cleanup = (
        "DELETE FROM steps; DELETE FROM studio_results; DELETE FROM studio_members; INSERT INTO studio_members"
        f" SELECT id, '{member['staff']}', '{other}', '{given.OTHER_TOWN}', '成员', since FROM studios"
    )
    wrong = await matrix.disagreements(
        quality, "studios", "/v1/studios", path.rpartition("/")[2], states, bodies, grants, cleanup
    )
    assert wrong == []
