"""An evaluation as its reader may see it: what was found stays with those at work on it until it is published."""

import json
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.evaluations.queries import EVALUATION
from services.quality.evaluations.rules import MACHINE
from services.quality.evaluations.schemas import EvaluationOut
from services.quality.offers import held, offers
from services.quality.permissions import May
from shared.auth import Actor
from shared.documents import written

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": EvaluationOut}
FOUND: Final[dict[str, Any]] = {
    "agreement": [],
    "differing": [],
    "kappa": None,
    "points": None,
    "parts": {},
    "grade": None,
    "grade_reason": None,
    "observations": [],
    "scores": [],
    "levels": [],
    "recalibration": False,
}
AT_WORK = frozenset({May.ORGANISE_EVALUATIONS, May.EVALUATE, May.PUBLISH_EVALUATIONS})


def completed(body: str, caller: Actor) -> bytes:
    """The JSON of one evaluation with the caller's actions."""
    row = visible(body, caller)
    return json.dumps(row, ensure_ascii=False).encode()


def visible(body: str, caller: Actor) -> dict[str, Any]:
    """The evaluation as the caller may see it now, with the caller's actions."""
    row: dict[str, Any] = json.loads(body)
    row["actions"] = offers(row, MACHINE, caller)
    may = held(caller, row["division"], row["kindergarten"])
    if row["published_on"] is None and not may & AT_WORK:
        row |= FOUND
        row["steps"] = [each | {"note": "", "data": {}} for each in row["steps"]]
    return row


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, EVALUATION, id=id)
    return Response(completed(body, caller), status.HTTP_201_CREATED, media_type="application/json")
