"""What every verb of a construction project answers: the project as it is now, what is late, what may be done."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from fastapi import Response, status
from sqlalchemy.ext.asyncio import AsyncSession

from services.registry.construction.codes import ConstructionStep
from services.registry.construction.queries import PROJECT, UNDERWAY
from services.registry.construction.rules import (
    MACHINE,
    OWN,
    Finding,
    Site,
    findings,
    property_days_late,
    property_due,
    seats_needed,
)
from services.registry.construction.schemas import (
    ConstructionFinding,
    ConstructionLate,
    ConstructionMonthly,
    ConstructionMonthlyRow,
    ConstructionOut,
    ConstructionOverdue,
)
from services.registry.construction.sites import open_obstacles, site
from services.registry.offers import held
from services.registry.parameters.published import PARAMETERS
from shared.auth import Actor
from shared.days import today
from shared.db import Reader
from shared.documents import written_row
from shared.etags import tagged
from shared.machine import offered

CREATED: Final[dict[str, Any]] = {"status_code": status.HTTP_201_CREATED, "response_model": ConstructionOut}


def _completed(body: str, caller: Actor, on: date) -> str:
    row: dict[str, Any] = json.loads(body)
    found, now = site(row, on), site(row, today())
    row["as_of"] = on
    row["property_due_on"] = property_due(found, PARAMETERS)
    row["property_should_transfer"] = found.kind == "residential"
    row["property_days_late"] = property_days_late(found, PARAMETERS)
    row["seats_needed"] = None if found.residents is None else seats_needed(found.residents, PARAMETERS, on)
    row["findings"] = [asdict(each) for each in findings(found, PARAMETERS, on)]
    row["actions"] = offered(MACHINE, now, caller.id, held(caller, row["division"], None), today())
    del row["closed_on"]
    return ConstructionOut.model_validate(row).model_dump_json()


async def read(reader: Reader, id: UUID, on: date) -> Response:
    body, version = await reader.one(PROJECT, "construction project", id=id)
    return tagged(_completed(body, reader.actor, on), version)


async def answer(session: AsyncSession, caller: Actor, id: UUID, code: int = status.HTTP_201_CREATED) -> Response:
    body, version = await written_row(session, PROJECT, id=id)
    return tagged(_completed(body, caller, today()), version, code)


async def _underway(reader: Reader, on: date) -> list[dict[str, Any]]:
    body, *_ = await reader.one(UNDERWAY, "construction project", as_of=on)
    found: list[dict[str, Any]] = json.loads(body)
    return found


async def overdue(reader: Reader, on: date) -> ConstructionOverdue:
    """Every project in scope with something late, the furthest escalated first."""
    late = [(row, findings(site(row, on), PARAMETERS, on)) for row in await _underway(reader, on)]
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


async def monthly(reader: Reader, month: date) -> ConstructionMonthly:
    """The report of a month over all projects in scope, those furthest escalated first."""
    on = min((month.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1), today())
    items = [_month(row, month, on) for row in await _underway(reader, on)]
    return ConstructionMonthly(
        month=month,
        as_of=on,
        projects=len(items),
        reported=sum(each.report is not None for each in items),
        items=sorted(items, key=lambda each: -each.level),
    )


def _month(row: dict[str, Any], month: date, on: date) -> ConstructionMonthlyRow:
    found = site(row, on)
    late = findings(found, PARAMETERS, on)
    names = ("id", "name", "division", "plan_project", "lead_unit")
    return ConstructionMonthlyRow(
        **{name: row[name] for name in names},
        step=_furthest(found),
        report=next((each for each in row["reports"] if each["month"] == f"{month}"), None),
        open_obstacles=open_obstacles(row, on),
        level=max((each.level for each in late), default=0),
        findings=[ConstructionFinding(**asdict(each)) for each in late],
    )


def _furthest(found: Site) -> ConstructionStep | None:
    taken = [step for step in ConstructionStep if (mile := found.step(OWN, step)) and mile.actual_on]
    return taken[-1] if taken else None
