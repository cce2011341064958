"""Who works on the plan in these tests, and the smallest tasks."""

from datetime import date, timedelta
from typing import Any

from httpx import AsyncClient

from services.registry.plan_tasks.rules import quarter_of
from services.registry.plan_tasks.schemas import PlanTaskOut
from tests.registry import given
from tests.registry.kindergartens.callers import Grant
from tests.stack import Service

PLANNER: Grant = ("planner", given.DISTRICT)
LEADER: Grant = ("leader", given.DISTRICT)
SAFETY: Grant = ("safety_officer", given.DISTRICT)
CLAUSE = "三(一)2-a"
TODAY, DAY = given.TODAY, timedelta(1)
TASKS = "/v1/plan/tasks"


def fields(**changed: Any) -> dict[str, Any]:
    return {
        "clause": CLAUSE,
        "title": "新增普惠性学位(演示)",
        "lead": given.TOWN,
        "assist": ["finance_bureau"],
        "due_on": (TODAY + 30 * DAY).isoformat(),
        "measure": "年底前新增学位90个(演示)",
    } | changed


async def done(client: AsyncClient, method: str, url: str, body: dict[str, Any], **headers: str) -> PlanTaskOut:
    answer = await client.request(method, url, json=body, headers=headers)
    assert answer.status_code in (200, 201), answer.text
    return PlanTaskOut.model_validate_json(answer.content)


async def drafted(registry: Service, **changed: Any) -> str:
    """A drafted task's address."""
    return f"{TASKS}/{(await done(registry.client(PLANNER), 'POST', TASKS, fields(**changed))).id}"


async def assigned(registry: Service, on: date = TODAY, **changed: Any) -> str:
    url = await drafted(registry, **changed)
    await done(registry.client(PLANNER), "POST", f"{url}/assignments", {"assigned_on": on.isoformat()})
    return url


def quarter_before(day: date) -> date:
    """The first day of the quarter before the one a day lies in."""
    return quarter_of(quarter_of(day) - DAY)
