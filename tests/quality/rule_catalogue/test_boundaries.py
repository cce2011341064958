"""QUA-01 to QUA-10 at the addresses the catalogue names: on one side of the boundary they show, on the other not."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any

import httpx
import pytest

from services.quality import data
from services.quality.training.rules import cycle, pace
from shared.contracts.registry import POST_BEGAN
from shared.ids import new_id
from tests.quality import given
from tests.quality.annual_inspections.office import Office
from tests.quality.books.test_books import CLEAN, book
from tests.quality.primary_style_checks.test_primary_style_checks import check
from tests.quality.supervision_visits.test_supervision_visits import house, visit
from tests.quality.timetables.test_timetables import filed, group
from tests.quality.training.test_training import offered, post, seat
from tests.stack import Service

Sides = tuple[bool, bool]  # whether the rule shows on the side that breaks it, and on the side that keeps it


async def shows(client: httpx.AsyncClient, address: str, **params: Any) -> bool:
    answer = await client.get(address, params=params)
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["items"])


async def no_visit_in_a_month(quality: Service) -> Sides:
    _, inspector = await house(quality)
    last = given.TODAY.replace(day=1) - timedelta(1)
    before = await shows(quality.client(given.OFFICER), "/v1/supervision-coverage", missing=True, month=str(last))
    ((one,),) = await quality.database.fetch("SELECT id FROM kindergartens")
    await inspector.post("/v1/supervision-visits", json=visit(one, on=str(last), issues=[]))
    after = await shows(quality.client(given.OFFICER), "/v1/supervision-coverage", missing=True, month=str(last))
    return before, after


async def outside_the_round(quality: Service) -> Sides:
    officer = quality.client(given.OFFICER)
    await given.kindergarten(quality)
    made = (await officer.post("/v1/evaluation-cycles", json={"first_year": given.YEAR})).json()
    await given.kindergarten(quality)  # opened since
    late = (await officer.get(f"/v1/evaluation-cycles/{made['id']}")).json()["left_out"]
    planned = (await officer.post(f"/v1/evaluation-cycles/{made['id']}/replans")).json()["left_out"]
    return len(late) == 1, bool(planned)


async def serious_case_of_the_year(quality: Service) -> Sides:
    vetoed = []
    for on in (given.TODAY, given.TODAY.replace(year=given.YEAR - 1, month=12, day=31)):
        one = await given.kindergarten(quality)
        fact = {"kind": "serious_ethics_violation", "source": new_id(), "kindergarten": one, "detail": ""}
        fact |= {"division": given.VILLAGE, "state": "confirmed", "standing": True, "on_day": on}
        await given.insert(quality, "service_facts", **fact)
        inspection = await Office(quality, one).begin()
        serious = on.year == given.YEAR
        decided = await inspection.decided(*(["V1"] if serious else []))
        vetoed.append(decided.result == "failed" and decided.vetoed)
    return vetoed[0], vetoed[1]


async def rectification_overdue(quality: Service) -> Sides:
    one, inspector = await house(quality)
    await inspector.post("/v1/supervision-visits", json=visit(one))
    seen = []
    for due in (given.TODAY - timedelta(1), given.TODAY):
        await quality.database.fetch("UPDATE supervision_issues SET due_on = %s", due)
        seen.append(await shows(inspector, "/v1/supervision-issues", overdue=True))
    return seen[0], seen[1]


async def primary_style_found(quality: Service) -> Sides:
    inspector, seen = quality.client(("inspector", given.DISTRICT)), []
    for found in ((), ("T3",)):
        one = await given.kindergarten(quality)
        await inspector.post("/v1/primary-style-checks", json=check(one, *found))
        asked = {"flagged": True, "kindergarten": str(one)}
        seen.append(await shows(inspector, "/v1/primary-style-checks", **asked))
    return seen[1], seen[0]


async def book_without_review(quality: Service) -> Sides:
    one = await given.kindergarten(quality)
    clerk = quality.client(("clerk", f"k:{one}"), sub="clerk")
    made = (await clerk.post("/v1/books", json=book(one))).json()["id"]
    await clerk.put(f"/v1/books/{made}/copies/library", json={"copies": 1})
    before = await shows(clerk, "/v1/books", unreviewed=True)
    for role, verb in (("teacher", "screenings"), ("principal", "reviews")):
        await quality.client((role, f"k:{one}"), sub=role).post(f"/v1/books/{made}/{verb}", json=CLEAN)
    return before, await shows(clerk, "/v1/books", unreviewed=True)


async def training_behind(quality: Service) -> Sides:
    one, officer, day = await given.kindergarten(quality), quality.client(given.OFFICER), date(2023, 12, 31)
    due = pace(day, *cycle(day, 2023, 5), 360)
    seen = {}
    for hours in (due - 1, due):
        staff = new_id()
        await given.tell(quality, "registry", POST_BEGAN, post(one, staff, "2020-09-01"))
        training = await offered(quality, hours=str(hours), on="2023-06-01")
        await officer.put(f"{training}/places/{staff}", json=seat(one))
        await officer.put(f"{training}/places/{staff}/attendance", json={"attended": True})
        seen[str(staff)] = hours
    page = (await officer.get("/v1/training-hours", params={"behind": "true", "as_of": str(day)})).json()["items"]
    behind = {seen[each["staff"]] for each in page}
    return due - 1 in behind, due in behind


async def too_little_outdoors(quality: Service) -> Sides:
    one, class_id = await group(quality)
    principal, seen = quality.client(("principal", f"k:{one}")), []
    for end in ("10:59", "11:00"):
        day = filed()
        next(each for each in day["day"] if each["kind"] == "outdoor")["end"] = end
        assert (await principal.put(f"/v1/timetables/{class_id}/summer", json=day)).status_code == 200
        seen.append(await shows(principal, "/v1/timetables", sound=False))
    return seen[0], seen[1]


async def no_research(quality: Service) -> Sides:
    one, officer = await given.kindergarten(quality), quality.client(given.OFFICER)
    zone = {"name": "城区片", "researcher": "li", "researcher_name": "李某"}
    made = (await officer.post("/v1/research-zones", json=zone)).json()["id"]
    await officer.put(f"/v1/research-zones/{made}/members", json={"kindergartens": [str(one)]})
    before = await shows(officer, "/v1/research-coverage", covered=False)  # in a zone, at no activity of the term
    activity: dict[str, Any] = {
        "level": "zone",
        "zone": made,
        "on": str(given.TODAY),
        "topic": "游戏",
        "summary": "研讨",
    }
    there = {"attendances": [{"kindergarten": str(one), "teachers": 1}]}
    assert (await officer.post("/v1/research-activities", json=activity | there)).status_code == 201
    return before, await shows(officer, "/v1/research-coverage", covered=False)


async def children_scored(quality: Service) -> Sides:
    officer, answers = quality.client(given.OFFICER), []
    for n, text in enumerate(("对每名幼儿测试打分并排名", "教师不以测试和排名评价幼儿")):
        item = {"code": "X1", "parent": "", "level": "point", "text": text, "answer": "scale"}
        form: dict[str, Any] = {
            "kind": "form",
            "title": "区级观察表(演示)",
            "authority": "演示",
            "document_number": "演示1号",
        }
        form |= {"items": [item | {"text_status": "official"}], "note": "演示"}
        answers.append(await officer.put(f"/v1/frameworks/district-form/editions/{n}", json=form))
    return answers[0].json().get("code") == "children-are-not-scored", answers[1].status_code >= 400


RULES: dict[str, Callable[[Service], Awaitable[Sides]]] = {
    "QUA-01": no_visit_in_a_month,
    "QUA-02": outside_the_round,
    "QUA-03": serious_case_of_the_year,
    "QUA-04": rectification_overdue,
    "QUA-05": primary_style_found,
    "QUA-06": book_without_review,
    "QUA-07": training_behind,
    "QUA-08": too_little_outdoors,
    "QUA-09": no_research,
    "QUA-10": children_scored,
}


@pytest.mark.parametrize("code", [row["code"] for row in data.rows("rules")])
async def test_each_rule_shows_on_its_side_of_the_boundary_alone(quality: Service, code: str):
    assert await RULES[code](quality) == (True, False)
