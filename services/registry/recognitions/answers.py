"""What every verb of a recognition answers: the recognition as it is now, with what the caller may do."""

import json
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.offers import held
from services.registry.recognitions.conditions import Check
from services.registry.recognitions.facts import checked, number, read_checks, shown, subject
from services.registry.recognitions.queries import RECOGNITION
from services.registry.recognitions.rules import MACHINE
from services.registry.recognitions.schemas import RecognitionOut
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written_row
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": RecognitionOut}


def days() -> dict[str, Any]:
    """The days a row of recognitions is shown for."""
    on = today()
    return {"as_of": on, "soon": on + timedelta(number("recognition_warning_days", on))}


def _completed(row: dict[str, Any], found: tuple[Check, ...], caller: Actor) -> str:
    on = today()
    may = held(caller, row["division"], row["kindergarten"])
    row["checks"] = shown(found)
    row["actions"] = offered(MACHINE, subject(row, found, on), caller.id, may, on)
    return json.dumps(row, ensure_ascii=False)


async def read(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(RECOGNITION, "recognition", id=id, **days())
    row = json.loads(body)
    found = await read_checks(reader, UUID(row["kindergarten"]), Decimal(row["proposed_fee"]), today())
    return Response(_completed(row, found, reader.actor), media_type="application/json")


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    """The recognition inside the writer's transaction."""
    body, *_ = await written_row(session, RECOGNITION, id=id, **days())
    row = json.loads(body)
    found = await checked(session, UUID(row["kindergarten"]), Decimal(row["proposed_fee"]), today())
    return Response(_completed(row, found, caller), status.HTTP_201_CREATED, media_type="application/json")
