"""Findings of the other services: in by contract, once; their outcome out by the same reference."""

from typing import Any
from uuid import UUID

import pytest

from services.safety.hazards.following import FROM_FINANCE, FROM_QUALITY, FROM_REGISTRY
from services.safety.hazards.schemas import HazardOut
from shared.contracts.finance import ACCOUNT_ALERT_CLOSED
from shared.contracts.safety import (
    FINANCE_FINDING_RAISED,
    QUALITY_FINDING_RAISED,
    REGISTRY_FINDING_RAISED,
    FindingFact,
    HazardFact,
)
from shared.db import Database
from shared.ids import new_id
from tests.safety import given
from tests.safety.given import INSPECTOR, OFFICER, TODAY
from tests.stack import Service

HANDLERS = FROM_QUALITY | FROM_FINANCE | FROM_REGISTRY


async def told(safety: Service, kind: str, data: dict[str, Any]) -> None:
    database: Database = safety.app.state.database
    async with database.begin(database.system) as session:
        await HANDLERS[kind](session, {"data": data})


def finding(garden: UUID, reference: str = "visit:7:2") -> dict[str, Any]:
    fact = FindingFact(
        reference=reference, kindergarten=garden, category="conduct", place="大班", description="集中授课",
        legal_basis="学前教育法第五十九条", found_on=TODAY, synthetic=True,
    )  # fmt: skip
    return fact.model_dump(mode="json")


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("quality", QUALITY_FINDING_RAISED),
        ("finance", FINANCE_FINDING_RAISED),
        ("registry", REGISTRY_FINDING_RAISED),
    ],
)
async def test_a_finding_told_twice_is_rectified_once_and_its_outcome_is_told_back(
    safety: Service, source: str, kind: str
):
    garden, other = await given.kindergarten(safety), await given.kindergarten(safety)
    for _ in range(2):
        await told(safety, kind, finding(garden))
    await told(safety, kind, finding(other))  # another kindergarten under the same reference: the first holds
    service = safety.client(("service", given.DISTRICT), sub=source)
    address = f"/v1/findings/{source}/visit:7:2"
    seen = HazardOut.model_validate_json((await service.get(address)).content)
    assert (seen.state, seen.kindergarten, seen.source) == ("reported", garden, source)
    officer, principal = safety.client(OFFICER), safety.client(("principal", f"k:{garden}"), sub="principal")
    await officer.post(f"/v1/hazards/{seen.id}/gradings", json={})
    await officer.post(f"/v1/hazards/{seen.id}/assignments", json={"responsible": "业务园长"})
    proof = {"note": "已改", "files": [await given.photo(principal, garden)]}
    await principal.post(f"/v1/hazards/{seen.id}/rectifications", json=proof)
    verdict = await safety.client(INSPECTOR).post(
        f"/v1/hazards/{seen.id}/verifications", json={"passed": True, "note": "好"}
    )
    assert verdict.status_code == 201, verdict.text
    assert (await service.get(address)).json()["state"] == "closed"
    rows = await safety.database.fetch("SELECT type, data FROM events WHERE type LIKE 'safety.hazard.%' ORDER BY seq")
    assert [name.rsplit(".", 1)[1] for name, _ in rows] == ["report", "grade", "assign", "rectify", "verify"]
    for _, data in rows:
        state = data.pop("state")
        fact = HazardFact.model_validate_json(str(data).replace("'", '"').replace("None", "null"))
        assert (fact.source, fact.source_reference) == (source, "visit:7:2")
    assert state == "closed"
    listed = await officer.get("/v1/hazards", params={"source": source, "reference": "visit:7:2"})
    assert len(listed.json()["items"]) == 1
    assert (await service.get(f"/v1/findings/{source}/unknown")).status_code == 404


@pytest.mark.parametrize(("state", "count"), [("confirmed", 1), ("dismissed", 0)])
async def test_a_confirmed_alert_of_finance_is_a_finding(safety: Service, state: str, count: int):
    garden = await given.kindergarten(safety)
    alert = {
        "alert": str(new_id()), "kindergarten": str(garden), "division": given.VILLAGE, "rule": "FIN-06",
        "state": state, "on": TODAY.isoformat(),
    }  # fmt: skip
    for _ in range(2):
        await told(safety, ACCOUNT_ALERT_CLOSED, alert)
    rows = await safety.database.fetch("SELECT category, source_reference FROM hazards")
    assert rows == [("finance", f"alert:{alert['alert']}")] * count
    areas = (await safety.client(OFFICER).get(f"/v1/supervision-areas/{garden}")).json()["areas"]
    assert len(next(each["yellow"] for each in areas if each["area"] == "finance")) == count
