"""What every verb of a construction project answers: the project as it is now, what is late, what may be done."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.construction.queries import PROJECT, UNDERWAY
from services.registry.construction.rules import MACHINE, Finding, findings, property_due
from services.registry.construction.schemas import (
    ConstructionFinding,
    ConstructionLate,
    ConstructionOut,
    ConstructionOverdue,
)
from services.registry.construction.sites import site
from services.registry.offers import held
from services.registry.parameters.published import PARAMETERS
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written_row
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": ConstructionOut}


def _completed(body: str, caller: Actor) -> str:
    row: dict[str, Any] = json.loads(body)
    found = site(row)
    row["property_due_on"] = property_due(found, PARAMETERS)
    row["findings"] = [asdict(each) for each in findings(found, PARAMETERS, today())]
    may = held(caller, row["division"], None)
    row["actions"] = offered(MACHINE, found, caller.id, may, today())
    return ConstructionOut.model_validate(row).model_dump_json()


async def read(reader: Reader, id: UUID) -> Response:
    body, *_ = await reader.one(PROJECT, "construction project", id=id)
    return Response(_completed(body, reader.actor), media_type="application/json")


async def answer(session: AsyncSession, caller: Actor, id: UUID, code: int = status.HTTP_201_CREATED) -> Response:
    body, *_ = await written_row(session, PROJECT, id=id)
    return Response(_completed(body, caller), code, media_type="application/json")


async def overdue(reader: Reader, on: date) -> ConstructionOverdue:
    """Every project in scope with something late, the furthest escalated first."""
    body, *_ = await reader.one(UNDERWAY, "construction project")
    late = [(row, findings(site(row), PARAMETERS, on)) for row in json.loads(body)]
    items = [_late(row, found) for row, found in late if found]
    return ConstructionOverdue(as_of=on, items=sorted(items, key=lambda each: -each.level))


def _late(row: dict[str, Any], found: tuple[Finding, ...]) -> ConstructionLate:
    return ConstructionLate(
        id=row["id"],
        name=row["name"],
        division=row["division"],
        lead_unit=row["lead_unit"],
        level=max(each.level for each in found),
        findings=[ConstructionFinding(**asdict(each)) for each in found],
    )
