"""What every verb of a filing answers: the filing with its effects, and what the caller may do."""

import json
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from pydantic_core import to_jsonable_python
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.filings.effects import effects
from services.registry.filings.queries import FILING
from services.registry.filings.rules import MACHINE, Subject
from services.registry.filings.schemas import FilingOut
from services.registry.offers import held
from services.registry.parameters.published import number_on
from shared.days import today
from shared.db import Reader
from shared.documents import written
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": FilingOut}


def standing_days(day: date) -> dict[str, Any]:
    """The days and periods by which the freshness of records is told."""
    names = {"months": "filing_confirmation_months", "early": "filing_warning_days"}
    return {"as_of": day} | {bind: number_on(name, day) for bind, name in names.items()}


async def _completed(reader: Reader, body: str) -> str:
    row: dict[str, Any] = json.loads(body)
    base, changes = row.pop("base"), row.pop("changes")
    if row["state"] != "accepted":
        found = await effects(reader, UUID(row["kindergarten"]), base, changes, today())
        row["effects"] = to_jsonable_python(found)
    moved = [each["field"] for each in row["effects"]["differences"] if each["moved"]]
    may = held(reader.actor, row["division"], row["kindergarten"])
    subject = Subject(row["state"], row["proposed_by"], moved)
    row["actions"] = offered(MACHINE, subject, reader.actor.id, may, today())
    return json.dumps(row, ensure_ascii=False)


async def read(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(FILING, "filing", id=id, as_of=today())
    return Response(await _completed(reader, body), media_type="application/json")


async def answer(session: AsyncSession, reader: Reader, id: UUID) -> Response:
    """The filing inside the writer's transaction. What it is compared with is the record as committed."""
    body = await written(session, FILING, id=id, as_of=today())
    return Response(await _completed(reader, body), status.HTTP_201_CREATED, media_type="application/json")
