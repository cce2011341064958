"""Schools and pairs, brought about through the API."""

from datetime import date
from typing import Any
from uuid import UUID

from tests.quality import given
from tests.stack import Service

SCHOOL, OTHER_SCHOOL = "2111000001", "2111000002"


async def school(service: Service, code: str = SCHOOL, **put: Any) -> str:
    body = {"division": given.TOWN, "name": f"演示小学{code[-1]}"} | put
    answer = await service.client(given.OFFICER).put(f"/v1/primary-schools/{code}", json=body)
    assert answer.status_code == 200, answer.text
    return code


async def pair(service: Service, kindergarten: UUID, code: str = SCHOOL, since: str = "2024-09-01") -> str:
    new = {"kindergarten": str(kindergarten), "school": code, "since": since, "agreement": "结对协议"}
    answer = await service.client(given.OFFICER).post("/v1/transition-pairs", json=new)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def activity(pair_id: str, on: date = given.TODAY, **changes: Any) -> dict[str, Any]:
    new = {"pair": pair_id, "on": str(on), "kind": "research", "topic": "联合教研:从游戏到学习", "summary": "双方研讨"}
    return new | {"kindergarten_teachers": 5, "school_teachers": 3} | changes
