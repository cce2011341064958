"""Facts on record of a kindergarten, stored as they would be."""

from datetime import date
from typing import Any
from uuid import UUID

from shared.ids import new_id
from tests.quality import given
from tests.stack import Service


async def inspected(service: Service, one: UUID, result: str, on: date, year: int = 2026) -> None:
    ((framework,),) = await service.database.fetch("SELECT id FROM frameworks WHERE code = 'annual-inspection'")
    row = {"id": new_id(), "kindergarten": one, "division": given.VILLAGE, "year": year, "framework": framework}
    row |= {"state": "final", "opened_on": on, "due_on": on, "decided_on": on, "result": result, "document": "x"}
    await given.insert(service, "annual_inspections", **row)


async def graded(service: Service, one: UUID, grade: str, on: date, **changes: Any) -> UUID:
    ((framework,),) = await service.database.fetch("SELECT id FROM frameworks WHERE code = 'beijing-supervision'")
    cycle, plan, id_ = new_id(), new_id(), new_id()
    planned = {"id": cycle, "division": given.VILLAGE, "framework": str(cycle), "first_year": on.year, "years": 3}
    await given.insert(service, "evaluation_cycles", **planned, team_size=3, seed="x", planned_by="x")
    house = {"id": plan, "cycle": cycle, "kindergarten": one, "division": given.VILLAGE, "year": on.year}
    await given.insert(service, "evaluation_plans", **house, team=[], missing=0)
    row = {"id": id_, "kindergarten": one, "division": given.VILLAGE, "plan": plan, "framework": framework}
    row |= {"framework_code": "beijing-supervision", "framework_edition": "trial", "year": on.year, "state": "final"}
    row |= {"team": [], "opened_on": on, "grade": grade, "published_on": on}
    await given.insert(service, "evaluations", **row | changes)
    return id_


async def hazard(service: Service, one: UUID, on: date, kind: str = "major_hazard", *, standing: bool = True) -> None:
    row = {"kind": kind, "source": new_id(), "kindergarten": one, "division": given.VILLAGE, "state": "listed"}
    await given.insert(service, "service_facts", **row, standing=standing, on_day=on, detail="")
