"""Risk: a score made of reasons only, which decides who is inspected first; the seven areas with their flags."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from services.safety.parameters.published import PARAMETERS
from services.safety.risks.rules import AREAS, reasons
from services.safety.risks.schemas import RiskOut, SupervisionAreas
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.stack import Service

ON = date(2026, 11, 2)


def test_the_score_is_the_sum_of_its_reasons_and_no_factor_drowns_the_others():
    found = reasons(PARAMETERS, {"major": 1, "general": 3, "missed": 100, "overdue": 0}, ON)
    assert [(each.factor, each.points) for each in found] == [("missed", 40), ("major", 30), ("general", 6)]
    assert all(each.zh for each in found)
    assert reasons(PARAMETERS, {"major": 0}, ON) == []


def test_the_seven_areas_of_the_plan():
    assert [name for name, _ in AREAS.values()] == [
        "办园条件", "教师资格与配备", "安全防护", "收费行为", "卫生保健", "保育教育", "财务管理",
    ]  # fmt: skip


async def hazard(safety: Service, garden: UUID, **fields: Any) -> None:
    row = {
        "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "source": "self", "category": "fire",
        "place": "楼梯", "description": "演示", "legal_basis": "", "immediate_measure": "", "found_on": TODAY,
        "level": "general", "level_basis": "演示", "due_on": TODAY, "responsible": "园长", "most_extensions": 2,
        "reported_by": "teacher", "state_since": TODAY, "state": "assigned",
    } | fields  # fmt: skip
    await given.insert(safety, "hazards", row)


async def test_the_gravest_record_is_inspected_first(safety: Service):
    calm, grave = await given.kindergarten(safety), await given.kindergarten(safety)
    await given.kindergarten(safety, status="closed")
    await hazard(safety, grave, level="major", due_on=TODAY - timedelta(1))
    await hazard(safety, grave, state="closed")
    answer = await safety.client(OFFICER).get("/v1/risks")
    assert answer.status_code == 200, answer.text
    found = [RiskOut.model_validate(each) for each in answer.json()]
    assert [(each.place, each.kindergarten) for each in found] == [(1, grave), (2, calm)]
    assert {each.factor: each.points for each in found[0].reasons} == {
        "major": 30, "overdue": 10, "not_inspected": 10, "not_filed": 10,
    }  # fmt: skip
    assert found[0].score == 60


async def test_the_areas_show_their_flags_with_rows(safety: Service):
    garden, calm = await given.kindergarten(safety), await given.kindergarten(safety)
    await hazard(safety, garden, category="food")
    await hazard(safety, garden, category="fire", due_on=TODAY - timedelta(1))
    await hazard(safety, garden, category="conduct", source="quality", source_reference="v-1")
    principal = safety.client(("principal", f"k:{garden}"))
    found = SupervisionAreas.model_validate_json((await principal.get(f"/v1/supervision-areas/{garden}")).content)
    flags = {each.area: (len(each.red), len(each.yellow)) for each in found.areas}
    assert flags["health"] == (0, 1)
    assert flags["protection"] == (1, 0)
    assert flags["education"] == (0, 1)
    assert flags["staff"] == (0, 0)
    days = {each.area: each.last_checked_on for each in found.areas}
    assert (days["protection"], days["staff"]) == (TODAY, None)
    check = {"present": 20, "absent": 0}
    teacher = safety.client(("teacher", f"k:{calm}"))
    assert (
        await teacher.put(f"/v1/morning-checks/{calm}/小一班/{TODAY - timedelta(2)}", json=check)
    ).status_code == 200
    quiet = SupervisionAreas.model_validate_json(
        (await safety.client(OFFICER).get(f"/v1/supervision-areas/{calm}")).content
    )
    assert {each.area: each.last_checked_on for each in quiet.areas if each.last_checked_on} == {
        "health": TODAY - timedelta(2)
    }
    other = safety.client(("town_officer", given.OTHER_TOWN))
    assert (await other.get(f"/v1/supervision-areas/{garden}")).status_code == 404


async def test_relapses_complaints_and_a_low_ratio_count(safety: Service):
    garden = await given.kindergarten(safety)
    await hazard(safety, garden, state="closed", failed_verifications=1, reopenings=1)
    row: dict[str, Any] = {
        "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": "archived", "state_since": TODAY,
        "source": "complaint", "kind": "fees", "risk": "low", "parties": "演示", "described": "演示",
        "registered_on": TODAY, "due_on": TODAY, "agreement": "", "registered_by": "x",
    }  # fmt: skip
    await given.insert(safety, "disputes", row)
    await given.insert(safety, "disputes", row | {"id": new_id(), "registered_on": TODAY - timedelta(180)})
    filed = {
        "principal": "演示", "safety_body": True, "officer_full_time": True, "closed_management": True,
        "gate_duty": True, "alarm_linked": True, "cameras": [],
        "guards": [{"code": str(n), "full_time": True, "certificate_until": str(TODAY)} for n in range(3)],
    }  # fmt: skip
    officer = safety.client(OFFICER)
    for children, ratio in ((210, 0), (211, 10)):  # thirty staff: seven children each, or more
        answer = await officer.put(f"/v1/protections/{garden}", json=filed | {"children": children, "staff": 30})
        assert answer.status_code == 200, answer.text
        (found,) = (await officer.get("/v1/risks")).json()
        points = {each["factor"]: each["points"] for each in found["reasons"]}
        assert points == {"not_inspected": 10, "reopened": 10, "complaints": 3} | (
            {"ratio_high": ratio} if ratio else {}
        )
