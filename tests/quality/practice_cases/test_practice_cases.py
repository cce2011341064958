"""案例库与交流研讨: another person takes a case in, then everybody reads it; seminars are held on their day."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from services.quality.practice_cases.schemas import PracticeCaseOut, PracticeCasePage, SeminarDetail, SeminarPage
from tests.quality import given, matrix
from tests.stack import Service

NOTE = {"note": "可供借鉴"}
CAME = {"kindergartens": 12, "participants": 40, "summary": "交流三个案例"}


async def submitted(service: Service) -> tuple[UUID, str]:
    one = await given.kindergarten(service)
    new = {"kindergarten": str(one), "topic": "transition", "title": "书包整理", "content": "从游戏出发"}
    made = await service.client(("teacher", f"k:{one}"), sub="author").post("/v1/practice-cases", json=new)
    assert made.status_code == 201, made.text
    scored = new | {"content": "幼儿测试平均得分提高"}
    refused = await service.client(("teacher", f"k:{one}")).post("/v1/practice-cases", json=scored)
    assert refused.json()["code"] == "children-are-not-scored"
    return one, str(made.json()["id"])


def seminar(*cases: str, **changes: Any) -> dict[str, Any]:
    new: dict[str, Any] = {"topic": "transition", "title": "衔接经验交流", "on": str(given.TODAY), "place": "进修学校"}
    return new | {"cases": list(cases)} | changes


async def test_an_accepted_case_is_everybodys_to_read_and_a_seminars_to_discuss(quality: Service):
    one, id_ = await submitted(quality)
    other = quality.client(("teacher", f"k:{await given.kindergarten(quality)}"))
    author, officer = quality.client(("teacher", f"k:{one}"), sub="author"), quality.client(given.OFFICER)
    path = f"/v1/practice-cases/{id_}"
    assert (await other.get(path)).status_code == 404
    early = await officer.post("/v1/seminars", json=seminar(id_))
    assert (early.status_code, early.json()["errors"][0]["pointer"]) == (404, "/cases/0")
    taken = await officer.post(f"{path}/acceptances", json=NOTE)
    assert PracticeCaseOut.model_validate_json(taken.content).state == "accepted"
    page = await other.get("/v1/practice-cases", params={"topic": "transition"})
    assert [str(each.id) for each in PracticeCasePage.model_validate_json(page.content).items] == [id_]
    assert (await other.post(f"{path}/withdrawals", json=NOTE)).status_code == 403
    planned = await officer.post("/v1/seminars", json=seminar(id_))
    done = await officer.post(f"/v1/seminars/{planned.json()['id']}/attendances", json=CAME)
    assert SeminarDetail.model_validate_json(done.content).participants == 40
    calendar = await other.get("/v1/seminars", params={"state": "held"})
    assert len(SeminarPage.model_validate_json(calendar.content).items) == 1
    assert (await author.post(f"{path}/withdrawals", json=NOTE)).json()["state"] == "withdrawn"
    assert (await other.get(path)).status_code == 404


async def test_of_cases_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, id_ = await submitted(quality)
    other = await given.kindergarten(quality, division=given.OTHER_TOWN)
    states: dict[str, dict[str, Any]] = {each: {} for each in ("submitted", "accepted", "declined", "withdrawn")}
    bodies = {"accept": ("acceptances", NOTE), "decline": ("refusals", NOTE), "withdraw": ("withdrawals", NOTE)}
    beside = matrix.standing("quality.practice", other, given.OTHER_TOWN)
    grants = [*matrix.standing("quality.practice", one).values(), *beside.values()]
    assert (
        await matrix.disagreements(quality, "practice_cases", "/v1/practice-cases", id_, states, bodies, grants) == []
    )


async def test_of_seminars_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one = await given.kindergarten(quality)
    made = await quality.client(given.OFFICER).post("/v1/seminars", json=seminar())
    bodies: dict[str, tuple[str, dict[str, Any]]] = {"hold": ("attendances", CAME), "cancel": ("cancellations", NOTE)}
    beside = matrix.standing("quality.practice", one, given.TOWN)
    grants = [*matrix.standing("quality.practice", one).values(), *beside.values()]
    for day in (given.TODAY, given.TODAY + timedelta(1)):
        states = {each: {"on_day": str(day)} for each in ("planned", "held", "cancelled")}
        id_ = made.json()["id"]
        assert await matrix.disagreements(quality, "seminars", "/v1/seminars", id_, states, bodies, grants) == []
