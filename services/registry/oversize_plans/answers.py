"""What every verb of a plan answers: the plan as it is now, with what the caller may do."""

import json
from typing import Any
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.offers import held
from services.registry.oversize_plans.actions import row_of, subject
from services.registry.oversize_plans.queries import PLAN
from services.registry.oversize_plans.rules import MACHINE
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.machine import offered


def _completed(row: dict[str, Any], caller: Actor, code: int) -> Response:
    may = held(caller, row["division"], row["kindergarten"])
    row["actions"] = offered(MACHINE, subject(row), caller.id, may, today())
    return Response(json.dumps(row, ensure_ascii=False), code, media_type="application/json")


async def read(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(PLAN, "plan", id=id, as_of=today())
    return _completed(json.loads(body), reader.actor, status.HTTP_200_OK)


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    """The plan inside the writer's transaction."""
    return _completed(await row_of(session, id), caller, status.HTTP_201_CREATED)
