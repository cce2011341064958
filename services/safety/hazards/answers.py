"""What every verb of a hazard answers: the hazard as it is now."""

from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.safety.hazards.queries import HAZARD
from services.safety.hazards.rules import MACHINE
from services.safety.hazards.schemas import HazardOut
from services.safety.offers import with_actions
from shared.auth import Actor
from shared.days import today
from shared.documents import written

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": HazardOut}


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, HAZARD, id=id, as_of=today())
    return Response(with_actions(body, MACHINE, caller), status.HTTP_201_CREATED, media_type="application/json")
