"""Incidents: told in time to those who must hear of it; late is itself a finding."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from services.safety.incidents.actions import find_late_reports
from services.safety.incidents.duties import DUTIES
from services.safety.incidents.rules import MACHINE, due_reports
from services.safety.incidents.schemas import IncidentOut, IncidentPage
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import OFFICER
from tests.safety.offering import accepted
from tests.stack import Service

AT = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
JUST_NOW = datetime.now(UTC) - timedelta(minutes=10)


@pytest.mark.parametrize(("minutes", "late"), [(119, False), (120, False), (121, True)])
def test_a_health_event_is_told_within_two_hours(minutes: int, late: bool):
    made = {"health": AT + timedelta(minutes=minutes)}
    (report,) = [each for each in due_reports(DUTIES, "health_event", AT, made) if each.to == "health"]
    assert (report.is_late(AT + timedelta(days=9)), report.due_at) == (late, AT + timedelta(hours=2))


def test_a_report_nobody_made_is_late_when_its_time_is_over():
    (report,) = [each for each in due_reports(DUTIES, "fire", AT, {}) if each.to == "education"]
    assert not report.is_late(AT + timedelta(minutes=60))
    assert report.is_late(AT + timedelta(minutes=61))


def happened(garden: UUID, **fields: Any) -> dict[str, Any]:
    return {
        "kindergarten": str(garden), "category": "injury", "severity": "slight", "place": "滑梯", "injured": 1,
        "described": "一名幼儿滑落擦伤", "occurred_at": JUST_NOW.isoformat(), "synthetic": True,
    } | fields  # fmt: skip


async def test_an_incident_is_told_followed_and_closed(safety: Service):
    garden = await given.kindergarten(safety)
    principal, officer = safety.client(("principal", f"k:{garden}")), safety.client(OFFICER)
    answer = await principal.post("/v1/incidents", json=happened(garden))
    assert answer.status_code == 201, answer.text
    address = f"/v1/incidents/{answer.json()['id']}"
    assert answer.json()["untold"] == ["guardian", "education"]
    early = (await officer.post(f"{address}/closings", json={"note": "完"})).json()
    assert early["code"] == "reports-missing"
    for told in ("guardian", "education"):
        sent = {"told": told, "told_at": (JUST_NOW + timedelta(minutes=5)).isoformat(), "way": "电话"}
        assert (await principal.post(f"{address}/reports", json=sent)).status_code == 201
    await principal.post(f"{address}/follow-ups", json={"note": "已就医"})
    closed = await officer.post(f"{address}/closings", json={"note": "办结"})
    found = IncidentOut.model_validate_json(closed.content)
    assert (found.state, found.late, len(found.reports)) == ("closed", [], 2)
    page = await officer.get("/v1/incidents", params={"category": "injury"})
    assert len(IncidentPage.model_validate_json(page.content).items) == 1
    assert (await officer.get("/v1/hazards")).json()["items"] == []


async def test_a_late_report_is_a_finding_once(safety: Service):
    garden = await given.kindergarten(safety)
    principal = safety.client(("principal", f"k:{garden}"))
    before = JUST_NOW - timedelta(hours=5)
    made = (await principal.post("/v1/incidents", json=happened(garden, occurred_at=before.isoformat()))).json()["id"]
    database = safety.app.state.database
    assert await find_late_reports(database, before + timedelta(minutes=30)) == 0
    assert await find_late_reports(database, before + timedelta(minutes=31)) == 1  # the guardian
    assert await find_late_reports(database, JUST_NOW) == 1  # and the committee
    assert await find_late_reports(database, JUST_NOW) == 0
    sent = {"told": "guardian", "told_at": JUST_NOW.isoformat(), "way": "电话"}
    answer = await principal.post(f"/v1/incidents/{made}/reports", json=sent)
    assert [each["late"] for each in answer.json()["reports"]] == [True]
    hazards = (await principal.get("/v1/hazards", params={"source": "incident"})).json()["items"]
    assert len(hazards) == 2


WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "report": ("reports", {"told": "education", "told_at": JUST_NOW.isoformat(), "way": "电话"}),
    "follow_up": ("follow-ups", {"note": "处置"}),
    "close": ("closings", {"note": "办结"}),
}


@pytest.mark.parametrize("untold", [[], ["education"]], ids=["all told", "one untold"])
@pytest.mark.parametrize("state", ["open", "closed"])
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, untold: list[str]):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": state, "category": "fire",
            "severity": "slight", "occurred_at": AT, "known_at": AT, "place": "厨房", "described": "演示", "injured": 0,
            "to_hospital": 0, "untold": untold, "recorded_by": "me",
        }  # fmt: skip
        await given.insert(safety, "incidents", row)
        return UUID(str(row["id"]))

    assert (await accepted(safety, "incidents", MACHINE, WAYS, garden, stored) > 0) is (state == "open")
