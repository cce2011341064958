"""A round as its reader sees it, with what the caller may do now; and the inside of one, for who decides."""

import json
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.admission_rounds.queries import ROUND
from services.registry.admission_rounds.rules import MACHINE, Round
from services.registry.offers import held
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written_row
from shared.etags import tagged
from shared.machine import offered


def standing(row: dict[str, Any]) -> Round:
    """What decides, from the JSON of a round."""
    return Round(
        row["state"],
        date.fromisoformat(row["closes_on"]),
        row["seats"],
        row["unchecked"],
        row["unanswered"],
    )


def _completed(text: str, caller: Actor) -> str:
    row = json.loads(text)
    row["actions"] = offered(MACHINE, standing(row), caller.id, held(caller, row["division"], None), today())
    del row["unchecked"], row["unanswered"]
    return json.dumps(row, ensure_ascii=False)


async def read(reader: Reader, id: UUID) -> Response:
    text, version = await reader.one(ROUND, "admission round", id=id)
    return tagged(_completed(text, reader.actor), version)


async def answer(session: AsyncSession, caller: Actor, id: UUID, code: int = status.HTTP_200_OK) -> Response:
    """The round inside the writer's transaction."""
    text, version = await written_row(session, ROUND, id=id)
    return tagged(_completed(text, caller), version, code)
