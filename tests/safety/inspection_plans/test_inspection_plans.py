"""The yearly plan of inspections, and what was done of it."""

from typing import Any
from uuid import UUID

from services.safety.inspection_plans.schemas import InspectionPlanOut, InspectionPlanPage, InspectionPlanProgress
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import OFFICER, TODAY, TOWN
from tests.stack import Service

PLAN: dict[str, Any] = {
    "document": "演示〔2026〕1号", "adopted_on": TODAY.isoformat(), "departments": ["公安", "消防"],
    "checklists": ["yearly"], "visits_each": 2, "random_percent": 50, "joint_visits": 1, "synthetic": True,
}  # fmt: skip


async def visited(safety: Service, garden: UUID, checklist: str, **fields: Any) -> None:
    row = {
        "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": "signed", "kind": "planned",
        "announced": False, "depth": "full", "reasons": [], "checklist": UUID(checklist), "plan": "",
        "planned_on": TODAY, "visited_on": TODAY, "made_by": "x",
    } | fields  # fmt: skip
    await given.insert(safety, "inspections", row)


async def test_a_plan_is_adopted_and_its_progress_is_counted(safety: Service):
    checklist = await given.checklist(safety, "yearly", "inspection", None)
    done, behind = await given.kindergarten(safety), await given.kindergarten(safety)
    officer = safety.client(OFFICER)
    address = f"/v1/inspection-plans/{given.DISTRICT}/{TODAY.year}"
    assert (await officer.get(f"{address}/progress")).status_code == 404
    for _ in range(2):
        answer = await officer.put(address, json=PLAN)
        assert answer.status_code == 200, answer.text
    assert InspectionPlanOut.model_validate_json(answer.content).visits_each == 2
    await visited(safety, done, checklist, kind="random", state="shared")
    await visited(safety, done, checklist, kind="joint")
    await visited(safety, behind, checklist, state="planned", visited_on=None)
    await visited(safety, behind, checklist, state="cancelled")
    await visited(safety, behind, checklist, visited_on=TODAY.replace(year=TODAY.year - 1, day=1))
    found = InspectionPlanProgress.model_validate_json((await officer.get(f"{address}/progress")).content)
    assert (found.kindergartens, found.complete, found.visits, found.asked) == (2, 1, 2, 4)
    assert (found.random, found.joint, found.shared) == (1, 1, 1)
    assert (found.random_met, found.joint_met) == (True, True)
    assert [(each.kindergarten, each.visits, each.planned) for each in found.behind] == [(behind, 0, 1)]
    listed = await officer.get("/v1/inspection-plans", params={"year": TODAY.year})
    assert len(InspectionPlanPage.model_validate_json(listed.content).items) == 1
    town = safety.client(("town_officer", TOWN))
    assert (await town.put(address, json=PLAN)).status_code == 404
    own = await town.put(f"/v1/inspection-plans/{TOWN}/{TODAY.year}", json=PLAN | {"random_percent": 60})
    assert own.status_code == 200
    towns = (await town.get(f"/v1/inspection-plans/{TOWN}/{TODAY.year}/progress")).json()
    assert (towns["random_met"], towns["kindergartens"]) == (False, 2)
