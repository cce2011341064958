"""Inspections: planned by reason, made by those named, signed, shared; who was not looked at is listed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from services.safety.inspections.rules import MACHINE, History, depth
from services.safety.inspections.schemas import CoveragePage, InspectionOut, InspectionPage
from services.safety.parameters.published import PARAMETERS
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import INSPECTOR, OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service

ON = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (History(None, None, 0, 0), "full"),
        (History(ON - timedelta(183), Decimal(80), 0, 0), "short"),
        (History(ON - timedelta(184), Decimal(80), 0, 0), "full"),
        (History(ON - timedelta(1), Decimal("79.99"), 0, 0), "full"),
        (History(ON - timedelta(1), Decimal(95), 1, 0), "full"),
        (History(ON - timedelta(1), Decimal(95), 0, 1), "full"),
    ],
)
def test_the_record_decides_how_deep_an_inspection_goes(history: History, expected: str):
    found = depth(PARAMETERS, history, ON)
    assert (found.depth, bool(found.reasons)) == (expected, True)


async def planned(safety: Service, garden: UUID, **fields: Any) -> str:
    new = {"kindergarten": str(garden), "checklist": "full", "planned_on": TODAY.isoformat()} | fields
    answer = await safety.client(OFFICER).post("/v1/inspections", json=new)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_an_inspection_from_plan_to_shared_result(safety: Service):
    await given.checklist(safety, "full", "inspection", None)
    garden = await given.kindergarten(safety)
    officer, inspector = safety.client(OFFICER), safety.client(INSPECTOR)
    principal = safety.client(("principal", f"k:{garden}"))
    address = f"/v1/inspections/{await planned(safety, garden, inspectors=['inspector@110116'])}"
    assert (await officer.post(f"{address}/starts", json={})).json()["code"] == "not-an-inspector-of-this"
    assert (await inspector.post(f"{address}/starts", json={})).status_code == 201
    answers = {"answers": given.answers(i12="bad")}
    recorded = await inspector.post(f"{address}/records", json=answers)
    found = InspectionOut.model_validate_json(recorded.content)
    assert (found.state, found.hazards, found.failed_keys, found.depth) == ("recorded", 1, ["1.2"], "full")
    assert (await inspector.post(f"{address}/records", json=answers)).status_code == 201
    assert len((await officer.get("/v1/hazards", params={"source": "inspection"})).json()["items"]) == 1
    signed = await principal.post(f"{address}/signatures", json={"signature": "园长(演示)", "objection": "已当场整改"})
    assert signed.json()["objection"] == "已当场整改"
    shared = await officer.post(f"{address}/sharings", json={"departments": ["公安", "消防"]})
    assert shared.json()["shared_with"] == ["公安", "消防"]
    page = InspectionPage.model_validate_json((await officer.get("/v1/inspections?state=shared")).content)
    assert len(page.items) == 1


async def test_coverage_lists_the_unchecked(safety: Service):
    await given.checklist(safety, "full", "inspection", None)
    gardens = [await given.kindergarten(safety) for _ in range(4)]
    inspector, officer = safety.client(INSPECTOR), safety.client(OFFICER)
    for garden in gardens[:3]:
        address = f"/v1/inspections/{await planned(safety, garden)}"
        await inspector.post(f"{address}/starts", json={})
        if garden != gardens[2]:  # begun and not recorded is not checked
            await inspector.post(f"{address}/records", json={"answers": given.answers()})
    summary = (await officer.get("/v1/inspection-coverage/summary")).json()
    assert (summary["kindergartens"], summary["checked"], summary["unchecked"]) == (4, 2, 2)
    page = CoveragePage.model_validate_json(
        (await officer.get("/v1/inspection-coverage", params={"checked": False})).content
    )
    assert {each.kindergarten for each in page.items} == set(gardens[2:])
    last_term = {"as_of": (TODAY - timedelta(200)).isoformat()}
    assert (await officer.get("/v1/inspection-coverage/summary", params=last_term)).json()["checked"] == 0


WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "start": ("starts", {}),
    "record": ("records", {"answers": given.answers()}),
    "sign": ("signatures", {"signature": "园长"}),
    "share": ("sharings", {"departments": ["公安"]}),
    "cancel": ("cancellations", {"note": "改期"}),
}


@pytest.mark.parametrize("named", [[], ["me"], ["somebody else"]], ids=["nobody named", "named", "not named"])
@pytest.mark.parametrize("state", ["planned", "visiting", "recorded", "signed", "shared", "cancelled"])
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, named: list[str]):
    checklist = await given.checklist(safety, "full", "inspection", None)
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": state, "kind": "planned",
            "announced": False, "depth": "full", "reasons": ["演示"], "checklist": checklist, "plan": "",
            "inspectors": named, "planned_on": TODAY, "made_by": "officer",
        }  # fmt: skip
        await given.insert(safety, "inspections", row)
        return UUID(str(row["id"]))

    assert (await accepted(safety, "inspections", MACHINE, WAYS, garden, stored) > 0) is (
        (state in ("planned", "recorded", "signed")) or (state == "visiting" and named != ["somebody else"])
    )
