from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Security

from services.registry.permissions import May
from services.registry.staffing.queries import STRUCTURE, WORKFORCE
from services.registry.staffing.reports import Place, figures, places, report, vacancies
from services.registry.staffing.schemas import (
    StaffingDay,
    StaffingFigures,
    StaffingReport,
    StaffingScope,
    StaffStructureQuery,
    StaffStructures,
    StaffVacancies,
    StaffVacancyQuery,
)
from services.registry.staffing.structure import days_of, structures
from shared.auth import Actor, authorize
from shared.days import today
from shared.db import Read
from shared.errors import NotFound, problems
from shared.idempotency import Route

router = APIRouter(tags=["staffing"], route_class=Route)

Reader = Annotated[Actor, Security(authorize, scopes=[May.READ_STAFFING])]


@router.get("/kindergartens/{id}/staffing", operation_id="get_kindergarten_staffing", responses=problems(NotFound))
async def get_kindergarten_staffing(
    id: UUID, query: Annotated[StaffingDay, Query()], _: Reader, reader: Read
) -> StaffingReport:
    """The staffing standard 教职工配备标准 held against a kindergarten on a day: required, present, short."""
    on = query.as_of or today()
    found = places((await reader.one(WORKFORCE, "kindergarten", as_of=on, division="", kindergarten=id))[0])
    if not found:
        raise NotFound(what="kindergarten")
    return report(found[0], on)


@router.get("/staff-vacancies", operation_id="list_staff_vacancies")
async def list_staff_vacancies(query: Annotated[StaffVacancyQuery, Query()], _: Reader, reader: Read) -> StaffVacancies:
    """Whatever is short of the standard on a day in the caller's scope, with its kindergarten, class and post."""
    on = query.as_of or today()
    return vacancies(await _places(reader, query), query, on)


@router.get("/staffing-figures", operation_id="get_staffing_figures")
async def get_staffing_figures(query: Annotated[StaffingScope, Query()], _: Reader, reader: Read) -> StaffingFigures:
    """REG-03 to REG-05 on a day: children a member of staff, understaffed classes, children a teacher."""
    return figures(await _places(reader, query), query, query.as_of or today())


@router.get("/staff-structures", operation_id="list_staff_structures")
async def list_staff_structures(
    query: Annotated[StaffStructureQuery, Query()], _: Reader, reader: Read
) -> StaffStructures:
    """Staff by role, employment, education, title and age on a day, and on the same day of earlier years."""
    days = days_of(query.as_of or today(), query.years)
    found = await reader.one(
        STRUCTURE, "structure", days=days, division=query.division or "", kindergarten=query.kindergarten
    )
    return structures(found[0], days, query.role)


async def _places(reader: Read, query: StaffingScope) -> list[Place]:
    asked = {"as_of": query.as_of or today(), "division": query.division or "", "kindergarten": query.kindergarten}
    return places((await reader.one(WORKFORCE, "kindergarten", **asked))[0])
