"""What every verb of a nursery filing answers: the filing as it is now, with what the caller may do."""

import json
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.nursery_filings.actions import checks_of
from services.registry.nursery_filings.facts import read_checks, scale, shown, subject
from services.registry.nursery_filings.models import NurseryFiling
from services.registry.nursery_filings.queries import FILING
from services.registry.nursery_filings.rules import MACHINE
from services.registry.nursery_filings.schemas import NurseryFilingOut
from services.registry.offers import held
from services.registry.parameters.published import number_on
from services.registry.recognitions.conditions import Check
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": NurseryFilingOut}


def days() -> dict[str, Any]:
    """The days a filing is shown for."""
    on = today()
    return {"as_of": on, "soon": on + timedelta(number_on("nursery_filing_warning_days", on))}


def _completed(row: dict[str, Any], found: tuple[Check, ...], caller: Actor) -> Response:
    may = held(caller, row["division"], row["kindergarten"])
    row["checks"] = shown(found)
    row["actions"] = offered(MACHINE, subject(row, found), caller.id, may, today())
    return Response(json.dumps(row, ensure_ascii=False), media_type="application/json")


async def read(reader: Reader, id: UUID) -> Response:
    row = json.loads((await reader.one(FILING, "nursery filing", id=id, **days()))[0])
    former = await reader.row(FILING, id=UUID(row["former"]), **days()) if row["former"] else None
    places = json.loads(former[0])["places"] if former else None
    found = await read_checks(reader, UUID(row["kindergarten"]), scale(row, places), today())
    return _completed(row, found, reader.actor)


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    """The filing inside the writer's transaction."""
    row = json.loads(await written(session, FILING, id=id, **days()))
    found = await checks_of(session, await session.get_one(NurseryFiling, id))
    made = _completed(row, found, caller)
    made.status_code = status.HTTP_201_CREATED
    return made
