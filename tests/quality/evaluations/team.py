"""An evaluation brought to each stage through the API."""

from typing import Any
from uuid import UUID

import httpx

from services.quality.evaluations.schemas import EvaluationOut
from shared.contracts.registry import CLASS_FORMED
from shared.ids import new_id
from tests.quality import given
from tests.stack import Service

ITEMS = ["C1", "C2", "P1", "P2", "R1"]
TEAM = ["anna", "bo", "chen"]


def levels(*given_: int, **changes: int) -> dict[str, Any]:
    found = dict(zip(ITEMS, given_ or (4,) * len(ITEMS), strict=True)) | changes
    return {"scores": [{"item": item, "level": level} for item, level in found.items()]}


async def classes(service: Service, kindergarten: UUID, **kinds: int) -> None:
    """As many classes of each kind, as registry tells of them."""
    for kind, count in kinds.items():
        for n in range(count):
            fact = {"id": str(new_id()), "kindergarten": str(kindergarten), "school_year": 2026, "name": f"{kind}{n}"}
            fact |= {"kind": kind, "standard_size": 25, "hard_limit": 30, "since": "2020-09-01", "until": "2099-09-01"}
            await given.tell(service, "registry", CLASS_FORMED, fact | {"synthetic": True, "version": 1})


class Team:
    """Three evaluators, an officer who organises, another who moderates, a leader, the principal."""

    def __init__(self, service: Service, kindergarten: UUID) -> None:
        self.service, self.kindergarten = service, kindergarten
        self.organiser = service.client(given.OFFICER, sub="organiser")
        self.leader = service.client(given.LEADER, sub="leader")
        self.principal = service.client(("principal", f"k:{kindergarten}"), sub="principal")
        self.members = [service.client(("inspector", given.DISTRICT), sub=each) for each in TEAM]
        self.outsider = service.client(("inspector", given.DISTRICT), sub="outsider")
        self.cycle, self.plan, self.id = "", "", ""

    async def begin(self) -> "Team":
        for each in TEAM:
            put = {"name": each, "load": 12}
            assert (await self.organiser.put(f"/v1/evaluators/{each}", json=put)).status_code == 200
        planned = await self.organiser.post("/v1/evaluation-cycles", json={"first_year": given.YEAR})
        assert planned.status_code == 201, planned.text
        self.cycle = planned.json()["id"]
        listed = await self.organiser.get("/v1/evaluation-plans", params={"kindergarten": str(self.kindergarten)})
        self.plan = listed.json()["items"][0]["id"]
        opened = await self.organiser.post("/v1/evaluations", json={"plan": self.plan})
        assert opened.status_code == 201, opened.text
        self.id = opened.json()["id"]
        return self

    async def post(self, who: httpx.AsyncClient, verb: str, **body: Any) -> httpx.Response:
        return await who.post(f"/v1/evaluations/{self.id}/{verb}", json=body)

    async def done(self, who: httpx.AsyncClient, verb: str, **body: Any) -> EvaluationOut:
        answer = await self.post(who, verb, **body)
        assert answer.status_code == 201, answer.text
        return EvaluationOut.model_validate_json(answer.content)

    async def seen(self, who: httpx.AsyncClient) -> EvaluationOut:
        answer = await who.get(f"/v1/evaluations/{self.id}")
        assert answer.status_code == 200, answer.text
        return EvaluationOut.model_validate_json(answer.content)

    async def observed(self) -> EvaluationOut:
        found = await self.done(self.organiser, "samples")
        for each in found.sampled:
            found = await self.done(self.members[0], "observations", **observation(each.id))
        return found

    async def scored(self, *each: dict[str, Any]) -> EvaluationOut:
        await self.observed()
        for member, scores in zip(self.members, each or (levels(),) * len(TEAM), strict=True):
            found = await self.done(member, "scores", **scores)
        return found

    async def published(self, *each: dict[str, Any]) -> EvaluationOut:
        await self.scored(*each)
        await self.done(self.organiser, "moderations", note="材料齐全")
        return await self.done(self.leader, "publications")


def observation(class_id: UUID, **changes: Any) -> dict[str, Any]:
    seen: dict[str, Any] = {"class_id": str(class_id), "on": str(given.TODAY), "minutes": 180, "items": ["P2"]}
    return seen | {"narrative": "教师以开放式提问支持游戏;户外活动充分,过渡环节有等待现象。"} | changes


async def team(service: Service, **kinds: int) -> Team:
    kindergarten = await given.kindergarten(service)
    await classes(service, kindergarten, **(kinds or {"small": 2, "large": 4}))
    return await Team(service, kindergarten).begin()
