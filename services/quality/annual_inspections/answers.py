"""What every verb of an inspection answers: the inspection as it is now, with what follows from it."""

import json
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.annual_inspections.queries import INSPECTION
from services.quality.annual_inspections.rules import MACHINE, effects
from services.quality.annual_inspections.schemas import AnnualInspectionOut
from services.quality.offers import offers
from shared.auth import Actor
from shared.days import today
from shared.documents import written

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": AnnualInspectionOut}


def completed(body: str, caller: Actor) -> bytes:
    """The JSON of one inspection with its effects and the caller's actions."""
    row: dict[str, Any] = json.loads(body)
    row["effects"] = [{"effect": each, "label_zh": each.zh, "basis": basis} for each, basis in effects(row["result"])]
    row["actions"] = offers(row, MACHINE, caller)
    return json.dumps(row, ensure_ascii=False).encode()


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, INSPECTION, id=id, as_of=today())
    return Response(completed(body, caller), status.HTTP_201_CREATED, media_type="application/json")
