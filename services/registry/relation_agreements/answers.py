"""What every verb of an agreement answers: its terms as checked today, and what the caller may do."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.offers import held
from services.registry.parameters.published import number_on
from services.registry.relation_agreements.actions import terms_of
from services.registry.relation_agreements.queries import AGREEMENT
from services.registry.relation_agreements.rules import MACHINE, Subject, clauses
from services.registry.relation_agreements.schemas import RelationAgreementOut
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": RelationAgreementOut}


def days(day: date) -> dict[str, Any]:
    """The days agreements are shown for."""
    return {"as_of": day, "soon": day + timedelta(number_on("relation_warning_days", day))}


def _completed(body: str, caller: Actor) -> str:
    row: dict[str, Any] = json.loads(body)
    terms = terms_of(row)
    del row["type"], row["for_profit"]
    row["clauses"] = [asdict(each) for each in clauses(terms)]
    may = held(caller, row["division"], row["kindergarten"])
    row["actions"] = offered(MACHINE, Subject(row["state"], row["proposed_by"], terms), caller.id, may, today())
    return json.dumps(row, ensure_ascii=False)


async def read(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(AGREEMENT, "agreement", id=id, **days(today()))
    return Response(_completed(body, reader.actor), media_type="application/json")


async def answer(session: AsyncSession, caller: Actor, id: UUID) -> Response:
    body = await written(session, AGREEMENT, id=id, **days(today()))
    return Response(_completed(body, caller), status.HTTP_201_CREATED, media_type="application/json")
