"""An inspection brought to each stage through the API."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx

from services.quality.annual_inspections.schemas import AnnualInspectionOut
from tests.quality import given
from tests.stack import Service

HARD = [f"V{n}" for n in range(1, 7)]
ITEMS = [*HARD, *(f"I{n:02}" for n in range(1, 15))]
PAST = given.TODAY - timedelta(400)


def answers(**changes: Any) -> dict[str, Any]:
    return {"answers": [{"item": each, "met": True} for each in ITEMS], "attested": True} | changes


def findings(*unmet: str, note: str = "") -> dict[str, Any]:
    return {"findings": [{"item": e, "finding": "unmet" if e in unmet else "met", "note": note} for e in ITEMS]}


class Office:
    """Everybody who has to do with one kindergarten's inspection."""

    def __init__(self, service: Service, kindergarten: UUID) -> None:
        self.service, self.kindergarten = service, kindergarten
        self.officer = service.client(given.OFFICER, sub="officer")
        self.other = service.client(given.OFFICER, sub="other officer")
        self.leader = service.client(given.LEADER, sub="leader")
        self.principal = service.client(("principal", f"k:{kindergarten}"), sub="principal")
        self.id = ""

    async def begin(self) -> "Office":
        asked = {"year": given.YEAR, "kindergartens": [str(self.kindergarten)]}
        answer = await self.officer.post("/v1/annual-inspections", json=asked)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["opened"][0]
        return self

    async def post(self, who: httpx.AsyncClient, verb: str, **body: Any) -> httpx.Response:
        return await who.post(f"/v1/annual-inspections/{self.id}/{verb}", json=body)

    async def done(self, who: httpx.AsyncClient, verb: str, **body: Any) -> AnnualInspectionOut:
        answer = await self.post(who, verb, **body)
        assert answer.status_code == 201, answer.text
        return AnnualInspectionOut.model_validate_json(answer.content)

    async def now(self, who: httpx.AsyncClient | None = None) -> AnnualInspectionOut:
        answer = await (who or self.officer).get(f"/v1/annual-inspections/{self.id}")
        assert answer.status_code == 200, answer.text
        return AnnualInspectionOut.model_validate_json(answer.content)

    async def assessed(self, *unmet: str) -> AnnualInspectionOut:
        await self.done(self.principal, "submissions", **answers())
        return await self.done(self.officer, "assessments", **findings(*unmet, note="现场核查"))

    async def decided(self, *unmet: str) -> AnnualInspectionOut:
        await self.assessed(*unmet)
        return await self.done(self.other, "decisions", document="怀教检〔2026〕1号")


async def office(service: Service) -> Office:
    return await Office(service, await given.kindergarten(service)).begin()
