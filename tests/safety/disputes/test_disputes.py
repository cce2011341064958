"""Disputes: mediated in time, agreed, visited by another, high risk told at once."""

from typing import Any
from uuid import UUID

import pytest

from services.safety.disputes.rules import MACHINE
from services.safety.disputes.schemas import DisputeOut, DisputePage
from services.safety.timers.actions import fire
from shared.ids import new_id
from shared.workdays import add_working_days
from tests.safety import given
from tests.safety.given import OFFICER, TODAY
from tests.safety.offering import accepted
from tests.stack import Service


async def test_a_dispute_from_register_to_archive(safety: Service):
    garden = await given.kindergarten(safety)
    principal, officer = safety.client(("principal", f"k:{garden}")), safety.client(OFFICER)
    new = {"kindergarten": str(garden), "source": "complaint", "kind": "injury", "risk": "high", "synthetic": True}
    answer = await principal.post("/v1/disputes", json=new | {"parties": "中班家长", "described": "对擦伤处置不满"})
    assert answer.status_code == 201, answer.text
    assert answer.json()["due_on"] == add_working_days(TODAY, 5).isoformat()
    await fire(safety.app.state.database, TODAY)
    told = (await officer.get("/v1/timers", params={"concept": "dispute", "fired": True})).json()["items"]
    assert [(each["step"], "leader" in each["told"]) for each in told] == [("high_risk", True)]
    address = f"/v1/disputes/{answer.json()['id']}"
    note = {"note": "演示"}
    await principal.post(f"{address}/mediations", json=note | {"mediator": "镇人民调解委员会(演示)", "risk": "low"})
    agreed = await principal.post(f"{address}/agreements", json={"agreement": "园方致歉并承担费用"})
    assert agreed.json()["due_on"] == add_working_days(TODAY, 5).isoformat()  # a lower risk gives no more time
    assert (await officer.post(f"{address}/archivings", json=note)).json()["code"] == "not-yet-visited"
    own = await principal.post(f"{address}/visits", json=note | {"satisfied": True})
    assert own.json()["code"] == "another-person-needed"
    assert (await officer.post(f"{address}/visits", json=note | {"satisfied": True})).status_code == 201
    found = DisputeOut.model_validate_json((await officer.post(f"{address}/archivings", json=note)).content)
    assert (found.state, found.mediations) == ("archived", 1)
    page = await officer.get("/v1/disputes", params={"risk": "low"})
    assert len(DisputePage.model_validate_json(page.content).items) == 1


NOTE = {"note": "演示"}
WAYS: dict[str, tuple[str, dict[str, Any]]] = {
    "mediate": ("mediations", NOTE | {"mediator": "演示"}),
    "escalate": ("escalations", NOTE),
    "agree": ("agreements", {"agreement": "演示"}),
    "fail": ("failures", NOTE),
    "visit": ("visits", NOTE | {"satisfied": True}),
    "archive": ("archivings", NOTE),
}


@pytest.mark.parametrize("visited", [None, TODAY], ids=["not visited", "visited"])
@pytest.mark.parametrize("mediator", ["me", "another"])
@pytest.mark.parametrize("state", ["registered", "mediating", "agreed", "failed", "archived"])
async def test_what_is_offered_is_what_is_accepted(safety: Service, state: str, mediator: str, visited: Any):
    garden = await given.kindergarten(safety)

    async def stored() -> UUID:
        row = {
            "id": new_id(), "kindergarten": garden, "division": given.VILLAGE, "state": state, "state_since": TODAY,
            "source": "complaint", "kind": "fees", "risk": "low", "parties": "演示", "described": "演示",
            "registered_on": TODAY, "due_on": TODAY, "mediated_by": mediator, "agreement": "",
            "escalated_on": visited, "visited_on": visited, "registered_by": "x",
        }  # fmt: skip
        await given.insert(safety, "disputes", row)
        return UUID(str(row["id"]))

    count = await accepted(safety, "disputes", MACHINE, WAYS, garden, stored)
    assert (count == 0) is (state == "archived" or (state == "agreed" and mediator == "me" and not visited))
