"""What those who know of a case get: the case with its names opened, and what they may do now."""

import json
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.quality.ethics_cases.queries import CASE
from services.quality.ethics_cases.rules import MACHINE
from services.quality.ethics_cases.schemas import EthicsCaseOut
from services.quality.offers import offers
from shared.auth import Actor
from shared.crypto import KeyRing
from shared.documents import written

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": EthicsCaseOut}
SEALED = ("accused", "accused_number", "contact")
LAST = 4


async def answer(session: AsyncSession, keys: KeyRing, caller: Actor, id: UUID, code: int = 201) -> Response:
    """The case as it is now, for one who knows of it."""
    row: dict[str, Any] = json.loads(await written(session, CASE, id=id))
    for name in SEALED:
        row[name] = keys.decrypt(bytes.fromhex(row[name]), id.bytes) if row[name] else None
    row["actions"] = offers(row, MACHINE, caller)
    number = row["accused_number"]
    row["accused_number"] = number[-LAST:] if number else None
    return Response(json.dumps(row, ensure_ascii=False), code, media_type="application/json")
