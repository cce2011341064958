"""What is asked of departments: answered in time or told, counted by department."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.safety.referrals.rules import MACHINE
from services.safety.referrals.schemas import ReferralOut, ReferralPage, ReferralTimes
from services.safety.timers.actions import fire
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service

NEW: dict[str, Any] = {
    "department": "police", "kind": "data", "title": "保安员证核对", "request": "核对三名保安员证", "synthetic": True,
}  # fmt: skip


async def test_a_referral_is_answered_returned_and_closed(safety: Service):
    garden = await given.kindergarten(safety)
    officer, police = safety.client(OFFICER), safety.client(("police", given.DISTRICT), sub="police")
    answer = await officer.post("/v1/referrals", json=NEW | {"kindergarten": str(garden)})
    assert answer.status_code == 201, answer.text
    sent = ReferralOut.model_validate_json(answer.content)
    assert (sent.answer_by, sent.division) == (add_working_days(TODAY, 5), given.VILLAGE)
    address = f"/v1/referrals/{sent.id}"
    own = await officer.post(f"{address}/answers", json={"answer": "属实"})
    assert own.json()["code"] == "another-person-needed"
    assert (await police.post(f"{address}/answers", json={"answer": "一人不符"})).status_code == 201
    back = await officer.post(f"{address}/returns", json={"note": "请注明是哪一人"})
    assert (back.json()["state"], back.json()["returns"], back.json()["answered_on"]) == ("sent", 1, None)
    await police.post(f"{address}/answers", json={"answer": "工号三"})
    done = ReferralOut.model_validate_json((await officer.post(f"{address}/closings", json={"note": "已换证"})).content)
    assert (done.state, [each.verb for each in done.steps]) == (
        "closed", ["send", "answer", "return", "answer", "close"],
    )  # fmt: skip
    times = [ReferralTimes.model_validate(each) for each in (await officer.get("/v1/referral-times")).json()]
    assert [(each.department, each.sent, each.in_time, each.mean_days) for each in times] == [("police", 1, 1, 0.0)]


async def test_an_answer_that_does_not_come_is_told_to_office_and_leader_once(safety: Service):
    officer = safety.client(OFFICER)
    made = (await officer.post("/v1/referrals", json=NEW | {"answer_by": TODAY.isoformat()})).json()
    for day in range(20):
        await fire(safety.app.state.database, TODAY + timedelta(day))
    fired = (await officer.get("/v1/timers", params={"subject": made["id"], "fired": True})).json()["items"]
    assert [(each["step"], each["fired_on"]) for each in fired] == [
        ("unanswered", str(TODAY + timedelta(1))),
        ("unanswered_leader", str(add_working_days(TODAY, 5) + timedelta(1))),
    ]
    past = await officer.post("/v1/referrals", json=NEW | {"answer_by": str(TODAY - timedelta(1))})
    assert past.status_code == 422
    page = await officer.get("/v1/referrals", params={"department": "police", "overdue": False})
    assert len(ReferralPage.model_validate_json(page.content).items) == 1


NOTE = {"note": "演示"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "answer": ("answers", {"answer": "演示"}),
    "return": ("returns", NOTE),
    "close": ("closings", NOTE),
    "withdraw": ("withdrawals", NOTE),
}


@pytest.mark.parametrize("sender", ["me", "another"])
@pytest.mark.parametrize("state", ["sent", "answered", "closed", "withdrawn"])
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, sender: str):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": state, "department": "police",
            "kind": "data", "title": "演示", "request": "演示", "subject": "", "sent_on": TODAY, "sent_by": sender,
            "answer_by": TODAY, "answer": "", "answered_on": TODAY if state == "answered" else None,
        }  # fmt: skip
        await given.insert(safety, "referrals", row)
        return UUID(str(row["id"]))

    count = await accepted(safety, "referrals", MACHINE, WAYS, garden, stored)
    assert (count > 0) is (state in ("sent", "answered"))
