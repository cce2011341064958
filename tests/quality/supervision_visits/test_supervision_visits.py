"""Visits each month by the one who is responsible; what they find is answered and looked at again."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.quality.supervision_visits.rules import is_missing, month_of
from services.quality.supervision_visits.schemas import SupervisionCoveragePage, SupervisionIssuePage
from tests.quality import given, matrix
from tests.quality.responsible_inspectors.test_responsible_inspectors import new
from tests.stack import Service

ISSUE = {"topic": "safety", "text": "户外器械一处松动", "due_on": str(given.TODAY + timedelta(3))}


def visit(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    made = {
        "kindergarten": str(kindergarten),
        "on": str(given.TODAY),
        "minutes": 120,
        "topics": ["safety", "education"],
    }
    return made | {"methods": ["watch", "walk"], "summary": "秩序良好", "told_to": "园长", "issues": [ISSUE]} | changes


async def house(service: Service) -> tuple[UUID, httpx.AsyncClient]:
    one = await given.kindergarten(service)
    made = await service.client(given.OFFICER).post("/v1/inspector-assignments", json=new(one, since="2024-01-01"))
    assert made.status_code == 201, made.text
    return one, service.client(("inspector", given.DISTRICT), sub="du")


@pytest.mark.parametrize(
    ("day", "first", "following"),
    [
        (date(2026, 1, 31), date(2026, 1, 1), date(2026, 2, 1)),
        (date(2026, 12, 1), date(2026, 12, 1), date(2027, 1, 1)),
        (date(2028, 2, 29), date(2028, 2, 1), date(2028, 3, 1)),
    ],
)
def test_months_are_calendar_months(day: date, first: date, following: date):
    assert month_of(day) == (first, following)


@pytest.mark.parametrize(
    ("visits", "on", "missing"),
    [
        (0, date(2026, 6, 30), False),
        (0, date(2026, 7, 1), True),
        (1, date(2026, 7, 1), False),
    ],
)
def test_qua_01_a_month_is_missed_once_it_is_over(visits: int, on: date, missing: bool):
    assert is_missing(visits, 1, date(2026, 6, 15), on) is missing


async def test_coverage_says_who_was_not_visited_last_month(quality: Service):
    seen, inspector = await house(quality)
    unseen, _ = await house(quality)
    last = given.TODAY.replace(day=1) - timedelta(1)
    made = await inspector.post("/v1/supervision-visits", json=visit(seen, on=str(last), issues=[]))
    assert made.status_code == 201, made.text

    async def missing(month: date) -> set[UUID]:
        params = {"month": str(month), "missing": "true"}
        answer = await quality.client(given.OFFICER).get("/v1/supervision-coverage", params=params)
        return {each.kindergarten for each in SupervisionCoveragePage.model_validate_json(answer.content).items}

    assert await missing(last) == {unseen}
    assert await missing(given.TODAY) == set()
    assert await missing(last.replace(day=1) - timedelta(1)) == {seen, unseen}


async def test_only_the_responsible_inspector_records_a_visit(quality: Service):
    one, _ = await house(quality)
    other = quality.client(("inspector", given.DISTRICT), sub="someone else")
    refused = await other.post("/v1/supervision-visits", json=visit(one))
    assert (refused.status_code, refused.json()["code"]) == (403, "not-the-responsible-inspector")
    before = await other.post("/v1/supervision-visits", json=visit(one, on="2023-12-31"))
    assert before.status_code == 404


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        ({"on": str(given.TODAY + timedelta(1))}, "invalid-input", "/on"),
        ({"danger": True}, "danger-is-handled-at-once", "/danger_measures"),
        ({"danger": True, "danger_measures": "封闭器械"}, "danger-is-handled-at-once", "/danger_measures"),
        ({"issues": [ISSUE | {"due_on": "2024-01-01"}]}, "invalid-input", "/issues/0/due_on"),
        ({"topics": []}, "invalid-input", "/topics"),
    ],
)
async def test_a_visit_that_cannot_be_is_refused(quality: Service, change: dict[str, Any], code: str, pointer: str):
    one, inspector = await house(quality)
    refused = await inspector.post("/v1/supervision-visits", json=visit(one, **change))
    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert refused.json()["errors"][0]["pointer"] == pointer


async def test_an_issue_is_answered_looked_at_again_and_shown_when_overdue(quality: Service):
    one, inspector = await house(quality)
    await inspector.post("/v1/supervision-visits", json=visit(one))
    principal = quality.client(("principal", f"k:{one}"))
    listed = SupervisionIssuePage.model_validate_json((await principal.get("/v1/supervision-issues")).content)
    path = f"/v1/supervision-issues/{listed.items[0].id}"
    await principal.post(f"{path}/answers", json={"note": "已加固"})
    again = await inspector.post(f"{path}/reopenings", json={"note": "仍松动"})
    assert again.json()["state"] == "open"
    await quality.database.fetch("UPDATE supervision_issues SET due_on = %s", given.TODAY - timedelta(1))
    late = await principal.get("/v1/supervision-issues", params={"overdue": "true"})
    assert len(late.json()["items"]) == 1
    await principal.post(f"{path}/answers", json={"note": "已更换"})
    closed = await inspector.post(f"{path}/closings", json={"note": "复查合格"})
    assert (closed.json()["state"], closed.json()["overdue"]) == ("closed", False)
    assert [each["verb"] for each in closed.json()["steps"]] == ["answer", "reopen", "answer", "close"]


async def test_in_every_state_each_role_is_offered_what_it_may_do_and_nothing_else(quality: Service):
    one, inspector = await house(quality)
    await inspector.post("/v1/supervision-visits", json=visit(one))
    issue = (await inspector.get("/v1/supervision-issues")).json()["items"][0]["id"]
    note = {"note": "说明"}
    states: dict[str, dict[str, Any]] = {"open": {}, "answered": {}, "closed": {}}
    bodies = {"answer": ("answers", note), "close": ("closings", note), "reopen": ("reopenings", note)}
    grants = matrix.standing("quality.visits", one)
    wrong = await matrix.disagreements(
        quality, "supervision_issues", "/v1/supervision-issues", issue, states, bodies, grants.values()
    )
    assert wrong == []
