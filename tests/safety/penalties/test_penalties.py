"""Penalty cases: the procedure of the law in its order, its deadlines computed."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from services.safety.parameters.published import PARAMETERS
from services.safety.penalties import rules
from services.safety.penalties.rules import MACHINE
from services.safety.penalties.schemas import PenaltyOut, PenaltyPage
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.safety import given
from tests.safety.given import LEADER, OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service


@pytest.mark.parametrize(
    ("ended", "discovered", "harm", "barred"),
    [
        (date(2024, 3, 1), date(2026, 3, 1), False, False),
        (date(2024, 3, 1), date(2026, 3, 2), False, True),
        (date(2024, 2, 29), date(2026, 2, 28), False, False),
        (date(2022, 3, 1), date(2027, 3, 1), True, False),
        (date(2022, 3, 1), date(2027, 3, 2), True, True),
    ],
)
def test_an_act_is_barred_after_two_years_or_five(ended: date, discovered: date, harm: bool, barred: bool):
    assert rules.is_barred(PARAMETERS, ended, discovered, harm=harm) is barred


def test_deadlines_are_those_of_the_law():
    assert rules.decision_due(PARAMETERS, date(2026, 1, 1)) == date(2026, 4, 1)  # ninety days
    assert rules.delivery_due(PARAMETERS, date(2026, 3, 2)) == date(2026, 3, 11)  # seven working days
    assert rules.hearing_until(PARAMETERS, date(2026, 3, 6)) == date(2026, 3, 13)  # five working days


@pytest.mark.parametrize(
    ("kind", "amount", "right"),
    [("fine", "9999.99", False), ("fine", "10000", True), ("warning", None, False), ("revoke_licence", None, True)],
)
def test_a_large_fine_and_a_revocation_give_a_right_to_a_hearing(kind: str, amount: str | None, right: bool):
    assert rules.hearing_right(PARAMETERS, kind, Decimal(amount) if amount else None, TODAY) is right


def case(**fields: Any) -> dict[str, Any]:
    return {
        "party": "演示园", "facts": "逾期未整改", "legal_basis": "学前教育法第七十九条", "synthetic": True,
        "ended_on": (TODAY - timedelta(5)).isoformat(), "discovered_on": TODAY.isoformat(),
    } | fields  # fmt: skip


async def done(client: httpx.AsyncClient, id: str, what: str, status: int = 201, /, **body: Any) -> dict[str, Any]:
    answer = await client.post(f"/v1/penalties/{id}/{what}", json=body or {"note": "演示"})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_case_with_a_hearing_from_filing_to_publication(safety: Service):
    garden = await given.kindergarten(safety)
    officer, other, leader = safety.client(OFFICER), safety.client(OFFICER, sub="other"), safety.client(LEADER)
    principal = safety.client(("principal", f"k:{garden}"))
    answer = await officer.post("/v1/penalties", json=case(kindergarten=str(garden)))
    assert answer.status_code == 201, answer.text
    made = answer.json()["id"]
    assert answer.json()["decision_due"] == (TODAY + timedelta(90)).isoformat()
    noticed = await done(officer, made, "notices", kind="stop_enrolment", note="拟责令停止招生")
    assert noticed["hearing_until"] == add_working_days(TODAY, 5).isoformat()
    decision = {"number": "怀教罚〔2026〕1号(演示)", "kind": "stop_enrolment", "decision": "责令停止招生"}
    assert (await done(leader, made, "decisions", 409, **decision))["code"] == "hearing-time-runs"
    await done(principal, made, "statements", note="已在整改")
    await done(principal, made, "hearing-requests", note="要求听证")
    assert (await done(leader, made, "decisions", 409, **decision))["code"] == "hearing-not-held"
    assert (await done(officer, made, "hearings", 403))["code"] == "another-person-needed"
    await done(other, made, "hearings")
    assert (await done(leader, made, "decisions", 409, **decision))["code"] == "review-missing"
    await done(other, made, "reviews")
    heavier = decision | {"kind": "revoke_licence"}
    assert (await done(leader, made, "decisions", 409, **heavier))["code"] == "heavier-than-noticed"
    decided = await done(leader, made, "decisions", **decision)
    assert decided["delivery_due"] == add_working_days(TODAY, 7).isoformat()
    for step in ("deliveries", "executions", "publications", "withdrawals", "closings"):
        found = await done(officer, made, step)
    assert PenaltyOut.model_validate(found).state == "closed"
    facts = await safety.database.fetch("SELECT data->>'decision' FROM events WHERE type='safety.penalty.decided'")
    assert facts == [("责令停止招生",)]
    page = await officer.get("/v1/penalties", params={"state": "closed"})
    assert len(PenaltyPage.model_validate_json(page.content).items) == 1


async def test_a_hazard_becomes_a_case_only_when_its_rectification_failed(safety: Service):
    garden, officer = await given.kindergarten(safety), safety.client(OFFICER)
    hazard = (await officer.post("/v1/hazards", json=given.hazard(garden))).json()["id"]
    refused = await officer.post("/v1/penalties", json=case(hazard=hazard))
    assert refused.json()["code"] == "rectification-not-failed"
    await safety.database.fetch("UPDATE hazards SET failed_verifications = 1")
    assert (await officer.post("/v1/penalties", json=case(hazard=hazard))).status_code == 201
    barred = case(hazard=hazard, ended_on=(TODAY - timedelta(800)).isoformat())
    assert (await officer.post("/v1/penalties", json=barred)).json()["code"] == "time-barred"


NOTE = {"note": "演示"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "notice": ("notices", {"kind": "warning", "note": "拟警告"}),
    "state": ("statements", NOTE),
    "ask_hearing": ("hearing-requests", NOTE),
    "hear": ("hearings", NOTE),
    "review": ("reviews", NOTE),
    "decide": ("decisions", {"number": "1", "kind": "none", "decision": "不予处罚"}),
    "deliver": ("deliveries", NOTE),
    "execute": ("executions", NOTE),
    "publish": ("publications", NOTE),
    "withdraw": ("withdrawals", NOTE),
    "close": ("closings", NOTE),
    "drop": ("drops", NOTE),
}
RIGHT = {"state": "noticed", "kind": "closure", "hearing_right": True}
STANDINGS: dict[str, dict[str, Any]] = {
    "filed": {"state": "filed"},
    "noticed": {"state": "noticed", "kind": "warning"},
    "noticed, by oneself": {"state": "noticed", "kind": "warning", "filed_by": "me"},
    "hearing open": RIGHT | {"hearing_until": TODAY},
    "hearing time over": RIGHT | {"hearing_until": TODAY - timedelta(1)},
    "hearing time over, reviewed": RIGHT | {"hearing_until": TODAY - timedelta(1), "reviewed_by": "x"},
    "hearing asked": RIGHT | {"hearing_until": TODAY, "hearing_asked_on": TODAY},
    "heard and reviewed": RIGHT | {
        "hearing_until": TODAY, "hearing_asked_on": TODAY, "hearing_on": TODAY, "reviewed_by": "x",
    },
    "decided": {"state": "decided", "delivery_due": TODAY},
    "delivered": {"state": "delivered"},
    "executed and published": {"state": "executed", "published_on": TODAY},
    "withdrawn": {"state": "executed", "published_on": TODAY, "withdrawn_on": TODAY},
    "closed": {"state": "closed"},
    "dropped": {"state": "dropped"},
}  # fmt: skip


@pytest.mark.parametrize("name", STANDINGS)
async def test_what_is_offered_is_what_is_accepted(safety: Service, name: str):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        # A decision number is used once: the ones former cases got are freed.
        await safety.database.fetch("UPDATE penalties SET decision_number = NULL")
        row = {
            "id": new_id(), "division": given.VILLAGE, "kindergarten": garden, "party": "演示", "facts": "演示",
            "legal_basis": "演示", "harm": False, "ended_on": TODAY, "discovered_on": TODAY, "filed_on": TODAY,
            "filed_by": "officer", "decision_due": TODAY, "decision": "",
        } | STANDINGS[name]  # fmt: skip
        await given.insert(safety, "penalties", row)
        return UUID(str(row["id"]))

    assert (await accepted(safety, "penalties", MACHINE, WAYS, garden, stored) > 0) is (name != "dropped")


async def test_events_name_the_case_by_its_address(safety: Service):
    garden = await given.kindergarten(safety)
    made = (await safety.client(OFFICER).post("/v1/penalties", json=case(kindergarten=str(garden)))).json()["id"]
    subjects = await safety.database.fetch("SELECT subject FROM events WHERE type = 'safety.penalty.file'")
    assert subjects == [(f"penalties/{made}",)]
