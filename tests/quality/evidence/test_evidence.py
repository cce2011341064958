"""Evidence is collected once and serves every framework with a corresponding item."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from services.quality.evidence.schemas import EvidenceCoverage, EvidenceOut, EvidencePage
from tests.quality import given
from tests.stack import Service


def menu(kindergarten: UUID, **changes: Any) -> dict[str, Any]:
    new = {"kind": "document", "title": "带量食谱", "items": ["guide:P07"], "collected_on": str(given.TODAY)}
    return {"kindergarten": str(kindergarten)} | new | changes


async def coverage(service: Service, framework: str, kindergarten: UUID) -> dict[str, list[str]]:
    path = f"/v1/frameworks/{framework}/evidence"
    answer = await service.client(given.OFFICER).get(path, params={"kindergarten": str(kindergarten)})
    assert answer.status_code == 200, answer.text
    found = EvidenceCoverage.model_validate_json(answer.content)
    return {each.code: list(map(str, each.evidence)) for each in found.items if each.evidence}


async def test_evidence_for_a_point_serves_what_stands_above_it_and_other_frameworks(quality: Service):
    kindergarten = await given.kindergarten(quality)
    principal = quality.client(("principal", f"k:{kindergarten}"))
    answer = await principal.post("/v1/evidence", json=menu(kindergarten))
    assert answer.status_code == 201, answer.text
    made = EvidenceOut.model_validate_json(answer.content)
    assert made.serves == ["guide:A2", "guide:B4", "guide:P07"]
    ids = [str(made.id)]
    assert await coverage(quality, "guide/editions/2022", kindergarten) == {"A2": ids, "B4": ids, "P07": ids}
    assert await coverage(quality, "supervision/editions/2023", kindergarten) == {"S2": ids}
    assert await coverage(quality, "beijing-supervision/editions/trial", kindergarten) == {"P2": ids}


async def test_withdrawn_and_expired_evidence_serves_nothing(quality: Service):
    kindergarten = await given.kindergarten(quality)
    officer = quality.client(given.OFFICER)
    old = str(given.TODAY - timedelta(30))
    expired = menu(kindergarten, collected_on=old, valid_until=str(given.TODAY - timedelta(1)))
    assert (await officer.post("/v1/evidence", json=expired)).status_code == 201
    made = (await officer.post("/v1/evidence", json=menu(kindergarten, valid_until=str(given.TODAY)))).json()
    assert await coverage(quality, "guide/editions/2022", kindergarten) != {}
    gone = await officer.post(f"/v1/evidence/{made['id']}/withdrawals", json={"reason": "登记有误"})
    assert gone.json()["withdrawn_because"] == "登记有误"
    assert await coverage(quality, "guide/editions/2022", kindergarten) == {}
    again = await officer.post(f"/v1/evidence/{made['id']}/withdrawals", json={"reason": "登记有误"})
    assert again.json()["code"] == "already-withdrawn"


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"items": ["guide:P99"]}, 422, "item-unknown"),
        ({"items": ["nothing:P01"]}, 422, "item-unknown"),
        ({"items": []}, 422, "invalid-input"),
        ({"collected_on": str(given.TODAY + timedelta(1))}, 422, "invalid-input"),
        ({"valid_until": "2000-01-01"}, 409, "evidence-ends-after-it-was-collected"),
        ({"title": "幼儿测评成绩汇总"}, 422, "children-are-not-scored"),
        ({"child": "x"}, 422, "invalid-input"),
    ],
)
async def test_evidence_that_cannot_be_is_refused(quality: Service, changes: dict[str, Any], status: int, code: str):
    kindergarten = await given.kindergarten(quality)
    answer = await quality.client(given.OFFICER).post("/v1/evidence", json=menu(kindergarten, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_evidence_stays_within_scope(quality: Service):
    own, other = await given.kindergarten(quality), await given.kindergarten(quality)
    await quality.client(given.OFFICER).post("/v1/evidence", json=menu(other))
    principal = quality.client(("principal", f"k:{own}"))
    assert (await principal.post("/v1/evidence", json=menu(other))).status_code == 404
    listed = EvidencePage.model_validate_json((await principal.get("/v1/evidence", params={"count": True})).content)
    assert (listed.items, listed.total) == ([], 0)
    serving = await quality.client(given.OFFICER).get("/v1/evidence", params={"serves": "guide:B4"})
    assert len(EvidencePage.model_validate_json(serving.content).items) == 1
