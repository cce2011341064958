"""A sealed case brought to each stage through the API."""

from typing import Any
from uuid import UUID

import httpx

from services.quality.ethics_cases.schemas import EthicsCaseOut, EthicsCasePage
from tests.quality import given
from tests.stack import Service

SECRET = "午睡时间打手心"
# Of an area that does not exist.
NUMBER = "11019919491231002X"
REPORT = {
    "source": "guardian",
    "behaviours": ["corporal_punishment"],
    "facts": SECRET,
    "accused": "张某",
    "children": 1,
}


class Desk:
    """Who handles a case: two handlers appointed, one of whom takes it up, an investigator, a leader."""

    def __init__(self, service: Service, kindergarten: UUID) -> None:
        self.service, self.kindergarten = service, kindergarten
        self.handler = service.client(given.OFFICER, sub="handler")
        self.second = service.client(given.OFFICER, sub="second handler")
        self.leader = service.client(given.LEADER, sub="leader")
        self.second_leader = service.client(given.LEADER, sub="second leader")
        self.outsider = service.client(given.OFFICER, sub="outsider")
        self.stranger = service.client()
        self.id, self.receipt = "", ""

    async def post(self, who: httpx.AsyncClient, verb: str, **body: Any) -> httpx.Response:
        return await who.post(f"/v1/ethics-cases/{self.id}/{verb}", json=body)

    async def done(self, who: httpx.AsyncClient, verb: str, **body: Any) -> EthicsCaseOut:
        answer = await self.post(who, verb, **body)
        assert answer.status_code == 201, answer.text
        return EthicsCaseOut.model_validate_json(answer.content)

    async def read(self, who: httpx.AsyncClient) -> EthicsCaseOut:
        answer = await who.get(f"/v1/ethics-cases/{self.id}")
        assert answer.status_code == 200, answer.text
        return EthicsCaseOut.model_validate_json(answer.content)

    async def seen(self, who: httpx.AsyncClient) -> list[str]:
        answer = await who.get("/v1/ethics-cases")
        assert answer.status_code == 200, answer.text
        return [str(each.id) for each in EthicsCasePage.model_validate_json(answer.content).items]

    async def reported(self, **changes: Any) -> "Desk":
        for account in ("handler", "second handler"):
            appointed = {"account": account, "division": given.DISTRICT}
            assert (await self.leader.post("/v1/ethics-handlers", json=appointed)).status_code == 201
        new = {"kindergarten": str(self.kindergarten)} | REPORT | changes
        answer = await self.stranger.post("/v1/ethics-reports/anonymous", json=new)
        assert answer.status_code == 201, answer.text
        self.receipt = answer.json()["receipt"]
        ((found,),) = await self.service.database.fetch(
            "SELECT id::text FROM ethics_cases WHERE kindergarten = %s", self.kindergarten
        )
        self.id = found
        return self

    async def accepted(self, **changes: Any) -> EthicsCaseOut:
        asked: dict[str, Any] = {"lead": "handler", "members": ["leader"], "note": "受理"}
        return await self.done(self.handler, "acceptances", **asked | changes)

    async def protected(self) -> None:
        await self.done(self.handler, "protections", protection="涉事教师停止带班,幼儿调班,家长已告知")
        told = {"unit": "怀柔分局(演示)", "receipt": "110-0001", "on": str(given.TODAY)}
        await self.done(self.handler, "police-reports", **told)

    async def notified(self, **changes: Any) -> EthicsCaseOut:
        await self.accepted()
        await self.protected()
        found = {"findings": "监控显示打手心两次", "behaviours": ["corporal_punishment"], "accused": "张某"}
        await self.done(self.handler, "findings", **found | {"accused_number": NUMBER} | changes)
        return await self.done(self.handler, "notices", proposal="拟给予记过处分;可在期限内陈述申辩或申请听证")

    async def decided(self, **changes: Any) -> EthicsCaseOut:
        await self.notified()
        await self.done(self.handler, "hearings", kind="waived", statement="放弃陈述申辩")
        return await self.done(self.leader, "decisions", **DECISION | changes)


DECISION: dict[str, Any] = {
    "confirmed": True,
    "behaviours": ["corporal_punishment"],
    "norms": ["N06"],
    "sanctions": ["demerit", "qualification_loss"],
    "document": "怀教师〔2026〕1号",
    "note": "事实清楚",
}


async def desk(service: Service, **changes: Any) -> Desk:
    return await Desk(service, await given.kindergarten(service)).reported(**changes)
